package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"balanced/analysis/internal/analysistest"
)

// Unbiased: averaged over all samples of 4 and of 5 values from a law on three points,
// the estimates are its cumulants, exactly.
func TestKStatisticsAreUnbiased(t *testing.T) {
	points := []float64{-1, 0.5, 4} // of equal probability
	mean, central := 0.0, [5]float64{}
	for _, x := range points {
		mean += x / 3
	}
	for _, x := range points {
		for r := range central {
			central[r] += math.Pow(x-mean, float64(r)) / 3
		}
	}
	want := [4]float64{mean, central[2], central[3], central[4] - 3*central[2]*central[2]}
	for _, size := range []int{4, 5} {
		var average [4]float64
		all := int(math.Pow(3, float64(size)))
		for number := range all {
			sample := make([]float64, size)
			for i, rest := 0, number; i < size; i, rest = i+1, rest/3 {
				sample[i] = points[rest%3]
			}
			k, err := KStatistics(sample)
			if err != nil {
				t.Fatal(err)
			}
			for r := range k {
				average[r] += k[r] / float64(all)
			}
		}
		for r := range want {
			analysistest.Near(t, fmt.Sprintf("k%d of %d values", r+1, size), average[r], want[r], 1e-10)
		}
	}
}

// Moved and stretched values: only k₁ is moved, and k_r is stretched r times.
func TestKStatisticsMoveAndStretch(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	sample, other := make([]float64, 50), make([]float64, 50)
	for i := range sample {
		sample[i] = random.ExpFloat64()
		other[i] = 7 - 2*sample[i]
	}
	k, err := KStatistics(sample)
	l, err2 := KStatistics(other)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for r, want := range []float64{7 - 2*k[0], 4 * k[1], -8 * k[2], 16 * k[3]} {
		analysistest.Near(t, fmt.Sprint("k", r+1), l[r], want, 1e-11*math.Abs(want))
	}
	refused(t, "sample: 3", func() error { _, err := KStatistics(sample[:3]); return err })
	refused(t, "sample[3]", func() error { _, err := KStatistics([]float64{1, 2, 3, math.NaN()}); return err })
	refused(t, "sample", func() error { _, err := KStatistics([]float64{1e100, 2, 3, 4}); return err })
}
