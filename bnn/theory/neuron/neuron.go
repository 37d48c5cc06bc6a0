package neuron

import (
	"fmt"
	"math"
	"slices"

	"balanced/bnn"

	"gonum.org/v1/gonum/mat"
)

// cells of the potential are taken, within ±reach standard deviations.
const (
	cells = 240
	reach = 6.0
)

// A Neuron is one neuron of a population in a stationary state. Its potential is the diffusion
//
//	dv = (−v/τ_a + μ − n^{-1/2} J_aa λ_a(v)) dt + σ dB,   σ² = D_a² + Σ_b q_b J_ab² Λ_b + Σ_x q_x J_ax² ν_x,
//
// with the μ that gives it the mean of the finite-n equations: the balance of all others leaves a
// neuron without its own input, which depends on its potential. Its train to one target is a Poisson
// process of intensity λ_a(v).
type Neuron struct {
	rate                 float64
	covariance, interval []exponential
}

// An exponential is a term weight·e^{−rate·s}.
type exponential struct{ weight, rate float64 }

// New returns a neuron of a population, counted from 0, of a network of size n, whose moments, a
// single row, are those of a state at rest: of theory.FiniteSize at a late time. Rates may be any
// that are resolved by cells of a twentieth of a standard deviation.
//
// The stationary law and the spectrum of the generator are found on a grid, on which the generator is
// symmetric and tridiagonal: an eigenvalue problem of 240 unknowns, twice, some 50 ms.
//
// The error is a *bnn.InputError: a population that is not there, moments of several times, a
// variance that is not positive, thresholds that differ or a source that is heard at once, for which
// this is not the theory, or a neuron that never fires.
func New(network *bnn.Network, n int, state *bnn.Moments, population int) (*Neuron, error) {
	sized, err := network.AtSize(n)
	if err != nil {
		return nil, err
	}
	if population < 0 || population >= len(sized.Populations) {
		return nil, &bnn.InputError{Path: "population", Value: fmt.Sprint(population), Allowed: fmt.Sprintf("from 0 to %d", len(sized.Populations)-1)}
	}
	if len(state.Times) != 1 || len(state.Populations) != len(sized.Populations) {
		return nil, &bnn.InputError{Path: "state", Value: fmt.Sprintf("of %d times and %d populations", len(state.Times), len(state.Populations)), Allowed: "of one time and the populations of the network"}
	}
	path := fmt.Sprintf("populations[%d]", population)
	own := sized.Populations[population]
	if own.Spread > 0 {
		return nil, &bnn.InputError{Path: path + ".spread", Value: fmt.Sprint(own.Spread), Allowed: "0"}
	}
	mean, variance := state.Mean[0][population], state.Variance[0][population]
	if !(variance > 0) {
		return nil, &bnn.InputError{Path: path + ".variance", Value: fmt.Sprint(variance), Allowed: "positive"}
	}
	noise := own.Noise * own.Noise
	for b, weight := range sized.Weights[population] {
		noise += sized.Populations[b].Size * weight * weight * state.Rate[0][b]
	}
	for x, source := range sized.Feedforward {
		if source.Shared {
			return nil, &bnn.InputError{Path: fmt.Sprintf("feedforward[%d].shared", x), Value: "true", Allowed: "false"}
		}
		noise += source.Size * source.Weights[population] * source.Weights[population] * source.Rate.At(state.Times[0])
	}
	if !(noise > 0) {
		return nil, &bnn.InputError{Path: path, Value: "a neuron that hears no noise", Allowed: "one that does"}
	}
	missed := sized.Weights[population][population] / math.Sqrt(float64(n))
	drift := func(v float64) float64 {
		return -(v-mean)/own.Tau + missed*(state.Rate[0][population]-own.Rate.At(v))
	}
	return solve(own.Rate, drift, noise, mean, math.Sqrt(variance), path)
}

// solve finds the law and the spectra of a diffusion of a drift and a noise intensity.
func solve(rate bnn.Rate, drift func(v float64) float64, noise, mean, deviation float64, path string) (*Neuron, error) {
	width := 2 * reach * deviation / cells
	var root, intensity [cells]float64 // the root of the stationary law, and λ
	// log p rises by 2/σ² times the drift, here between the middles of cells, by Simpson's rule.
	height, total := 0.0, 0.0
	for i := range cells {
		v := mean + (float64(i)+0.5-cells/2)*width
		if i > 0 {
			height += width / 6 * (drift(v-width) + 4*drift(v-width/2) + drift(v)) / noise
		}
		root[i], intensity[i] = height, rate.At(v)
	}
	highest := slices.Max(root[:])
	for i := range cells {
		root[i] = math.Exp(root[i] - highest)
		total += root[i] * root[i]
	}
	one := &Neuron{}
	for i := range cells {
		root[i] /= math.Sqrt(total)
		one.rate += root[i] * root[i] * intensity[i]
	}
	if !(one.rate > 0) {
		return nil, &bnn.InputError{Path: path, Value: "a neuron that never fires", Allowed: "one that does"}
	}
	spectrum := func(stops float64) (sum []exponential, err error) {
		generator := mat.NewSymDense(cells, nil)
		hop := noise / (2 * width * width)
		for i := range cells {
			leave := stops * intensity[i]
			if i > 0 {
				leave += hop * root[i-1] / root[i]
			}
			if i+1 < cells {
				leave += hop * root[i+1] / root[i]
				generator.SetSym(i, i+1, -hop)
			}
			generator.SetSym(i, i, leave)
		}
		var eigen mat.EigenSym
		if !eigen.Factorize(generator, true) {
			return nil, fmt.Errorf("%s: the spectrum of its generator was not found", path)
		}
		var vectors mat.Dense
		eigen.VectorsTo(&vectors)
		for j, decay := range eigen.Values(nil) {
			component := 0.0
			for i := range cells {
				component += root[i] * intensity[i] * vectors.At(i, j)
			}
			sum = append(sum, exponential{component * component, decay})
		}
		return sum, nil
	}
	whole, err := spectrum(0)
	if err != nil {
		return nil, err
	}
	one.covariance = whole[1:] // without the eigenvalue 0, whose weight is F²
	one.interval, err = spectrum(1)
	return one, err
}
