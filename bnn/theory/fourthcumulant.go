package theory

import (
	"context"

	"balanced/bnn"
)

// FourthCumulant solves for the fourth cumulants c_4 of the potentials in a network of
// size n, one row a time and one column a population (theory.md §4):
//
//	c_4′ = −4c_4/τ_a + n^{-1} ( Σ_b q_b J_ab⁴ F_b + Σ_x q_x J_ax⁴ ν_x ) − 4 n^{-1/2} J_aa K_a³ F_a‴
//
// from c_4 = 0, a Gaussian start, with m and K as FiniteSize gives them; from a mixture each of its
// components starts so, and the result is the cumulant of all of them together. Rates and F‴ are
// those of FiniteSize with spread thresholds and shared sources, whose jumps are no part of it. The excess
// kurtosis is c_4/K². The first part are the jumps of finite size; the second is the
// input that a neuron misses because it does not hear itself, and is the larger one.
//
// Each part is there to its leading order. Left out are the effects of skewness, and
// the J_aa⁴F_a/n² by which the jumps of the N_a − 1 neurons heard are fewer than those
// of N_a = q_a n (q as in FiniteSize): both are of higher order. With constant rates the latter is all that
// is missing. The equation itself is solved within 1e-8, by the method and at about the
// cost of FiniteSize, whose errors it shares.
func FourthCumulant(ctx context.Context, network *bnn.Network, n int, times []float64) ([][]float64, error) {
	mixture := newMixture(network)
	finite, start, err := newFiniteEquations(ctx, network, n, times)
	if err != nil {
		return nil, mixture.tell(err)
	}
	fourth, err := finite.Fourth(ctx, times, start)
	if mixture.of == nil || err != nil {
		return fourth, err
	}
	parts, err := finite.Trajectory(ctx, times, start)
	if err != nil {
		return nil, err
	}
	for row, own := range fourth {
		_, _, _, fourth[row] = mixture.cumulants(parts.Mean[row], parts.Variance[row], parts.Third[row], own)
	}
	return fourth, nil
}
