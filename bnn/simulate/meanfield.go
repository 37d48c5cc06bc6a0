package simulate

import (
	"context"
	"math/rand/v2"
)

// MeanField is a contrast case, not the model: the classical mean field, with all weights
// J_ab/n instead of J_ab/√n, those of feedforward sources too (theory.md §7). All else is
// as in Pairwise, one Poisson process a pair, and so is the cost; a start that the network
// asks to project is projected onto its balanced manifold here too.
//
// Replicas have this law exactly. The mean input is then of order 1 without any
// balance, and with it the noise is of order n^{-1/2}: as n grows
//
//	m_a′ = −m_a/τ_a + I_a + Σ_b q_b J_ab F_b + Σ_x q_x J_ax ν_x
//	K_a′ = −2K_a/τ_a + D_a² + n^{-1} (Σ_b q_b J_ab² F_b + Σ_x q_x J_ax² ν_x − 2 J_aa K_a F_a′)
//
// so that without extra noise the variance decays to 0 and all neurons of a population do
// the same. The terms of order 1/n of K are those that simulations see; m has such terms,
// too. A spread of thresholds adds its square to K where F and F′ are taken. A shared source is
// not in K: it moves all neurons of a population at once, by J_ax/n a spike.
type MeanField struct{}

func (MeanField) prepare(_ context.Context, p *plan, _ int) (*engine, error) {
	return &engine{identity: "meanfield/2", name: "mean field", run: p.simulateMeanField}, nil
}

// simulateMeanField runs one replica.
func (p *plan) simulateMeanField(ctx context.Context, random *rand.Rand, recorders []Recorder) error {
	return newPairwiseRun(p, random, float64(p.n)).run(ctx, p.times, recorders)
}
