package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/analysistest"
)

// The distance is also the area between the two distribution functions; here it is by
// the trapezoidal rule.
func TestWassersteinIsTheAreaBetween(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	const mean, variance = 1.5, 4.0
	law := distuv.Normal{Mu: mean, Sigma: 2}
	for _, count := range []int{2, 3, 10, 100} {
		sample := make([]float64, count)
		for i := range sample {
			sample[i] = 2 + 3*random.NormFloat64()
		}
		got, err := Wasserstein(sample, mean, variance)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(sample)
		const steps, low, high = 400000, -30.0, 30.0
		area := 0.0
		for i := range steps {
			x := low + (high-low)*(float64(i)+0.5)/steps
			below, _ := slices.BinarySearch(sample, x)
			area += math.Abs(float64(below)/float64(count)-law.CDF(x)) * (high - low) / steps
		}
		analysistest.Near(t, "area", got, area, 2e-4)
	}
}

func TestWassersteinInClosedForm(t *testing.T) {
	// All values at c: E|Z − c| = c (2Φ(c) − 1) + 2φ(c).
	for _, c := range []float64{0, -0.7, 3, 50} {
		got, err := Wasserstein([]float64{2 + 3*c, 2 + 3*c, 2 + 3*c}, 2, 9)
		want := 3 * (c*(2*distuv.UnitNormal.CDF(c)-1) + 2*distuv.UnitNormal.Prob(c))
		if err != nil {
			t.Error(err)
		}
		analysistest.Near(t, "all at one place", got, want, 1e-13*max(1, want))
	}
	// Far away it is the distance of the means, and at the quantiles of the law it is small.
	sample := make([]float64, 10000)
	for i := range sample {
		sample[i] = distuv.UnitNormal.Quantile((float64(i) + 0.5) / 10000)
	}
	got, err := Wasserstein(sample, 0, 1)
	// A quarter of the width of each piece between quantiles, and the two tails.
	inner := -2 * distuv.UnitNormal.Quantile(1e-4) / 4e4
	if err != nil || got < inner || got > inner+0.5e-4 {
		t.Error("quantiles:", got, inner, err)
	}
	if got, err = Wasserstein(sample, 20, 1); err != nil || math.Abs(got-20) > 1e-9 {
		t.Error("far away:", got, err)
	}
}

func TestWassersteinRefusesBadInput(t *testing.T) {
	wasserstein := func(sample []float64, mean, variance float64) func() error {
		return func() error { _, err := Wasserstein(sample, mean, variance); return err }
	}
	refused(t, "sample", wasserstein(nil, 0, 1))
	refused(t, "sample[0]", wasserstein([]float64{math.NaN(), 1}, 0, 1))
	refused(t, "mean", wasserstein([]float64{1, 2}, math.NaN(), 1))
	refused(t, "variance", wasserstein([]float64{1, 2}, 0, 0))
}
