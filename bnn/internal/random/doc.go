// Package random has the streams of random numbers of replicas, and what simulators draw from
// them: exponential, skewed normal and compensated Poisson variates, and decisions between
// candidates of thinning. Its code decides the bytes of every replica.
package random
