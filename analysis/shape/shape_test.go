package shape_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"balanced/analysis/shape"
	"balanced/bnn"
	"balanced/internal/verification"
)

// sample makes replicas of which all neurons share a shift.
func sample(replicas, neurons int, seed uint64, of func(z float64) float64) [][]float64 {
	random := rand.New(rand.NewPCG(seed, 1))
	all := make([][]float64, replicas)
	for r := range all {
		shift := 0.05 * random.NormFloat64()
		for range neurons {
			all[r] = append(all[r], shift+of(random.NormFloat64()))
		}
	}
	return all
}

// Skewness and kurtosis of z + (z²−1)/10, of cumulants 1 + 2ε², 6ε + 8ε³, 48ε² + 48ε⁴ with ε = 1/10,
// whatever the replicas have in common; and not those of a Gaussian.
func TestCumulants(t *testing.T) {
	const e = 0.1
	replicas := sample(400, 200, 1, func(z float64) float64 { return z + e*(z*z-1) })
	second := 1 + 2*e*e
	skewness, err := shape.Skewness(replicas)
	if want := (6*e + 8*e*e*e) / math.Pow(second, 1.5); err != nil || math.Abs(skewness.Value-want) > 4*skewness.StandardError || skewness.StandardError > 0.02 {
		t.Errorf("skewness %+v, not %v: %v", skewness, want, err)
	}
	kurtosis, err := shape.Kurtosis(replicas)
	if want := 48 * (e*e + e*e*e*e) / (second * second); err != nil || math.Abs(kurtosis.Value-want) > 4*kurtosis.StandardError || math.Abs(kurtosis.Value) < 4*kurtosis.StandardError {
		t.Errorf("kurtosis %+v, not %v: %v", kurtosis, want, err)
	}
}

// Of a shift by 0.2, and with the right errors: over 12 repetitions the mean square of z is near 1.
func TestDistances(t *testing.T) {
	verification.Long(t)
	repetitions := 12
	// One neuron has variance 1 + 0.05² here.
	law := 1 + 0.05*0.05
	shift := 0.2 / math.Sqrt(law)
	var squares float64
	for i := range repetitions {
		w, k, err := shape.Distances(sample(200, 50, uint64(i), func(z float64) float64 { return z + 0.2 }), 0, law)
		if err != nil {
			t.Fatal(err)
		}
		z := (w.Value - shift) / w.StandardError
		squares += z * z / float64(repetitions)
		if want := math.Erf(shift / 2 / math.Sqrt2); math.Abs(k.Value-want) > 5*k.StandardError {
			t.Errorf("Kolmogorov's distance %+v, not %v", k, want)
		}
	}
	if squares > 3 || squares < 0.2 && repetitions > 3 {
		t.Errorf("the mean square of z is %v", squares)
	}
}

// Bad input has a name.
func TestRefusals(t *testing.T) {
	good := [][]float64{{1, 2, 3, 4}, {2, 3, 4, 7}}
	for name, f := range map[string]func() error{
		"one replica":    func() error { _, err := shape.Skewness(good[:1]); return err },
		"three neurons":  func() error { _, err := shape.Kurtosis([][]float64{{1, 2, 3}, {1, 2, 3}}); return err },
		"equal values":   func() error { _, err := shape.Kurtosis([][]float64{{1, 1, 1, 1}, {1, 1, 1, 1}}); return err },
		"no variance":    func() error { _, _, err := shape.Distances(good, 0, 0); return err },
		"no neurons":     func() error { _, _, err := shape.Distances([][]float64{{}, {1}}, 0, 1); return err },
		"no number":      func() error { _, _, err := shape.Distances([][]float64{{math.NaN()}, {1}}, 0, 1); return err },
		"no replicas":    func() error { _, _, err := shape.Distances(nil, 0, 1); return err },
		"no replicas, 2": func() error { _, err := shape.Skewness(nil); return err },
	} {
		var input *bnn.InputError
		if err := f(); !errors.As(err, &input) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
