package thinning

import (
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// Sources and targets are uniform among ordered pairs of distinct neurons: with one
// neuron firing at a time, and jumps too small to matter, every pair can be counted.
func TestPairsAreUniform(t *testing.T) {
	verification.Long(t)
	const weight = 1e-9
	for _, neurons := range []int{2, 3, 5, 40} {
		network := &bnn.Network{
			Name:        "pairs",
			Populations: []bnn.Population{{Name: "E", Tau: 1e12, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 1, Threshold: 0}}},
			Weights:     [][]float64{{weight}},
			Initial:     bnn.Initial{Mean: []float64{0}, Variance: []float64{0}},
		}
		for mode, arrange := range modes {
			var counts []float64
			end := 200_000 / float64(neurons*neurons)
			for k := range neurons {
				states := record(t, network, neurons, uint64(k), []float64{end}, func(r *Replica) {
					for j := range r.x {
						r.x[j] = -1000
					}
					r.x[k] = 1000
					if arrange != nil {
						arrange(r)
					}
				})
				for j, v := range states[0][0] {
					rest := -1000.0
					if j == k {
						rest = 1000
					}
					hits := math.Round((v/math.Exp(-end/1e12) - rest) * math.Sqrt(float64(neurons)) / weight)
					if j == k && hits != 0 {
						t.Fatalf("%d neurons, %s: neuron %d hears itself", neurons, mode, k)
					}
					if j != k {
						counts = append(counts, hits)
					}
				}
			}
			total := 0.0
			for _, count := range counts {
				total += count
			}
			expected := end * float64(len(counts))
			if z := (total - expected) / math.Sqrt(expected); math.Abs(z) > networktest.FalseAlarmZ {
				t.Errorf("%d neurons, %s: %g spikes, want %g", neurons, mode, total, expected)
			}
			if z := networktest.ChiSquareZ(counts); z > networktest.FalseAlarmZ {
				t.Errorf("%d neurons, %s: pairs are not uniform, z = %.1f", neurons, mode, z)
			}
			for i := range counts {
				counts[i] *= 1 + 0.2*float64(i%2)
			}
			if z := networktest.ChiSquareZ(counts); z <= networktest.FalseAlarmZ && neurons > 2 {
				t.Errorf("%d neurons, %s: every second pair 20 %% too often goes unseen, z = %.1f", neurons, mode, z)
			}
		}
	}
}
