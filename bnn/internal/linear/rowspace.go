package linear

import (
	"context"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// RowSpace returns an orthonormal basis of what the rows of a matrix span, one row for each
// dimension and nil for none, by the method of Gram and Schmidt with the longest row that is left
// next. What is left of rows counts as rounding below the tolerance times the longest of all. For k
// dimensions it takes of order k operations an entry of the matrix. The error is the cause of the context.
func RowSpace(ctx context.Context, matrix mat.Matrix, tolerance float64) (*mat.Dense, error) {
	left := mat.DenseCopyOf(matrix)
	rows, columns := left.Dims()
	var basis []float64
	least := 0.0
	for k := range min(rows, columns) {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		longest, size := 0, -1.0
		for r := range rows {
			if norm := floats.Norm(left.RawRowView(r), 2); norm > size {
				longest, size = r, norm
			}
		}
		if k == 0 {
			least = tolerance * size
		}
		if size <= least {
			break
		}
		next := append([]float64(nil), left.RawRowView(longest)...)
		for i := range k { // once more, against rounding
			earlier := basis[i*columns : (i+1)*columns]
			floats.AddScaled(next, -floats.Dot(earlier, next), earlier)
		}
		floats.Scale(1/floats.Norm(next, 2), next)
		basis = append(basis, next...)
		for r := range rows {
			row := left.RawRowView(r)
			floats.AddScaled(row, -floats.Dot(next, row), next)
		}
	}
	if len(basis) == 0 {
		return nil, nil
	}
	return mat.NewDense(len(basis)/columns, columns, basis), nil
}
