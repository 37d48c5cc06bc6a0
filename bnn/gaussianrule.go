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

// gaussianRules are for the logistic of variates of deviations up to 1/2 over the step, see Logistic.Expectation.
var gaussianRules = func() (rules []gaussianRule) {
	for _, inverse := range []float64{2, 3, 4, 6, 8, 12, 16, 24, 32} {
		rules = append(rules, newGaussianRule(1/inverse))
	}
	return rules
}()

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
	weight := g.weights[0] / 2 // the node 0 is on both sides
	var s logisticSums
	for i := 0; ; {
		s = s.with(weight, right).with(weight, left)
		if i++; i == len(g.weights) {
			return Expectation{s.p, s.pq, s.pq - 2*s.ppq, s.pq - 6*s.ppqq}
		}
		weight = g.weights[i]
		right *= factor
		left *= inverse
	}
}

// logisticSums are over nodes, of p = 1/(1 + exp(−x)), q = 1 − p: derivatives of p are pq, pq(1 − 2p) and pq(1 − 6pq).
type logisticSums struct{ p, pq, ppq, ppqq float64 }

// with adds a node with its weight and exp(−x).
func (s logisticSums) with(weight, small float64) logisticSums {
	p := 1 / (1 + small)
	q, one := small*p, weight*p
	two := one * q
	three := two * p
	return logisticSums{s.p + one, s.pq + two, s.ppq + three, s.ppqq + three*q}
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
