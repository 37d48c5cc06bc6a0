package shape_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"balanced/analysis/shape"
)

// paths are Ornstein–Uhlenbeck processes of variance 1, seen in steps of decay d, with a common shift
// and a strength of its own for each neuron.
func paths(replicas, times, neurons int, d, spread float64) [][][]float64 {
	random := rand.New(rand.NewPCG(3, 1))
	all := make([][][]float64, replicas)
	for r := range all {
		now, strength := make([]float64, neurons), make([]float64, neurons)
		for j := range now {
			strength[j] = 1 + spread*float64(2*(j%2)-1)
			now[j] = strength[j] * random.NormFloat64()
		}
		for range times {
			shift, row := random.NormFloat64(), make([]float64, neurons)
			for j := range now {
				now[j] = d*now[j] + strength[j]*math.Sqrt(1-d*d)*random.NormFloat64()
				row[j] = now[j] + shift
			}
			all[r] = append(all[r], row)
		}
	}
	return all
}

func TestIncrements(t *testing.T) {
	const d, spread = 0.6, 0.2
	path, err := shape.Increments(paths(200, 6, 100, d, 0), d)
	if err != nil {
		t.Fatal(err)
	}
	// Two strengths, 1 ± s: the relative variance of their squares is 4s²/(1+s²)².
	squares := 4 * spread * spread / math.Pow(1+spread*spread, 2)
	uneven, err := shape.Increments(paths(200, 6, 100, d, spread), d)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := shape.Increments(paths(200, 6, 100, d, 0), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name            string
		value, se, want float64
	}{
		{"variance", path.Variance.Value, path.Variance.StandardError, 1 - d*d},
		{"correlation", path.Correlation.Value, path.Correlation.StandardError, 0},
		{"squares", path.Squares.Value, path.Squares.StandardError, 0},
		{"skewness", path.Skewness.Value, path.Skewness.StandardError, 0},
		{"kurtosis", path.Kurtosis.Value, path.Kurtosis.StandardError, 0},
		{"squares of uneven neurons", uneven.Squares.Value, uneven.Squares.StandardError, squares},
		{"kurtosis of uneven neurons", uneven.Kurtosis.Value, uneven.Kurtosis.StandardError, 3 * squares},
		{"variance without decay", whole.Variance.Value, whole.Variance.StandardError, 2 * (1 - d)},
		{"correlation without decay", whole.Correlation.Value, whole.Correlation.StandardError, -(1 - d) / 2},
	} {
		// Removing the mean of 100 neurons leaves some hundredths in the fourth moments.
		if math.Abs(test.value-test.want) > 4*test.se+0.05*math.Abs(test.want) || test.se > 0.03 {
			t.Errorf("%s: %v ± %v, not %v", test.name, test.value, test.se, test.want)
		}
	}
}
