// Package normal is the standard normal law, as rates and spike statistics need it.
package normal

import "math"

// Density is φ(x), the standard normal density.
func Density(x float64) float64 {
	return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi)
}

// Distribution is Φ(x), the standard normal distribution function, accurate in both tails.
func Distribution(x float64) float64 {
	return math.Erfc(-x/math.Sqrt2) / 2
}

// DensityDerivatives returns φ(x), φ′(x) and φ″(x). Far out, where φ
// underflows, all are zero: the product x²φ would be Inf·0 there.
func DensityDerivatives(x float64) (value, first, second float64) {
	if math.Abs(x) > 40 {
		return 0, 0, 0
	}
	density := Density(x)
	return density, -x * density, (x*x - 1) * density
}
