package simulate

import (
	"context"
	"math"
	"math/rand/v2"
)

// SharedSpikes is a contrast case, not the model: one Poisson process a neuron instead of
// one a pair (theory.md §7). A spike of neuron k of population b reaches all other neurons
// at once, and each neuron of population a jumps by J_ab/√n; a spike of a neuron of a
// feedforward source reaches all neurons. The spike counts of the recorders are arrivals,
// as with the other methods: such a spike counts once a target.
//
// Replicas have this law exactly. All neurons of a population hear the same noise, which
// moves them together: by an amount of order 1 where nothing acts back, and by one of
// order n^{-1/4} in a balanced network, which undoes the noise in the range of its weights
// at rate √n|κ| (with one process a pair it is n^{-1/2}). They differ by their start, their
// extra noise and their own missing spikes alone:
//
//	K_a′ = −2K_a/τ_a + D_a² + J_aa² F_a/n − 2 n^{-1/2} J_aa Cov(v, λ_a(v)) ,
//
// K_a being the variance within the population, with F_a and the covariance taken over
// its neurons. As n grows it decays to 0 if there is no extra noise.
//
// Every feedforward source is a shared one here, whether or not it says so.
//
// A unit of time costs Σ_b N_b λ̄_b candidates, of order n, of about 0.1 μs each whatever n:
// what the neurons of a population hear alike is kept once.
type SharedSpikes struct{}

func (SharedSpikes) prepare(_ context.Context, p *plan, _ int) (*engine, error) {
	return &engine{identity: "sharedspikes/2", name: "shared spikes", run: p.simulateSharedSpikes}, nil
}

// simulateSharedSpikes runs one replica.
func (p *plan) simulateSharedSpikes(ctx context.Context, random *rand.Rand, recorders []Recorder) error {
	return newSharedSpikesRun(p, random).run(ctx, p.times, recorders)
}

// A sharedSpikesRun lets each spike reach all neurons. A potential is the sum of
// what its neuron has alone (plainRun.decaying), where its own spikes, which it does not
// hear, count negative, and of what its population has in common.
type sharedSpikesRun struct{ *plainRun }

func newSharedSpikesRun(p *plan, random *rand.Rand) *sharedSpikesRun {
	r := &sharedSpikesRun{newPlainRun(p, random, math.Sqrt(float64(p.n)), 1, 1)}
	r.hearAlike()
	r.spike, r.sourceSpike = r.reachOthers, r.reachAll
	return r
}

func (r *sharedSpikesRun) reachOthers(t float64, b, k int) {
	for a, count := range r.counts {
		r.heard[a] = r.heardAt(a, t) + r.network.Weights[a][b]/r.divisor
		r.state.Spikes[a][b] += int64(count)
	}
	// But for the neuron itself, which is up to date: its potential was just looked at.
	r.decaying[b][k] -= r.network.Weights[b][b] / r.divisor
	r.state.Spikes[b][b]--
}
