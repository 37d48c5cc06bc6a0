package transform

import "gonum.org/v1/gonum/dsp/fourier"

// LaggedProducts returns Σ_i x_{i+k} y_i over from ≤ i < to, for k = −lags … lags, as a
// convolution; x is 0 beyond its ends.
func LaggedProducts(x, y []float64, from, to, lags int) []float64 {
	size := 1
	for size < to-from+2*lags {
		size *= 2
	}
	late, early := make([]float64, size), make([]float64, size)
	start, end := max(0, from-lags), min(len(x), to+lags)
	copy(late[start-(from-lags):], x[start:end])
	copy(early, y[from:to])
	plan := fourier.NewFFT(size)
	a, b := plan.Coefficients(nil, late), plan.Coefficients(nil, early)
	for k := range a {
		a[k] *= complex(real(b[k])/float64(size), -imag(b[k])/float64(size))
	}
	return plan.Sequence(late, a)[:2*lags+1]
}
