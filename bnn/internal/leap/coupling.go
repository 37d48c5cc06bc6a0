package leap

import (
	"math"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// A coupling is the matrix √n B, by which the means of the rates drive the means of the potentials, and
// the linear system of the implicit equation. Where its rank r is low, P being the number of populations, it is
// kept as the product of factors, and a system takes O(P r²) operations instead of O(P³).
type coupling struct {
	full    [][]float64
	factors []factor // nil where the rank is not low
	// The matrix of the system: diagonal − √n B · slopes. diagonal is set before.
	diagonal []float64
	matrix   blas64.General
	pivots   []int
	right    []float64 // of a system of rank r
}

// A factor is a column times a row.
type factor struct{ column, row []float64 }

func newCoupling(network Network) coupling {
	count, rootN := len(network.Counts), math.Sqrt(float64(network.N))
	c := coupling{full: make([][]float64, count), diagonal: make([]float64, count), pivots: make([]int, count)}
	for a := range c.full {
		c.full[a] = make([]float64, count)
		for b := range network.Counts {
			c.full[a][b] = network.Weights[a][b] * float64(network.Counts[b]) / rootN
		}
	}
	c.factors = factorsOf(c.full, count/lowRank)
	c.matrix = blas64.General{Rows: count, Cols: count, Stride: count, Data: make([]float64, count*count)}
	c.right = make([]float64, len(c.factors))
	return c
}

const (
	lowRank = 4 // populations to a factor, from which on the product pays
	// negligible is what is left of a matrix that is the product, relative to its greatest entry.
	negligible = 1e-14
)

// factorsOf writes a matrix as a sum of at most so many factors, by Gaussian elimination with complete
// pivoting; nil if they do not leave less than what is negligible.
func factorsOf(matrix [][]float64, most int) []factor {
	rest := make([][]float64, len(matrix))
	for a := range matrix {
		rest[a] = append([]float64(nil), matrix[a]...)
	}
	var factors []factor
	allowed := 0.0
	for {
		at, pivot := [2]int{}, 0.0
		for a, row := range rest {
			for b, x := range row {
				if math.Abs(x) > math.Abs(pivot) {
					at, pivot = [2]int{a, b}, x
				}
			}
		}
		if len(factors) == 0 {
			allowed = negligible * math.Abs(pivot)
		}
		switch {
		case !(math.Abs(pivot) > allowed):
			return factors
		case len(factors) == most:
			return nil
		}
		f := factor{make([]float64, len(rest)), append([]float64(nil), rest[at[0]]...)}
		for a, row := range rest {
			f.column[a] = row[at[1]] / pivot
		}
		for a, row := range rest {
			for b := range row {
				row[b] -= f.column[a] * f.row[b]
			}
			row[at[1]] = 0
		}
		clear(rest[at[0]])
		factors = append(factors, f)
	}
}

// drive writes √n B times the rates.
func (c *coupling) drive(sums []RateSum, driven []float64) {
	if c.factors == nil {
		for a, row := range c.full {
			driven[a] = 0
			for b, sum := range sums {
				driven[a] += row[b] * sum.rate
			}
		}
		return
	}
	clear(driven)
	for _, f := range c.factors {
		product := 0.0
		for b, sum := range sums {
			product += f.row[b] * sum.rate
		}
		for a := range driven {
			driven[a] += f.column[a] * product
		}
	}
}

// solve solves (diagonal − √n B · slopes) x = y in place, and tells whether that is regular. Without excited the
// slopes of what excites are left out.
func (c *coupling) solve(sums []RateSum, y []float64, excited bool) bool {
	if c.factors != nil && excited {
		return c.solveFactors(sums, y)
	}
	for a, coupling := range c.full {
		row := c.matrix.Data[a*c.matrix.Stride:][:len(sums)]
		for b, sum := range sums {
			row[b] = -coupling[b] * sum.slope
			if coupling[b] > 0 && !excited {
				row[b] = 0
			}
		}
		row[a] += c.diagonal[a]
	}
	return solve(c.matrix, y, c.pivots)
}

// solveFactors uses the formula of Sherman, Morrison and Woodbury: with D the diagonal, S the slopes and √n B = L R,
// x = D⁻¹(y + L u), where (1 − R S D⁻¹ L) u = R S D⁻¹ y.
func (c *coupling) solveFactors(sums []RateSum, y []float64) bool {
	rank := len(c.factors)
	matrix := blas64.General{Rows: rank, Cols: rank, Stride: rank, Data: c.matrix.Data[:rank*rank]}
	for i, f := range c.factors {
		row := matrix.Data[i*rank:][:rank]
		clear(row)
		row[i] = 1
		right := 0.0
		for b, sum := range sums {
			scaled := f.row[b] * sum.slope / c.diagonal[b]
			right += scaled * y[b]
			for j := range row {
				row[j] -= scaled * c.factors[j].column[b]
			}
		}
		c.right[i] = right
	}
	if !solve(matrix, c.right, c.pivots[:rank]) {
		return false
	}
	for i, f := range c.factors {
		for a := range y {
			y[a] += f.column[a] * c.right[i]
		}
	}
	for a := range y {
		y[a] /= c.diagonal[a]
	}
	return true
}

// solve solves a linear system in place of its right side, and tells whether it is regular. It
// substitutes row by row, which for one right side is several times faster than lapack64.Getrs.
func solve(matrix blas64.General, right []float64, pivots []int) bool {
	if !lapack64.Getrf(matrix, pivots) {
		return false
	}
	for i, pivot := range pivots {
		right[i], right[pivot] = right[pivot], right[i]
	}
	row := func(i int) []float64 { return matrix.Data[i*matrix.Stride:][:len(right)] }
	for i := range right {
		right[i] -= floats.Dot(row(i)[:i], right[:i])
	}
	for i := len(right) - 1; i >= 0; i-- {
		right[i] = (right[i] - floats.Dot(row(i)[i+1:], right[i+1:])) / row(i)[i]
	}
	return true
}
