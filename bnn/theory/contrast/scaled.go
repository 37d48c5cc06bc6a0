package contrast

import (
	"fmt"
	"math"

	"balanced/bnn"
)

// Scaled returns the network whose weights at size n are J n^{−α}, those of its sources too: a copy
// with the weights J n^{1/2−α}, which simulations and equations of that size divide by √n. α is 1/2
// in the balanced model and 1 in the classical mean field; it is from 0, weights that no size makes
// smaller, to 1. What the exponent does to variances, rates and speeds is told by theory.md §23.
//
// A start that is projected lands at the same means as that of the network: a common factor of all
// weights moves no balance. The error is a *bnn.InputError.
func Scaled(network *bnn.Network, n int, alpha float64) (*bnn.Network, error) {
	if !(alpha >= 0 && alpha <= 1) {
		return nil, &bnn.InputError{Path: "alpha", Value: fmt.Sprint(alpha), Allowed: "from 0 to 1"}
	}
	if _, _, err := network.Counts(n); err != nil {
		return nil, err
	}
	factor, scaled := math.Pow(float64(n), 0.5-alpha), network.Clone()
	for _, row := range scaled.Weights {
		for b := range row {
			row[b] *= factor
		}
	}
	for _, source := range scaled.Feedforward {
		for a := range source.Weights {
			source.Weights[a] *= factor
		}
	}
	return scaled, scaled.Validate()
}
