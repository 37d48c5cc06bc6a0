package simulate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"balanced/bnn"
)

// Sparse is a contrast case, not the model: every neuron hears a few others, and not all, and
// each neuron has one Poisson process, so that a spike reaches all who hear it at once
// (theory.md, Sparse networks). It tells what the process of the model's pairs is needed for:
// neurons that hear few in common have noise of their own without it.
//
// With an in-degree K a neuron hears C_b = round(q_b K) neurons of population b, as many as
// a network of size K has, chosen at random without repetition and without itself, and C_x of
// the neurons of source x. Weights are J_ab/√K. The mean input √K Σ_b (C_b/K) J_ab F_b and the
// intensity Σ_b (C_b/K) J_ab² F_b of the noise are then those of the dense network of size K, and
// balance is the same. The connections of a replica are drawn from its random stream and kept
// until its end; two neurons of a population hear a share K/n of their input in common. Spike
// counts are arrivals, as with the other methods: a spike counts once for each who hears it.
//
// Replicas have this law exactly. As K grows, with K/n small, means and rates are again those
// that balance, but the rates of those that a neuron hears fluctuate for it alone, while in
// a dense network all hear the same average: the variance is larger than in the limit of the model
// (theory.SparseStationary).
//
// Memory is 4 bytes a connection: M Σ_b C_b of them for M neurons, and as many again a source. They
// are drawn twice, to be counted and to be listed by who is heard, at some 20 ns each. To draw
// them anew for each spike would cost time in proportion to n instead of K, for the
// in-degree of all has to come out. A unit of time costs Σ_b N_b λ̄_b candidates of about
// 0.1 μs, and each spike about Σ_a q_a K potentials that are brought up to date, at 40 ns each.
type Sparse struct {
	// InDegree is K ≥ 1. Every C_b has to be at least 2 and less than the number of neurons of
	// the population, and every C_x at least 1 and at most that of the source.
	InDegree int
}

func (m Sparse) prepare(_ context.Context, p *plan, _ int) (*engine, error) {
	heard, sourcesHeard, err := m.inDegrees(p)
	if err != nil {
		return nil, err
	}
	return &engine{identity: fmt.Sprintf("sparse/1 in-degree %d", m.InDegree), name: "sparse",
		run: func(ctx context.Context, random *rand.Rand, recorders []Recorder) error {
			return newSparseRun(p, random, m.InDegree, heard, sourcesHeard).run(ctx, p.times, recorders)
		}}, nil
}

// inDegrees returns how many neurons of each population and of each source a neuron hears.
func (m Sparse) inDegrees(p *plan) (populations, sources []int, err error) {
	for x, source := range p.network.Feedforward {
		if source.Shared {
			return nil, nil, &bnn.InputError{Path: bnn.IndexPath("feedforward", x) + ".shared", Value: "true",
				Allowed: "false in a sparse network, where each neuron of a source has one process, and few hear it"}
		}
	}
	refuse := func(allowed string) error {
		return &bnn.InputError{Path: "in-degree", Value: fmt.Sprint(m.InDegree), Allowed: allowed}
	}
	populations, sources, err = p.network.Counts(m.InDegree)
	var refused *bnn.InputError
	if errors.As(err, &refused) {
		return nil, nil, refuse(refused.Allowed)
	}
	if err != nil {
		return nil, nil, err
	}
	few := func(what string, i, heard, there int) error {
		return refuse(fmt.Sprintf("so small that round(size·in-degree), which is %d for %s[%d], is at most %d at n = %d", heard, what, i, there, p.n))
	}
	for b, heard := range populations {
		if heard > p.counts[b]-1 {
			return nil, nil, few("populations", b, heard, p.counts[b]-1)
		}
	}
	for x, heard := range sources {
		if heard > p.sources[x] {
			return nil, nil, few("feedforward", x, heard, p.sources[x])
		}
	}
	return populations, sources, nil
}

// A sparseRun lets a spike reach those who hear its neuron.
type sparseRun struct {
	*plainRun
	pathways       [][]pathway // by target population, then source population
	sourcePathways [][]pathway // by target population, then feedforward source
}

// newSparseRun draws the start and then the connections, the same ones whenever the replica is
// begun: a checkpoint need not keep them.
func newSparseRun(p *plan, random *rand.Rand, inDegree int, heard, sourcesHeard []int) *sparseRun {
	r := &sparseRun{plainRun: newPlainRun(p, random, math.Sqrt(float64(inDegree)), 1, 1)}
	for a, targets := range p.counts {
		row := make([]pathway, len(p.counts))
		for b, sources := range p.counts {
			row[b] = newPathway(random, targets, sources, heard[b], a == b)
		}
		r.pathways = append(r.pathways, row)
		row = make([]pathway, len(p.sources))
		for x, sources := range p.sources {
			row[x] = newPathway(random, targets, sources, sourcesHeard[x], false)
		}
		r.sourcePathways = append(r.sourcePathways, row)
	}
	r.spike, r.sourceSpike = r.reachHearers, r.sourceReachesHearers
	return r
}

func (r *sparseRun) reachHearers(t float64, b, k int) {
	for a := range r.counts {
		hearers := r.pathways[a][b].hearers(k)
		r.jump(t, a, hearers, r.network.Weights[a][b])
		r.state.Spikes[a][b] += int64(len(hearers))
	}
}

// sourceReachesHearers draws the neuron of the source, which nothing else depends on.
func (r *sparseRun) sourceReachesHearers(t float64, x int) {
	k := r.random.IntN(r.sourcePathways[0][x].sources())
	for a := range r.counts {
		hearers := r.sourcePathways[a][x].hearers(k)
		r.jump(t, a, hearers, r.network.Feedforward[x].Weights[a])
		r.state.SourceSpikes[a][x] += int64(len(hearers))
	}
}

// jump moves neurons of a population by a weight.
func (r *sparseRun) jump(t float64, a int, hearers []uint32, weight float64) {
	if weight == 0 {
		return
	}
	weight /= r.divisor
	for _, j := range hearers {
		r.update(a, int(j), t)
		r.decaying[a][j] += weight
	}
}
