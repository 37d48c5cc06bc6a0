package simulate

import (
	"context"
	"math"
	"math/rand/v2"

	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
	"balanced/bnn/internal/pieces"
	"balanced/bnn/internal/random"
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
// Between jumps v = u + g_a(t) + x_a, where g_a is the response of the membrane to the
// stimulus, in closed form or followed (pieces.Response), x_a is what all neurons of the
// population heard alike, from shared sources, and u and x_a decay as e^{−t/τ}; with noise u is
// an Ornstein–Uhlenbeck process, whose increments over any interval are drawn from
// their exact law. A neuron is brought up to date only when it is looked at. With a spread of
// thresholds a neuron spikes at the rate λ(v − δ_j), its offset δ_j being drawn at the start.
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
	offsets  [][]float64 // δ, by population with a spread; nil if there is none
	heard    []float64   // x by population at a time of its own; nil where nothing is heard alike
	asOf     []float64   // that time
	divisor  float64     // of the weights: √n, n for a mean field, √K for a sparse network
	// following has the responses to stimuli that are not in closed form, nil for others.
	following []*pieces.Response
	// others, if not nil, shows a checkpoint what the method keeps besides.
	others func(c *checkpoint.Coder)
	state  State
}

// A channel is a class of sources, recurrent or feedforward.
type channel struct {
	rate        float64 // of candidates
	bound       float64 // of one process
	population  int     // −1 for a feedforward source
	feedforward int     // −1 for a population
}

// candidatesBetweenChecks is how often a run looks whether it has been cancelled:
// about every millisecond.
const candidatesBetweenChecks = 1 << 14

// newPlainRun draws the start. A neuron has so many Poisson processes, and a neuron of a
// feedforward source so many others, or a single one if it is shared.
func newPlainRun(p *plan, source *rand.Rand, divisor float64, processes, sourceProcesses int) *plainRun {
	run := &plainRun{network: p.network, random: source, counts: p.counts, divisor: divisor}
	for b, population := range p.network.Populations {
		run.add(channel{bound: population.Rate.Bound(), population: b, feedforward: -1}, p.counts[b], processes)
	}
	for x, source := range p.network.Feedforward {
		_, highest := source.Rate.Range()
		processes := sourceProcesses
		if source.Shared {
			processes = 1
		}
		if processes == 1 {
			run.hearAlike()
		}
		run.add(channel{bound: highest, population: -1, feedforward: x}, p.sources[x], processes)
	}
	for a, count := range p.counts {
		run.decaying = append(run.decaying, make([]float64, count))
		run.updated = append(run.updated, make([]float64, count))
		run.state.Potentials = append(run.state.Potentials, make([]float64, count))
		random.Start(source, p.network.Initial, a, p.startMean[a], run.decaying[a])
	}
	run.offsets = random.Offsets(source, p.network.Populations, p.counts)
	run.state.Offsets = run.offsets
	run.state.Spikes = newCounts(len(p.counts), len(p.counts))
	run.state.SourceSpikes = newCounts(len(p.counts), len(p.sources))
	run.follow()
	return run
}

func (r *plainRun) add(c channel, neurons, processes int) {
	c.rate = float64(neurons) * float64(processes) * c.bound
	r.channels = append(r.channels, c)
	r.totalRate += c.rate
}

// hearAlike makes room for what the neurons of a population hear alike.
func (r *plainRun) hearAlike() {
	if r.heard == nil {
		r.heard, r.asOf = make([]float64, len(r.counts)), make([]float64, len(r.counts))
	}
}

// follow begins the responses to stimuli of which bnn.Response takes longer than a few
// operations.
func (r *plainRun) follow() {
	r.following = make([]*pieces.Response, len(r.counts))
	for a, population := range r.network.Populations {
		switch population.External().(type) {
		case bnn.ConstantStimulus, bnn.Pulse, bnn.Sine:
		default:
			r.following[a] = pieces.NewResponse(population.External(), population.Tau)
		}
	}
}

// response returns g_a(t); the times never fall.
func (r *plainRun) response(a int, t float64) float64 {
	if r.following[a] != nil {
		return r.following[a].At(t)
	}
	population := r.network.Populations[a]
	return bnn.Response(population.External(), t, population.Tau)
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
	for _, offsets := range r.offsets {
		c.Numbers(offsets)
	}
	c.Numbers(r.heard)
	c.Numbers(r.asOf)
	for _, response := range r.following {
		if response != nil {
			response.Checkpoint(c)
		}
	}
	if r.others != nil {
		r.others(c)
	}
}

// consider draws a candidate at time t and lets it happen or not.
func (r *plainRun) consider(t float64) {
	source := r.chooseChannel()
	if source.population >= 0 {
		r.considerNeuron(t, source.population, source.bound)
	} else if x := source.feedforward; r.random.Float64()*source.bound < r.network.Feedforward[x].Rate.At(t) {
		r.sourceSpike(t, x)
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
func (r *plainRun) considerNeuron(t float64, b int, bound float64) {
	k := r.random.IntN(r.counts[b])
	u := r.random.Float64() * bound
	v := r.potential(b, k, t)
	if r.offsets != nil && r.offsets[b] != nil {
		v -= r.offsets[b][k]
	}
	if u < r.network.Populations[b].Rate.At(v) {
		r.spike(t, b, k)
	}
}

// potential returns the potential of neuron j of population a at time t.
func (r *plainRun) potential(a, j int, t float64) float64 {
	r.update(a, j, t)
	v := r.decaying[a][j] + r.response(a, t)
	if r.heard != nil {
		v += r.heardAt(a, t)
	}
	return v
}

// heardAt brings what population a heard alike up to time t and returns it.
func (r *plainRun) heardAt(a int, t float64) float64 {
	r.heard[a] *= math.Exp((r.asOf[a] - t) / r.network.Populations[a].Tau)
	r.asOf[a] = t
	return r.heard[a]
}

// reachAll lets all neurons hear a spike of source x, whose counts are arrivals.
func (r *plainRun) reachAll(t float64, x int) {
	for a, count := range r.counts {
		r.heard[a] = r.heardAt(a, t) + r.network.Feedforward[x].Weights[a]/r.divisor
		r.state.SourceSpikes[a][x] += int64(count)
	}
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
