package simulate

import (
	"context"
	"math"
	"math/rand/v2"

	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
)

// A plainRun simulates the potentials of a network by thinning, one candidate after the
// other, and leaves to its method how far a spike reaches: one pair of neurons (Pairwise,
// MeanField) or all at once (SharedSpikes).
//
// The intensity λ_b(v) of a neuron is at most λ̄_b. Candidates of all classes of sources
// together come at a constant rate R, those of class b at the share R_b of it, which is λ̄_b
// times the number of its Poisson processes; a candidate is accepted with probability
// λ_b(v)/λ̄_b, v being the potential of its source at that very moment. Accepted
// candidates then have exactly the intensities λ_b(v) (P. A. W. Lewis and
// G. S. Shedler, Naval Research Logistics Quarterly 26, 403–413, 1979). Feedforward
// sources are thinned likewise, against the largest value of their rate.
//
// Between jumps v = u + g_a(t), where g_a is the response of the membrane to the
// stimulus, known in closed form, and u decays as e^{−t/τ}; with noise u is an
// Ornstein–Uhlenbeck process, whose increments over any interval are drawn from
// their exact law. A neuron is brought up to date only when it is looked at.
type plainRun struct {
	network *bnn.Network
	random  *rand.Rand
	counts  []int

	// Candidates: what may happen, each with its rate.
	channels  []channel
	totalRate float64

	next float64 // the time of the next candidate
	row  int     // the next output time

	// What an accepted spike at time t does: one of neuron k of population b, and one of
	// feedforward source x.
	spike       func(t float64, b, k int)
	sourceSpike func(t float64, x int)

	decaying [][]float64 // u of each neuron at its own time
	updated  [][]float64 // that time
	// common, if not nil, gives what all neurons of population a hear alike besides the
	// stimulus.
	common func(a int, t float64) float64
	// others, if not nil, shows a checkpoint what the method keeps besides.
	others func(c *checkpoint.Coder)
	state  State
}

// A channel is a class of sources, recurrent or feedforward.
type channel struct {
	rate        float64 // of candidates
	population  int     // −1 for a feedforward source
	feedforward int     // −1 for a population
}

// candidatesBetweenChecks is how often a run looks whether it has been cancelled:
// about every millisecond.
const candidatesBetweenChecks = 1 << 14

// newPlainRun draws the start. A neuron has so many Poisson processes, and a neuron of a
// feedforward source so many others.
func newPlainRun(p *plan, random *rand.Rand, processes, sourceProcesses int) *plainRun {
	run := &plainRun{network: p.network, random: random, counts: p.counts}
	for b, population := range p.network.Populations {
		rate := float64(p.counts[b]) * float64(processes) * population.Rate.Bound()
		run.channels = append(run.channels, channel{rate: rate, population: b, feedforward: -1})
		run.totalRate += rate
	}
	for x, source := range p.network.Feedforward {
		_, highest := source.Rate.Range()
		rate := float64(p.sources[x]) * float64(sourceProcesses) * highest
		run.channels = append(run.channels, channel{rate: rate, population: -1, feedforward: x})
		run.totalRate += rate
	}
	for a, count := range p.counts {
		run.decaying = append(run.decaying, make([]float64, count))
		run.updated = append(run.updated, make([]float64, count))
		run.state.Potentials = append(run.state.Potentials, make([]float64, count))
		deviation := math.Sqrt(p.network.Initial.Variances()[a])
		for j := range run.decaying[a] {
			run.decaying[a][j] = p.startMean[a] + deviation*random.NormFloat64()
		}
	}
	run.state.Spikes = newCounts(len(p.counts), len(p.counts))
	run.state.SourceSpikes = newCounts(len(p.counts), len(p.sources))
	return run
}

// run goes from candidate to candidate until the last time.
func (r *plainRun) run(ctx context.Context, times []float64, recorders []Recorder) error {
	watch := watchOf(ctx)
	r.next = r.wait()
	if _, err := watch.resume(r); err != nil {
		return err
	}
	for candidate := 1; ; {
		if times[r.row] <= r.next {
			r.show(times[r.row], r.row, recorders)
			if r.row++; r.row == len(times) {
				return nil
			}
		} else {
			r.consider(r.next)
			r.next += r.wait()
			if candidate++; candidate%candidatesBetweenChecks != 0 {
				continue
			}
		}
		if err := watch.look(ctx, min(r.next, times[r.row]), r); err != nil {
			return err
		}
	}
}

// wait draws the time from one candidate to the next.
func (r *plainRun) wait() float64 {
	if r.totalRate > 0 {
		return r.random.ExpFloat64() / r.totalRate
	}
	return math.Inf(1)
}

// checkpoint implements resumable.
func (r *plainRun) checkpoint(c *checkpoint.Coder) {
	c.Number(&r.next)
	c.Index(&r.row, math.MaxInt)
	c.Table(r.decaying)
	c.Table(r.updated)
	c.Counts(r.state.Spikes)
	c.Counts(r.state.SourceSpikes)
	if r.others != nil {
		r.others(c)
	}
}

// consider draws a candidate at time t and lets it happen or not.
func (r *plainRun) consider(t float64) {
	source := r.chooseChannel()
	if source.population >= 0 {
		r.considerNeuron(t, source.population)
	} else {
		r.considerFeedforward(t, source.feedforward)
	}
}

func (r *plainRun) chooseChannel() channel {
	u := r.random.Float64() * r.totalRate
	for _, c := range r.channels {
		if u < c.rate {
			return c
		}
		u -= c.rate
	}
	// Rounding can leave u beyond the last; the first channel with any rate is as good.
	for _, c := range r.channels {
		if c.rate > 0 {
			return c
		}
	}
	return r.channels[0]
}

// considerNeuron draws a neuron of population b.
func (r *plainRun) considerNeuron(t float64, b int) {
	rate := r.network.Populations[b].Rate
	k := r.random.IntN(r.counts[b])
	if r.random.Float64()*rate.Bound() < rate.At(r.potential(b, k, t)) {
		r.spike(t, b, k)
	}
}

func (r *plainRun) considerFeedforward(t float64, x int) {
	source := r.network.Feedforward[x]
	_, highest := source.Rate.Range()
	if r.random.Float64()*highest < source.Rate.At(t) {
		r.sourceSpike(t, x)
	}
}

// potential returns the potential of neuron j of population a at time t.
func (r *plainRun) potential(a, j int, t float64) float64 {
	r.update(a, j, t)
	population := r.network.Populations[a]
	v := r.decaying[a][j] + bnn.Response(population.External(), t, population.Tau)
	if r.common != nil {
		v += r.common(a, t)
	}
	return v
}

// update brings one neuron up to time t.
func (r *plainRun) update(a, j int, t float64) {
	population := r.network.Populations[a]
	age := (t - r.updated[a][j]) / population.Tau
	r.updated[a][j] = t
	r.decaying[a][j] *= math.Exp(-age)
	if population.Noise > 0 {
		variance := -population.Noise * population.Noise * population.Tau / 2 * math.Expm1(-2*age)
		r.decaying[a][j] += math.Sqrt(variance) * r.random.NormFloat64()
	}
}

// show brings all neurons up to time t and shows them to the recorders.
func (r *plainRun) show(t float64, row int, recorders []Recorder) {
	r.state.Time = t
	for a := range r.decaying {
		for j := range r.decaying[a] {
			r.state.Potentials[a][j] = r.potential(a, j, t)
		}
	}
	for _, recorder := range recorders {
		recorder.Record(row, &r.state)
	}
}
