package law

import (
	"context"
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/normal"
	"balanced/bnn/theory"
)

// A Law is that of the potential of one neuron, by its first four cumulants. It is Gaussian where
// Skewness and Kurtosis are 0.
type Law struct {
	Mean, Variance float64
	Skewness       float64 // third cumulant over Variance^{3/2}
	Kurtosis       float64 // fourth cumulant over Variance², 0 for a Gaussian
}

// Predict returns the laws of one neuron of each population of a network of size n, at a time t ≥ 0
// (theory.md §22), from the theories of each of its cumulants:
//
//   - the mean, and the variance and the third cumulant within a population, by theory.FiniteSize;
//   - the fourth cumulant by theory.FourthCumulant;
//   - what two neurons have in common, c/n, by theory.SamplingNoise. The variance within a population
//     is that of neurons about their empirical mean; one neuron varies by c/n more.
//
// What is left out is of order 1/n in the distribution function. The corrections named in without are
// left out of the first; without theory.OwnInput the fourth cumulant is that of the jumps alone, which is
// of order 1/n, and counts as 0. Errors and cost are those of the three.
func Predict(ctx context.Context, network *bnn.Network, n int, t float64, without ...theory.Correction) ([]Law, error) {
	times := []float64{t}
	moments, err := theory.FiniteSize(ctx, network, n, times, without...)
	if err != nil {
		return nil, err
	}
	fourth, err := theory.FourthCumulant(ctx, network, n, times)
	if err != nil {
		return nil, err
	}
	pairs, err := Pairs(ctx, network, n, t, without...)
	if err != nil {
		return nil, err
	}
	laws := make([]Law, len(pairs))
	for a := range laws {
		within := moments.Variance[0][a]
		if !(within > 0) {
			return nil, &bnn.InputError{Path: fmt.Sprintf("populations[%d].variance", a), Value: fmt.Sprint(within), Allowed: "positive, at the time asked for"}
		}
		laws[a] = Law{Mean: moments.Mean[0][a], Variance: within + pairs[a]/float64(n),
			Skewness: moments.Third[0][a] / math.Pow(within, 1.5), Kurtosis: fourth[0][a] / (within * within)}
		for _, left := range without {
			switch left {
			case theory.OwnInput:
				laws[a].Kurtosis = 0
			case theory.Skewness:
				laws[a].Skewness = 0
			}
		}
	}
	return laws, nil
}

// Distribution is the probability of a potential of at most x, by the expansion of Edgeworth to first
// order in skewness and kurtosis,
//
//	Φ(u) − φ(u) ( γ/6 (u²−1) + δ/24 (u³−3u) ),   u = (x − mean)/√variance.
//
// Far out, where no expansion holds, it can be below 0 or above 1 by a little.
func (l Law) Distribution(x float64) float64 {
	u := (x - l.Mean) / math.Sqrt(l.Variance)
	return normal.Distribution(u) - normal.Density(u)*(l.Skewness/6*(u*u-1)+l.Kurtosis/24*u*(u*u-3))
}

// Density is the derivative of Distribution, φ(u) ( 1 + γ/6 He₃(u) + δ/24 He₄(u) )/√variance.
func (l Law) Density(x float64) float64 {
	sigma := math.Sqrt(l.Variance)
	u := (x - l.Mean) / sigma
	square := u * u
	return normal.Density(u) / sigma * (1 + l.Skewness/6*u*(square-3) + l.Kurtosis/24*(square*(square-6)+3))
}

// steps and reach are the grid of the distances, in standard deviations of the Gaussian. The
// trapezoidal rule is exact to some 1e-6 but for the kinks of the absolute value.
const (
	reach = 8.0
	steps = 3200
)

// Distances are those of a law from the Gaussian of a mean and a variance > 0, in units of its standard
// deviation: that of Wasserstein, W₁ = ∫ |F(z) − Φ(z)| dz, and that of Kolmogorov, max |F(z) − Φ(z)|, of
// which neither depends on what the law is like further out than 8 standard deviations. Precise to
// some 1e-5 of themselves and 1e-7.
func (l Law) Distances(mean, variance float64) (wasserstein, kolmogorov float64) {
	sigma := math.Sqrt(variance)
	for i := range steps + 1 {
		z := -reach + 2*reach*float64(i)/steps
		off := math.Abs(l.Distribution(mean+sigma*z) - normal.Distribution(z))
		wasserstein += off * 2 * reach / steps
		kolmogorov = max(kolmogorov, off)
	}
	return wasserstein, kolmogorov
}
