package quadrature

import (
	"math"

	"balanced/bnn/internal/normal"
)

// A Function is bounded, and has kinks or jumps at finitely many places at most, of which Kinks
// may list some.
type Function struct {
	At    func(v float64) float64
	Bound float64 // no value is greater in size; errors are relative to it
	Kinks []float64
	Cubic bool // it is a polynomial of degree 3 at most between its kinks, all of which are told
}

// Derivatives returns E f(m + σZ) and its first three derivatives by m, Z being standard normal:
// for a deviation > 0 as σ^{−k} E f(m + σZ) He_k(Z), so that f need not be differentiable, to
// 1e-10 of the bound over σᵏ. Below deviations of 0.01 the derivatives are those at a deviation
// of 0.001 (first), 0.003 (second) and 0.01 (third), continued in the variance by a line.
func (f Function) Derivatives(mean, deviation float64) [4]float64 {
	e := [4]float64{f.At(mean)}
	if deviation > 0 {
		e = f.direct(mean, deviation)
	}
	for k := 1; k < len(e); k++ {
		// The derivative is a smooth function of the variance.
		if s := smoothing[k]; deviation < s {
			near, far := f.direct(mean, s)[k], f.direct(mean, math.Sqrt2*s)[k]
			e[k] = near + (deviation*deviation/(s*s)-1)*(far-near)
		}
	}
	return e
}

// smoothing is the least deviation at which the k-th derivative is taken directly: below it
// f(m + σZ) has too few digits that change.
var smoothing = [4]float64{0, 1e-3, 3e-3, 1e-2}

// reach is where the normal density is 1e-17.
const reach = 8.75

// direct returns them for a deviation > 0.
func (f Function) direct(mean, deviation float64) [4]float64 {
	center := f.At(mean) // taken off, since derivatives are of what is left
	e, smooth := [4]float64{}, false
	if len(f.Kinks) == 0 {
		e, smooth = f.trapezoid(mean, deviation, center)
	}
	if !smooth {
		e = f.piecewise(mean, deviation, center)
	}
	e[0] += center
	scale := 1.0
	for k := range e {
		e[k] *= scale
		scale /= deviation
	}
	return e
}

// hermiteLevel holds the nodes z > 0 that a halved step adds to a trapezoid rule, with
// φ(z) He_k(z) as weights of the two nodes ±z.
type hermiteLevel struct {
	step  float64
	nodes []hermiteNode
}

type hermiteNode struct{ z, even0, odd1, even2, odd3 float64 }

// hermiteLevels begin with the step 1 and end with 1/64.
var hermiteLevels = func() (levels []hermiteLevel) {
	for step := 1.; step >= 1./64; step /= 2 {
		level := hermiteLevel{step: step}
		for i := 1; float64(i)*step <= reach; i++ {
			if len(levels) > 0 && i%2 == 0 {
				continue // a node of a level before
			}
			z := float64(i) * step
			density := normal.Density(z)
			level.nodes = append(level.nodes, hermiteNode{z, density, density * z, density * (z*z - 1), density * (z*z - 3) * z})
		}
		levels = append(levels, level)
	}
	return levels
}()

// allowed is the error that may be made, relative to the bound.
const allowed = 1e-11

// trapezoid returns E (f − center) He_k for k = 0, …, 3 by the trapezoid rule, and whether it
// converged: the step is halved until what the next halving would change is small, as far as the
// last two changes tell. For an analytic f each is about the square of the one before
// (Trefethen and Weideman, SIAM Review 56, 2014), and the error far less than what is allowed.
func (f Function) trapezoid(mean, deviation, center float64) (e [4]float64, converged bool) {
	tolerance := allowed * f.Bound
	var sum, before [4]float64
	change := math.Inf(1)
	for i, level := range hermiteLevels {
		for _, node := range level.nodes {
			shift := deviation * node.z
			right, left := f.At(mean+shift)-center, f.At(mean-shift)-center
			sum[0] += node.even0 * (right + left)
			sum[1] += node.odd1 * (right - left)
			sum[2] += node.even2 * (right + left)
			sum[3] += node.odd3 * (right - left)
		}
		miss := 0.0
		for k := range e {
			e[k] = level.step * sum[k]
			miss = math.Max(miss, math.Abs(e[k]-before[k]))
		}
		if i > 1 && miss*miss <= tolerance*change {
			return e, true
		}
		before, change = e, miss
	}
	return e, false
}

// piecewise returns the same for a rate with kinks or jumps, by adaptive quadrature.
func (f Function) piecewise(mean, deviation, center float64) (e [4]float64) {
	places := []float64{0}
	for _, kink := range f.Kinks {
		places = append(places, (kink-mean)/deviation)
	}
	weigh := func(z float64, values []float64) {
		weighted := normal.Density(z) * (f.At(mean+deviation*z) - center)
		values[0], values[1], values[2], values[3] = weighted, weighted*z, weighted*(z*z-1), weighted*(z*z-3)*z
	}
	cuts := Pieces(-reach, reach, places)
	if f.Cubic {
		integratePieces(weigh, cuts, e[:])
		return e
	}
	Integrate(weigh, cuts, allowed*f.Bound, e[:])
	return e
}

// The rule of Gauss and Legendre with 6 nodes, on one side of 0.
var (
	legendreNodes   = [3]float64{0.238619186083196908630501721681, 0.661209386466264513661399595020, 0.932469514203152027812301554494}
	legendreWeights = [3]float64{0.467913934572691047389870343990, 0.360761573048138607569833513838, 0.171324492379170345040296142173}
)

// integratePieces adds the integrals of functions that are smooth over lengths of 1/2 between the
// cuts: of a normal density times polynomials of degree 6, to 1e-13.
func integratePieces(f func(x float64, values []float64), cuts, sums []float64) {
	const longest = 0.4
	values := make([]float64, len(sums))
	for i, from := range cuts[:len(cuts)-1] {
		parts := math.Ceil((cuts[i+1] - from) / longest)
		half := (cuts[i+1] - from) / parts / 2
		for part := range int(parts) {
			center := from + half*float64(2*part+1)
			for j, node := range legendreNodes {
				for _, side := range [2]float64{-1, 1} {
					f(center+side*half*node, values)
					for k, value := range values {
						sums[k] += half * legendreWeights[j] * value
					}
				}
			}
		}
	}
}
