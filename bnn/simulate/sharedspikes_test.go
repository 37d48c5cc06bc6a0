package simulate

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// plainSharedSpikes is SharedSpikes with nothing in common: each spike moves one neuron after
// the other, whatever that costs.
type plainSharedSpikes struct{ bug string }

func (m plainSharedSpikes) prepare(_ context.Context, p *plan, _ int) (*engine, error) {
	return &engine{run: func(ctx context.Context, random *rand.Rand, recorders []Recorder) error {
		r := newPlainRun(p, random, math.Sqrt(float64(p.n)), 1, 1)
		move := func(t float64, a, j int, weight float64) {
			r.update(a, j, t)
			r.decaying[a][j] += weight / r.divisor
		}
		r.spike = func(t float64, b, k int) {
			for a, count := range r.counts {
				for j := range count {
					if (a != b || j != k) && (m.bug != "one target forgotten" || a != 0 || j != 1) {
						move(t, a, j, r.network.Weights[a][b])
						r.state.Spikes[a][b]++
					}
				}
			}
			if m.bug == "own spike heard" {
				move(t, b, k, r.network.Weights[b][b])
			}
		}
		r.sourceSpike = func(t float64, x int) {
			for a, count := range r.counts {
				for j := range count {
					move(t, a, j, r.network.Feedforward[x].Weights[a])
					r.state.SourceSpikes[a][x]++
				}
			}
		}
		return r.run(ctx, p.times, recorders)
	}}, nil
}

// With the same random numbers every potential is that of the plain way of doing it, up
// to rounding, and every count is equal.
func TestSharedSpikesNeuronByNeuron(t *testing.T) {
	verification.Long(t)
	for name, network := range lawNetworks(t) {
		plan, err := newPlan(context.Background(), network, 12, []float64{0, 0.35, 1.3})
		if err != nil {
			t.Fatal(err)
		}
		distance := func(oracle Method) float64 {
			states, spikes := watch(t, plan, SharedSpikes{}, rand.New(rand.NewPCG(1, 2)))
			wantStates, wantSpikes := watch(t, plan, oracle, rand.New(rand.NewPCG(1, 2)))
			if fmt.Sprint(spikes) != fmt.Sprint(wantSpikes) {
				return math.Inf(1)
			}
			largest := 0.0
			for row, state := range states.Potentials {
				for a := range state {
					largest = math.Max(largest, networktest.DistanceOf(state[a], wantStates.Potentials[row][a]))
				}
			}
			return largest
		}
		if d := distance(plainSharedSpikes{}); d > 1e-10 {
			t.Errorf("%s: potentials off by %g", name, d)
		}
		for _, bug := range []string{"own spike heard", "one target forgotten"} {
			if d := distance(plainSharedSpikes{bug}); d < 1e-3 {
				t.Errorf("%s: planted bug %q goes unseen: %g", name, bug, d)
			}
		}
	}
}

// A spike counts once a target, so that counts are whole multiples of the targets, of the
// same number of spikes for all of them.
func TestSharedSpikesCountArrivals(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	plan, err := newPlan(context.Background(), network, 20, []float64{2})
	if err != nil {
		t.Fatal(err)
	}
	_, spikes := watch(t, plan, SharedSpikes{}, rand.New(rand.NewPCG(1, 2)))
	sent := func(arrivals int64, targets int) int64 {
		if arrivals == 0 || arrivals%int64(targets) != 0 {
			t.Errorf("%d arrivals at %d targets", arrivals, targets)
		}
		return arrivals / int64(targets)
	}
	for b := range plan.counts {
		first := sent(spikes.Spikes[0][b][b], plan.counts[b]-1)
		for a := range plan.counts {
			if a != b && sent(spikes.Spikes[0][a][b], plan.counts[a]) != first {
				t.Errorf("population %d heard another number of spikes of %d than it itself", a, b)
			}
		}
	}
	if sent(spikes.SourceSpikes[0][0][0], plan.counts[0]) != sent(spikes.SourceSpikes[0][1][0], plan.counts[1]) {
		t.Error("the source reached one population more often than the other")
	}
}

// sharedClosedForm gives the exact expectations of the empirical moments of SharedSpikes with
// constant rates. What the neurons of a population do not have in common is
// independent: the start, the extra noise, and the spikes of its own that each does not hear.
func sharedClosedForm(network *bnn.Network, n int, times []float64, ownSpikes bool) bnn.Moments {
	m := closedForm(network, n, times, false) // means and rates are those of pairs
	for row, t := range times {
		for a, p := range network.Populations {
			leak := func(k float64) float64 { return -math.Expm1(-k*t/p.Tau) * p.Tau / k }
			own := network.Weights[a][a] / math.Sqrt(float64(n))
			if !ownSpikes {
				own = 0
			}
			m.Variance[row][a] = network.Initial.Variances()[a]*math.Exp(-2*t/p.Tau) + (p.Noise*p.Noise+own*own*p.Rate.At(0))*leak(2)
			m.Third[row][a] = -own * own * own * p.Rate.At(0) * leak(3)
		}
	}
	return m
}

func TestSharedSpikesWithinPopulations(t *testing.T) {
	verification.Long(t)
	const n = 7
	network := networktest.ConstantRates()
	times := []float64{0.2, 1, 3}
	s, err := Ensemble{Network: network, N: n, Replicas: 8000, Seed: 1, Method: SharedSpikes{}}.Run(context.Background(), times)
	if err != nil {
		t.Fatal(err)
	}
	if z, where := largestZ(s, sharedClosedForm(network, n, times, true)); z > networktest.FalseAlarmZ {
		t.Errorf("|z| = %.1f for the %s", z, where)
	}
	if z, _ := largestZ(s, sharedClosedForm(network, n, times, false)); z <= networktest.FalseAlarmZ {
		t.Errorf("own spikes heard go unseen: |z| = %.1f", z)
	}
	if z, _ := largestZ(s, closedForm(network, n, times, false)); z <= networktest.FalseAlarmZ {
		t.Errorf("a process a pair goes unseen: |z| = %.1f", z)
	}
	bugs := plantedBugs(network)
	// The noise of the mean does not become less with the neurons: 10 % go unseen here.
	delete(bugs, "stimulus heard 10 % too loud")
	bugs["stimulus heard twice as loud"] = func(n *bnn.Network) {
		n.Populations[0].Stimulus = scaled(n.Populations[0].External(), 2)
	}
	for name, plant := range bugs {
		wrong := networktest.ConstantRates()
		plant(wrong)
		if z, _ := largestZ(s, sharedClosedForm(wrong, n, times, true)); z <= networktest.FalseAlarmZ {
			t.Errorf("planted bug %q goes unseen: |z| = %.1f", name, z)
		}
	}
}

// meanCumulant is the joint cumulant of the empirical means of E, taken i times, and I, taken j
// times, at constant rates. A spike moves the mean of the neurons that hear it by its weight; in
// its own population these are all but one.
func meanCumulant(network *bnn.Network, n int, t float64, i, j int, ownSpikesHeard bool) float64 {
	e, inhibitory := network.Populations[0], network.Populations[1]
	pace := float64(i)/e.Tau + float64(j)/inhibitory.Tau
	leak := -math.Expm1(-pace*t) / pace
	sum := 0.0
	hear := func(neurons, rate, toE, toI float64) {
		sum += neurons * rate * leak * math.Pow(toE/math.Sqrt(float64(n)), float64(i)) * math.Pow(toI/math.Sqrt(float64(n)), float64(j))
	}
	for b, p := range network.Populations {
		count := float64(bnn.Must(network.Count(b, n)))
		moves := [2]float64{network.Weights[0][b], network.Weights[1][b]}
		if !ownSpikesHeard {
			moves[b] *= 1 - 1/count
		}
		hear(count, p.Rate.At(0), moves[0], moves[1])
		if own := [2]int{i, j}[b]; own == 2 && i+j == 2 {
			sum += (network.Initial.Variances()[b]*math.Exp(-2*t/p.Tau) + p.Noise*p.Noise*leak) / count
		}
	}
	for x, source := range network.Feedforward {
		hear(float64(bnn.Must(network.SourceCount(x, n))), source.Rate.At(0), source.Weights[0], source.Weights[1])
	}
	return sum
}

// The means scatter over replicas by the common noise, whatever the number of neurons.
func TestSharedSpikesMoveTheMeans(t *testing.T) {
	verification.Long(t)
	const n, replicas = 4, 12_000
	network := networktest.ConstantRates()
	times := []float64{0.2, 1, 3}
	each, err := Collect(Ensemble{Network: network, N: n, Replicas: replicas, Seed: 1, Method: SharedSpikes{}}.Each(context.Background(), times))
	if err != nil {
		t.Fatal(err)
	}
	average := make([][2]float64, len(times))
	for _, m := range each {
		for row := range times {
			average[row][0] += m.Mean[row][0] / replicas
			average[row][1] += m.Mean[row][1] / replicas
		}
	}
	largest := func(ownSpikesHeard bool) float64 {
		largest := 0.0
		for row, at := range times {
			for _, pair := range [][2]int{{0, 0}, {0, 1}, {1, 1}} {
				a, b := pair[0], pair[1]
				measured := 0.0
				for _, m := range each {
					measured += (m.Mean[row][a] - average[row][a]) * (m.Mean[row][b] - average[row][b]) / (replicas - 1)
				}
				kappa := func(of ...int) float64 {
					inhibitory := 0
					for _, a := range of {
						inhibitory += a
					}
					return meanCumulant(network, n, at, len(of)-inhibitory, inhibitory, ownSpikesHeard)
				}
				scatter := kappa(a, a, b, b) + kappa(a, a)*kappa(b, b) + kappa(a, b)*kappa(a, b)
				largest = math.Max(largest, math.Abs(measured-kappa(a, b))/math.Sqrt(scatter/replicas))
			}
		}
		return largest
	}
	if z := largest(false); z > networktest.FalseAlarmZ {
		t.Errorf("|z| = %.1f for the covariance of the means", z)
	}
	if z := largest(true); z <= networktest.FalseAlarmZ {
		t.Errorf("own spikes heard go unseen: |z| = %.1f", z)
	}
}

func BenchmarkSharedSpikes(b *testing.B) {
	network := networktest.ReadNetwork(b, "abstract")
	const n, end = 1000, 3.0
	for b.Loop() {
		if err := (Ensemble{Network: network, N: n, Replicas: 1, Method: SharedSpikes{}}).Replica(context.Background(), 0, []float64{end}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(n*(2+4)*end), "ns/candidate")
}
