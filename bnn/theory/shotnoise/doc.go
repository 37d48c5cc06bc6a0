// Package shotnoise solves networks that do not listen, exactly and at every n: it is what simulators are
// held against. A neuron that hears only Poisson processes of known rates is shot noise, whose cumulants of
// all orders, covariance over time and number of spikes have closed forms, and a class that hears such
// neurons has an expected rate that is one integral, without any Gaussian law (theory.md §19).
//
//	heard, err := shotnoise.New(network, 5)
//	third, err := heard.Cumulant(3, 0, 2)   // of population 0 at t = 2
//
// Simulators know nothing of this: they draw, accept and add up as ever.
package shotnoise
