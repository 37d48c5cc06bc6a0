package bench

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// median is NaN for no values.
func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

func spreadOf(values []float64) spread {
	return spread{median(values), slices.Min(values), slices.Max(values)}
}

// An exponent is that of a power law with its 95 % confidence interval.
type exponent struct{ value, low, high float64 }

// fitExponent fits y = c·x^p by least squares in the logarithms, which takes 3 points or
// more. All values must be positive.
func fitExponent(x, y []float64) (exponent, error) {
	if len(x) < 3 || len(x) != len(y) {
		return exponent{}, fmt.Errorf("fitting an exponent to %d and %d values: at least 3 points are needed", len(x), len(y))
	}
	logX, logY := make([]float64, len(x)), make([]float64, len(y))
	for i := range x {
		if !(x[i] > 0 && y[i] > 0) {
			return exponent{}, fmt.Errorf("fitting an exponent to the point (%g, %g): both must be positive", x[i], y[i])
		}
		logX[i], logY[i] = math.Log(x[i]), math.Log(y[i])
	}
	intercept, slope := stat.LinearRegression(logX, logY, nil, false)
	center := stat.Mean(logX, nil)
	residual, width := 0.0, 0.0
	for i := range logX {
		residual += math.Pow(logY[i]-intercept-slope*logX[i], 2)
		width += math.Pow(logX[i]-center, 2)
	}
	if width == 0 {
		return exponent{}, fmt.Errorf("fitting an exponent: all points are at %g", x[0])
	}
	freedom := float64(len(x) - 2)
	half := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: freedom}.Quantile(0.975) * math.Sqrt(residual/freedom/width)
	return exponent{slope, slope - half, slope + half}, nil
}

// crossing is the x at which log y passes 0, by linear interpolation in logarithms
// between the first neighbours that have it between them; false if there are none.
func crossing(x, y []float64) (float64, bool) {
	for i := 1; i < len(x); i++ {
		before, after := math.Log(y[i-1]), math.Log(y[i])
		if before <= 0 && after > 0 {
			share := -before / (after - before)
			return math.Exp(math.Log(x[i-1]) + share*math.Log(x[i]/x[i-1])), true
		}
	}
	return 0, false
}

// fitLinear solves min Σ ((y − Xc)/deviation)² and returns c and its standard errors,
// the deviations being known.
func fitLinear(rows [][]float64, y, deviation []float64) (values, errors []float64, err error) {
	columns := len(rows[0])
	x, right := mat.NewDense(len(rows), columns, nil), mat.NewVecDense(len(rows), nil)
	for i, row := range rows {
		for j, cell := range row {
			x.Set(i, j, cell/deviation[i])
		}
		right.SetVec(i, y[i]/deviation[i])
	}
	var normal, inverse mat.Dense
	normal.Mul(x.T(), x)
	if err := inverse.Inverse(&normal); err != nil {
		return nil, nil, fmt.Errorf("the points do not determine the fit: %w", err)
	}
	var moment, solution mat.VecDense
	moment.MulVec(x.T(), right)
	solution.MulVec(&inverse, &moment)
	for j := range columns {
		values = append(values, solution.AtVec(j))
		errors = append(errors, math.Sqrt(inverse.At(j, j)))
	}
	return values, errors, nil
}

// batchMean returns the mean of a stationary series and its standard error by the means
// of batches, of so many values each; what does not fill a batch is left out.
func batchMean(series []float64, batch int) (mean, standardError float64, err error) {
	var batches []float64
	for len(series) >= batch {
		batches = append(batches, stat.Mean(series[:batch], nil))
		series = series[batch:]
	}
	if len(batches) < 2 {
		return 0, 0, fmt.Errorf("%d batches of %d values: at least 2 are needed", len(batches), batch)
	}
	mean, deviation := stat.MeanStdDev(batches, nil)
	return mean, deviation / math.Sqrt(float64(len(batches))), nil
}
