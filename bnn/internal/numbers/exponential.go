package numbers

// MeanExponential returns (e^w − 1)/w, the mean of e^{ws} over 0 ≤ s ≤ 1, by its
// power series, for |w| ≤ 1: there the quotient itself would lose digits.
func MeanExponential(w complex128) complex128 {
	sum := complex(1, 0)
	for k := 20; k > 1; k-- {
		sum = 1 + sum*w/complex(float64(k), 0)
	}
	return sum
}
