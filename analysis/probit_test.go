package analysis

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/likelihood"
	"balanced/bnn"
	"balanced/internal/verification"
)

// thresholds draws the outcomes of trials at each x.
func thresholds(random *rand.Rand, x []float64, each int, midpoint, slope float64) (successes, trials []int) {
	for _, at := range x {
		hits, p := 0, distuv.UnitNormal.CDF(slope*(at-midpoint))
		for range each {
			if random.Float64() < p {
				hits++
			}
		}
		successes, trials = append(successes, hits), append(trials, each)
	}
	return successes, trials
}

// Two values of x have a curve through both shares, whose probits tell all; the likelihood has
// no slope at the fit; shift, scale and order of x, and trials told apart, change nothing.
func TestProbitIdentities(t *testing.T) {
	probit := distuv.UnitNormal.Quantile
	fit := must(ProbitRegression([]float64{3, 1}, []int{16, 5}, []int{20, 20}))
	slope := (probit(0.8) - probit(0.25)) / 2
	if math.Abs(fit.Slope.Value-slope) > 1e-10 || math.Abs(fit.Midpoint.Value-(1-probit(0.25)/slope)) > 1e-10 || fit.ChiSquared > 1e-15 || fit.PValue != 1 {
		t.Errorf("%+v, want a slope %v", fit, slope)
	}
	// The variance of a probit is p(1−p)/(N φ²); the slope is their difference over 2.
	variance := func(p float64) float64 { return p * (1 - p) / 20 / math.Pow(distuv.UnitNormal.Prob(probit(p)), 2) }
	if want := math.Sqrt(variance(0.8)+variance(0.25)) / 2; math.Abs(fit.Slope.StandardError-want) > 1e-10 {
		t.Errorf("the standard error of the slope is %v, want %v", fit.Slope.StandardError, want)
	}
	x, successes, trials := []float64{1, 2, 3, 4}, []int{1, 4, 9, 18}, []int{20, 20, 20, 20}
	fit = must(ProbitRegression(x, successes, trials))
	a, b := -fit.Slope.Value*(fit.Midpoint.Value-fit.data.Centre), fit.Slope.Value*fit.data.Unit
	if top := fit.data.At(a, b); math.Abs(top.A)+math.Abs(top.B) > 1e-9 {
		t.Errorf("the likelihood has the slope %v, %v at its maximum", top.A, top.B)
	}
	other := must(ProbitRegression([]float64{-1e6 + 3, -1e6 + 6, -1e6 + 9, -1e6 + 12, -1e6 + 12}, []int{1, 4, 9, 10, 8}, []int{20, 20, 20, 12, 8}))
	if math.Abs((other.Midpoint.Value+1e6)/3-fit.Midpoint.Value) > 1e-8 || math.Abs(3*other.Slope.Value-fit.Slope.Value) > 1e-8 ||
		math.Abs(other.Covariance[0][1]-fit.Covariance[0][1]) > 1e-8 || math.Abs(other.ChiSquared-fit.ChiSquared) > 1e-8 || other.DegreesOfFreedom != 2 {
		t.Errorf("%+v and, with another unit, %+v", fit, other)
	}
	falling := must(ProbitRegression([]float64{-1, -2, -3, -4}, successes, trials))
	if math.Abs(falling.Midpoint.Value+fit.Midpoint.Value) > 1e-9 || math.Abs(falling.Slope.Value+fit.Slope.Value) > 1e-9 || math.Abs(falling.Width.Value-fit.Width.Value) > 1e-9 {
		t.Errorf("%+v, and reversed %+v", fit, falling)
	}
	if p := fit.Probability(fit.Midpoint.Value); p != 0.5 {
		t.Errorf("%v at the midpoint", p)
	}
	// Far tails neither underflow nor jump where the series takes over.
	for _, at := range []float64{-30, 0} {
		below, slopeBelow := likelihood.LogNormal(at - 1e-9)
		above, slopeAbove := likelihood.LogNormal(at + 1e-9)
		if math.Abs(above-below-2e-9*slopeAbove) > 1e-11*math.Abs(above) || math.Abs(slopeAbove/slopeBelow-1) > 1e-6 {
			t.Errorf("log Φ jumps at %v: %v, %v; %v, %v", at, below, above, slopeBelow, slopeAbove)
		}
	}
}

// Standard errors are right, and intervals of 90 % hold the midpoint in 90 % of repetitions;
// those whose trials were counted twice are caught.
func TestProbitRegressionCovers(t *testing.T) {
	verification.Long(t)
	random := rand.New(rand.NewPCG(9, 1))
	x := []float64{0.2, 0.6, 1, 1.4, 1.8, 2.2, 2.6}
	const repetitions, midpoint, slope, confidence = 300, 1.3, 1.5, 0.9
	covered, planted, squares, slopes, chi := 0.0, 0.0, 0.0, 0.0, 0.0
	for range repetitions {
		successes, trials := thresholds(random, x, 40, midpoint, slope)
		fit := must(ProbitRegression(x, successes, trials))
		if interval := must(fit.MidpointInterval(confidence)); interval.Low <= midpoint && midpoint <= interval.High {
			covered++
		}
		squares += math.Pow((fit.Midpoint.Value-midpoint)/fit.Midpoint.StandardError, 2)
		slopes += math.Pow((fit.Slope.Value-slope)/fit.Slope.StandardError, 2)
		chi += fit.ChiSquared
		for i := range trials {
			successes[i], trials[i] = 2*successes[i], 2*trials[i]
		}
		if interval := must(must(ProbitRegression(x, successes, trials)).MidpointInterval(confidence)); interval.Low <= midpoint && midpoint <= interval.High {
			planted++
		}
	}
	t.Logf("held %.3f, with double trials %.3f; mean squared deviation %.3f, of slopes %.3f; χ² %.2f", covered/repetitions, planted/repetitions, squares/repetitions, slopes/repetitions, chi/repetitions)
	if share := covered / repetitions; math.Abs(share-confidence) > 0.07 || planted/repetitions > confidence-0.07 {
		t.Errorf("%v of the intervals hold the midpoint, with double trials %v", share, planted/repetitions)
	}
	if math.Abs(squares/repetitions-1) > 0.35 || math.Abs(slopes/repetitions-1) > 0.35 || math.Abs(chi/repetitions-5) > 0.75 {
		t.Errorf("mean squared deviations %v and %v, mean χ² %v of 5", squares/repetitions, slopes/repetitions, chi/repetitions)
	}
}

// Where outcomes are separated there is no slope, also if both kinds are seen at the edge; a
// single overlap makes one. Few outcomes leave the midpoint open.
func TestProbitRegressionRefuses(t *testing.T) {
	for _, c := range []struct {
		successes []int
		low, high float64
	}{{[]int{0, 0, 5}, 2, 3}, {[]int{0, 3, 5}, 2, 2}, {[]int{5, 0, 0}, 1, 2}, {[]int{5, 2, 0}, 2, 2}} {
		var separable *SeparableError
		if _, err := ProbitRegression([]float64{1, 2, 3}, c.successes, []int{5, 5, 5}); !errors.As(err, &separable) || separable.Low != c.low || separable.High != c.high {
			t.Errorf("%v: %v", c.successes, err)
		}
	}
	// A curve that fits badly, with which Fisher's scoring does not end.
	bad := must(ProbitRegression([]float64{24, -4, -20, -12, 4}, []int{3, 0, 0, 0, 9}, []int{4, 41, 25, 48, 10}))
	if interval := must(bad.MidpointInterval(0.999)); !(bad.ChiSquared > 3 && -4 < interval.Low && interval.Low < interval.Value && interval.Value < interval.High && interval.High < 24) {
		t.Errorf("%+v, %+v", bad, interval)
	}
	few := must(ProbitRegression([]float64{1, 2, 3}, []int{1, 2, 3}, []int{4, 4, 4}))
	if interval := must(few.MidpointInterval(0.99)); !math.IsInf(interval.Low, -1) || !math.IsInf(interval.High, 1) {
		t.Errorf("few outcomes tell the midpoint: %+v", interval)
	}
	if interval := must(few.MidpointInterval(0.5)); !(interval.Low < interval.Value && interval.Value < interval.High && interval.High < 4) {
		t.Errorf("%+v", interval)
	}
	two := []float64{1, 2}
	for _, c := range []struct {
		path string
		err  error
	}{
		{"x", second(ProbitRegression([]float64{1, 1}, []int{1, 2}, []int{3, 3}))},
		{"x[1]", second(ProbitRegression([]float64{1, math.Inf(1)}, []int{1, 2}, []int{3, 3}))},
		{"successes", second(ProbitRegression(two, []int{1}, []int{3, 3}))},
		{"trials", second(ProbitRegression(two, []int{1, 2}, []int{3}))},
		{"trials[1]", second(ProbitRegression(two, []int{1, 0}, []int{3, 0}))},
		{"successes[0]", second(ProbitRegression(two, []int{4, 0}, []int{3, 3}))},
		{"successes", second(ProbitRegression(two, []int{3, 3}, []int{3, 3}))},
		{"successes", second(ProbitRegression(two, []int{2, 2}, []int{3, 3}))},
		{"confidence", second(few.MidpointInterval(1))},
		{"fit", second((&ProbitFit{}).MidpointInterval(0.5))},
	} {
		var input *bnn.InputError
		if !errors.As(c.err, &input) || input.Path != c.path {
			t.Errorf("%s: error %v", c.path, c.err)
		}
	}
}
