package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"balanced/analysis/internal/analysistest"
	"balanced/internal/verification"
)

// Of a mean the bootstrap finds the usual standard error, of a median that of the
// asymptotic formula √(π/2) σ/√N.
func TestBootstrapFindsKnownErrors(t *testing.T) {
	verification.Long(t)
	random := rand.New(rand.NewPCG(3, 4))
	sample := make([]float64, 1000)
	for i := range sample {
		sample[i] = random.NormFloat64()
	}
	pick := func(sample []float64, chosen []int) []float64 {
		values := make([]float64, len(chosen))
		for k, i := range chosen {
			values[k] = sample[i]
		}
		return values
	}
	for _, values := range [][]float64{sample, sample[:3]} {
		want, _ := MeanOf(values)
		got, err := Bootstrap(len(values), 1, func(chosen []int) float64 { return stat.Mean(pick(values, chosen), nil) })
		if err != nil || got.DegreesOfFreedom != want.DegreesOfFreedom || math.Abs(got.Value-want.Value) > 1e-12 {
			t.Error(got, want, err)
		}
		analysistest.Near(t, "standard error of a mean", got.StandardError/want.StandardError, 1, 5/math.Sqrt(2*resamples))
	}
	median := func(chosen []int) float64 {
		values := pick(sample, chosen)
		slices.Sort(values)
		return stat.Quantile(0.5, stat.Empirical, values, nil)
	}
	got, err := Bootstrap(len(sample), 1, median)
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Near(t, "standard error of a median", got.StandardError, math.Sqrt(math.Pi/2/1000), 0.008)
	if again, _ := Bootstrap(len(sample), 1, median); again != got {
		t.Error("the same seed draws other samples")
	}
	if other, _ := Bootstrap(len(sample), 2, median); other.StandardError == got.StandardError {
		t.Error("another seed draws the same samples")
	}
}

func TestBootstrapRefusesBadInput(t *testing.T) {
	bootstrap := func(count int, statistic func([]int) float64) func() error {
		return func() error { _, err := Bootstrap(count, 1, statistic); return err }
	}
	refused(t, "count", bootstrap(1, func([]int) float64 { return 1 }))
	refused(t, "statistic: nil", bootstrap(3, nil))
	refused(t, "statistic of all", bootstrap(3, func([]int) float64 { return math.NaN() }))
	refused(t, "statistic of resample", bootstrap(3, func(chosen []int) float64 {
		return 1 / float64(chosen[0]-chosen[1]) // infinite as soon as one is drawn twice
	}))
}
