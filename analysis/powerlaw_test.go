package analysis

import (
	"math"
	"math/rand/v2"
	"testing"

	"balanced/analysis/internal/analysistest"
)

var sizes = []float64{100, 200, 400, 800, 1600, 3200, 6400, 12800}

// curve measures y at the sizes, with relative standard errors and, if random is not nil,
// normal deviations.
func curve(random *rand.Rand, relative float64, y func(n float64) float64) (values, errors []float64) {
	for _, n := range sizes {
		errors = append(errors, relative*y(n))
		value := y(n)
		if random != nil {
			value += relative * y(n) * random.NormFloat64()
		}
		values = append(values, value)
	}
	return values, errors
}

// Without deviations the fits find the curve that is there.
func TestFitsFindTheCurve(t *testing.T) {
	y, errors := curve(nil, 0.01, func(n float64) float64 { return 3 / math.Sqrt(n) })
	fit, err := PowerLaw(sizes, y, errors)
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Near(t, "exponent", fit.Exponent.Value, -0.5, 1e-12)
	analysistest.Near(t, "constant", fit.Constant.Value, 3, 1e-11)
	analysistest.Near(t, "χ²", fit.ChiSquared, 0, 1e-16)
	// Of equal relative errors, by the formula of the straight line: log n has steps of log 2.
	analysistest.Near(t, "error", fit.Exponent.StandardError, 0.01/(math.Ln2*math.Sqrt(42)), 1e-12)

	y, errors = curve(nil, 0.01, func(n float64) float64 { return 3 / math.Sqrt(n) * math.Exp(5/math.Sqrt(n)) })
	if fit, err = PowerLawNext(sizes, y, errors, -0.5); err != nil {
		t.Fatal(err)
	}
	analysistest.Near(t, "exponent with the next order", fit.Exponent.Value, -0.5, 1e-10)
	analysistest.Near(t, "constant with the next order", fit.Constant.Value, 3, 1e-8)
	if fit.DegreesOfFreedom != 5 {
		t.Errorf("%+v", fit)
	}

	y, errors = curve(nil, 0.01, func(n float64) float64 { return 2 - 5/math.Sqrt(n) + 7/n })
	trend, err := Trend(sizes, y, errors, 0, -0.5, -1)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{2, -5, 7} {
		analysistest.Near(t, "trend", trend.Coefficients[i].Value, want, 1e-9)
	}
}

// The intervals of exponent and constant miss the truth as often as stated.
func TestPowerLawKeepsItsProbabilities(t *testing.T) {
	random := rand.New(rand.NewPCG(19, 20))
	const trials, falseAlarm = 3000, 0.05
	var exponent, constant, wrong int
	for range trials {
		y, errors := curve(random, 0.02, func(n float64) float64 { return 3 / math.Sqrt(n) })
		fit, err := PowerLaw(sizes, y, errors)
		if err != nil {
			t.Fatal(err)
		}
		if low, high := fit.Exponent.Interval(falseAlarm); low > -0.5 || high < -0.5 {
			exponent++
		}
		if low, high := fit.Constant.Interval(falseAlarm); low > 3 || high < 3 {
			constant++
		}
		if fit.PValue < falseAlarm {
			wrong++
		}
	}
	for name, count := range map[string]int{"exponent": exponent, "constant": constant, "curve": wrong} {
		analysistest.Near(t, name, float64(count)/trials, falseAlarm, 5*math.Sqrt(falseAlarm/trials))
	}
}

func TestFitsRefuseBadInput(t *testing.T) {
	x, ones := []float64{1, 2, 3}, []float64{1, 1, 1}
	power := func(x, y, errors []float64) func() error {
		return func() error { _, err := PowerLaw(x, y, errors); return err }
	}
	refused(t, "design", power(nil, nil, nil))
	refused(t, "x[1]: 0", power([]float64{1, 0, 2}, ones, ones))
	refused(t, "y[2]: -1", power(x, []float64{1, 1, -1}, ones))
	refused(t, "y:", power(x, ones[:2], ones))
	refused(t, "standardErrors[0]", power(x, ones, []float64{math.NaN(), 1, 1}))
	refused(t, "design", power([]float64{2, 2, 2}, ones, ones))
	refused(t, "next: 0", func() error { _, err := PowerLawNext(x, ones, ones, 0); return err })
	refused(t, "next", func() error { _, err := PowerLawNext(x, ones, ones, math.Inf(-1)); return err })
	refused(t, "design", func() error { _, err := PowerLawNext(x[:2], ones[:2], ones[:2], -1); return err })
	refused(t, "x[0]", func() error { _, err := Trend([]float64{-1, 2}, ones[:2], ones[:2], 0); return err })
	refused(t, "powers[1]", func() error { _, err := Trend(x, ones, ones, 0, math.NaN()); return err })
	refused(t, "design", func() error { _, err := Trend(x, ones, ones); return err })
	refused(t, "design", func() error { _, err := Trend(x, ones, ones, -1, -1); return err })
	refused(t, "design[2][0]", func() error { _, err := Trend([]float64{1, 2, 1e10}, ones, ones, 300); return err })
}
