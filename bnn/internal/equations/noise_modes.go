package equations

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/coxprocess"
)

// hermiteModes returns a_1, a_2, … of a rate: E λ(m+√K Z) He_k(Z)/√k!, by the trapezoid rule for
// a sigmoid, and on panels that resolve it for any other.
func hermiteModes(rate bnn.Rate, mean, variance float64) []float64 {
	switch rate.(type) {
	case bnn.Logistic, bnn.Probit, bnn.ConstantRate:
	default:
		return coxprocess.New(rate, mean, variance).Coefficients(NoiseModes)
	}
	modes, deviation := make([]float64, NoiseModes), math.Sqrt(variance)
	for i := range hermiteNodes {
		node := &hermiteNodes[i]
		weight := node.weight * rate.At(mean+deviation*node.z)
		for k, value := range node.values {
			modes[k] += weight * value
		}
	}
	return modes
}

// hermiteNodes are nodes of the trapezoid rule for a normal variable z, with the values of He_k(z)/√k!.
var hermiteNodes = func() []hermiteNode {
	const spacing, end = 0.05, 9.0
	nodes := make([]hermiteNode, int(2*end/spacing)+1)
	for i := range nodes {
		z := -end + spacing*float64(i)
		nodes[i] = hermiteNode{z: z, weight: spacing * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)}
		current, previous := 1.0, 0.0
		for k := range nodes[i].values {
			current, previous = (z*current-math.Sqrt(float64(k))*previous)/math.Sqrt(float64(k+1)), current
			nodes[i].values[k] = current
		}
	}
	return nodes
}()

type hermiteNode struct {
	z, weight float64
	values    [NoiseModes]float64
}
