package noise

import "math/cmplx"

// table returns zeros, rows of columns.
func table(rows, columns int) [][]complex128 {
	cells := make([]complex128, rows*columns)
	t := make([][]complex128, rows)
	for i := range t {
		t[i] = cells[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return t
}

func conjugate(z complex128) complex128 { return complex(real(z), -imag(z)) }

// multiply returns the product of two matrices.
func multiply(a, b [][]complex128) [][]complex128 {
	columns := 0
	if len(b) > 0 {
		columns = len(b[0])
	}
	if len(b) == 0 && len(a) > 0 { // through a space of no dimensions
		columns = len(a)
	}
	product := table(len(a), columns)
	for i, row := range a {
		for k, x := range row {
			for j, y := range b[k] {
				product[i][j] += x * y
			}
		}
	}
	return product
}

// invert returns the inverse of a square matrix, which it overwrites, by Gauss and Jordan's
// elimination with pivots: gonum has none for complex matrices. Not ok for a singular one.
func invert(left [][]complex128) (right [][]complex128, ok bool) {
	right = table(len(left), len(left))
	for i := range right {
		right[i][i] = 1
	}
	for c := range left {
		pivot := c
		for r := c + 1; r < len(left); r++ {
			if cmplx.Abs(left[r][c]) > cmplx.Abs(left[pivot][c]) {
				pivot = r
			}
		}
		left[c], left[pivot] = left[pivot], left[c]
		right[c], right[pivot] = right[pivot], right[c]
		if !(cmplx.Abs(left[c][c]) > 0) {
			return nil, false
		}
		factor := 1 / left[c][c]
		for k := range left {
			left[c][k] *= factor
			right[c][k] *= factor
		}
		for r := range left {
			if r == c || left[r][c] == 0 {
				continue
			}
			factor := left[r][c]
			for k := range left {
				left[r][k] -= factor * left[c][k]
				right[r][k] -= factor * right[c][k]
			}
		}
	}
	return right, true
}
