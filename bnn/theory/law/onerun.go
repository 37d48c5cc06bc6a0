package law

import (
	"context"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/normal"
	"balanced/bnn/theory"
)

// OneRun predicts how far one run is from a Gaussian, on average (theory.md §22): n^{1/2} E W₁(μ̂, μ) for the law μ̂ of
// the N_a potentials of each population a in a single replica of size n, and the Gaussian μ of the given means
// and variances > 0, one a population. In the unit of the potentials it is
//
//	∫ E|G(x)| dx,   G Gaussian with mean n^{1/2} (F_n − F)(x) and variance n Var F̂(x),
//
// since the empirical distribution function F̂ is an average over neurons. F_n is the Law of one neuron at
// the time t, and the variance that of theory.ObservableCovariance for the function 1{v ≤ x}, of the
// network at rest: its pairs, and F_n (1 − F_n)/q_a of one neuron with itself.
//
// The integral is taken in steps of a quarter of a standard deviation over ±4, right to 1e-3. The cost is 33 covariances,
// a seventh of a second for two populations. Errors are those of Predict and of ObservableCovariance.
func OneRun(ctx context.Context, network *bnn.Network, n int, t float64, mean, variance []float64) ([]float64, error) {
	const step, far = 0.25, 4.0
	laws, err := Predict(ctx, network, n, t)
	if err != nil {
		return nil, err
	}
	sized, err := network.AtSize(n)
	if err != nil {
		return nil, err
	}
	var levels []float64
	for z := -far; z <= far; z += step {
		levels = append(levels, z)
	}
	distances := make([]float64, len(laws))
	for a, law := range laws {
		sigma := math.Sqrt(variance[a])
		var below []func(v float64) float64
		for _, z := range levels {
			x := mean[a] + z*sigma
			below = append(below, func(v float64) float64 {
				if v <= x {
					return 1
				}
				return 0
			})
		}
		covariances, err := theory.ObservableCovarianceEach(ctx, network, n, below, []float64{0})
		if err != nil {
			return nil, err
		}
		for i, z := range levels {
			x := mean[a] + z*sigma
			share := min(max(law.Distribution(x), 0), 1)
			spread := math.Sqrt(max(covariances[i].Pairs[0][a][a]+share*(1-share)/sized.Populations[a].Size, 0))
			bias := math.Sqrt(float64(n)) * (law.Distribution(x) - normal.Distribution(z))
			distances[a] += step * sigma * absolute(bias, spread)
		}
	}
	return distances, nil
}

// absolute is E|G| of a Gaussian.
func absolute(mean, deviation float64) float64 {
	if deviation == 0 {
		return math.Abs(mean)
	}
	u := mean / deviation
	return 2*deviation*normal.Density(u) + mean*math.Erf(u/math.Sqrt2)
}
