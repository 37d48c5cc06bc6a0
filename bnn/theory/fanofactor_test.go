package theory

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"

	"balanced/bnn"
	"balanced/bnn/internal/coxprocess"
	"balanced/internal/verification"
)

func fano(t *testing.T, rate bnn.Rate, mean, variance, tau float64, windows ...float64) []float64 {
	t.Helper()
	got, err := FanoFactor(rate, mean, variance, tau, windows)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// Rates that do not vary make a Poisson process.
func TestPoissonProcess(t *testing.T) {
	for name, c := range map[string]struct {
		rate     bnn.Rate
		variance float64
	}{
		"constant rate": {bnn.ConstantRate{Value: 2}, 1}, "no slope": {bnn.Logistic{Max: 2, Slope: 0, Threshold: 1}, 1}, "no variance": {bnn.Probit{Max: 2, Slope: 3, Threshold: 1}, 0},
	} {
		for _, value := range fano(t, c.rate, 0.5, c.variance, 1, 0.01, 1, 100) {
			if value != 1 {
				t.Errorf("%s: Fano factor %v", name, value)
			}
		}
		if value, err := IntervalVariation(c.rate, 0.5, c.variance, 1); err != nil || value != 1 {
			t.Errorf("%s: variation %v, %v", name, value, err)
		}
	}
}

// A potential that hardly varies: C(s) = K λ′² e^{−s/τ} + O(K²).
func TestFanoFactorOfSmallVariance(t *testing.T) {
	const tau, variance = 0.7, 1e-6
	for _, rate := range []bnn.Rate{bnn.Logistic{Max: 2, Slope: 2, Threshold: 0.3}, bnn.Probit{Max: 2, Slope: 2, Threshold: 0.3}} {
		at := bnn.Expect(rate, 0.5, 0)
		value, slope := at.Value, at.First
		for _, window := range []float64{0.1, 1, 30} {
			x := window / tau
			excess := 2 * tau / value * variance * slope * slope * (1 - (1-math.Exp(-x))/x)
			if got := fano(t, rate, 0.5, variance, tau, window)[0] - 1; math.Abs(got/excess-1) > 2e-5 {
				t.Errorf("%T, window %g: excess %g, expanded %g", rate, window, got, excess)
			}
		}
	}
}

// In a window far shorter than τ the rate is frozen: 1 + T Var λ/F. Lengthening all times
// alike while rates fall changes nothing.
func TestFanoFactorScales(t *testing.T) {
	rate := bnn.Logistic{Max: 2, Slope: 3, Threshold: 0.3}
	p := coxprocess.New(rate, 0.1, 0.8)
	mean, variance := p.Moments()
	if got, want := fano(t, rate, 0.1, 0.8, 1e6, 1)[0], 1+variance/mean; math.Abs(got-want) > 1e-5 {
		t.Errorf("frozen: %.9g, want %.9g", got, want)
	}
	slower := rate
	slower.Max /= 8
	if got, want := fano(t, slower, 0.1, 0.8, 8, 16)[0], fano(t, rate, 0.1, 0.8, 1, 2)[0]; math.Abs(got-want) > 1e-12 {
		t.Errorf("time stretched: %.15g, want %.15g", got, want)
	}
}

// For a rate that is a step the correlation is that of the signs of two Gaussians,
// C = λ̄² ∫_0^r exp(−x²/(1+r))/(2π√(1−r²)) dr, the worst case of the sum of modes.
func TestFanoFactorOfStep(t *testing.T) {
	verification.Long(t)
	for _, threshold := range []float64{-2, 0, 1, 5} {
		for _, c := range []struct{ window, accuracy float64 }{{1e-4, 1e-2}, {0.01, 2e-5}, {0.1, 4e-7}, {0.5, 4e-8}, {5, 4e-8}} {
			correlation := func(s float64) float64 {
				return 4 / (2 * math.Pi) * quad.Fixed(func(angle float64) float64 {
					return math.Exp(-threshold * threshold / (1 + math.Sin(angle)))
				}, 0, math.Asin(math.Exp(-s)), 40, quad.Legendre{}, 0)
			}
			excess := quad.Fixed(func(x float64) float64 { // x² is the part of the window
				return 4 * c.window * x * (1 - x*x) * correlation(c.window*x*x)
			}, 0, 1, 60, quad.Legendre{}, 0)
			rate := bnn.Logistic{Max: 2, Slope: 1e8, Threshold: threshold}
			mean, _ := coxprocess.New(rate, 0, 1).Moments()
			excess /= mean
			got := fano(t, rate, 0, 1, 1, c.window)[0] - 1
			t.Logf("threshold %g, window %g: excess %.9g, off by %.1e of it", threshold, c.window, got, got/excess-1)
			if math.Abs(got/excess-1) > c.accuracy {
				t.Errorf("threshold %g, window %g: excess %.9g, exact %.9g", threshold, c.window, got, excess)
			}
		}
	}
}

func TestFanoFactorRefuses(t *testing.T) {
	rate := bnn.Logistic{Max: 2, Slope: 1, Threshold: 0}
	for want, call := range map[string]func() ([]float64, error){
		"rate": func() ([]float64, error) { return FanoFactor(nil, 0, 1, 1, []float64{1}) },
		"rate.slope": func() ([]float64, error) {
			return FanoFactor(bnn.Logistic{Max: 2, Slope: -1, Threshold: 0}, 0, 1, 1, []float64{1})
		},
		"mean": func() ([]float64, error) {
			return FanoFactor(bnn.Logistic{Max: 2, Slope: 30, Threshold: 20}, 0, 1, 1, []float64{1})
		},
		"variance":   func() ([]float64, error) { return FanoFactor(rate, 0, -1, 1, []float64{1}) },
		"tau":        func() ([]float64, error) { return FanoFactor(rate, 0, 1, 0, []float64{1}) },
		"windows":    func() ([]float64, error) { return FanoFactor(rate, 0, 1, 1, nil) },
		"windows[1]": func() ([]float64, error) { return FanoFactor(rate, 0, 1, 1, []float64{1, 0}) },
	} {
		var input *bnn.InputError
		if got, err := call(); !errors.As(err, &input) || input.Path != want {
			t.Errorf("%v, %v, want an InputError for %s", got, err, want)
		}
	}
	var input *bnn.InputError
	if _, err := IntervalVariation(bnn.ConstantRate{Value: 0}, 0, 1, 1); !errors.As(err, &input) || input.Path != "mean" {
		t.Errorf("%v, want an InputError for mean", err)
	}
}
