package analysis

import (
	"math"
	"slices"

	"balanced/analysis/internal/check"

	"gonum.org/v1/gonum/stat/distuv"
)

// Wasserstein returns the distance W₁ between the law of a sample, 1/N at each of its 2
// or more values, and the normal law of the given mean and variance > 0: how far values
// have to be moved, on average, to turn one into the other. It has the unit of the
// values, and goes to 0 as N^{−1/2} for a sample of that law. It is exact:
//
//	W₁ = ∫_0^1 |F_N^{−1}(p) − F^{−1}(p)| dp = σ Σ_i ∫ |c_i − z| φ(z) dz,   Φ^{−1}((i−1)/N) < z < Φ^{−1}(i/N),
//
// with c_i = (x_(i) − mean)/σ, where c Φ(z) + φ(z) has the derivative (c − z) φ(z). The
// cost is O(N log N). The error is a *bnn.InputError.
func Wasserstein(sample []float64, mean, variance float64) (float64, error) {
	if err := check.Sample("sample", sample); err != nil {
		return 0, err
	}
	law, err := check.Normal(mean, variance)
	if err != nil {
		return 0, err
	}
	sorted := slices.Clone(sample)
	slices.Sort(sorted)
	unit, count, sum := distuv.UnitNormal, float64(len(sorted)), 0.0
	type point struct{ z, below, density float64 } // z, Φ(z) and φ(z)
	low := point{z: math.Inf(-1)}
	for i, x := range sorted {
		c, p := (x-mean)/law.Sigma, float64(i+1)/count
		high := point{z: unit.Quantile(p), below: p}
		high.density = unit.Prob(high.z)
		// signed is ∫ (c − z) φ(z) dz. Densities are 0 at infinity.
		signed := func(from, to point) float64 { return c*(to.below-from.below) + to.density - from.density }
		switch {
		case c <= low.z:
			sum -= signed(low, high)
		case c >= high.z:
			sum += signed(low, high)
		default:
			middle := point{c, unit.CDF(c), unit.Prob(c)}
			sum += signed(low, middle) - signed(middle, high)
		}
		low = high
	}
	distance := sum * law.Sigma
	return distance, check.Finite("distance", distance)
}
