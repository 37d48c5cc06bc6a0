// Package bnn simulates balanced networks of excitatory and inhibitory spiking
// neurons, and solves the equations they obey as the number of neurons grows.
//
// In a balanced network n excitatory and n inhibitory neurons, all connected to all,
// act on each other with weights of order n^{-1/2}. Each neuron then hears √n more
// than it can bear, and yet the network does not blow up: excitation and inhibition
// cancel, the potentials become Gaussian and independent, and their means and
// variances follow ordinary differential equations. The claim is that of MacLaurin
// and Vilanova (arXiv:2412.17273); theory.md in this folder holds the mathematics,
// in the sections that the comments cite.
//
// # From a file to an answer
//
// A Network is read from JSON by ReadNetwork, or built in Go and checked by its
// Validate method. It holds any number of populations, each with a time constant, a
// Rate (Logistic, Probit or ConstantRate) and a Stimulus (ConstantStimulus, Pulse or
// Sine), the weights between them, feedforward sources, and an initial law. Three
// functions then answer the same question, the moments of each population over time:
//
//   - Limit solves the equations of infinitely many neurons, on the balanced manifold;
//   - FiniteSize solves those of n neurons to the next order, with third cumulants;
//   - Ensemble.Run simulates replicas of n neurons and averages them: by the method
//     Exact, pair by pair and without approximation, or by Leap, in steps whose length n
//     does not shorten. The methods MeanField and SharedSpikes simulate what the model is not.
//
// Project and StationaryStates find the balanced states themselves. Simulate runs a
// single replica and shows it to recorders of moments, spike counts, whole states and
// traces; Ensemble.Each, States and SpikeTrains return what replicas did one by one.
// SamplingNoise predicts how the means of a finite network scatter, FourthCumulant the
// shape of its potentials, and FanoFactor and IntervalVariation its spike trains.
//
// # Cost
//
// Limit takes milliseconds and FiniteSize some tens of them whatever n. The exact simulation takes time of
// order n² a unit of time and memory of order n; it is the one to trust, since its law
// is that of the model. The leap takes time of order n, so that millions of neurons are
// within reach, and keeps means and variances within a tolerance that can be stated.
//
// # Errors
//
// Bad input is an *InputError, which names the field, the value and what is allowed. A
// network without balance is a *NotBalancedError, and one that loses it, in a fold or to an
// oscillation, a *BalanceLostError; both tell the time and the state. Nothing here prints or panics, but for
// Must, which is made for notebooks.
package bnn
