package theory

import (
	"errors"
	"math"
	"math/cmplx"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

// steepStationary is a network whose inhibitory class has a steep rate, at rest from its start.
func steepStationary() *bnn.Network {
	return &bnn.Network{Name: "steep-stationary",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 1}, Stimulus: bnn.ConstantStimulus{Value: 0.3}},
			{Name: "I", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 3, Threshold: 0.5}}},
		Weights: [][]float64{{1, -1.5}, {1.2, -1.8}},
		Initial: bnn.Initial{Mean: []float64{0.46206815817350155, 0.19448178980820185}, Variance: []float64{0.7477543197424333, 1.076766220429104}}}
}

// The spectra are those of another implementation, at states of the finite-n equations.
func TestSpectrumOfAnotherImplementation(t *testing.T) {
	for _, c := range []struct {
		n              int
		omega          float64
		meanEE, meanII float64
		rateEE, rateII float64
		meanEI, rateEI complex128
	}{
		{400, 1, 2.90618629864, 0.506930206484, 0.127896406069, 0.0425600624436, 1.08401120468 + 0.114949915272i, 0.0719322842783 + 0.0130039319616i},
		{400, 10, 0.0399465917221, 0.0253266379687, 0.00182939830605, 0.00247020159319, 0.017274750678 + 0.0163678025346i, 0.000797184907664 + 0.00159639816391i},
		{6400, 0.3, 5.78461158587, 0.980223386286, 0.243972627363, 0.0999642585976, 2.24690881666 - 0.0131851176257i, 0.156115357508 + 0.00196149701752i},
		{6400, 30, 0.00600739278249, 0.0036361173525, 0.000267078017702, 0.000292943604623, 0.00314480070962 + 0.00203208454652i, 0.000146917086268 + 0.000204432207386i},
	} {
		s, err := Spectrum(t.Context(), steepStationary(), c.n, []float64{c.omega})
		if err != nil {
			t.Fatal(err)
		}
		want := [2][3]complex128{{complex(c.meanEE, 0), c.meanEI, complex(c.meanII, 0)}, {complex(c.rateEE, 0), c.rateEI, complex(c.rateII, 0)}}
		for q, m := range [][][]complex128{s.Mean[0], s.Rate[0]} {
			for i, got := range []complex128{m[0][0], m[0][1], m[1][1]} {
				if cmplx.Abs(got-want[q][i]) > 1e-8*cmplx.Abs(want[q][i]) {
					t.Errorf("n = %d, ω = %g, quantity %d, pair %d: %.12g, want %.12g", c.n, c.omega, q, i, got, want[q][i])
				}
			}
		}
	}
}

// Spectra are Hermitian with a positive diagonal, and their integral is the covariance at one
// time, as SamplingNoise has it long after the start: with 16 modes, and a potential that
// forgets at the rate that keeps its variance, which differs from 1/τ by order n^{-1/2}.
func TestSpectrumAddsUpToSamplingNoise(t *testing.T) {
	verification.Long(t)
	network := steepStationary()
	const n, count = 400, 4000
	// ω = tan θ makes the integral over all frequencies one over an interval.
	var omega []float64
	for i := range count {
		omega = append(omega, math.Tan(math.Pi*((float64(i)+0.5)/count-0.5)))
	}
	s, err := Spectrum(t.Context(), network, n, omega)
	if err != nil {
		t.Fatal(err)
	}
	sum := [2][2]complex128{}
	for i, w := range omega {
		for _, m := range [][][]complex128{s.Mean[i], s.Rate[i]} {
			if cmplx.Abs(m[0][1]-cmplx.Conj(m[1][0])) > 1e-12 || real(m[0][0]) <= 0 || real(m[1][1]) <= 0 || math.Abs(imag(m[0][0])) > 1e-12 {
				t.Fatalf("ω = %g: %v is no spectrum", w, m)
			}
		}
		for a := range 2 {
			for b := range 2 {
				sum[a][b] += s.Mean[i][a][b] * complex((1+w*w)/(2*count), 0)
			}
		}
	}
	// Another implementation has them by a matrix exponential, to 8 digits.
	for _, c := range []struct {
		a, b int
		want float64
	}{{0, 0, 2.78406605332}, {0, 1, 1.07042186595}, {1, 1, 0.650168946787}} {
		if got := real(sum[c.a][c.b]); math.Abs(got-c.want) > 1e-7 {
			t.Errorf("n Cov of %d and %d is %.10g, want %.10g", c.a, c.b, got, c.want)
		}
	}
	noise, err := SamplingNoise(t.Context(), network, n, []float64{25})
	if err != nil {
		t.Fatal(err)
	}
	for a := range 2 {
		for b := range 2 {
			if got, want := real(sum[a][b]), noise[0][a][b]; math.Abs(got-want) > 5e-3*math.Abs(want) {
				t.Errorf("n Cov of %d and %d is %g by the spectrum, %g by SamplingNoise", a, b, got, want)
			}
		}
	}
}

// What has no spectrum here is refused by name.
func TestSpectrumRefuses(t *testing.T) {
	outside := steepStationary()
	outside.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: []float64{1, 1}, Shared: true}}
	for want, c := range map[string]struct {
		network *bnn.Network
		omega   []float64
	}{
		"feedforward[0].shared": {outside, []float64{1}},
		"omega":                 {steepStationary(), nil},
		"omega[1]":              {steepStationary(), []float64{1, math.NaN()}},
	} {
		var input *bnn.InputError
		if _, err := Spectrum(t.Context(), c.network, 400, c.omega); !errors.As(err, &input) || input.Path != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func BenchmarkSpectrum100(b *testing.B) {
	omega := make([]float64, 100)
	for i := range omega {
		omega[i] = 0.1 * float64(i+1)
	}
	for b.Loop() {
		if _, err := Spectrum(b.Context(), steepStationary(), 400, omega); err != nil {
			b.Fatal(err)
		}
	}
}
