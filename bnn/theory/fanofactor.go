package theory

import (
	"balanced/bnn"
	"balanced/bnn/internal/coxprocess"
	"balanced/bnn/internal/numbers"
)

// FanoFactor returns the variance over the mean of the number of spikes that one neuron
// sends to one target in windows of the given lengths (> 0, in synaptic time
// constants), in a stationary state (theory.md §6):
//
//	1 + (2/(F T)) ∫_0^T (T − s) C(s) ds,   C(s) = Cov( λ(m + √K Z_0), λ(m + √K Z_s) )
//
// where Z is standard normal with correlation e^{−s/τ}: mean, variance (≥ 0) and tau
// (> 0) are those of the potential. Values come in the order of the windows; all are at least 1.
//
// By Mehler's formula C(s) = Σ a_k² e^{−ks/τ}, where a_k is the expectation of λ times
// the normalised Hermite polynomial of order k. Terms are added until they account for
// all but 1e-13 of Var λ; errors are then below 1e-10. That takes about 23 β²K terms for
// a logistic of slope β, and the sum stops at 2000: for β√K above 9. What is left of
// Var λ and of ∫ C(s) ds, both known from separate integrals, is then put into one term
// that has the two; no terms beyond 2000 can make the Fano factor larger. In the worst
// case, a step at up to 5 standard deviations from the mean, this overestimates the
// excess over 1 by 1e-2 of it for T = τ/10⁴, where the excess itself is of order 1e-4,
// by 2e-5 of it for T = τ/100 and by 4e-8 of it for T ≥ τ/2. The cost is 10 milliseconds
// at most for a sigmoid, and some times that for a table of many points. Input out of range, or
// a neuron that never fires, is an *InputError.
//
// Any rate will do. In a population of spread thresholds a neuron whose threshold is δ above the
// middle has the statistics of the mean less δ: its spikes are told apart from those of others.
func FanoFactor(rate bnn.Rate, mean, variance, tau float64, windows []float64) ([]float64, error) {
	p, expected, err := coxprocess.Check(rate, mean, variance, tau)
	if err != nil {
		return nil, err
	}
	if len(windows) == 0 {
		return nil, &bnn.InputError{Path: "windows", Value: "none", Allowed: "at least one window"}
	}
	for i, window := range windows {
		if err := bnn.PositiveNumber.Check(bnn.IndexPath("windows", i), window); err != nil {
			return nil, err
		}
	}
	modes, err := p.Modes()
	if err != nil {
		return nil, err
	}
	result := make([]float64, len(windows))
	for i, window := range windows {
		sum := 0.0
		for _, mode := range modes {
			sum += mode.Windowed(window, tau)
		}
		result[i] = 1 + 2*tau/expected*sum
		if !numbers.Finite(result[i]) {
			return nil, &bnn.InputError{Path: bnn.IndexPath("windows", i), Value: numbers.Text(window), Allowed: "one whose Fano factor is finite"}
		}
	}
	return result, nil
}
