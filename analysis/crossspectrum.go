package analysis

import (
	"math"

	"balanced/analysis/internal/transform"
	"balanced/bnn"
)

// A CrossSpectrum is the cross-spectral density of two stationary series x and y,
//
//	S_xy(ω) = ∫ C_xy(s) e^{−iωs} ds,   C_xy(s) = Cov(x(t+s), y(t)),
//
// two-sided and by angular frequency as a Spectrum, in the unit of x times y times time.
// S_yx is its complex conjugate. Where x is y delayed by d, S_xy = S_yy e^{−iωd}: the
// imaginary part is then negative at small ω > 0.
type CrossSpectrum struct {
	Frequencies []float64 // ω, as of a Spectrum
	Real, Imag  []Estimate
	// Coherence is |S_xy|²/(S_xx S_yy), which is 1 where one series follows linearly from the
	// other and 0 where they have nothing to do with each other.
	Coherence []Estimate
}

// WelchCrossSpectrum estimates the cross-spectrum and the coherence of two stationary series
// that were recorded together, in one or more independent replicas: x[r][i] and y[r][i] at
// the time i·step. Windows, means, standard errors, biases and cost are those of
// WelchSpectrum.
//
// Coherences are those of the mean spectra, by the jackknife over replicas, or over the
// segments of a single one. That takes away the most of their bias, which is
// (1 − coherence)² over the number of segments, so that one that is nearly 0 may come out
// negative. Where it is below a few over the number of segments its law is far from normal,
// and the standard error says only its order of size.
//
// The error is a *bnn.InputError, also where a series has no power at some frequency.
func WelchCrossSpectrum(x, y [][]float64, step float64, width int) (*CrossSpectrum, error) {
	w, err := newWelch("x", x, step, width)
	if err != nil {
		return nil, err
	}
	if err := checkReplicas("y", y, leastWidth); err != nil {
		return nil, err
	}
	if err := checkPairs(x, y); err != nil {
		return nil, err
	}
	if err := checkVaries("x", x); err != nil {
		return nil, err
	}
	if err := checkVaries("y", y); err != nil {
		return nil, err
	}
	a, b := w.Transforms(x, meanOfAll(x)), w.Transforms(y, meanOfAll(y))
	variation := spreadOf(len(a), len(a[0]))
	xx, yy, xy := transform.Densities(a, a), transform.Densities(b, b), transform.Densities(a, b)
	s := &CrossSpectrum{Frequencies: w.Frequencies()}
	for k := range s.Frequencies {
		coherence, err := coherenceOf(realParts(xx[k]), realParts(yy[k]), xy[k])
		if err != nil {
			return nil, err
		}
		coherence.StandardError *= math.Sqrt(variation.inflation)
		coherence.DegreesOfFreedom = variation.degrees
		s.Coherence = append(s.Coherence, coherence)
		s.Real = append(s.Real, variation.mean(realParts(xy[k])))
		s.Imag = append(s.Imag, variation.mean(imaginaryParts(xy[k])))
	}
	return s, nil
}

// coherenceOf estimates the coherence at one frequency from the densities of units.
func coherenceOf(xx, yy []float64, xy []complex128) (Estimate, error) {
	var x, y float64
	var both complex128
	for u := range xy {
		x, y, both = x+xx[u], y+yy[u], both+xy[u]
	}
	for _, power := range []struct {
		path string
		sum  float64
	}{{"x", x}, {"y", y}} {
		if !(power.sum > 0) || math.IsInf(power.sum, 1) {
			return Estimate{}, &bnn.InputError{Path: power.path, Value: "a series without power at some frequency, or too much", Allowed: "finite and not constant"}
		}
	}
	return jackknife(len(xy), func(without int) float64 {
		first, second, cross := x, y, both
		if without >= 0 {
			first, second, cross = x-xx[without], y-yy[without], both-xy[without]
		}
		return (real(cross)*real(cross) + imag(cross)*imag(cross)) / (first * second)
	})
}

// At returns the cross-spectrum at an angular frequency, as Spectrum.At.
func (s *CrossSpectrum) At(omega float64) (re, im Estimate, err error) {
	if re, err = interpolated(s.Frequencies, s.Real, omega); err != nil {
		return re, im, err
	}
	im, err = interpolated(s.Frequencies, s.Imag, omega)
	return re, im, err
}
