package bnn

import (
	"math"

	"balanced/bnn/internal/normal"
	"balanced/bnn/internal/quadrature"
)

// A rateQuadrature integrates a rate of which only values are known against Hermite functions.
type rateQuadrature struct {
	rate  Rate
	kinks []float64
}

func quadratureOf(rate Rate) rateQuadrature {
	q := rateQuadrature{rate: rate}
	if kinked, is := rate.(KinkedRate); is {
		q.kinks = kinked.Kinks()
	}
	return q
}

// smoothing is the least deviation at which the k-th derivative is taken directly: below it
// λ(m + σZ) has too few digits that change.
var smoothing = [4]float64{0, 1e-3, 3e-3, 1e-2}

func (q rateQuadrature) expectation(mean, deviation float64) Expectation {
	e := [4]float64{q.rate.At(mean)}
	if deviation > 0 {
		e = q.derivatives(mean, deviation)
	}
	for k := 1; k < len(e); k++ {
		// The derivative is a smooth function of the variance, here continued by a line.
		if s := smoothing[k]; deviation < s {
			near, far := q.derivatives(mean, s)[k], q.derivatives(mean, math.Sqrt2*s)[k]
			e[k] = near + (deviation*deviation/(s*s)-1)*(far-near)
		}
	}
	return Expectation{math.Min(math.Max(e[0], 0), q.rate.Bound()), e[1], e[2], e[3]}
}

// derivatives returns F and its derivatives by the mean, for a deviation > 0.
func (q rateQuadrature) derivatives(mean, deviation float64) [4]float64 {
	center := q.rate.At(mean) // taken off, since derivatives are of what is left
	e, smooth := [4]float64{}, false
	if len(q.kinks) == 0 {
		e, smooth = q.trapezoid(mean, deviation, center)
	}
	if !smooth {
		e = q.piecewise(mean, deviation, center)
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

// hermiteLevels begin with the step 1/2 and end with 1/64.
var hermiteLevels = func() (levels []hermiteLevel) {
	for step := 0.5; step >= 1./64; step /= 2 {
		level := hermiteLevel{step: step}
		for i := 1; float64(i)*step <= gaussianReach; i++ {
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

// smoothEnough is by how much, relative to the bound, the trapezoid may still change when its
// step is halved. The rule converges exponentially for an analytic λ (Trefethen and Weideman,
// SIAM Review 56, 2014), so that its error is then about the square of that.
const smoothEnough = 1e-10

// trapezoid returns E (λ − center) He_k for k = 0, …, 3 by the trapezoid rule, and whether it
// converged.
func (q rateQuadrature) trapezoid(mean, deviation, center float64) (e [4]float64, converged bool) {
	tolerance := smoothEnough * q.rate.Bound()
	var sum, before [4]float64
	for i, level := range hermiteLevels {
		for _, node := range level.nodes {
			shift := deviation * node.z
			right, left := q.rate.At(mean+shift)-center, q.rate.At(mean-shift)-center
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
		if i > 0 && miss <= tolerance {
			return e, true
		}
		before = e
	}
	return e, false
}

// piecewise returns the same for a rate with kinks or jumps, by adaptive quadrature.
func (q rateQuadrature) piecewise(mean, deviation, center float64) (e [4]float64) {
	places := []float64{0}
	for _, kink := range q.kinks {
		places = append(places, (kink-mean)/deviation)
	}
	f := func(z float64, values []float64) {
		weighted := normal.Density(z) * (q.rate.At(mean+deviation*z) - center)
		values[0], values[1], values[2], values[3] = weighted, weighted*z, weighted*(z*z-1), weighted*(z*z-3)*z
	}
	quadrature.Integrate(f, quadrature.Pieces(-gaussianReach, gaussianReach, places), smoothEnough*q.rate.Bound(), e[:])
	return e
}
