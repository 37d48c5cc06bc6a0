package simulate

import (
	"context"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
	"balanced/internal/verification"
)

// Against exact replicas of a network that starts from a point, off the manifold. What
// the linear equations leave out may be a part 1.5/√n, somewhat more than was measured.
func TestSamplingNoiseAgainstReplicas(t *testing.T) {
	verification.Only(t)
	const n, replicas = 250, 2000
	network := networktest.ReadNetwork(t, "dense")
	times := []float64{0.1, 0.3, 1}
	runs, err := Collect(Ensemble{Network: network, N: n, Replicas: replicas, Seed: 7}.Each(context.Background(), times))
	if err != nil {
		t.Fatal(err)
	}
	larger := network.Clone()
	larger.Populations[1].Size = 1.3
	trajectory := bnn.Must(theory.FiniteSize(context.Background(), network, n, times))
	var closed [][][]float64 // with the variances held fixed
	for row := range times {
		closed = append(closed, bnn.Must(theory.SamplingNoiseAtStart(context.Background(), network, times[row], trajectory.Mean[row], trajectory.Variance[row])))
	}
	predictions := map[string][][][]float64{
		"":          bnn.Must(theory.SamplingNoise(context.Background(), network, n, times)),
		"sizes":     bnn.Must(theory.SamplingNoise(context.Background(), larger, n, times)),
		"n":         bnn.Must(theory.SamplingNoise(context.Background(), network, 100*n, times)),
		"variances": closed,
	}
	worst := map[string]float64{}
	for row := range times {
		sampled := make([][]float64, replicas)
		for i, run := range runs {
			for _, mean := range run.Mean[row] {
				sampled[i] = append(sampled[i], math.Sqrt(n)*mean)
			}
		}
		covariance, errors := networktest.SampleCovariance(sampled)
		for a := range 2 {
			for b := range 2 {
				for name, prediction := range predictions {
					value := prediction[row][a][b]
					off := math.Max(0, math.Abs(covariance[a][b]-value)-1.5/math.Sqrt(n)*math.Abs(value))
					worst[name] = math.Max(worst[name], off/errors[a][b])
				}
			}
		}
	}
	t.Logf("largest |z| beyond the allowance: %.2f; with planted errors %v", worst[""], worst)
	if worst[""] > networktest.FalseAlarmZ {
		t.Errorf("off by %.1f standard errors", worst[""])
	}
	delete(worst, "")
	for name, z := range worst {
		if z < networktest.FalseAlarmZ {
			t.Errorf("an error in the %s is off by %.1f standard errors only", name, z)
		}
	}
}
