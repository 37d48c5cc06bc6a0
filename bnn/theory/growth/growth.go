// Package growth tells how the potentials of a network without balance depend on its size: those of a runaway
// grow like √n, and the depth of a silent network like log n (theory.md §20). It takes networks in which
// all targets hear the same, J_ab = w_b, without sources.
package growth

import (
	"fmt"
	"math"

	"balanced/bnn"
)

// common is w_b, times the size of population b.
func common(network *bnn.Network) ([]float64, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if len(network.Feedforward) > 0 {
		return nil, &bnn.InputError{Path: "feedforward", Value: fmt.Sprintf("%d sources", len(network.Feedforward)), Allowed: "none"}
	}
	weights := make([]float64, len(network.Populations))
	for b, population := range network.Populations {
		weights[b] = network.Weights[0][b] * population.Size
		for a := range network.Weights {
			if network.Weights[a][b] != network.Weights[0][b] {
				return nil, &bnn.InputError{Path: fmt.Sprintf("weights[%d][%d]", a, b), Value: fmt.Sprint(network.Weights[a][b]), Allowed: fmt.Sprintf("%g, that of the first target", network.Weights[0][b])}
			}
		}
	}
	return weights, nil
}

// drive is R(s) = Σ_b q_b w_b F_b(m_b + s, K_b) of a shift s of all potentials of the start.
func drive(network *bnn.Network, weights []float64, s float64) float64 {
	sum, variances := 0.0, network.Initial.Variances()
	for b, population := range network.Populations {
		sum += weights[b] * bnn.Expect(population.Rate, network.Initial.Mean[b]+s, variances[b]).Value
	}
	return sum
}

// Runaway gives the mean potential of each population at time t > 0 as √n·leading + next + O(n^{-1/2}), in a
// network that runs away from its start: rates saturate, and the start-up, in which the shift s obeys
// ds/dϑ = R(s) in the stretched time ϑ = √n t, leaves it ahead by D = ∫ (R − R(∞)) dϑ. The error is a
// *bnn.InputError: other networks than those of the package, thresholds that differ, a start that is projected or a drive
// that does not stay positive up to saturation.
func Runaway(network *bnn.Network, t float64) (leading, next []float64, err error) {
	weights, err := common(network)
	if err != nil {
		return nil, nil, err
	}
	if network.Initial.OnManifold {
		return nil, nil, &bnn.InputError{Path: "initial.project", Value: "true", Allowed: "false"}
	}
	saturated := 0.0
	for b, population := range network.Populations {
		if population.Spread != 0 {
			return nil, nil, &bnn.InputError{Path: fmt.Sprintf("populations[%d].spread", b), Value: fmt.Sprint(population.Spread), Allowed: "0"}
		}
		saturated += weights[b] * population.Rate.Bound()
	}
	// In s instead of ϑ: dϑ = ds/R, so that D = ∫_0^∞ (1 − R(∞)/R(s)) ds, by the midpoint rule.
	const width, farthest = 0.01, 60.0
	ahead := 0.0
	for s := width / 2; s < farthest; s += width {
		r := drive(network, weights, s)
		if !(r > 0) || !(saturated > 0) {
			return nil, nil, &bnn.InputError{Path: "weights", Value: fmt.Sprintf("a drive of %g at a shift of %g", r, s), Allowed: "such that it is positive up to saturation"}
		}
		ahead += (1 - saturated/r) * width
	}
	for a, population := range network.Populations {
		decay := math.Exp(-t / population.Tau)
		leading = append(leading, saturated*population.Tau*(1-decay))
		next = append(next, decay*(network.Initial.Mean[a]+ahead)+bnn.Response(population.External(), t, population.Tau))
	}
	return leading, next, nil
}

// Silence is the law of depth of a silent network whose populations have logistic rates of one slope β, the
// same time constant τ and no stimulus: far below the thresholds F_b ≈ λ̄_b e^{β(m−θ_b)+β²K/2}, and the fall ends where the
// leak balances the drive, |m|/τ = √n A e^{−β|m|+β²K/2} with A = −Σ_b q_b w_b λ̄_b e^{−βθ_b}.
type Silence struct{ Slope, Tau, Amplitude float64 }

// NewSilence reads β, τ and A from a network. The error is a *bnn.InputError.
func NewSilence(network *bnn.Network) (Silence, error) {
	weights, err := common(network)
	if err != nil {
		return Silence{}, err
	}
	s := Silence{Tau: network.Populations[0].Tau}
	for b, population := range network.Populations {
		path := fmt.Sprintf("populations[%d]", b)
		rate, logistic := population.Rate.(bnn.Logistic)
		if !logistic || b > 0 && rate.Slope != s.Slope {
			return Silence{}, &bnn.InputError{Path: path + ".rate", Value: fmt.Sprint(population.Rate), Allowed: "logistic, of one slope"}
		}
		if population.Tau != s.Tau {
			return Silence{}, &bnn.InputError{Path: path + ".tau", Value: fmt.Sprint(population.Tau), Allowed: fmt.Sprintf("%g, that of the first population", s.Tau)}
		}
		s.Slope = rate.Slope
		s.Amplitude -= weights[b] * rate.Max * math.Exp(-rate.Slope*rate.Threshold)
	}
	if !(s.Amplitude > 0) || !(s.Slope > 0) {
		return Silence{}, &bnn.InputError{Path: "weights", Value: fmt.Sprintf("A = %g", s.Amplitude), Allowed: "such that inhibition wins far below the thresholds, A > 0"}
	}
	return s, nil
}

// Defect is β|m| + log(|m|/τ) − β²K/2 − ½ log n − log A of a depth |m| > 0 and a variance: 0 by the law.
func (s Silence) Defect(n, depth, variance float64) float64 {
	return s.Slope*depth + math.Log(depth/s.Tau) - s.Slope*s.Slope*variance/2 - math.Log(n)/2 - math.Log(s.Amplitude)
}

// Depth is the |m| of no defect, for n and a variance such that it is positive: Newton's method from 1.
func (s Silence) Depth(n, variance float64) float64 {
	x := 1.0
	for range 60 {
		x = math.Max(x/2, x-s.Defect(n, x, variance)/(s.Slope+1/x))
	}
	return x
}
