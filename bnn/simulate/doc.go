// Package simulate simulates networks of finitely many neurons: replicas of one network at one
// size, by a Method, each with random numbers of its own.
//
// # What is asked
//
// An Ensemble names the network, the size n, the number of replicas, the seed and the method.
//
//   - Ensemble.Run averages what the replicas measure: empirical means, variances, third
//     cumulants and rates by time and population, spike counts by pathway, with standard errors.
//   - Ensemble.Each yields the moments of one replica after the other, Ensemble.States its
//     membrane potentials. Both are sequences for range, which can be left early; Collect makes
//     a list of them.
//   - Ensemble.SpikeTrains gives all that chosen neurons heard, spike by spike.
//   - Simulate and Ensemble.Replica show a single replica to Recorders: of moments, spikes,
//     states, traces, or of what a caller wants to keep.
//
// Memory is that of the replicas under way, however many are asked for.
//
// # Methods, what they cost, and which are exact
//
//	Exact         the law of the model, at the moment of each spike     10 ns a candidate
//	Pairwise      the same, plainly: the oracle, and what trains show  150 ns a candidate
//	Leap          steps in time, weakly of second order                  8 ns a neuron and step
//	MeanField     not the model: weights J/n                           150 ns a candidate
//	SharedSpikes  not the model: one Poisson process a neuron          150 ns a candidate
//	Sparse        not the model: a neuron hears K of each class         40 ns an arrival
//
// A candidate is a spike that may happen. Exact, Pairwise and MeanField have Σ_b N_b (M−1) λ̄_b
// of them a unit of time for M neurons, of order n²: a second or so for n = 5000. SharedSpikes
// has Σ_b N_b λ̄_b, and so has Sparse, in which a spike arrives at about K neurons of each class.
// A shared source, whose spikes all neurons hear at once, adds N_x ν_x candidates
// to any of them. The steps of a Leap do not depend on n, so that it takes over where n² is
// too much; its step is given, or chosen such that means and variances keep a tolerance, from
// the equations at finite n. Ensemble.Cost tells what a run will take before it is run; what
// this machine cannot do is refused, unless forced.
//
// All methods take rates and stimuli of any kind, spread thresholds, shared sources and starts that
// are mixtures. The thresholds of neurons are drawn once a replica, after all else, and stay.
//
// Exact leaves networks that it is not made for, such as those of extreme rates, to the plain
// simulator, and a Leap may have to choose its step without those equations. The result is as
// good, but slower: Summary.Engine tells what ran and Summary.Fallback why.
//
// # The same bytes again
//
// A replica depends on the network, n, the seed, its number, the times, the method and this
// code, and on nothing else: not on the number of workers, the order in which they end, or the
// replicas beside it. Averages are taken in the order of the replicas' numbers. The first
// hundred replicas of a thousand are those of an ensemble of a hundred.
//
// # The store
//
// With a Store every finished replica is kept, under a key that names all of that, code
// included (CodeIdentity), and read instead of simulated when it is asked for again. A replica
// of more than half a minute leaves checkpoints there, from which the next run goes on, with
// the bytes of one that never stopped. An ensemble that its context ends says in an
// InterruptedError what is kept.
package simulate
