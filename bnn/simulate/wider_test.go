package simulate

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// bump is a rate that rises and falls, with a jump.
type bump struct{ center float64 }

func (r bump) At(v float64) float64 {
	d := v - r.center
	if d > 1 {
		return 0.3
	}
	return 2 * math.Exp(-2*d*d)
}
func (bump) Bound() float64 { return 2 }
func (bump) Key() string    { return "bump" }

// widerNetworks have what the second stage brought, one thing each, and all of it at once.
func widerNetworks(t testing.TB) map[string]*bnn.Network {
	t.Helper()
	network := func(change func(*bnn.Network)) *bnn.Network {
		n := lawNetworks(t)["three"].Clone()
		change(n)
		return n
	}
	rates := func(n *bnn.Network) {
		n.Populations[0].Rate = bnn.PowerRate{Max: 3, Gain: 2, Exponent: 1.5, Threshold: -0.3}
		n.Populations[1].Rate = bnn.Must(bnn.NewTableRate([]float64{-1, 0, 0.4, 1, 2}, []float64{0.1, 0.5, 2, 3, 3.5}))
		n.Populations[2].Rate = bump{0.5}
	}
	stimuli := func(n *bnn.Network) {
		n.Populations[0].Stimulus = bnn.Steps{Times: []float64{0.2, 0.5, 0.9}, Values: []float64{0.4, -1, 1.5, 0.3}}
		n.Populations[1].Stimulus = bnn.Sum{Of: []bnn.Stimulus{
			bnn.Ramp{From: 0, To: 2, Start: 0.3, Duration: 0.5}, bnn.Samples{Start: 0, Step: 0.25, Values: []float64{0, 1, -1, 1, 0}},
		}}
		n.Populations[2].Stimulus = ownStimulus{bnn.Sine{Baseline: 0.1, Amplitude: 1.5, Period: 0.8, Phase: 1}}
		n.Feedforward[0].Rate = bnn.Samples{Start: 0.1, Step: 0.3, Values: []float64{0.3, 1.5, 0.2, 1}}
		n.Feedforward[1].Rate = bnn.Steps{Times: []float64{0.3}, Values: []float64{0.8, 1.6}}
	}
	spread := func(n *bnn.Network) { n.Populations[0].Spread, n.Populations[2].Spread = 1.2, 0.8 }
	steep := func(n *bnn.Network) { n.Populations[0].Rate = bnn.Logistic{Max: 2, Slope: 6, Threshold: 1.2} }
	shared := func(n *bnn.Network) {
		n.Feedforward[0].Shared, n.Feedforward[0].Weights = true, []float64{1.8, 1.2, -0.6}
	}
	mixture := func(n *bnn.Network) {
		n.Initial.Variance = nil
		n.Initial.Components = [][]bnn.Component{
			{{Weight: 0.25, Offset: -1.5, Variance: 0.05}, {Weight: 0.75, Offset: 0.5, Variance: 0.1}},
			{{Weight: 1, Variance: 0.2}},
			{{Weight: 0.5, Offset: -0.7, Variance: 0}, {Weight: 0.5, Offset: 0.7, Variance: 0.3}},
		}
	}
	return map[string]*bnn.Network{
		"rates": network(rates), "stimuli": network(stimuli), "spread": network(func(n *bnn.Network) { spread(n); steep(n) }), "shared": network(shared), "mixture": network(mixture),
		"rising":     withRates(network(func(*bnn.Network) {}), mimics["rising"]),
		"own":        withRates(lawNetworks(t)["probit"], mimics["own"]),
		"everything": network(func(n *bnn.Network) { rates(n); stimuli(n); spread(n); shared(n); mixture(n) }),
		"silent, spread and shared": network(func(n *bnn.Network) {
			spread(n)
			shared(n)
			n.Populations[0].Rate, n.Populations[2].Rate = bnn.Logistic{Max: 2, Slope: 3, Threshold: 1.5}, bnn.Probit{Max: 3, Slope: 2, Threshold: 1.6}
		}),
	}
}

// The fast engine has the law of the plain one, which has a law of its own if what is new is left
// out. There are fewer than 2000 comparisons.
func TestExactInLawOfWiderNetworks(t *testing.T) {
	verification.Long(t)
	const n, replicas, limit = 12, 320, 6.5
	for name, network := range widerNetworks(t) {
		t.Run(name, func(t *testing.T) {
			if name != "stimuli" {
				verification.Only(t) // one network sees the whole way
			}
			plan := bnn.Must(newPlan(context.Background(), network, n, []float64{0.35, 1.3}))
			if why := plan.whyNotThinning(); why != "" {
				t.Fatalf("not simulated by thinning: %s", why)
			}
			oracle := sampleLaw(t, plan, replicas, 1, func(random *rand.Rand, recorders []Recorder) error {
				return (&engine{run: plan.simulatePairwise}).simulate(context.Background(), plan, random, recorders)
			})
			for _, mode := range []string{"automatic", "flat, few", "classes, many", "following, few", "following, lazy"} {
				if z, where := exactLaw(t, plan, replicas, 2, exactModes[mode]).largestZ(oracle); z > limit {
					t.Errorf("%s: z = %.1f for the %s", mode, z, where)
				}
			}
			wrong := network.Clone()
			switch name {
			case "rates", "rising", "own", "everything":
				wrong.Populations[0].Rate = bnn.Logistic{Max: 3, Slope: 1, Threshold: 1.5}
			case "stimuli":
				wrong.Populations[0].Stimulus, wrong.Populations[1].Stimulus = nil, nil
			case "mixture":
				wrong.Initial.Variance, wrong.Initial.Components = []float64{1.6, 0.2, 0}, nil
			case "spread":
				wrong.Populations[0].Spread = 0
			default:
				wrong.Feedforward[0].Shared = false
			}
			law := exactLaw(t, bnn.Must(newPlan(context.Background(), wrong, n, plan.times)), replicas, 3, nil)
			if z, _ := law.largestZ(oracle); z <= limit {
				t.Errorf("another network goes unseen: z = %.1f", z)
			}
		})
	}
}

// The response that the plain simulator follows is that of bnn.Response, for a stimulus of any
// kind; potentials show it where no spike is heard.
func TestStimuliAreHeard(t *testing.T) {
	network := widerNetworks(t)["stimuli"]
	for a := range network.Weights {
		clear(network.Weights[a])
	}
	network.Feedforward = nil
	network.Initial.Variance = []float64{0, 0, 0}
	times := bnn.Every(0.07, 3)
	for name, method := range map[string]Method{"exact": Exact{}, "pairwise": Pairwise{}, "leap": Leap{Step: 0.05}, "shared spikes": SharedSpikes{}} {
		var states StateRecorder
		if err := (Ensemble{Network: network, N: 6, Replicas: 1, Seed: 1, Method: method}).Replica(context.Background(), 0, times, &states); err != nil {
			t.Fatal(err)
		}
		for row, at := range times {
			for a, population := range network.Populations {
				want := network.Initial.Mean[a]*math.Exp(-at/population.Tau) + bnn.Response(population.External(), at, population.Tau)
				if got := states.Potentials[row][a][1]; math.Abs(got-want) > 1e-11 {
					t.Errorf("%s, population %d at %g: %.15g, want %.15g", name, a, at, got, want)
				}
			}
		}
	}
}

// Means and variances by the leap are those of exact simulation within its tolerance and the
// standard errors.
func TestLeapOfWiderNetworks(t *testing.T) {
	verification.Long(t)
	const n, replicas = 40, 100
	for name, network := range widerNetworks(t) {
		t.Run(name, func(t *testing.T) {
			if name != "stimuli" {
				verification.Only(t) // one network sees the whole way
			}
			exact, leap := compareRuns(t, network, n, replicas, Exact{}, Leap{Step: 0.02})
			for row := range exact.Times {
				for a := range network.Populations {
					for q, pair := range [][4]float64{
						{exact.Mean[row][a], leap.Mean[row][a], exact.StandardError.Mean[row][a], leap.StandardError.Mean[row][a]},
						{exact.Variance[row][a], leap.Variance[row][a], exact.StandardError.Variance[row][a], leap.StandardError.Variance[row][a]},
						{exact.Rate[row][a], leap.Rate[row][a], exact.StandardError.Rate[row][a], leap.StandardError.Rate[row][a]},
					} {
						difference, deviation := math.Abs(pair[0]-pair[1]), math.Hypot(pair[2], pair[3])
						if difference > 2e-3+5*deviation {
							t.Errorf("%s: quantity %d of population %d at %g: %.4f by exact simulation, %.4f by the leap, ± %.4f", name, q, a, exact.Times[row], pair[0], pair[1], deviation)
						}
					}
				}
			}
		})
	}
}

func compareRuns(t testing.TB, network *bnn.Network, n, replicas int, methods ...Method) (first, second *Summary) {
	t.Helper()
	var summaries []*Summary
	for _, method := range methods {
		ensemble := Ensemble{Network: network, N: n, Replicas: replicas, Seed: 5, Method: method}
		summaries = append(summaries, bnn.Must(ensemble.Run(context.Background(), []float64{0.35, 1.3})))
	}
	return summaries[0], summaries[1]
}

// A rate that is brought gives the numbers of the built-in one where both draw the same random
// numbers.
func TestOwnRateGivesTheSameNumbers(t *testing.T) {
	for _, name := range []string{"dense", "feedforward", "abstract"} {
		network := networktest.ReadNetwork(t, name)
		for what, method := range map[string]Method{"pairwise": Pairwise{}, "leap": Leap{Step: 0.02}, "mean field": MeanField{}, "shared spikes": SharedSpikes{}} {
			// The network's name of the streams is its fingerprint, which differs.
			run := func(mimic string) [][][]float64 {
				plan := bnn.Must(newPlan(context.Background(), withRates(network, mimics[mimic]), 40, []float64{0, 0.7, 1.5}))
				engine := bnn.Must(method.prepare(context.Background(), plan, 1))
				var states StateRecorder
				if err := engine.simulate(context.Background(), plan, rand.New(rand.NewPCG(1, 2)), []Recorder{&states}); err != nil {
					t.Fatal(err)
				}
				return states.Potentials
			}
			want := run("built in")
			for _, mimic := range []string{"own", "rising"} {
				worst := 0.0
				for row, potentials := range run(mimic) {
					for a := range potentials {
						worst = max(worst, networktest.DistanceOf(potentials[a], want[row][a]))
					}
				}
				if worst > 1e-9 {
					t.Errorf("%s, %s, %s: off by %g", what, name, mimic, worst)
				}
			}
		}
	}
}

// Any number of workers gives the same numbers, replicas side by side or one by two.
func TestWorkersOfWiderNetworks(t *testing.T) {
	network := widerNetworks(t)["everything"]
	for name, method := range map[string]Method{"exact": Exact{}, "leap": Leap{Step: 0.05}} {
		run := func(n, replicas, workers int) *Summary {
			ensemble := Ensemble{Network: network, N: n, Replicas: replicas, Seed: 2, Method: method, Workers: workers}
			return bnn.Must(ensemble.Run(context.Background(), []float64{0.4, 0.9}))
		}
		for _, size := range [][2]int{{30, 4}, {1500, 2}} {
			if name == "exact" && size[0] > 100 {
				continue
			}
			alone, beside := run(size[0], size[1], 1), run(size[0], size[1], 4)
			if !reflect.DeepEqual(alone.Moments, beside.Moments) || !reflect.DeepEqual(alone.SourceSpikes, beside.SourceSpikes) {
				t.Errorf("%s, n = %d: four workers give other numbers than one", name, size[0])
			}
		}
	}
}
