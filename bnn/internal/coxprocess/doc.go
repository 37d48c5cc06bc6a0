// Package coxprocess is what spike statistics are made of (theory.md §6): the spikes of one neuron
// in a stationary state are a Cox process, Poisson of intensity λ(v), where the potential v is an
// Ornstein–Uhlenbeck process. It has the moments of the rate, the Modes of its correlation over time
// and the expected wait for the next spike.
package coxprocess
