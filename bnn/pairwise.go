package bnn

import (
	"context"
	"math"
	"math/rand/v2"
)

// pairwiseRun is the network of theory.md §1 simulated pair by pair, by thinning: the
// plain version, kept as the oracle for faster ones.
//
// Every ordered pair of distinct neurons has its own Poisson process, whose
// intensity λ_b(v) is at most λ̄_b. Candidates for all pairs together come at the
// constant rate R = Σ_b N_b (M−1) λ̄_b, M neurons in all; a candidate belongs to each
// pair with source class b with probability λ̄_b/R, and is accepted with probability
// λ_b(v)/λ̄_b, v being the potential of its source at that very moment. Accepted
// candidates then have exactly the intensities λ_b(v) (P. A. W. Lewis and
// G. S. Shedler, Naval Research Logistics Quarterly 26, 403–413, 1979). Feedforward
// sources are thinned likewise, against the largest value of their rate.
//
// Between jumps v = u + g_a(t), where g_a is the response of the membrane to the
// stimulus, known in closed form, and u decays as e^{−t/τ}; with noise u is an
// Ornstein–Uhlenbeck process, whose increments over any interval are drawn from
// their exact law. A neuron is brought up to date only when it is looked at.
type pairwiseRun struct {
	network *Network
	random  *rand.Rand
	rootN   float64
	counts  []int
	neurons int // M

	// Candidates: what may happen, each with its rate.
	channels  []channel
	totalRate float64

	decaying [][]float64 // u of each neuron at its own time
	updated  [][]float64 // that time
	state    State
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

// simulatePairwise runs one replica.
func (p *plan) simulatePairwise(ctx context.Context, random *rand.Rand, recorders []Recorder) error {
	return newPairwiseRun(p, random).run(ctx, p.times, recorders)
}

func newPairwiseRun(p *plan, random *rand.Rand) *pairwiseRun {
	run := &pairwiseRun{network: p.network, random: random, rootN: math.Sqrt(float64(p.n)), counts: p.counts}
	for _, count := range p.counts {
		run.neurons += count
	}
	for b, population := range p.network.Populations {
		rate := float64(p.counts[b]) * float64(run.neurons-1) * population.Rate.Bound()
		run.channels = append(run.channels, channel{rate: rate, population: b, feedforward: -1})
		run.totalRate += rate
	}
	for x, source := range p.network.Feedforward {
		_, highest := source.Rate.Range()
		rate := float64(p.sources[x]) * float64(run.neurons) * highest
		run.channels = append(run.channels, channel{rate: rate, population: -1, feedforward: x})
		run.totalRate += rate
	}
	for a, count := range p.counts {
		run.decaying = append(run.decaying, make([]float64, count))
		run.updated = append(run.updated, make([]float64, count))
		run.state.Potentials = append(run.state.Potentials, make([]float64, count))
		deviation := math.Sqrt(p.network.Initial.Variance[a])
		for j := range run.decaying[a] {
			run.decaying[a][j] = p.startMean[a] + deviation*random.NormFloat64()
		}
	}
	run.state.Spikes = newCounts(len(p.counts), len(p.counts))
	run.state.SourceSpikes = newCounts(len(p.counts), len(p.sources))
	return run
}

// run goes from candidate to candidate until the last time.
func (r *pairwiseRun) run(ctx context.Context, times []float64, recorders []Recorder) error {
	t, row := 0.0, 0
	for candidate := 1; ; candidate++ {
		if r.totalRate > 0 {
			t += r.random.ExpFloat64() / r.totalRate
		} else {
			t = math.Inf(1)
		}
		for times[row] <= t {
			r.show(times[row], row, recorders)
			if row++; row == len(times) {
				return nil
			}
		}
		r.consider(t)
		if candidate%candidatesBetweenChecks == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

// consider draws a candidate at time t and lets it happen or not.
func (r *pairwiseRun) consider(t float64) {
	source := r.chooseChannel()
	if source.population >= 0 {
		r.considerPair(t, source.population)
	} else {
		r.considerFeedforward(t, source.feedforward)
	}
}

func (r *pairwiseRun) chooseChannel() channel {
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

// considerPair draws one of the ordered pairs of distinct neurons whose source is in
// population b.
func (r *pairwiseRun) considerPair(t float64, b int) {
	rate := r.network.Populations[b].Rate
	k := r.random.IntN(r.counts[b])
	if r.random.Float64()*rate.Bound() >= rate.At(r.potential(b, k, t)) {
		return
	}
	// A target among the M−1 others: past the source the numbering skips it.
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
}

// considerFeedforward draws a pair of a neuron of source x and any neuron.
func (r *pairwiseRun) considerFeedforward(t float64, x int) {
	source := r.network.Feedforward[x]
	_, highest := source.Rate.Range()
	if r.random.Float64()*highest >= source.Rate.At(t) {
		return
	}
	a, j := r.locate(r.random.IntN(r.neurons))
	r.jump(t, a, j, source.Weights[a])
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

// jump moves one potential by weight/√n.
func (r *pairwiseRun) jump(t float64, a, j int, weight float64) {
	r.update(a, j, t)
	r.decaying[a][j] += weight / r.rootN
}

// potential returns the potential of neuron j of population a at time t.
func (r *pairwiseRun) potential(a, j int, t float64) float64 {
	r.update(a, j, t)
	population := r.network.Populations[a]
	return r.decaying[a][j] + population.Input().Response(t, population.Tau)
}

// update brings one neuron up to time t.
func (r *pairwiseRun) update(a, j int, t float64) {
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
func (r *pairwiseRun) show(t float64, row int, recorders []Recorder) {
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
