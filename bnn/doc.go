// Package bnn says what a balanced network of spiking neurons is. Its rooms compute:
// theory predicts what a network does, simulate draws realisations of it, and store keeps
// finished ones.
//
// In a balanced network n excitatory and n inhibitory neurons, all connected to all,
// act on each other with weights of order n^{-1/2}. Each neuron then hears √n more
// than it can bear, and yet the network does not blow up: excitation and inhibition
// cancel, the potentials become Gaussian and independent, and their means and
// variances follow ordinary differential equations. The claim is that of MacLaurin
// and Vilanova (arXiv:2412.17273); theory.md in this folder holds the mathematics,
// in the sections that the comments cite.
//
// # A network
//
// A Network is read from JSON by ReadNetwork, or built in Go and checked by its
// Validate method. It holds any number of populations, each with a time constant, a
// Rate (Logistic, Probit, PowerRate, TableRate or ConstantRate), thresholds that may differ
// from neuron to neuron, and a Stimulus (ConstantStimulus, Pulse, Sine, Steps, Samples, Ramp
// or a Sum of such), the weights between them, feedforward sources, and an initial law, Gaussian
// or a mixture. Rates and stimuli are interfaces of few methods: a type of your own works in
// every method and every equation, and Tabulate makes of it what files can hold. Clone copies
// a network, and Set changes any number in it by the path that errors call it, such as
// populations[I].rate.slope.
//
// # From a network to an answer
//
// Three functions answer the same question, the Moments of each population over time, at the
// times that Every makes:
//
//   - theory.Limit solves the equations of infinitely many neurons, on the balanced manifold;
//   - theory.FiniteSize solves those of n neurons to the next order, with third cumulants;
//   - simulate.Ensemble simulates replicas of n neurons and averages them, by a method that is
//     exact or by one that leaps.
//
// The first two give a Trajectory, which holds Moments too; Series and At read them by
// population and by time. Package analysis lays the three side by side and judges, its
// package figure draws. Package theory also has the balanced states and their stability, and
// what fluctuates: means from replica to replica, spike counts, intervals between spikes.
//
// # Cost
//
// The limit takes milliseconds and the finite-n equations some tens of them whatever n. The
// exact simulation takes time of order n² a unit of time and memory of order n; it is the one
// to trust, since its law is that of the model. The leap takes time of order n, so that
// millions of neurons are within reach, and keeps means and variances within a tolerance that
// can be stated; methods.md compares them. A Cost is known before anything is allocated.
//
// # Errors
//
// Bad input is an *InputError, which names the field, the value and what is allowed. A
// computation that ends numerically gives an error of its own type, with the time and the
// state where it ended. Nothing in these rooms prints or panics, but for Must, which is made
// for notebooks.
package bnn
