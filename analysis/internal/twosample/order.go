package twosample

import "slices"

// LargestDifference is N M times the distance of Kolmogorov and Smirnov between two samples: the largest |i M − j N|, where i values of x and
// j of y are at some number or below.
func LargestDifference(x, y []float64) int {
	x, y = slices.Clone(x), slices.Clone(y)
	slices.Sort(x)
	slices.Sort(y)
	i, j, largest := 0, 0, 0
	for i < len(x) && j < len(y) {
		at := min(x[i], y[j])
		for i < len(x) && x[i] == at {
			i++
		}
		for j < len(y) && y[j] == at {
			j++
		}
		difference := i*len(y) - j*len(x)
		largest = max(largest, difference, -difference)
	}
	return largest
}

// PathsBeyond is the probability that |i m − j n| becomes as large as that on the way from
// (0, 0) to (n, m), all orders of the steps being as likely. It is computed backwards, from the
// probabilities to get there from (i, j), as sums of positive terms.
func PathsBeyond(largest, n, m int) float64 {
	row := make([]float64, m+1) // by j, for the i above, then for this one
	for i := n; i >= 0; i-- {
		for j := m; j >= 0; j-- {
			if difference := i*m - j*n; difference >= largest || -difference >= largest {
				row[j] = 1
				continue
			}
			left := float64(n - i + m - j)
			p := 0.0
			if i < n {
				p += float64(n-i) / left * row[j]
			}
			if j < m {
				p += float64(m-j) / left * row[j+1]
			}
			row[j] = p
		}
	}
	return row[0]
}
