// Package theory predicts what balanced networks do, without drawing a random number.
//
// A bnn.Network goes in; what comes out has the shape of what simulations give, so that the
// two can be laid side by side. The mathematics is in theory.md of package bnn, in the
// sections that the comments cite: [A] there is the paper's claim, [D] was derived here.
//
// # Which question, which function
//
//	means, variances and rates, infinitely many neurons    Limit
//	the same with n neurons, and third cumulants           FiniteSize
//	how far from Gaussian with n neurons                   FourthCumulant
//	how much means of n neurons scatter between replicas   SamplingNoise
//	    as n grows                                         SamplingNoiseLimit
//	    and right after a start, in closed form            SamplingNoiseAtStart
//	where the fast dynamics lead from a state              Project
//	where a network of any size starts                     Start
//	what becomes of a network: balanced, runaway, a fold   FindRegime
//	all balanced states of a network at rest               StationaryStates
//	    and how they change with one parameter             Branches, FiniteSizeBranches
//	those of a sparse network, with rates by neuron        SparseStationary
//	how many combinations of inputs have to cancel         Rank
//	how irregular spike trains are: counts, intervals      FanoFactor, IntervalVariation
//
// # How a prediction ends
//
// Bad input is a *bnn.InputError, and what this machine cannot do a *bnn.CostError. Where
// there is nothing to predict, a typed error says what happens to the network, when and in
// which state:
//
//   - *NotBalancedError: there is no balanced state to go to, or the rates have died out. Its
//     Fate tells whether the network runs away, falls silent or stands on a tipping point.
//   - *BalanceLostError: balance is lost on the way, at a fold, where a real eigenvalue of S
//     reaches 0 (a saddle-node bifurcation of the balance), or at a Hopf bifurcation, where a
//     pair reaches the imaginary axis and a large network oscillates.
//
// Limit ends with both and returns the rows before. FiniteSize, FourthCumulant and
// SamplingNoise end so at a start that cannot be projected only: a finite network has a
// solution whatever becomes of its balance. Whatever takes a context returns its cause soon
// after it has ended.
//
// # What it costs
//
// For two populations everything takes a millisecond or a few, SamplingNoise some ten of them a
// unit of time. With P populations and weights of rank r a step of Limit takes of order P² + r P
// operations, and r³ seldom; each row asks for the eigenvalues of S once, of order r³. Against
// P = 2 a solution takes, as measured,
//
//	P                             4    8   16   32   64
//	Limit, rank 1                 2    4    9   15   30
//	Limit, full rank              2    6   17   50  120
//	StationaryStates, rank 1     35   50  120  270  600
//	StationaryStates, full rank   2    3   10   40  180
//	FiniteSize, rank 1            2    3    4   10   20
//	FiniteSize, full rank         2    5    8   23   65
//	SamplingNoise, rank 1         2    3    7   15   32
//	SamplingNoise, full rank      2    5   12   37  140
//
// where the jump of StationaryStates is that from a line to 400 starts. A step of FiniteSize takes of
// order P² + r²P, where r counts the dimensions of weights, their squares and their cubes together, and one of SamplingNoise of
// order r²P with a factor of a hundred, both P³ at most. LimitCost, FiniteSizeCost and SamplingNoiseCost estimate memory and time beforehand.
// Trajectory.Stats tells how many steps a solution took. Results are the same to the last bit
// whenever and wherever the same program computes them.
package theory
