package simulate

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// manyClasses is the network dense cut into classes, half of them excitatory: each pair has a weight of
// its own, of a ring, which has low rank, or random.
func manyClasses(classes int, ring bool, threshold float64) *bnn.Network {
	half := classes / 2
	source := rand.New(rand.NewPCG(1, 2))
	network := &bnn.Network{Name: "many", Initial: bnn.Initial{Mean: make([]float64, classes), Variance: make([]float64, classes)}}
	for a := range classes {
		rate := bnn.Logistic{Max: 1, Slope: 4, Threshold: threshold + 0.5*float64(a/half)}
		population := bnn.Population{Name: fmt.Sprint("P", a), Tau: 1, Size: 1 / float64(half), Rate: rate}
		network.Populations = append(network.Populations, population)
		row := make([]float64, classes)
		for b := range row {
			row[b] = []float64{1, -1.5}[b/half]
			if angle := 2 * math.Pi * float64(a-b) / float64(half); ring {
				row[b] *= 1 + 0.3*math.Cos(angle)
			} else {
				row[b] *= 0.7 + 0.6*source.Float64()
			}
		}
		network.Weights = append(network.Weights, row)
	}
	return network
}

// With many classes the leap and the exact simulation agree too: where a neuron draws its few spikes from
// all pathways together, and where a polynomial of a normal stands for them.
func TestLeapOfManyClassesAgainstExact(t *testing.T) {
	verification.Long(t)
	times := []float64{0.2, 0.5}
	for _, c := range []struct {
		n, replicas, leaps int
		threshold          float64
	}{{60, 60, 600, 0.5}, {300, 8, 200, 0}} {
		network := manyClasses(12, false, c.threshold)
		const step = 0.01
		exact, err := Ensemble{Network: network, N: c.n, Replicas: c.replicas, Seed: 3}.Run(context.Background(), times)
		if err != nil {
			t.Fatal(err)
		}
		z := largestJointZ(leapEnsemble(t, network, c.n, c.leaps, step, times, nil), exact)
		t.Logf("n = %d: |z| = %.1f", c.n, z)
		if z > leapFalseAlarmZ {
			t.Errorf("n = %d: |z| = %.1f", c.n, z)
		}
		if c.n > 60 {
			continue
		}
		if wrong := largestJointZ(leapEnsemble(t, network, c.n, c.leaps, step, times, plainNormal), exact); wrong <= leapFalseAlarmZ {
			t.Errorf("n = %d: noise that is plainly normal goes unseen: |z| = %.1f", c.n, wrong)
		}
	}
}

// Counts of rare spikes are unbiased, however often they are told.
func TestLeapCountsRareSpikes(t *testing.T) {
	network := &bnn.Network{Name: "counts"}
	for a := range 20 {
		rate := 0.02 // 0.9 spikes a pathway
		if a >= 10 {
			rate = 0.0002
		}
		network.Populations = append(network.Populations, bnn.Population{Name: fmt.Sprint("P", a), Tau: 1, Size: 0.1, Rate: bnn.ConstantRate{Value: rate}})
		network.Weights = append(network.Weights, slices.Repeat([]float64{0.1}, 20))
		network.Initial.Mean, network.Initial.Variance = append(network.Initial.Mean, 0), append(network.Initial.Variance, 0.1)
	}
	for _, times := range [][]float64{{1.2}, bnn.Every(0.1, 1.2)} {
		s, err := Ensemble{Network: network, N: 60, Replicas: 400, Seed: 1, Method: Leap{Step: 0.01}}.Run(context.Background(), times)
		if err != nil {
			t.Fatal(err)
		}
		var sums, errors [2]float64
		for a := range 20 {
			for b := range 20 {
				sums[b/10] += s.Spikes[len(times)-1][a][b]
				errors[b/10] = math.Hypot(errors[b/10], s.SpikesError[len(times)-1][a][b])
			}
		}
		for k, rate := range []float64{0.02, 0.0002} {
			want := 60 * 119 * rate * 1.2
			poisson := math.Sqrt(want / 400)
			if z := (sums[k] - want) / poisson; math.Abs(z) > networktest.FalseAlarmZ || errors[k] < 0.8*poisson || errors[k] > 1.2*poisson {
				t.Errorf("%d times, rate %g: %g ± %g spikes, want %g ± %g", len(times), rate, sums[k], errors[k], want, poisson)
			}
		}
	}
}
