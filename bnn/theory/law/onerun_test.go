package law_test

import (
	"context"
	"math"
	"testing"

	"balanced/internal/verification"

	"balanced/bnn"
	"balanced/bnn/theory/law"
)

// Without weights, and with noise that keeps a variance of 1, a run is a sample of N = q n
// independent Gaussians: √N E W₁ → ∫ √(2 Φ(1−Φ)/π) = 1.288.
func TestOneRunOfIndependentNeurons(t *testing.T) {
	verification.Long(t)
	network := network(t)
	network.Weights = [][]float64{{0, 0}, {0, 0}}
	for a := range network.Populations {
		network.Populations[a].Noise, network.Populations[a].Size = math.Sqrt2, []float64{1, 2}[a]
	}
	network.Initial = bnn.Initial{Mean: []float64{0.5, 0}, Variance: []float64{1, 1}}
	got, err := law.OneRun(context.Background(), network, 400, 1, []float64{0.5, 0}, []float64{1, 1})
	if err != nil {
		t.Fatal(err)
	}
	var want float64
	for x := -8.0; x < 8; x += 0.001 {
		share := math.Erfc(-x/math.Sqrt2) / 2
		want += 0.001 * math.Sqrt(2*share*(1-share)/math.Pi)
	}
	for a, size := range []float64{1, 2} {
		if expected := want / math.Sqrt(size); math.Abs(got[a]-expected) > 4e-3*expected {
			t.Errorf("class %d: %v, not %v", a, got[a], expected)
		}
	}
	// A Gaussian that is far off: the distance is that of the means.
	far, err := law.OneRun(context.Background(), network, 400, 1, []float64{1.4, -0.9}, []float64{1, 1})
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(far[0]-18) > 0.02 || math.Abs(far[1]-18) > 0.02 {
		t.Errorf("a shift by 0.9 is %v and %v, not 18", far[0], far[1])
	}
}
