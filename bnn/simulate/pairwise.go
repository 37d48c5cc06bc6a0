package simulate

import (
	"context"
	"math"
	"math/rand/v2"
)

// Pairwise is the exact simulation in its plain form, one candidate after the other. It
// is the oracle against which the others are tested. Every
// ordered pair of distinct neurons has its own Poisson process (theory.md §1), so that a
// unit of time costs Σ_b N_b (M−1) λ̄_b candidates, M neurons in all, of about 0.1 μs each. A
// neuron of a shared source has one process, which all neurons hear, and is one candidate.
type Pairwise struct{}

func (Pairwise) prepare(_ context.Context, p *plan, _ int) (*engine, error) {
	return &engine{identity: "pairwise/2", name: "pairwise", run: p.simulatePairwise}, nil
}

// simulatePairwise runs one replica.
func (p *plan) simulatePairwise(ctx context.Context, random *rand.Rand, recorders []Recorder) error {
	return newPairwiseRun(p, random, math.Sqrt(float64(p.n))).run(ctx, p.times, recorders)
}

// A pairwiseRun lets each spike reach one target: the candidates are those of all pairs.
type pairwiseRun struct {
	*plainRun
	neurons int // M
	// heard, if not nil, is told about each spike of the network, all populations in a row.
	heard func(t float64, source, target int)
}

func newPairwiseRun(p *plan, random *rand.Rand, divisor float64) *pairwiseRun {
	r := &pairwiseRun{}
	for _, count := range p.counts {
		r.neurons += count
	}
	r.plainRun = newPlainRun(p, random, divisor, r.neurons-1, r.neurons)
	r.spike, r.sourceSpike = r.reachOther, r.reachAny
	return r
}

// reachOther draws the target among the M−1 other neurons.
func (r *pairwiseRun) reachOther(t float64, b, k int) {
	// Past the source the numbering skips it.
	self := k
	for _, count := range r.counts[:b] {
		self += count
	}
	target := r.random.IntN(r.neurons - 1)
	if target >= self {
		target++
	}
	a, j := r.locate(target)
	r.jump(t, a, j, r.network.Weights[a][b])
	r.state.Spikes[a][b]++
	if r.heard != nil {
		r.heard(t, self, target)
	}
}

// reachAny draws the target of a source outside, any neuron, unless all share it.
func (r *pairwiseRun) reachAny(t float64, x int) {
	if r.network.Feedforward[x].Shared {
		r.reachAll(t, x)
		return
	}
	a, j := r.locate(r.random.IntN(r.neurons))
	r.jump(t, a, j, r.network.Feedforward[x].Weights[a])
	r.state.SourceSpikes[a][x]++
}

// locate turns a number among all neurons into a population and a number within it.
func (r *pairwiseRun) locate(neuron int) (population, index int) {
	for neuron >= r.counts[population] {
		neuron -= r.counts[population]
		population++
	}
	return population, neuron
}

// jump moves one potential by a weight.
func (r *pairwiseRun) jump(t float64, a, j int, weight float64) {
	r.update(a, j, t)
	r.decaying[a][j] += weight / r.divisor
}
