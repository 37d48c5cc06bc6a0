// Package thinning is the engine of the method Exact of package simulate: candidates for spikes
// come at a rate above that of the spikes and are thinned out (Replica says why the law is exact).
//
// A Replica goes from window to window, during each of which every neuron has a bound on its
// intensity. Within one an inner loop considers candidates: in flat windows, where all bounds are
// the greatest rates, or by classes of neurons whose bounds follow the state. There is one text of that
// loop (consider, in advance.go), which the compiler turns into one for each kind of network and window
// (aspects.go), and a short one where rates may fall and each candidate is evaluated. Factors of leak
// and stimulus follow the time by polynomials, and acceptance compares with tabulated quantiles (package
// random).
package thinning
