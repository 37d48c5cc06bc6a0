package simulate

import (
	"context"
	"math"
	"slices"
	"sync"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/leap"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/random"
)

// leapEnsemble averages replicas of the leap. change, if not nil, plants a bug.
func leapEnsemble(t *testing.T, network *bnn.Network, n, replicas int, step float64, times []float64, change func(*leap.Scheme) leap.Populations) *Summary {
	t.Helper()
	plan, err := newPlan(context.Background(), network, n, times)
	if err != nil {
		t.Fatal(err)
	}
	measured := make([][]float64, replicas)
	var running sync.WaitGroup
	for worker := range 2 {
		running.Go(func() {
			for replica := worker; replica < replicas; replica += 2 {
				var err error
				if measured[replica], err = leapReplica(plan, replica, step, change); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	running.Wait()
	if t.Failed() {
		t.FailNow()
	}
	fold := newAverages(plan)
	for _, values := range measured {
		fold.add(values)
	}
	return fold.summary(Ensemble{N: n, Replicas: replicas}, &engine{step: step})
}

func leapReplica(plan *plan, replica int, step float64, change func(*leap.Scheme) leap.Populations) ([]float64, error) {
	var moments MomentRecorder
	var spikes SpikeRecorder
	recorders := []Recorder{&moments, &spikes}
	for _, recorder := range recorders {
		if err := recorder.Start(plan.network, plan.counts, plan.times); err != nil {
			return nil, err
		}
	}
	run := newLeapRun(plan, random.New(9, plan.network.Fingerprint(), plan.n, replica), 1)
	defer run.neurons.Close()
	if change != nil {
		run.scheme.Populations = change(run.scheme)
	}
	if err := run.simulate(context.Background(), bnn.Must(plan.leapGrid(step)), recorders); err != nil {
		return nil, err
	}
	var values []float64
	for _, table := range moments.Tables() {
		values = append(values, slices.Concat(table...)...)
	}
	for _, counts := range [2][][][]int64{spikes.Spikes, spikes.SourceSpikes} {
		for _, table := range counts {
			for _, count := range slices.Concat(table...) {
				values = append(values, float64(count))
			}
		}
	}
	return values, nil
}

// changedLaws is a planted bug: laws that are changed before neurons follow them.
type changedLaws struct {
	leap.Populations
	change func(*leap.Law)
}

func (c changedLaws) Advance(laws []leap.Law, sums []leap.RateSum) {
	for a := range laws {
		c.change(&laws[a])
	}
	c.Populations.Advance(laws, sums)
}

func (c changedLaws) Kick(laws []leap.Law) {
	for a := range laws {
		c.change(&laws[a])
	}
	c.Populations.Kick(laws)
}

func changing(change func(*leap.Law)) func(*leap.Scheme) leap.Populations {
	return func(scheme *leap.Scheme) leap.Populations { return changedLaws{scheme.Populations, change} }
}

var withoutSelfInput = changing(func(law *leap.Law) { law.EndKick, law.StartKick = 0, 0 })

var plainNormal = changing(func(law *leap.Law) {
	for i, pathway := range law.Pathways {
		law.Diffusion += pathway.Mean * pathway.Jump * pathway.Jump
		law.Pathways[i].Mean = 0
	}
})

// firstOrderNoise freezes the rates at the start of a step instead of its middle.
func firstOrderNoise(scheme *leap.Scheme) leap.Populations {
	return &earlyNoise{scheme.Populations, scheme}
}

type earlyNoise struct {
	leap.Populations
	scheme *leap.Scheme
}

func (e *earlyNoise) Advance(laws []leap.Law, sums []leap.RateSum) {
	for a := range laws {
		for b, rate := range e.scheme.After {
			if e.scheme.Previous > 0 {
				middle := rate + (rate-e.scheme.Before[b])/2
				laws[a].Pathways[b].Mean *= rate / middle
			}
		}
	}
	e.Populations.Advance(laws, sums)
}

// firstOrderShift forgets the step before, which makes the implicit formula that of
// Euler.
func firstOrderShift(scheme *leap.Scheme) leap.Populations {
	return &eulerShift{scheme.Populations, scheme}
}

type eulerShift struct {
	leap.Populations
	scheme *leap.Scheme
}

func (e *eulerShift) Advance(laws []leap.Law, sums []leap.RateSum) {
	e.scheme.Previous = 0
	e.Populations.Advance(laws, sums)
}

// largestJointZ returns the largest difference of all averages of two ensembles, in joint
// standard errors. The spread of a replica is that of s, which has many.
func largestJointZ(s, other *Summary) float64 {
	largest := 0.0
	scale := math.Sqrt(float64(s.Replicas)) * math.Sqrt(1/float64(s.Replicas)+1/float64(other.Replicas))
	compare := func(x, y, standardError []float64) {
		for i := range x {
			if x[i] != y[i] {
				largest = math.Max(largest, math.Abs(x[i]-y[i])/(standardError[i]*scale))
			}
		}
	}
	for q, table := range s.Tables() {
		for row := range table {
			compare(table[row], other.Tables()[q][row], s.StandardError.Tables()[q][row])
		}
	}
	for row := range s.Times {
		for a := range s.Populations {
			compare(s.Spikes[row][a], other.Spikes[row][a], s.SpikesError[row][a])
			compare(s.SourceSpikes[row][a], other.SourceSpikes[row][a], s.SourceSpikesError[row][a])
		}
	}
	return largest
}

// leapNetworks are those on which the leap is compared: balanced ones of rank one and two,
// a silent one without balance, three populations with noise and unequal sizes, a pulse of
// the stimulus and one of the feedforward rate, and a start off the manifold.
func leapNetworks(t *testing.T) map[string]*bnn.Network {
	networks := map[string]*bnn.Network{"pulsed": networktest.Pulsed(t), "three": {
		Name: "three",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1.6, Rate: bnn.Logistic{Max: 2, Slope: 1, Threshold: 0}, Stimulus: bnn.ConstantStimulus{Value: 0.4}, Noise: 0.5},
			{Name: "P", Tau: 0.5, Size: 0.4, Rate: bnn.Probit{Max: 4, Slope: 2, Threshold: 0.5}},
			{Name: "S", Tau: 2, Size: 0.5, Rate: bnn.Logistic{Max: 3, Slope: 2, Threshold: 0.3}, Stimulus: bnn.Sine{Baseline: 0, Amplitude: 0.5, Period: 2, Phase: 0}},
		},
		Weights: [][]float64{{1, -1.5, -1}, {0.9, -1.35, -0.9}, {0.8, -1.2, -0.8}},
		Initial: bnn.Initial{Mean: []float64{0.3, 0.1, 0}, Variance: []float64{0.3, 0.2, 0.2}},
	}}
	for _, name := range []string{"abstract", "feedforward", "two-timescales", "dense", "silent"} {
		networks[name] = networktest.ReadNetwork(t, name)
	}
	networks["silent"].Initial.OnManifold = false
	networks["driven"] = networktest.ReadNetwork(t, "feedforward")
	networks["driven"].Feedforward[0].Rate = bnn.Pulse{Baseline: 1, Amplitude: 0.4, Start: 0.3, Duration: 0.5}
	networks["unprojected"] = networktest.ReadNetwork(t, "abstract")
	networks["unprojected"].Initial.OnManifold = false
	return networks
}
