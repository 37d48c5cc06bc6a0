package analysis

import (
	"math"
	"math/rand/v2"
	"testing"

	"balanced/analysis/internal/analysistest"
)

// line is a design of a constant and a slope.
func line(x []float64) [][]float64 {
	design := make([][]float64, len(x))
	for i := range x {
		design[i] = []float64{1, x[i]}
	}
	return design
}

// The straight line by the formulas of P. R. Bevington, Data Reduction and Error Analysis
// (1969), chapter 6, which know nothing of matrices.
func TestLeastSquaresAgainstTheStraightLine(t *testing.T) {
	x := []float64{1, 2, 3.5, 7, 11}
	y := []float64{2.1, 3.8, 7.7, 14.2, 20.9}
	errors := []float64{0.1, 0.2, 0.3, 0.2, 0.5}
	var s, sx, sy, sxx, sxy float64
	for i := range x {
		w := 1 / (errors[i] * errors[i])
		s, sx, sy, sxx, sxy = s+w, sx+w*x[i], sy+w*y[i], sxx+w*x[i]*x[i], sxy+w*x[i]*y[i]
	}
	determinant := s*sxx - sx*sx
	constant, slope := (sxx*sy-sx*sxy)/determinant, (s*sxy-sx*sy)/determinant
	chi := 0.0
	for i := range x {
		chi += math.Pow((y[i]-constant-slope*x[i])/errors[i], 2)
	}
	fit, err := LeastSquares(line(x), y, errors)
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Near(t, "constant", fit.Coefficients[0].Value, constant, 1e-12)
	analysistest.Near(t, "slope", fit.Coefficients[1].Value, slope, 1e-12)
	analysistest.Near(t, "error of the constant", fit.Coefficients[0].StandardError, math.Sqrt(sxx/determinant), 1e-12)
	analysistest.Near(t, "error of the slope", fit.Coefficients[1].StandardError, math.Sqrt(s/determinant), 1e-12)
	analysistest.Near(t, "χ²", fit.ChiSquared, chi, 1e-10)
	if fit.DegreesOfFreedom != 3 || !math.IsInf(fit.Coefficients[1].DegreesOfFreedom, 1) {
		t.Errorf("%+v", fit)
	}
}

// A constant is the weighted average. χ² at 1 % of 4 degrees of freedom is 13.2767.
func TestLeastSquaresOfAConstant(t *testing.T) {
	d := math.Sqrt(13.2767 / 4)
	fit, err := LeastSquares([][]float64{{1}, {1}, {1}, {1}, {1}}, []float64{5 + d, 5 - d, 5 + d, 5 - d, 5}, []float64{1, 1, 1, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Near(t, "average", fit.Coefficients[0].Value, 5, 1e-12)
	analysistest.Near(t, "error", fit.Coefficients[0].StandardError, 1/math.Sqrt(5), 1e-12)
	analysistest.Near(t, "p", fit.PValue, 0.01, 1e-6)
	exact, err := LeastSquares(line([]float64{1, 2}), []float64{3, 5}, []float64{1, 1})
	if err != nil || exact.DegreesOfFreedom != 0 || exact.PValue != 1 || exact.ChiSquared > 1e-20 {
		t.Errorf("through two points: %+v, %v", exact, err)
	}
}

// The intervals of the coefficients miss the truth, and the p-value of a right curve is
// below 0.05, as often as stated; that of a wrong curve is small.
func TestLeastSquaresKeepsItsProbabilities(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 18))
	const trials, falseAlarm = 3000, 0.05
	x := []float64{1, 2, 3, 4, 6, 9, 12}
	var missed, wrong, caught int
	for range trials {
		y, bent, errors := make([]float64, len(x)), make([]float64, len(x)), make([]float64, len(x))
		for i := range x {
			errors[i] = 0.1 * x[i]
			y[i] = 3 - 0.5*x[i] + errors[i]*random.NormFloat64()
			bent[i] = y[i] + 0.05*x[i]*x[i]
		}
		fit, err := LeastSquares(line(x), y, errors)
		curve, err2 := LeastSquares(line(x), bent, errors)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if low, high := fit.Coefficients[1].Interval(falseAlarm); low > -0.5 || high < -0.5 {
			missed++
		}
		if fit.PValue < falseAlarm {
			wrong++
		}
		if curve.PValue < falseAlarm {
			caught++
		}
	}
	analysistest.Near(t, "slope missed", float64(missed)/trials, falseAlarm, 5*math.Sqrt(falseAlarm/trials))
	analysistest.Near(t, "right curve rejected", float64(wrong)/trials, falseAlarm, 5*math.Sqrt(falseAlarm/trials))
	if caught < trials/2 {
		t.Errorf("a bent curve is rejected %d times of %d", caught, trials)
	}
}

// The units of a column change nothing but its coefficient, however far they are apart.
func TestLeastSquaresInOtherUnits(t *testing.T) {
	x, y, errors := []float64{1, 2, 4, 8}, []float64{1, 3, 2, 5}, []float64{1, 1, 2, 1}
	fit, err := LeastSquares(line(x), y, errors)
	scaled := line(x)
	for i := range scaled {
		scaled[i][1] *= 1e20
	}
	other, err2 := LeastSquares(scaled, y, errors)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	analysistest.Near(t, "slope", other.Coefficients[1].Value*1e20, fit.Coefficients[1].Value, 1e-12)
	analysistest.Near(t, "error", other.Coefficients[1].StandardError*1e20, fit.Coefficients[1].StandardError, 1e-12)
	analysistest.Near(t, "χ²", other.ChiSquared, fit.ChiSquared, 1e-12)
}

func TestLeastSquaresRefusesBadInput(t *testing.T) {
	x, ones := []float64{1, 2, 3}, []float64{1, 1, 1}
	try := func(design [][]float64, y, errors []float64) func() error {
		return func() error { _, err := LeastSquares(design, y, errors); return err }
	}
	refused(t, "design: 0 rows", try(nil, nil, nil))
	refused(t, "design: 3 rows and 0", try([][]float64{{}, {}, {}}, x, ones))
	refused(t, "design: 1 rows", try(line(x[:1]), x[:1], ones[:1]))
	refused(t, "design[2]", try([][]float64{{1, 2}, {1, 3}, {1}}, x, ones))
	refused(t, "design[1][1]", try(line([]float64{1, math.NaN(), 2}), x, ones))
	refused(t, "design: columns that depend", try([][]float64{{1, 2}, {2, 4}, {3, 6}}, x, ones))
	refused(t, "design: column 1", try([][]float64{{1, 0}, {2, 0}, {3, 0}}, x, ones))
	refused(t, "y:", try(line(x), x[:2], ones))
	refused(t, "y[1]", try(line(x), []float64{1, math.Inf(1), 2}, ones))
	refused(t, "standardErrors:", try(line(x), x, ones[:1]))
	refused(t, "standardErrors[2]: 0", try(line(x), x, []float64{1, 1, 0}))
}
