package fastflow

import (
	"context"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// Displaced is a copy of a network that starts off its balanced manifold by s u: Gaussian, of the given variances, with the
// means that theory.Project has at time 0 for given ones, shifted by s in the direction u. If u is in the range of the weights, the
// network falls back to where it was shifted from. The errors are those of Project, and a *bnn.InputError for a direction
// without one component a population.
func Displaced(ctx context.Context, network *bnn.Network, mean, variance, u []float64, s float64) (*bnn.Network, error) {
	landed, err := theory.Project(ctx, network, 0, mean, variance)
	if err != nil {
		return nil, err
	}
	if len(u) != len(landed) {
		return nil, &bnn.InputError{Path: "u", Value: fmt.Sprint(u), Allowed: fmt.Sprintf("%d components", len(landed))}
	}
	displaced := network.Clone()
	displaced.Initial = bnn.Initial{Variance: variance}
	for a := range landed {
		displaced.Initial.Mean = append(displaced.Initial.Mean, landed[a]+s*u[a])
	}
	return displaced, nil
}

// Along is the s that brings a state nearest to another one by a shift of s u: u·(mean − from)/|u|², u ≠ 0. All have one component
// a population.
func Along(mean, from, u []float64) float64 {
	product, square := 0.0, 0.0
	for a := range u {
		product, square = product+u[a]*(mean[a]-from[a]), square+u[a]*u[a]
	}
	return product / square
}
