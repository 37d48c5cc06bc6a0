// Package thinning is the engine of the method Exact of package simulate: candidates for spikes
// come at a rate above that of the spikes and are thinned out (Replica says why the law is exact).
//
// A Replica goes from window to window, during each of which every neuron has a bound on its
// intensity. Within one an inner loop considers candidates: in flat windows, where all bounds are
// the greatest rates, or by classes of neurons whose bounds follow the state. There is one loop more
// for networks of rates that may fall, of which each candidate is evaluated, and one for spread
// thresholds and shared sources. Factors of leak and stimulus follow the time by cubic polynomials,
// and acceptance compares with tabulated quantiles (package random).
package thinning
