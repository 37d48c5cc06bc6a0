package simulate

import (
	"context"
	"math/rand/v2"

	"balanced/bnn/internal/checkpoint"
	"balanced/bnn/internal/thinning"
)

// Exact is the exact simulation at the speed of the hardware: no time step, every spike
// of every pair at its own moment, in the law of the model. A unit of time
// costs Σ_b N_b (M−1) λ̄_b candidates for M neurons in all, or fewer where rates are far
// below their bounds, and memory is 22 bytes a neuron, 24 where there are fewer than 2¹⁶. A spike of a shared source is one candidate
// whatever the number of neurons that hear it. A spread of thresholds takes 16 bytes a neuron more
// and noise 8. Sources, stimuli that change, a spread and up to 64 populations make a candidate take
// up to one and a half times as long, noise twice, for the normal number that it takes
// (methods.md has what was measured); bounds do not follow the state of populations with noise. Where
// few candidates come within 2⁻⁹ of a time constant it takes longer: 500 neurons in 64 populations three
// times as long.
//
// Rates may be of any kind. One that says that it never falls (bnn.IncreasingRate) is decided by
// tables as the built-in ones are, made once an ensemble from some ten thousand values; of any
// other each candidate takes an evaluation, and bounds cannot follow the state, so that a network
// whose rates are far below their bounds takes many times as long. Stimuli may be of any kind, too:
// responses are followed to 1e-12 where they have no closed form.
//
// The plain simulator takes over for networks with more than 2048 populations and sources, or with
// rates, time constants or potentials of extreme size; a Summary says so.
type Exact struct{}

func (Exact) prepare(_ context.Context, p *plan, _ int) (*engine, error) {
	e := &engine{identity: "exact/6", name: "thinning", run: p.simulateExact}
	if why := p.whyNotThinning(); why != "" {
		e.name, e.fallback, e.run = "plain", why, p.simulatePairwise
	}
	return e, nil
}

// simulateExact runs one replica of a network that suits thinning.
func (p *plan) simulateExact(ctx context.Context, random *rand.Rand, recorders []Recorder) error {
	return newExactRun(p, random).run(ctx, p.times, recorders)
}

// thinningNetwork is what thinning is told of a plan.
func (p *plan) thinningNetwork() thinning.Network {
	p.curvesOnce.Do(func() { p.curves = thinning.CurvesOf(p.network) })
	network := p.uncurvedNetwork()
	network.Curves = p.curves
	return network
}

// uncurvedNetwork leaves out what takes a time to prepare.
func (p *plan) uncurvedNetwork() thinning.Network {
	return thinning.Network{Network: p.network, N: p.n, Counts: p.counts, Sources: p.sources, Start: p.startMean}
}

// whyNotThinning tells why thinning is not made for a plan, "" if it is.
func (p *plan) whyNotThinning() string {
	return thinning.Unsuited(p.uncurvedNetwork(), p.times[len(p.times)-1])
}

// An exactRun is one replica.
type exactRun struct {
	replica *thinning.Replica
	state   State
	// others, if not nil, shows a checkpoint what is kept besides.
	others func(c *checkpoint.Coder)
}

func newExactRun(p *plan, random *rand.Rand) *exactRun {
	r := &exactRun{replica: thinning.New(p.thinningNetwork(), random)}
	for _, count := range p.counts {
		r.state.Potentials = append(r.state.Potentials, make([]float64, count))
	}
	r.state.Offsets = r.replica.Offsets
	r.state.Spikes = newCounts(len(p.counts), len(p.counts))
	r.state.SourceSpikes = newCounts(len(p.counts), len(p.sources))
	return r
}

func (r *exactRun) run(ctx context.Context, times []float64, recorders []Recorder) error {
	watch := watchOf(ctx)
	return r.replica.Run(times,
		func() (bool, error) { return watch.resume(r) },
		func(t float64) error { return watch.look(ctx, t, r) },
		func(row int) {
			r.state.Time = times[row]
			r.replica.State(times[row], r.state.Potentials, r.state.Spikes, r.state.SourceSpikes)
			for _, recorder := range recorders {
				recorder.Record(row, &r.state)
			}
		})
}

// checkpoint implements resumable. The state is laid out anew at each output time.
func (r *exactRun) checkpoint(c *checkpoint.Coder) {
	r.replica.Checkpoint(c)
	if r.others != nil {
		r.others(c)
	}
}
