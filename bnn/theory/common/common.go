// Package common is what a balanced network of full rank makes of noise that all of its neurons hear at
// once, from shared sources: how the rates follow it, so that counts covary, and how currents of both signs carry it, so that
// they cancel (theory.md §12 of package bnn, "What rates make of it").
//
//	covariance, err := common.Counts(network, 2.5) // n times that of the counts in a window
//	inputs, err := common.Inputs(network)          // by target population
//	inputs[0].Correlation(common.Excitatory, common.Inhibitory)
package common

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// Counts are n times the covariances of the mean numbers of spikes that neurons of the populations send in a window > 0, as n
// grows, P rows of P columns:
//
//	n Cov(N_a, N_b) → T Σ_x q_x ν_x (B⁻¹J_x)_a (B⁻¹J_x)_b   over the shared sources x,
//
// whatever the rates and the time constants are. Of two neurons of one population theory.CountCovariance tells
// what the sampling noise of the population takes away from it. The network is at rest. Weights that are not of full rank, and a
// window that is not positive, are a *bnn.InputError.
func Counts(network *bnn.Network, window float64) ([][]float64, error) {
	if err := bnn.PositiveNumber.Check("window", window); err != nil {
		return nil, err
	}
	gains, err := gains(network)
	if err != nil {
		return nil, err
	}
	covariance := make([][]float64, len(network.Populations))
	for a := range covariance {
		covariance[a] = make([]float64, len(covariance))
		for b := range covariance {
			for _, gain := range gains {
				covariance[a][b] += window * gain[a] * gain[b]
			}
		}
	}
	return covariance, nil
}

// balanced are the rates that balance, F = −B⁻¹b, with every drive at rest: linear in the drive, whatever the neurons are. Errors are
// those of Counts.
func balanced(network *bnn.Network) ([]float64, error) {
	drive := make([]float64, len(network.Populations))
	for _, source := range network.Feedforward {
		for a, weight := range source.Weights {
			drive[a] -= source.Size * weight * source.Rate.Rest()
		}
	}
	return solve(network, drive)
}

// gains are by shared source and population the amplitude of the white noise that √n times the rates follow it with, −B⁻¹J_x √(q_x ν_x).
func gains(network *bnn.Network) ([][]float64, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	var all [][]float64
	for _, source := range network.Feedforward {
		if !source.Shared {
			continue
		}
		noise := make([]float64, len(source.Weights))
		for a, weight := range source.Weights {
			noise[a] = -weight * amplitude(source)
		}
		gain, err := solve(network, noise)
		if err != nil {
			return nil, err
		}
		all = append(all, gain)
	}
	return all, nil
}

// amplitude is that of the noise of a source, √(q_x ν_x), for the weight 1.
func amplitude(source bnn.Source) float64 { return math.Sqrt(source.Size * source.Rate.Rest()) }

// solve returns B⁻¹x.
func solve(network *bnn.Network, x []float64) ([]float64, error) {
	p := len(network.Populations)
	matrix := mat.NewDense(p, p, nil)
	for a, row := range network.Weights {
		for b, weight := range row {
			matrix.Set(a, b, network.Populations[b].Size*weight)
		}
	}
	solution := mat.NewVecDense(p, nil)
	if err := solution.SolveVec(matrix, mat.NewVecDense(p, x)); err != nil {
		return nil, &bnn.InputError{Path: "weights", Value: fmt.Sprintf("of lower rank than %d, or nearly so", p), Allowed: "of full rank: the drive alone then decides the rates"}
	}
	return solution.RawVector().Data, nil
}
