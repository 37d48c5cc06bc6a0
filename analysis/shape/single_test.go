package shape_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"balanced/analysis"
	"balanced/analysis/shape"
	"balanced/bnn"
)

// Each function of the replicas alone is one of the two distances.
func TestDistancesOneByOne(t *testing.T) {
	replicas := sample(50, 40, 3, func(z float64) float64 { return z + 0.3 })
	w, k, err := shape.Distances(replicas, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if one, err := shape.Wasserstein(0, 1)(replicas); err != nil || one != w {
		t.Errorf("%+v, not %+v: %v", one, w, err)
	}
	if one, err := shape.Kolmogorov(0, 1)(replicas); err != nil || one != k {
		t.Errorf("%+v, not %+v: %v", one, k, err)
	}
}

// The average of the distances of the replicas, one by one.
func TestOneRun(t *testing.T) {
	replicas := [][]float64{{-1, 0.2, 1.3}, {0.5, 0.7, 2}, {-2, 0, 0.1}}
	got, err := shape.OneRun(0.1, 1.5)(replicas)
	want := 0.0
	for _, sample := range replicas {
		one, err := analysis.Wasserstein(sample, 0.1, 1.5)
		if err != nil {
			t.Fatal(err)
		}
		want += one / 3
	}
	if err != nil || math.Abs(got.Value-want) > 1e-12 || got.DegreesOfFreedom != 2 {
		t.Errorf("%+v, not %v: %v", got, want, err)
	}
	var bad *bnn.InputError
	if _, err := shape.OneRun(0, 1)([][]float64{{1}, {}}); !errors.As(err, &bad) {
		t.Errorf("of no neurons: %v", err)
	}
}

// By hand: mean 0, variance 12/4, and the largest is −3.
func TestLargestByHand(t *testing.T) {
	got := shape.Largest([]float64{-3, 1, 1, 1, 0})
	if want := 3 / math.Sqrt(3); math.Abs(got-want) > 1e-12 {
		t.Errorf("the largest is %v, not %v", got, want)
	}
}

func TestEvery(t *testing.T) {
	if thinned := shape.Every(2, [][]float64{{1, 2, 3, 4, 5}, {6}}); !slices.Equal(thinned[0], []float64{1, 3, 5}) || !slices.Equal(thinned[1], []float64{6}) {
		t.Errorf("%v", thinned)
	}
}

// A Gaussian, and the law of Laplace that is told from it.
func TestWithinOne(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var gaussian, laplace [][]float64
	for range 2000 {
		one, other := make([]float64, 5), make([]float64, 5)
		for j := range one {
			one[j], other[j] = 3+2*random.NormFloat64(), random.ExpFloat64()-random.ExpFloat64()
		}
		gaussian, laplace = append(gaussian, one), append(laplace, other)
	}
	for i, want := range []float64{math.Erf(math.Sqrt(0.5)), 1 - math.Exp(-math.Sqrt2)} {
		got, err := shape.WithinOne([][][]float64{gaussian, laplace}[i])
		if err != nil || math.Abs(got.Value-want) > 4*got.StandardError || got.StandardError > 0.006 {
			t.Errorf("%+v, not %v: %v", got, want, err)
		}
	}
}
