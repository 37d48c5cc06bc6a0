package theory

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/coxprocess"
	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/numbers"
)

// A CrossSpectrum holds, by frequency, P rows of P columns of n S_ab(ω), where
// S_ab(ω) = ∫ Cov(x_a(t+s), x_b(t)) e^{−iωs} ds: two-sided, with angular frequencies per
// synaptic time constant. Each matrix is Hermitian.
type CrossSpectrum struct {
	Omega []float64
	Mean  [][][]complex128 // of the mean potentials of the populations
	Rate  [][][]complex128 // of the population rates, (1/N_a) Σ_j λ_a(v_j)
}

// Spectrum returns the spectra of the fluctuations of a network of size n in the stationary
// state that the finite-n equations reach from its start with all stimuli at rest, by linear
// noise theory (theory.md §5 and §15). The equations of SamplingNoise in frequency, with
// D₁ = diag(1/(iω+1/τ)), D₂ = diag(1/(iω+2/τ)) and a_bk = E λ_b He_k/√k!, are
//
//	T = (1 − √n diag(F′) D₁ B − ½ diag(F″) D₂ Q)⁻¹,   H = √n D₁ B T
//	n S_rate = T Σ_η T*,   n S_mean = H Σ_η H* + H Σ_ηζ + Σ_ηζ H* + Σ_ζ
//
// where the diagonal Σ are the spectra of the sampled rates, (1/q) Σ_k a_k² 2k r/(ω²+k²r²) with
// r = 1/τ, and of the sampled potentials: (K/q) and (a_1 √K/q), times 2r/(ω²+r²). What is
// neglected is of relative order n^{-1/2}: at n = 400 some per cent.
//
// Spread thresholds and shared sources are *InputErrors. That the network comes to no rest
// within 200 time constants, or rests in an unstable state, is an error that says so; the others are those of FiniteSize.
// The cost is that of FiniteSize to that time, and of order P³ a frequency.
func Spectrum(ctx context.Context, network *bnn.Network, n int, omega []float64) (*CrossSpectrum, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if len(omega) == 0 {
		return nil, &bnn.InputError{Path: "omega", Value: "none", Allowed: "at least one frequency"}
	}
	for i, w := range omega {
		if err := bnn.AnyNumber.Check(bnn.IndexPath("omega", i), w); err != nil {
			return nil, err
		}
	}
	if err := checkPrivateNoise(network); err != nil {
		return nil, err
	}
	for a, population := range network.Populations {
		if population.Spread > 0 {
			return nil, &bnn.InputError{Path: bnn.IndexPath("populations", a) + ".spread", Value: numbers.Text(population.Spread),
				Allowed: "0: spectra are known of neurons that are alike"}
		}
	}
	mean, variance, third, err := restingMoments(ctx, network.AtRest(), n)
	if err != nil {
		return nil, err
	}
	sized, err := network.AtSize(n)
	if err != nil {
		return nil, err
	}
	m, err := manifold.New(ctx, sized)
	if err != nil {
		return nil, err
	}
	jacobian := equations.NewFiniteAtRest(m, math.Sqrt(float64(n))).ExactJacobian(slices.Concat(mean, variance, third))
	leading, err := linear.Patiently(ctx, len(mean), func() complex128 { return linear.LeadingEigenvalue(jacobian) })
	if err != nil {
		return nil, err
	}
	if !(real(leading) < 0) {
		return nil, fmt.Errorf("there is no stable state: the one at which the finite-n equations rest is left at the rate %g", real(leading))
	}
	noise, err := newSpectralNoise(m, math.Sqrt(float64(n)), mean, variance)
	if err != nil {
		return nil, err
	}
	result := &CrossSpectrum{Omega: omega}
	for _, w := range omega {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		means, rates, ok := noise.at(w)
		if !ok {
			return nil, fmt.Errorf("the spectrum at the angular frequency %g is not finite: the state is not stable there", w)
		}
		result.Mean, result.Rate = append(result.Mean, means), append(result.Rate, rates)
	}
	return result, nil
}

// restingMoments are the means, variances and third cumulants at which the finite-n equations come to rest.
func restingMoments(ctx context.Context, network *bnn.Network, n int) (mean, variance, third []float64, err error) {
	const constants, still = 200, 1e-7
	longest := 0.0
	for _, population := range network.Populations {
		longest = math.Max(longest, population.Tau)
	}
	end := constants * longest
	trajectory, err := FiniteSize(ctx, network, n, []float64{0.9 * end, end})
	if err != nil {
		return nil, nil, nil, err
	}
	for a := range network.Populations {
		for _, table := range [][][]float64{trajectory.Mean, trajectory.Variance} {
			if math.Abs(table[1][a]-table[0][a]) > still*(1+math.Abs(table[1][a])) {
				return nil, nil, nil, errors.New("there is no stable state: the finite-n equations come to no rest within " + numbers.Text(end))
			}
		}
	}
	return trajectory.Mean[1], trajectory.Variance[1], trajectory.Third[1], nil
}

// spectralNoise is the linear noise theory around a state.
type spectralNoise struct {
	*manifold.Manifold
	rootN    float64
	variance []float64
	e        []bnn.Expectation
	first    []float64 // a_1 of each population
	modes    [][]coxprocess.Mode
}

func newSpectralNoise(m *manifold.Manifold, rootN float64, mean, variance []float64) (*spectralNoise, error) {
	s := &spectralNoise{Manifold: m, rootN: rootN, variance: variance, e: m.Expectations(mean, variance)}
	for a, population := range m.Network.Populations {
		modes, err := coxprocess.New(population.Rate, mean[a], variance[a]).Modes()
		if err != nil {
			return nil, err
		}
		// By Stein's identity.
		s.modes, s.first = append(s.modes, modes), append(s.first, math.Sqrt(variance[a])*s.e[a].First)
	}
	return s, nil
}

// at returns n S of the means and rates; not ok where T is singular.
func (s *spectralNoise) at(omega float64) (means, rates [][]complex128, ok bool) {
	p := len(s.e)
	left, right := square(p), square(p)
	hears := square(p) // √n D₁ B
	eta, zeta, both := make([]complex128, p), make([]complex128, p), make([]complex128, p)
	for a, population := range s.Network.Populations {
		r := 1 / population.Tau
		for b := range p {
			hears[a][b] = complex(s.rootN*s.B.At(a, b), 0) / complex(r, omega)
			left[a][b] = -complex(s.e[a].First, 0)*hears[a][b] - complex(s.e[a].Second/2*s.Squares.At(a, b), 0)/complex(2*r, omega)
		}
		left[a][a]++
		right[a][a] = 1
		sum := 0.0
		for _, mode := range s.modes[a] {
			decay := mode.Decay * r
			sum += mode.Variance * 2 * decay / (omega*omega + decay*decay)
		}
		shape := 2 * r / (omega*omega + r*r) / population.Size
		eta[a] = complex(sum/population.Size, 0)
		zeta[a] = complex(s.variance[a]*shape, 0)
		both[a] = complex(s.first[a]*math.Sqrt(s.variance[a])*shape, 0)
	}
	if !eliminate(left, right) {
		return nil, nil, false
	}
	means, rates = square(p), square(p)
	h := square(p)
	for a := range p {
		for b := range p {
			for c := range p {
				h[a][b] += hears[a][c] * right[c][b]
			}
		}
	}
	for a := range p {
		for b := range p {
			for c := range p {
				rates[a][b] += right[a][c] * eta[c] * conjugate(right[b][c])
				means[a][b] += h[a][c] * eta[c] * conjugate(h[b][c])
			}
			means[a][b] += h[a][b]*both[b] + both[a]*conjugate(h[b][a])
		}
		means[a][a] += zeta[a]
	}
	return means, rates, true
}

func square(p int) [][]complex128 {
	rows := make([][]complex128, p)
	for a := range rows {
		rows[a] = make([]complex128, p)
	}
	return rows
}

func conjugate(z complex128) complex128 { return complex(real(z), -imag(z)) }

// eliminate replaces right by left⁻¹ right, by Gauss and Jordan's elimination with pivots.
func eliminate(left, right [][]complex128) bool {
	size := func(z complex128) float64 { return math.Hypot(real(z), imag(z)) }
	for c := range left {
		pivot := c
		for r := c + 1; r < len(left); r++ {
			if size(left[r][c]) > size(left[pivot][c]) {
				pivot = r
			}
		}
		left[c], left[pivot] = left[pivot], left[c]
		right[c], right[pivot] = right[pivot], right[c]
		if !(size(left[c][c]) > 0) {
			return false
		}
		factor := 1 / left[c][c]
		for k := range left {
			left[c][k] *= factor
			right[c][k] *= factor
		}
		for r := range left {
			if r == c {
				continue
			}
			factor := left[r][c]
			for k := range left {
				left[r][k] -= factor * left[c][k]
				right[r][k] -= factor * right[c][k]
			}
		}
	}
	return true
}
