package theory

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"balanced/bnn"
	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/numbers"
)

// SamplingNoise returns n Cov(m̂_a, m̂_b), where m̂_a is the mean potential over the
// neurons of population a in a network of size n: by time, P rows of P columns. Populations
// may be of any number, size, rank and τ. SamplingNoiseLimit is its limit as n grows, and
// SamplingNoiseAtStart a closed form of that limit, right after a start.
//
// The network samples its own rates with finitely many neurons, and moves until the rates
// that it samples balance. Of a potential with variance K, write
//
//	λ_b(v) = Σ_k a_bk He_k((v−m)/√K)/√k!,  A_bk = N_b^{-1/2} Σ_j He_k((v_j−m)/√K)/√k!
//
// with normalised Hermite polynomials. The modes A_bk are independent Gaussian processes of
// variance 1 that forget at rate k r_b, r_b = 1/τ_b + K_b′/(2K_b). With x_b and y_b, in units of
// n^{-1/2}, for what all neurons of a population have in common in their mean and variance,
// the fluctuation of its sampled rate is
//
//	ℓ_b = F_b′ x_b + F_b″ y_b/2 + q_b^{-1/2} Σ_{k≥1} a_bk A_bk
//
// and that of its mean potential x_a + (K_a/q_a)^{1/2} A_a1, where
//
//	x_a′ = −x_a/τ_a + √n Σ_b q_b J_ab ℓ_b,   y_a′ = −2y_a/τ_a + Σ_b q_b J_ab² ℓ_b.
//
// These are linear equations, whose covariance is followed in steps with constant
// coefficients, exactly in each, which keeps them right where they relax at rate √n (theory.md §27). The
// mean and variance are those of FiniteSize, and q_b is N_b/n. What is neglected is of
// relative order n^{-1/2}: that the modes feel the missing own input and are skew.
//
// Errors of the solution are below one part in 1000 for sigmoids whose width is at least a
// quarter of the standard deviation of the potentials. The cost is of order 10 ms a unit of
// time for two populations and grows like P for P, where the weights have a low rank, and like P³ otherwise, memory
// like P²; a *CostError refuses what this machine cannot do (SamplingNoiseCost). Spread thresholds, shared sources and starts
// that are mixtures are *InputErrors. The other errors are those of FiniteSize, and the cause of
// the context.
func SamplingNoise(ctx context.Context, network *bnn.Network, n int, times []float64) ([][][]float64, error) {
	if err := checkSamplingNoise(network, times); err != nil {
		return nil, err
	}
	finite, start, err := newFiniteEquations(ctx, network, n, times)
	if err != nil {
		return nil, err
	}
	return equations.NoiseAlong(ctx, finite.Manifold, math.Sqrt(float64(n)), times, func(times []float64) (*bnn.Trajectory, error) {
		return finite.Trajectory(ctx, times, start)
	})
}

// SamplingNoiseLimit returns what SamplingNoise tends to as n grows, slowly: like n^{-1/2}. Means
// and variances are those of Limit, whose errors it shares, and q_b is as in the network. It
// is found within a few parts in 10⁵, apart from the errors of SamplingNoise.
func SamplingNoiseLimit(ctx context.Context, network *bnn.Network, times []float64) ([][][]float64, error) {
	if err := checkSamplingNoise(network, times); err != nil {
		return nil, err
	}
	if err := checkLength(network, times[len(times)-1]); err != nil {
		return nil, err
	}
	m, err := manifold.New(ctx, network)
	if err != nil {
		return nil, err
	}
	return equations.NoiseAlong(ctx, m, noiseLimitRootN, times, func(times []float64) (*bnn.Trajectory, error) { return limitOn(ctx, m, times) })
}

// checkSamplingNoise refuses bad input, and what this machine cannot do.
func checkSamplingNoise(network *bnn.Network, times []float64) error {
	cost, err := SamplingNoiseCost(network, times)
	if err != nil {
		return err
	}
	if err := checkPrivateNoise(network); err != nil {
		return err
	}
	for a, population := range network.Populations {
		if population.Spread > 0 {
			return &bnn.InputError{Path: bnn.IndexPath("populations", a) + ".spread", Value: numbers.Text(population.Spread),
				Allowed: "0: the sampling noise is known of neurons that are alike (right after a start, SamplingNoiseAtStart knows it of others)"}
		}
	}
	if network.Initial.Components != nil {
		return &bnn.InputError{Path: "initial.components", Value: fmt.Sprintf("a list of %d", len(network.Initial.Components)),
			Allowed: "none: the sampling noise is known of Gaussian starts"}
	}
	return cost.Check(false)
}

// checkPrivateNoise refuses shared sources, whose noise is not that of sampling and larger.
func checkPrivateNoise(network *bnn.Network) error {
	for x, source := range network.Feedforward {
		if source.Shared {
			return &bnn.InputError{Path: bnn.IndexPath("feedforward", x) + ".shared", Value: strconv.FormatBool(true),
				Allowed: "false: n times the covariance of what a shared source makes all neurons do grows like √n, and is not sampling noise"}
		}
	}
	return nil
}

const noiseLimitRootN = 1e6 // is √n for the limit: the rest is a few parts in 10⁵
