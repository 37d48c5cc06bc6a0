package bnn

import (
	"math"

	"balanced/bnn/internal/normal"
)

// A gaussianRule is a trapezoid rule for a standard normal variate Z: nodes at all
// multiples of its step as far as ±gaussianReach.
type gaussianRule struct {
	step    float64
	weights []float64 // of the nodes 0, ±1, ±2, … steps: step·density, normalised so that constants are integrated exactly
}

// gaussianReach is where the normal density is 1e-17.
const gaussianReach = 8.75

// gaussianRules have steps that halve from each to the next. The i-th is for the logistic
// of a variate of deviation up to 2·2ⁱ, see Logistic.Expectation.
var gaussianRules = [...]gaussianRule{newGaussianRule(1. / 4), newGaussianRule(1. / 8), newGaussianRule(1. / 16), newGaussianRule(1. / 32)}

func newGaussianRule(step float64) gaussianRule {
	nodes := int(gaussianReach / step)
	both := trapezoidWeights(nodes, step, normal.Density)
	return gaussianRule{step: step, weights: both[nodes:]}
}

// logistic returns the expectations of the standard logistic of x = center + deviation·Z
// and of its derivatives. The logistic needs exp(−x) alone, and from a node to the next
// that changes by a factor: products of up to 280 factors, of few where the weight is large,
// are off by less than 1e-13.
func (g gaussianRule) logistic(center, deviation float64) Expectation {
	const overflow = 700
	if math.Abs(center)+gaussianReach*deviation > overflow {
		return g.plainLogistic(center, deviation)
	}
	factor := math.Exp(-g.step * deviation)
	inverse := 1 / factor
	right := math.Exp(-center) // exp(−x) of the nodes above 0
	left := right              // and below
	// The node 0 is counted on both sides here.
	weight := g.weights[0] / 2
	var value, first, second, third float64
	for i := 0; ; {
		p := 1 / (1 + right)
		q := right * p
		pq := weight * p * q
		value += weight * p
		first += pq
		second += pq * (q - p)
		third += pq * (1 - 6*p*q)

		p = 1 / (1 + left)
		q = left * p
		pq = weight * p * q
		value += weight * p
		first += pq
		second += pq * (q - p)
		third += pq * (1 - 6*p*q)

		if i++; i == len(g.weights) {
			return Expectation{value, first, second, third}
		}
		weight = g.weights[i]
		right *= factor
		left *= inverse
	}
}

// plainLogistic is the same, node by node: for potentials so far out that exp(−x)
// overflows, and what the tests compare with.
func (g gaussianRule) plainLogistic(center, deviation float64) Expectation {
	var e Expectation
	e.add(g.weights[0], standardLogistic(center))
	for i, weight := range g.weights[1:] {
		node := deviation * g.step * float64(i+1)
		e.add(weight, standardLogistic(center+node))
		e.add(weight, standardLogistic(center-node))
	}
	return e
}
