package bench

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat"
)

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   float64
	}{
		{[]float64{3}, 3}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 100, 2}, 3},
	} {
		before := append([]float64(nil), c.values...)
		if got := median(c.values); got != c.want {
			t.Errorf("median of %v: %g, want %g", c.values, got, c.want)
		}
		for i := range before {
			if c.values[i] != before[i] {
				t.Errorf("the median put %v in order", before)
			}
		}
	}
	if !math.IsNaN(median(nil)) {
		t.Error("no values have a median")
	}
}

// The ratio of the medians would be 100/2 here; that of each round is 2.
func TestRatiosAreOfRounds(t *testing.T) {
	slow := []sample{{Seconds: 2}, {Seconds: 200}, {Seconds: 400}, {Seconds: 4}, {Seconds: 100}}
	fast := []sample{{Seconds: 1}, {Seconds: 100}, {Seconds: 100}, {Seconds: 2}, {Seconds: 50}}
	if got := ratios(slow, fast); got != (spread{2, 2, 4}) {
		t.Errorf("ratios %v", got)
	}
}

func TestExponentOfAPowerLaw(t *testing.T) {
	x := []float64{10, 20, 40, 80, 160}
	y := make([]float64, len(x))
	for i := range x {
		y[i] = 3 * math.Pow(x[i], 1.7)
	}
	fit, err := fitExponent(x, y)
	if low, high := fit.Interval(0.05); err != nil || math.Abs(fit.Value-1.7) > 1e-12 || high-low > 1e-6 {
		t.Errorf("fit %+v, %v", fit, err)
	}
	for _, bad := range [][2][]float64{{{1, 2}, {1, 2}}, {{1, 2, 3}, {1, 0, 2}}, {{2, 2, 2}, {1, 2, 3}}, {{1, 2, 3}, {1, 2}}} {
		if _, err := fitExponent(bad[0], bad[1]); err == nil {
			t.Errorf("no error for %v", bad)
		}
	}
}

// 95 % of the intervals hold the true exponent: of 1000, all but 50 ± 7.
func TestIntervalOfTheExponent(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	x := []float64{1, 2, 4, 8, 16}
	outside := 0
	for range 1000 {
		y := make([]float64, len(x))
		for i := range x {
			y[i] = x[i] * x[i] * math.Exp(0.1*random.NormFloat64())
		}
		fit, err := fitExponent(x, y)
		if err != nil {
			t.Fatal(err)
		}
		if low, high := fit.Interval(0.05); low > 2 || high < 2 {
			outside++
		}
	}
	if outside < 22 || outside > 78 {
		t.Errorf("%d of 1000 intervals miss the exponent, want about 50", outside)
	}
}

func TestCrossing(t *testing.T) {
	// y = (x/50)²
	x := []float64{10, 40, 160}
	y := []float64{0.04, 0.64, 10.24}
	if got, ok := crossing(x, y); !ok || math.Abs(got-50) > 1e-9 {
		t.Errorf("crossing %g, %v", got, ok)
	}
	for _, never := range [][]float64{{2, 3, 4}, {0.1, 0.2, 0.3}, {3, 2, 0.5}} {
		if got, ok := crossing(x, never); ok {
			t.Errorf("crossing of %v at %g", never, got)
		}
	}
}

// The fit is that of the formulas of a straight line in the logarithms, with Student's t
// of 3 degrees of freedom, whose quantile 0.975 is 3.182446305284263.
func TestExponentByHand(t *testing.T) {
	x, y := []float64{1, 2, 4, 8, 16}, []float64{1, 3, 4, 7, 18}
	var logX, logY []float64
	for i := range x {
		logX, logY = append(logX, math.Log(x[i])), append(logY, math.Log(y[i]))
	}
	intercept, slope := stat.LinearRegression(logX, logY, nil, false)
	residual, width := 0.0, 0.0
	for i := range logX {
		residual += math.Pow(logY[i]-intercept-slope*logX[i], 2)
		width += math.Pow(logX[i]-stat.Mean(logX, nil), 2)
	}
	half := 3.182446305284263 * math.Sqrt(residual/3/width)
	fit, err := fitExponent(x, y)
	if low, high := fit.Interval(0.05); err != nil || math.Abs(fit.Value-slope) > 1e-12 || math.Abs(low-(slope-half)) > 1e-9 || math.Abs(high-(slope+half)) > 1e-9 {
		t.Errorf("exponent %g, %g to %g, %v; want %g ± %g", fit.Value, low, high, err, slope, half)
	}
}

func TestBatchMean(t *testing.T) {
	mean, err := batchMean([]float64{1, 3, 5, 7, 3, 5, 1000}, 2)
	// Batches of means 2, 6, 4; the 1000 fills none.
	if err != nil || mean.Value != 4 || math.Abs(mean.StandardError-2/math.Sqrt(3)) > 1e-15 {
		t.Errorf("mean %+v, %v", mean, err)
	}
	if _, err := batchMean([]float64{1, 2, 3}, 2); err == nil {
		t.Error("no error for one batch")
	}
}
