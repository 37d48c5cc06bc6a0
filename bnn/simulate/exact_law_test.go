package simulate

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/thinning"
	"balanced/internal/bench/variants"
	"balanced/internal/verification"
)

// A lawSample holds averages over replicas, and their standard errors, of all that is
// compared between two simulators: the moments at each time, the spikes of each pathway and
// the covariance of the potentials of a neuron at the first and the last time.
type lawSample struct {
	names        []string
	mean, errors []float64
}

// sampleLaw runs replicas by the given simulator.
func sampleLaw(t testing.TB, plan *plan, replicas int, seed uint64, simulate func(*rand.Rand, []Recorder) error) lawSample {
	t.Helper()
	fold := newAverages(plan)
	var s lawSample
	for replica := range replicas {
		var moments MomentRecorder
		var spikes SpikeRecorder
		var states StateRecorder
		if err := simulate(rand.New(rand.NewPCG(seed, uint64(replica))), []Recorder{&moments, &spikes, &states}); err != nil {
			t.Fatal(err)
		}
		var measured []float64
		add := func(value float64, format string, arguments ...any) {
			measured = append(measured, value)
			if replica == 0 {
				s.names = append(s.names, fmt.Sprintf(format, arguments...))
			}
		}
		last := len(plan.times) - 1
		for a := range plan.counts {
			for row, at := range plan.times {
				for q, name := range []string{"mean", "variance", "third", "rate"} {
					add(moments.Tables()[q][row][a], "%s of population %d at %g", name, a, at)
				}
				for b, count := range spikes.Spikes[row][a] {
					add(float64(count), "spikes %d to %d until %g", b, a, at)
				}
				for x, count := range spikes.SourceSpikes[row][a] {
					add(float64(count), "spikes of source %d to %d until %g", x, a, at)
				}
			}
			covariance := 0.0
			for j, v := range states.Potentials[0][a] {
				covariance += (v - moments.Mean[0][a]) * (states.Potentials[last][a][j] - moments.Mean[last][a])
			}
			add(covariance/float64(plan.counts[a]), "covariance in population %d", a)
			total := 0.0
			for _, count := range spikes.Spikes[last][a] {
				total += float64(count)
			}
			add(total*total, "square of the spikes to %d", a)
		}
		fold.add(measured)
	}
	s.mean = fold.mean
	for _, sum := range fold.squares {
		s.errors = append(s.errors, math.Sqrt(sum/float64(replicas-1)/float64(replicas)))
	}
	return s
}

// largestZ compares two samples.
func (s lawSample) largestZ(other lawSample) (largest float64, where string) {
	for i := range s.mean {
		difference := math.Abs(s.mean[i] - other.mean[i])
		if difference < 1e-12*math.Abs(s.mean[i]) {
			continue
		}
		if z := difference / math.Hypot(s.errors[i], other.errors[i]); z > largest {
			largest, where = z, s.names[i]
		}
	}
	return largest, where
}

// The ways of Exact to run: as chosen automatically, or held to one kind of window.
var exactModes = map[string]func(*thinning.Replica){
	"automatic":       nil,
	"flat, few":       func(r *thinning.Replica) { r.Hold(thinning.Flat, thinning.Few) },
	"flat, many":      func(r *thinning.Replica) { r.Hold(thinning.Flat, thinning.Many) },
	"flat, lazy":      func(r *thinning.Replica) { r.Hold(thinning.Flat, thinning.Lazy) },
	"classes, few":    func(r *thinning.Replica) { r.Hold(thinning.Classes, thinning.Few) },
	"classes, many":   func(r *thinning.Replica) { r.Hold(thinning.Classes, thinning.Many) },
	"classes, lazy":   func(r *thinning.Replica) { r.Hold(thinning.Classes, thinning.Lazy) },
	"following, few":  func(r *thinning.Replica) { r.Hold(thinning.Following, thinning.Few) },
	"following, many": func(r *thinning.Replica) { r.Hold(thinning.Following, thinning.Many) },
	"following, lazy": func(r *thinning.Replica) { r.Hold(thinning.Following, thinning.Lazy) },
}

func exactLaw(t testing.TB, plan *plan, replicas int, seed uint64, arrange func(*thinning.Replica)) lawSample {
	return sampleLaw(t, plan, replicas, seed, func(random *rand.Rand, recorders []Recorder) error {
		for _, recorder := range recorders {
			if err := recorder.Start(plan.network, plan.counts, plan.times); err != nil {
				return err
			}
		}
		r := newExactRun(plan, random)
		if arrange != nil {
			arrange(r.replica)
		}
		return r.run(context.Background(), plan.times, recorders)
	})
}

// lawNetworks are those on which the simulators are compared.
func lawNetworks(t testing.TB) map[string]*bnn.Network {
	silent := unprojected(t, "silent")
	silent.Initial.Variance = []float64{0.1, 0.2}
	three := &bnn.Network{
		Name: "three",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1.6, Rate: bnn.Logistic{Max: 2, Slope: 1, Threshold: 0}, Stimulus: bnn.ConstantStimulus{Value: 0.4}},
			{Name: "P", Tau: 0.5, Size: 0.4, Rate: bnn.Probit{Max: 4, Slope: 2, Threshold: 0.5}, Stimulus: bnn.Pulse{Baseline: 0.1, Amplitude: 2, Start: 0.2, Duration: 0.4}},
			{Name: "S", Tau: 2, Size: 0.5, Rate: bnn.Logistic{Max: 3, Slope: 2, Threshold: 0.3}, Stimulus: bnn.Sine{Baseline: 0.1, Amplitude: 1.5, Period: 0.8, Phase: 1}},
		},
		Weights: [][]float64{{1, -1.5, -1}, {0.9, -1.3, -0.8}, {0.8, -1.2, -0.8}},
		Feedforward: []bnn.Source{
			{Name: "X", Size: 0.7, Rate: bnn.Pulse{Baseline: 0.3, Amplitude: 1.5, Start: 0.3, Duration: 0.5}, Weights: []float64{0.6, 0.4, -0.2}},
			{Name: "Y", Size: 0.3, Rate: bnn.ConstantStimulus{Value: 0.8}, Weights: []float64{0.2, 0.5, 0.4}},
		},
		Initial: bnn.Initial{Mean: []float64{0.3, 0.1, 0}, Variance: []float64{0.3, 0.2, 0.2}},
	}
	probit := unprojected(t, "abstract")
	probit.Populations[0].Rate = bnn.Probit{Max: 1, Slope: 2, Threshold: 0.4}
	probit.Populations[1].Rate = bnn.Probit{Max: 1.4, Slope: 1.5, Threshold: 0.2}
	probit.Populations[1].Stimulus = bnn.Pulse{Baseline: -0.3, Amplitude: 1.5, Start: 0.4, Duration: 0.5}
	return map[string]*bnn.Network{
		"dense": unprojected(t, "dense"), "silent": silent, "abstract": networktest.ReadNetwork(t, "abstract"),
		"feedforward": networktest.ReadNetwork(t, "feedforward"), "three": three, "probit": probit,
	}
}

// All kinds of windows, by all loops, have the law of the plain simulator. There are fewer than 10,000
// comparisons, so that 6.5 standard errors are exceeded with probability below 1e-6.
func TestExactInLaw(t *testing.T) {
	verification.Long(t)
	const replicas, limit = 320, 6.5
	networks := lawNetworks(t)
	maps.Copy(networks, generalNetworks(t))
	for name, network := range networks {
		n, arrange := 12, func(network *bnn.Network) *bnn.Network { return network }
		if name == "wide" {
			n, arrange = 24, func(network *bnn.Network) *bnn.Network { return variants.Split(network, 6) }
		}
		t.Run(name, func(t *testing.T) {
			if name != "three" {
				verification.Only(t) // one network sees the whole way
			}
			plan, err := newPlan(context.Background(), arrange(network), n, []float64{0.35, 1.3})
			if err != nil {
				t.Fatal(err)
			}
			if why := plan.whyNotThinning(); why != "" {
				t.Fatalf("not simulated by thinning: %s", why)
			}
			oracle := sampleLaw(t, plan, replicas, 1, func(random *rand.Rand, recorders []Recorder) error {
				return (&engine{run: plan.simulatePairwise}).simulate(context.Background(), plan, random, recorders)
			})
			for mode, hold := range exactModes {
				law := exactLaw(t, plan, replicas, 2, hold)
				if z, where := law.largestZ(oracle); z > limit {
					t.Errorf("%s: z = %.1f for the %s", mode, z, where)
				}
			}
			bugs := map[string]func(*bnn.Network){
				"time constant too long": func(wrong *bnn.Network) { wrong.Populations[1].Tau *= 1.6 },
				"pathway dropped":        func(wrong *bnn.Network) { wrong.Weights[1][0] = 0 },
				"threshold moved":        func(wrong *bnn.Network) { wrong.Populations[1].Rate = moved(wrong.Populations[1].Rate, 0.4) },
				"start moved":            func(wrong *bnn.Network) { wrong.Initial.Mean[0] += 0.5 },
			}
			if slices.ContainsFunc(network.Populations, func(p bnn.Population) bool { return p.Noise > 0 }) {
				bugs["noise dropped"] = func(wrong *bnn.Network) {
					for a := range wrong.Populations {
						wrong.Populations[a].Noise = 0
					}
				}
			}
			for bug, plant := range bugs {
				if name == "wide" && bug != "noise dropped" {
					continue // as in noisy, of which it is made
				}
				wrong := network.Clone()
				wrong.Initial.OnManifold = false
				wrong.Initial.Mean = slices.Clone(startOf(t, network, n))
				plant(wrong)
				wrongPlan, err := newPlan(context.Background(), arrange(wrong), n, plan.times)
				if err != nil {
					t.Fatal(err)
				}
				law := exactLaw(t, wrongPlan, replicas, 3, nil)
				if z, _ := law.largestZ(oracle); z <= limit {
					t.Errorf("planted bug %q goes unseen: z = %.1f", bug, z)
				}
			}
		})
	}
}

// startOf returns the means from which a network of a size starts.
func startOf(t testing.TB, network *bnn.Network, n int) []float64 {
	t.Helper()
	plan, err := newPlan(context.Background(), network, n, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	return plan.startMean
}

// moved is a rate with another threshold.
func moved(rate bnn.Rate, by float64) bnn.Rate {
	switch rate := rate.(type) {
	case bnn.Logistic:
		rate.Threshold += by
		return rate
	case bnn.Probit:
		rate.Threshold += by
		return rate
	}
	return rate
}
