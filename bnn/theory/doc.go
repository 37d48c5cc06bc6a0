// Package theory predicts what a balanced network does, without a random number: the sections
// of theory.md in the folder bnn, which the comments cite.
//
// Limit solves the equations of infinitely many neurons on the balanced manifold, and
// FiniteSize those of n neurons to the next order; both give a bnn.Trajectory, with moments of
// each population over time. Project, Start and StationaryStates find the balanced states, of
// which BalancedState tells the stability and so the regime that a network is in. SamplingNoise
// and Fluctuations predict how the means of a finite network scatter from one realisation to
// the next, FourthCumulant the shape of its potentials, FanoFactor and IntervalVariation its
// spike trains.
//
// A network without balance is a *NotBalancedError, and one that loses it, in a fold or to an
// oscillation, a *BalanceLostError. What takes longer than a moment takes a context and stops
// when that is done.
package theory
