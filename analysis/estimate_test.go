package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/analysistest"
)

// Quantiles of Student's t from the usual tables (two-sided 5 %, 1 %).
func TestIntervalAgainstTables(t *testing.T) {
	for _, row := range []struct{ degrees, five, percent float64 }{
		{1, 12.7062, 63.6567}, {10, 2.22814, 3.16927}, {120, 1.97993, 2.61742}, {1000, 1.96234, 2.58075}, {math.Inf(1), 1.95996, 2.57583},
	} {
		for falseAlarm, quantile := range map[float64]float64{0.05: row.five, 0.01: row.percent} {
			low, high := Estimate{3, 2, row.degrees}.Interval(falseAlarm)
			analysistest.Near(t, fmt.Sprint("high, ", row.degrees), high, 3+2*quantile, 2e-5*quantile)
			analysistest.Near(t, "symmetry", low+high, 6, 1e-12)
		}
	}
}

// The critical value is where the tail is p, at all degrees of freedom and small p, and
// falls with both. gonum's own quantile fails this.
func TestCriticalValueInvertsTail(t *testing.T) {
	for _, p := range []float64{0.9, 0.05, 1e-6, 1e-10, 1e-15} {
		last := math.Inf(1)
		for _, degrees := range []float64{0.5, 1, 2, 10, 99.9, 100, 1e3, 1e4, 1e5, 9.9e5, 1e6, 1e9, math.Inf(1)} {
			c := criticalValue(p, degrees)
			analysistest.Near(t, fmt.Sprintf("tail at p = %g, %g degrees", p, degrees), tailBeyond(c, degrees)/p, 1, 1e-4)
			if c > last*(1+1e-6) {
				t.Errorf("p = %g: critical value %g at %g degrees after %g", p, c, degrees, last)
			}
			last = c
		}
		analysistest.Near(t, "normal", last, -distuv.UnitNormal.Quantile(p/2), 1e-12)
	}
}

// Intervals miss the true mean as often as stated, with few replicas.
func TestMeanOfCovers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const trials, falseAlarm = 4000, 0.05
	missed := 0
	for range trials {
		sample := make([]float64, 4)
		for i := range sample {
			sample[i] = 7 + 3*random.NormFloat64()
		}
		e, err := MeanOf(sample)
		if err != nil || e.DegreesOfFreedom != 3 {
			t.Fatal(e, err)
		}
		if low, high := e.Interval(falseAlarm); low > 7 || high < 7 {
			missed++
		}
	}
	analysistest.Near(t, "missed", float64(missed)/trials, falseAlarm, 5*math.Sqrt(falseAlarm/trials))
}

func TestIntervalOfNoEstimate(t *testing.T) {
	for _, e := range []Estimate{{}, {1, 1, 0}, {math.NaN(), 1, 5}, {1, -1, 5}, {1, math.Inf(1), 5}, {1, 1, math.NaN()}} {
		if low, high := e.Interval(0.05); !math.IsInf(low, -1) || !math.IsInf(high, 1) {
			t.Errorf("%v: %g to %g", e, low, high)
		}
	}
	if low, high := (Estimate{2, 0, 5}).Interval(1e-6); low != 2 || high != 2 {
		t.Error("without a standard error", low, high)
	}
	if low, high := (Estimate{2, 1, 5}).Interval(0); !math.IsInf(low, -1) || !math.IsInf(high, 1) {
		t.Error("no false alarm at all", low, high)
	}
	if low, high := (Estimate{2, 1, 5}).Interval(1); low != 2 || high != 2 {
		t.Error("always a false alarm", low, high)
	}
	refused(t, "sample:", func() error { _, err := MeanOf([]float64{1}); return err })
	refused(t, "sample[1]", func() error { _, err := MeanOf([]float64{1, math.NaN()}); return err })
	refused(t, "mean.", func() error { _, err := MeanOf([]float64{math.MaxFloat64, -math.MaxFloat64}); return err })
}
