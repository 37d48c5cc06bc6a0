// Package numbers is what the rooms of the model do with plain numbers: whether they are
// finite, how they are written, and tables of them.
package numbers

import (
	"math"
	"strconv"
)

// Finite tells whether no value is NaN or infinite.
func Finite(values ...float64) bool {
	for _, x := range values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// Text writes a number so that reading it gives the same number again.
func Text(value float64) string {
	return strconv.FormatFloat(value, 'g', -1, 64)
}

// Table returns zeros, rows of columns, in one block of memory.
func Table(rows, columns int) [][]float64 {
	cells := make([]float64, rows*columns)
	table := make([][]float64, rows)
	for i := range table {
		table[i] = cells[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return table
}
