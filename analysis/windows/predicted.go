package windows

import (
	"context"
	"fmt"
	"math"
	"math/cmplx"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// InputVariance is the variance, by the linear theory of fluctuations (theory.Spectrum), of the input in a window to the average neuron of a
// population of a network of size n at rest: of Sums with the weights Input. Frequencies are a seventh of 2π over the window's length apart, up
// to that of its grid, which has to resolve the relaxation at √n|κ|. It costs a matrix inverse a frequency. Errors are those of theory.Spectrum,
// and a *bnn.InputError for a population that there is not, or a window without time.
func InputVariance(ctx context.Context, network *bnn.Network, n, population int, window Window) (float64, error) {
	if err := bnn.CheckIndex("population", population, len(network.Populations)); err != nil {
		return 0, err
	}
	if len(window.At) < 2 || !(window.Step > 0) {
		return 0, &bnn.InputError{Path: "window", Value: fmt.Sprintf("%d steps of %g", len(window.At)-1, window.Step), Allowed: "1 step or more of a length > 0"}
	}
	var omega, spectrum []float64
	for at := 1e-6; at <= math.Pi/window.Step; at += 2 * math.Pi / (7 * window.Step * float64(len(window.At)-1)) {
		omega = append(omega, at)
	}
	cross, err := theory.Spectrum(ctx, network, n, omega)
	if err != nil {
		return 0, err
	}
	for _, s := range cross.Mean {
		spectrum = append(spectrum, real(s[population][population])/float64(n))
	}
	return Variance(window.Input(network.Populations[population].Tau), window.Step, omega, spectrum)
}

// Variance is that of a sum over a window with given weights, a step of time apart, of a quantity whose two-sided spectrum is known at angular
// frequencies from about 0 on, increasing:
//
//	Var = (1/π) ∫₀^∞ |Σ_k g_k e^{iωk·step}|² S(ω) dω,
//
// by the trapezoid rule, for frequencies up to that of the grid, π/step. They should be closer together than the inverse of the window's
// length. A spectrum of another length, two or more frequencies, and frequencies that do not increase are a *bnn.InputError. It costs an
// exponential a frequency and some operations a weight.
func Variance(weights []float64, step float64, omega, spectrum []float64) (float64, error) {
	if len(omega) < 2 || len(spectrum) != len(omega) {
		return 0, &bnn.InputError{Path: "spectrum", Value: fmt.Sprintf("%d values at %d frequencies", len(spectrum), len(omega)), Allowed: "as many of both, 2 or more"}
	}
	if err := bnn.PositiveNumber.Check("step", step); err != nil {
		return 0, err
	}
	density := func(i int) float64 {
		gain, turn := 0i, cmplx.Exp(complex(0, omega[i]*step))
		for k := len(weights) - 1; k >= 0; k-- {
			gain = gain*turn + complex(weights[k], 0)
		}
		return (real(gain)*real(gain) + imag(gain)*imag(gain)) * spectrum[i]
	}
	sum, before := 0.0, density(0)
	for i := 1; i < len(omega) && omega[i] <= math.Pi/step; i++ {
		if !(omega[i] > omega[i-1]) {
			return 0, &bnn.InputError{Path: bnn.IndexPath("omega", i), Value: fmt.Sprint(omega[i]), Allowed: "above the one before"}
		}
		now := density(i)
		sum, before = sum+(omega[i]-omega[i-1])*(before+now)/2, now
	}
	return sum / math.Pi, nil
}
