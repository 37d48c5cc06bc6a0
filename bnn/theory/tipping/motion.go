package tipping

import (
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A Motion is the fast motion s′ = √n G(s) of a network whose means are shifted by s u, close to a
// state, with G = Σ_b q_b w_b F_b(m_b + s u_b, K_b).
type Motion struct {
	Force     float64 // G
	Kappa     float64 // κ = dG/ds
	Curvature float64 // d²G/ds²/2
	// Drift is the rate at which G moves by leak, stimulus and the variances, at fixed s.
	Drift float64
	// Sigma is n^{1/2} times the standard deviation of the imbalance that n neurons sample,
	// σ² = Σ_b q_b w_b² Var λ_b(m_b + s u_b + √K_b Z).
	Sigma float64
}

// At returns the motion at the time 0 of a network whose potentials have these variances, and these
// means shifted by s u, where u_1 = 1. Means and variances have one entry a population. The cost is a
// few expectations a population. The error is a *bnn.InputError: a number of entries, a variance that
// is not positive, weights of another rank, a feedforward source, or thresholds that differ.
func At(network *bnn.Network, mean, variance []float64, s float64) (Motion, error) {
	u, w, err := direction(network)
	if err != nil {
		return Motion{}, err
	}
	p := len(network.Populations)
	if len(mean) != p || len(variance) != p {
		return Motion{}, &bnn.InputError{Path: "mean and variance", Value: fmt.Sprintf("of %d and %d entries", len(mean), len(variance)), Allowed: fmt.Sprintf("of %d entries each", p)}
	}
	heard := make([]float64, p) // Σ_b q_b J_ab² F_b
	expected := make([]bnn.Expectation, p)
	for b, population := range network.Populations {
		if !(variance[b] > 0) {
			return Motion{}, &bnn.InputError{Path: fmt.Sprintf("variance[%d]", b), Value: fmt.Sprint(variance[b]), Allowed: "positive"}
		}
		expected[b] = population.Expectation(mean[b]+s*u[b], variance[b])
		for a := range heard {
			heard[a] += population.Size * network.Weights[a][b] * network.Weights[a][b] * expected[b].Value
		}
	}
	var motion Motion
	for b, population := range network.Populations {
		e, m, strength := expected[b], mean[b]+s*u[b], population.Size*w[b]
		motion.Force += strength * e.Value
		motion.Kappa += strength * u[b] * e.First
		motion.Curvature += strength * u[b] * u[b] * e.Second / 2
		slow := -m/population.Tau + population.External().At(0)
		spread := -2*variance[b]/population.Tau + population.Noise*population.Noise + heard[b]
		motion.Drift += strength * (e.First*slow + e.Second/2*spread)
		motion.Sigma += population.Size * w[b] * w[b] * rateVariance(population.Rate, m, variance[b])
	}
	motion.Sigma = math.Sqrt(motion.Sigma)
	return motion, nil
}

// rateVariance is that of λ(m + √K Z), by the trapezoid on ±9 standard deviations, which converges
// exponentially for smooth rates.
func rateVariance(rate bnn.Rate, mean, variance float64) float64 {
	const reach, points = 9.0, 720
	first, second, total := 0.0, 0.0, 0.0
	for i := range points + 1 {
		z := reach * (2*float64(i)/points - 1)
		weight, value := math.Exp(-z*z/2), rate.At(mean+math.Sqrt(variance)*z)
		first, second, total = first+weight*value, second+weight*value*value, total+weight
	}
	first, second = first/total, second/total
	return second - first*first
}

// direction takes weights of rank 1 apart: J_ab = u_a w_b with u_1 = 1.
func direction(network *bnn.Network) (u, w []float64, err error) {
	if len(network.Feedforward) > 0 {
		return nil, nil, &bnn.InputError{Path: "feedforward", Value: fmt.Sprintf("%d sources", len(network.Feedforward)), Allowed: "none"}
	}
	for a, population := range network.Populations {
		if population.Spread > 0 {
			return nil, nil, &bnn.InputError{Path: fmt.Sprintf("populations[%d].spread", a), Value: fmt.Sprint(population.Spread), Allowed: "0"}
		}
	}
	rank, err := theory.Rank(network)
	if err != nil {
		return nil, nil, err
	}
	w = network.Weights[0]
	strongest := 0
	for b := range w {
		if math.Abs(w[b]) > math.Abs(w[strongest]) {
			strongest = b
		}
	}
	if rank != 1 || w[strongest] == 0 {
		return nil, nil, &bnn.InputError{Path: "weights", Value: fmt.Sprintf("of rank %d", rank), Allowed: "of rank 1, with a population 0 that hears something"}
	}
	for _, row := range network.Weights {
		u = append(u, row[strongest]/w[strongest])
	}
	return u, w, nil
}
