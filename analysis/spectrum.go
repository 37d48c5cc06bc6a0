package analysis

import "balanced/analysis/internal/transform"

// A Spectrum is the power spectral density of a stationary series x,
//
//	S_xx(ω) = ∫ C_xx(s) e^{−iωs} ds,   C_xx(s) = Cov(x(t+s), x(t)),
//
// two-sided and by angular frequency ω: the variance of x is ∫ S_xx(ω) dω/2π from −∞ to ∞,
// so that S_xx has the unit of x² times that of time. (A one-sided density is twice that, and
// one by frequency f = ω/2π has the same numbers as this.) WelchSpectrum estimates it.
type Spectrum struct {
	// Frequencies are the ω, in radians per unit of time, > 0 and increasing in equal steps.
	Frequencies []float64
	Density     []Estimate // S_xx at each of them
}

// WelchSpectrum estimates the spectrum of a stationary series from one or more independent
// replicas of it, replicas[r][i] its value at the time i·step, at the angular frequencies
// 2πk/(width·step), k = 1 … width/2, of which the last is that of Nyquist, π/step.
//
// The mean of all values of all replicas is removed; then segments of width values, an even
// number ≥ 16, which overlap by half, are tapered by the window of Hann,
// w_j = (1 − cos(2πj/width))/2, and the density is the mean over segments and replicas of
//
//	step |Σ_j w_j x_j e^{−iω j step}|² / Σ_j w_j²
//
// (P. D. Welch, IEEE Trans. Audio Electroacoust. 15, 70–73, 1967). There must be 8 segments
// or more in all. Standard errors are over the replicas if there are several, with as many
// degrees of freedom less 1, and over the segments of a single one, whose overlap is accounted
// for; then segments should last several correlation times. They are no model's: they hold
// for series that are not Gaussian, too. Densities of few segments are skewed, and a
// comparison with Student's t then is a little too sure.
//
// What is estimated is not quite S_xx:
//
//   - Sampling folds the spectrum, Σ_k S_xx(ω + 2πk/step). Where S_xx falls as ω^{−2} (any
//     series with jumps or driven by white noise) this is too much by a factor of
//     (ω step/2)²/sin²(ω step/2), 1 + (ω step)²/12 for slow ω and π²/4 at Nyquist. A step of
//     1/(5ω) keeps it below 0.4 %.
//   - The window smooths, by S_xx″ Δ²/6, Δ = 2π/(width·step), where the spectrum has no
//     features as narrow as Δ.
//   - The mean that is removed takes S_xx(0)/6 times width over the number of all values away
//     at the lowest frequency. ω = 0 itself is not estimated.
//
// The cost is O(N log width) for N values in all, the memory about 4 N numbers. The error is
// a *bnn.InputError.
func WelchSpectrum(replicas [][]float64, step float64, width int) (*Spectrum, error) {
	w, err := newWelch("replicas", replicas, step, width)
	if err != nil {
		return nil, err
	}
	x := w.Transforms(replicas, meanOfAll(replicas))
	variation := spreadOf(len(x), len(x[0]))
	s := &Spectrum{Frequencies: w.Frequencies()}
	for _, units := range transform.Densities(x, x) {
		estimate := variation.mean(realParts(units))
		if err := estimate.check("density"); err != nil { // values near the largest number overflow
			return nil, err
		}
		s.Density = append(s.Density, estimate)
	}
	return s, nil
}

// At returns the density at an angular frequency, by linear interpolation. The error is a
// *bnn.InputError below the first frequency, of one turn in a segment, and above that of
// Nyquist.
func (s *Spectrum) At(omega float64) (Estimate, error) {
	return interpolated(s.Frequencies, s.Density, omega)
}

func realParts(numbers []complex128) []float64 {
	parts := make([]float64, len(numbers))
	for i, c := range numbers {
		parts[i] = real(c)
	}
	return parts
}

func imaginaryParts(numbers []complex128) []float64 {
	parts := make([]float64, len(numbers))
	for i, c := range numbers {
		parts[i] = imag(c)
	}
	return parts
}
