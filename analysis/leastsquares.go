package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/check"
	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// A LinearFit is a curve y = Σ_j c_j f_j fitted to measured values.
type LinearFit struct {
	// Coefficients are the c_j. Their standard errors follow from those of the values,
	// which are taken as known, so that the degrees of freedom are +Inf.
	Coefficients []Estimate
	// ChiSquared is the sum of the squared deviations from the curve in standard errors.
	// If the curve is right it is about DegreesOfFreedom, the number of values less that
	// of coefficients, and it is this large or larger with probability PValue. A small
	// PValue says that the curve is wrong, and then the coefficients mean little. PValue
	// is 1 where the curve goes through all values because there are as few.
	ChiSquared       float64
	DegreesOfFreedom int
	PValue           float64
}

// LeastSquares fits y_i = Σ_j c_j design[i][j] by minimising
//
//	χ² = Σ_i ( (y_i − Σ_j c_j design[i][j]) / standardErrors[i] )²
//
// by a QR decomposition. Row i of the design belongs to the value y_i; there must be as
// many rows as coefficients, or more. The values are independent and normal, and their
// standard errors > 0 and known. The standard errors of the coefficients are the square
// roots of the diagonal of (RᵀR)^{−1}.
//
// The error is a *bnn.InputError, also where the columns of the design depend on each
// other, so that the values do not tell the coefficients.
func LeastSquares(design [][]float64, y, standardErrors []float64) (LinearFit, error) {
	if err := checkDesign(design, y, standardErrors); err != nil {
		return LinearFit{}, err
	}
	rows, columns := len(design), len(design[0])
	weighted, target := mat.NewDense(rows, columns, nil), mat.NewVecDense(rows, nil)
	for i, row := range design {
		for j, value := range row {
			weighted.Set(i, j, value/standardErrors[i])
		}
		target.SetVec(i, y[i]/standardErrors[i])
	}
	// Columns of unit length: that they are independent must not depend on their units.
	lengths := make([]float64, columns)
	for j := range lengths {
		lengths[j] = mat.Norm(weighted.ColView(j), 2)
		if !(lengths[j] > 0) || math.IsInf(lengths[j], 1) {
			return LinearFit{}, &bnn.InputError{Path: "design", Value: fmt.Sprintf("column %d of length %s in standard errors", j, number.Exact(lengths[j])), Allowed: "columns of a finite length > 0"}
		}
		for i := range rows {
			weighted.Set(i, j, weighted.At(i, j)/lengths[j])
		}
	}
	var qr mat.QR
	qr.Factorize(weighted)
	if condition := qr.Cond(); !(condition < 1e12) {
		return LinearFit{}, &bnn.InputError{Path: "design", Value: fmt.Sprintf("columns that depend on each other (condition number %s)", number.Short(condition, 2)),
			Allowed: "columns of finite numbers that are linearly independent"}
	}
	var coefficients, residuals mat.VecDense
	var r, inverse mat.Dense
	if err := qr.SolveVecTo(&coefficients, false, target); err != nil {
		return LinearFit{}, fmt.Errorf("least squares: %w", err)
	}
	qr.RTo(&r)
	if err := inverse.Inverse(r.Slice(0, columns, 0, columns)); err != nil {
		return LinearFit{}, fmt.Errorf("least squares: %w", err)
	}
	residuals.MulVec(weighted, &coefficients)
	residuals.SubVec(target, &residuals)

	fit := LinearFit{ChiSquared: mat.Dot(&residuals, &residuals), DegreesOfFreedom: rows - columns, PValue: 1}
	if fit.DegreesOfFreedom > 0 {
		fit.PValue = distuv.ChiSquared{K: float64(fit.DegreesOfFreedom)}.Survival(fit.ChiSquared)
	}
	for j, length := range lengths {
		c := Estimate{Value: coefficients.AtVec(j) / length,
			StandardError: floats.Norm(inverse.RawRowView(j), 2) / length, DegreesOfFreedom: math.Inf(1)}
		if err := c.check(fmt.Sprintf("coefficients[%d]", j)); err != nil {
			return LinearFit{}, err
		}
		fit.Coefficients = append(fit.Coefficients, c)
	}
	return fit, check.Finite("chiSquared", fit.ChiSquared)
}

// checkDesign refuses values that are missing or do not belong together.
func checkDesign(design [][]float64, y, standardErrors []float64) error {
	if len(design) == 0 || len(design[0]) == 0 || len(design) < len(design[0]) {
		columns := 0
		if len(design) > 0 {
			columns = len(design[0])
		}
		return &bnn.InputError{Path: "design", Value: fmt.Sprintf("%d rows and %d columns", len(design), columns), Allowed: "1 or more columns and at least as many rows (values)"}
	}
	if err := check.Length("y", y, len(design), "rows of the design"); err != nil {
		return err
	}
	if err := check.Positive("standardErrors", standardErrors, len(design)); err != nil {
		return err
	}
	for i, row := range design {
		if len(row) != len(design[0]) {
			return &bnn.InputError{Path: fmt.Sprintf("design[%d]", i), Value: fmt.Sprintf("%d columns", len(row)), Allowed: fmt.Sprintf("%d columns as in the first row", len(design[0]))}
		}
		for j, value := range row {
			if err := check.Finite(fmt.Sprintf("design[%d][%d]", i, j), value); err != nil {
				return err
			}
		}
		if err := check.Finite(fmt.Sprintf("y[%d]", i), y[i]); err != nil {
			return err
		}
	}
	return nil
}
