package theory

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/coxprocess"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/numbers"
)

// SamplingNoiseAtStart returns the value of SamplingNoiseLimit right after a start from
// independent Gaussian potentials, in closed form: P rows of P columns (theory.md §5). With
// G = −U S⁻¹ W it is
//
//	G diag(V/q) Gᵀ + diag(K/q) + G diag(K F′/q) + diag(K F′/q) Gᵀ
//
// where V_b = Var λ_b(m_b + √K_b Z), over the thresholds too where they are spread: the network shifts along U until the rates that it
// samples balance again, and to that shift comes the sampling of the potentials
// themselves. Without any weight G is 0.
//
// Mean and variance describe the balanced state at time t, such as a row of Limit; the
// means are projected as Limit projects its start, so that a state of finite n serves
// as well. The formula holds for potentials that start independent and Gaussian, for
// any number of populations, sizes and rank; but all populations need the same τ, and
// another is an *InputError, and so is a shared source. A network without a stable balance is a
// *NotBalancedError.
//
// Later it is an approximation, for the variances then fluctuate too, which it holds fixed;
// SamplingNoise and SamplingNoiseLimit have no such restriction. Errors are below 1e-9 of the largest
// entry unless S is nearly singular; the cost is a few milliseconds.
func SamplingNoiseAtStart(ctx context.Context, network *bnn.Network, t float64, mean, variance []float64) ([][]float64, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if err := checkNoiseAtStart(network, t, mean, variance); err != nil {
		return nil, err
	}
	if err := checkPrivateNoise(network); err != nil {
		return nil, err
	}
	m, err := manifold.New(ctx, network)
	if err != nil {
		return nil, err
	}
	projected, err := project(ctx, m, t, mean, variance)
	if err != nil {
		return nil, err
	}
	p := len(projected)
	e := m.Expectations(projected, variance)
	shift, err := noiseShift(m, e)
	if err != nil {
		return nil, err
	}
	rates, cross := mat.NewDiagDense(p, nil), mat.NewDiagDense(p, nil)
	for b, population := range network.Populations {
		_, rateVariance := coxprocess.New(population.Rate, projected[b], variance[b]+population.Spread*population.Spread).Moments()
		rates.SetDiag(b, rateVariance/population.Size)
		cross.SetDiag(b, variance[b]*e[b].First/population.Size)
	}
	var ofRates, product, half mat.Dense
	product.Mul(shift, rates)
	ofRates.Mul(&product, shift.T())
	half.Mul(shift, cross)
	result := numbers.Table(p, p)
	for a, row := range result {
		for b := range row {
			row[b] = ofRates.At(a, b) + half.At(a, b) + half.At(b, a)
		}
		row[a] += variance[a] / network.Populations[a].Size
	}
	return result, nil
}

// noiseShift returns −U S⁻¹ W, how far the means move for a unit of rate.
func noiseShift(m *manifold.Manifold, e []bnn.Expectation) (*mat.Dense, error) {
	p := len(e)
	shift := mat.NewDense(p, p, nil)
	if m.Rank == 0 {
		return shift, nil
	}
	var coordinates mat.Dense
	if err := coordinates.Solve(m.Sensitivity(e), m.W); err != nil {
		return nil, fmt.Errorf("the fluctuations diverge, since S = W diag(F′) U is singular: %w", err)
	}
	shift.Mul(m.U, &coordinates)
	shift.Scale(-1, shift)
	return shift, nil
}

func checkNoiseAtStart(network *bnn.Network, t float64, mean, variance []float64) error {
	if !(t >= 0) || math.IsInf(t, 0) {
		return &bnn.InputError{Path: "t", Value: numbers.Text(t), Allowed: "a finite time ≥ 0"}
	}
	p := len(network.Populations)
	if err := bnn.AnyNumber.CheckAll("mean", mean, p); err != nil {
		return err
	}
	if err := bnn.NonNegativeNumber.CheckAll("variance", variance, p); err != nil {
		return err
	}
	tau := network.Populations[0].Tau
	for a, population := range network.Populations {
		if population.Tau != tau {
			return &bnn.InputError{Path: bnn.IndexPath("populations", a) + ".tau", Value: numbers.Text(population.Tau),
				Allowed: fmt.Sprintf("%v, as that of the first population: the fluctuations are known for equal time constants only", tau)}
		}
	}
	return nil
}
