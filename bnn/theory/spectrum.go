package theory

import (
	"context"
	"fmt"

	"balanced/bnn"
)

// A CrossSpectrum holds, by frequency, P rows of P columns of n S_ab(ω), where
// S_ab(ω) = ∫ Cov(x_a(t+s), x_b(t)) e^{−iωs} ds: two-sided, with angular frequencies per
// synaptic time constant. Each matrix is Hermitian.
type CrossSpectrum struct {
	Populations []string
	Omega       []float64
	Mean        [][][]complex128 // of the mean potentials of the populations
	Rate        [][][]complex128 // of the population rates, (1/N_a) Σ_j λ_a(v_j − δ_j)
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
// r = 1/τ, and of the sampled potentials: (K/q) and (a_1 √K/q), times 2r/(ω²+r²). The common
// noise of shared sources enters like an input. With spread thresholds a_k² is averaged over
// them, and what differs from neuron to neuron for good has no spectrum. What is neglected is of
// relative order n^{-1/2}: at n = 400 some per cent.
//
// A network that comes to no stable state is an *UnstableError; other errors are those of
// FiniteSize. The cost is that of the finite-n equations to 20 time constants with few digits, and
// of order P³ a frequency: 100 of them take 5 ms for two populations, and 2, 3, 10 and 30 times as
// long for 4, 8, 16 and 32.
func Spectrum(ctx context.Context, network *bnn.Network, n int, omega []float64) (*CrossSpectrum, error) {
	if _, err := network.AtSize(n); err != nil {
		return nil, err
	}
	return spectrum(ctx, network, n, omega)
}

// SpectrumLimit returns what n times the spectra come to as n grows, at the stationary state that
// the limit reaches. Errors are those of Spectrum and Limit.
func SpectrumLimit(ctx context.Context, network *bnn.Network, omega []float64) (*CrossSpectrum, error) {
	return spectrum(ctx, network, 0, omega)
}

func spectrum(ctx context.Context, network *bnn.Network, n int, omega []float64) (*CrossSpectrum, error) {
	if err := checkList("omega", omega); err != nil {
		return nil, err
	}
	state, err := fluctuationsAt(ctx, network, n)
	if err != nil {
		return nil, err
	}
	result := &CrossSpectrum{Populations: network.PopulationNames(), Omega: omega}
	for _, w := range omega {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		means, rates, ok := state.Spectra(w)
		if !ok {
			return nil, &UnstableError{fmt.Sprintf("the response at the angular frequency %g is not finite", w)}
		}
		result.Mean, result.Rate = append(result.Mean, means), append(result.Rate, rates)
	}
	return result, nil
}

// checkList refuses a list of frequencies or lags that is empty or has no numbers in it.
func checkList(path string, values []float64) error {
	if len(values) == 0 {
		return &bnn.InputError{Path: path, Value: "none", Allowed: "at least one number"}
	}
	for i, value := range values {
		if err := bnn.AnyNumber.Check(bnn.IndexPath(path, i), value); err != nil {
			return err
		}
	}
	return nil
}
