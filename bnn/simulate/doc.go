// Package simulate draws realisations of balanced networks: replicas, each with a stream of
// random numbers of its own, so that the same seed gives the same bytes for any number of
// workers.
//
// An Ensemble is a number of replicas of a network at one size n. Its Run averages their moments,
// for each population and time, and keeps finished replicas in a store; States and SpikeTrains
// return what replicas did one by one. Simulate runs a single replica and shows it to recorders of
// moments, spike counts, whole states and traces.
//
// The Method decides how. Exact simulates every spike, in law without approximation, by thinning
// (Lewis and Shedler) of a time of order n² a unit of time; it is the one to trust. Leap is
// tau-leaping for these networks: steps whose length n does not shorten, a time of order n, with
// errors of means and variances within a stated tolerance. Pairwise is Exact done plainly, to
// check it; MeanField and SharedSpikes simulate what the model is not.
package simulate
