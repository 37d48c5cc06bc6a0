package analysis

import (
	"errors"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

// ornsteinUhlenbeck is a stationary series of variance 1 and correlation time 1/rate, exact at
// its steps.
func ornsteinUhlenbeck(random *rand.Rand, count int, rate, step float64) []float64 {
	series := make([]float64, count)
	decay := math.Exp(-rate * step)
	x := random.NormFloat64()
	for i := range series {
		series[i] = x
		x = decay*x + math.Sqrt(1-decay*decay)*random.NormFloat64()
	}
	return series
}

// folded is the spectrum of what a step leaves of that series, Σ_k 2 rate/((ω+2πk/step)²+rate²).
func folded(omega, rate, step float64) float64 {
	return step * math.Sinh(rate*step) / (math.Cosh(rate*step) - math.Cos(omega*step))
}

// delayed returns pairs y and x(t) = gain·y(t−d·step) + noise of variance noise², white y of variance 1.
func delayed(random *rand.Rand, replicas, count, d int, gain, noise float64) (x, y [][]float64) {
	for range replicas {
		source := make([]float64, count+d)
		for i := range source {
			source[i] = random.NormFloat64()
		}
		late := make([]float64, count)
		for i := range late {
			late[i] = gain*source[i] + noise*random.NormFloat64()
		}
		x, y = append(x, late), append(y, source[d:])
	}
	return x, y
}

// With constants added, all that is a sum over segments is as it was; a sine has its whole
// variance, a²/2, in the three frequencies about its own; white noise is flat.
func TestSpectrumIdentities(t *testing.T) {
	const count, width, step, k = 4096, 256, 0.25, 40
	sine := make([]float64, count)
	for i := range sine {
		sine[i] = 7 + 3*math.Sin(2*math.Pi*k*float64(i)/width+0.3)
	}
	s := must(WelchSpectrum([][]float64{sine}, step, width))
	unit := s.Frequencies[0]
	if last := s.Frequencies[len(s.Frequencies)-1]; math.Abs(last-math.Pi/step) > 1e-12 || len(s.Frequencies) != width/2 {
		t.Errorf("%d frequencies up to %v", len(s.Frequencies), last)
	}
	power := 0.0
	for i, density := range s.Density {
		power += 2 * density.Value * unit / (2 * math.Pi) // ω and −ω
		if far := i+1 < k-1 || i+1 > k+1; far && density.Value > 1e-20 {
			t.Errorf("leakage %v at frequency %d", density.Value, i+1)
		}
	}
	if math.Abs(power-4.5) > 1e-9 {
		t.Errorf("the sine has the variance %v, not 9/2", power)
	}
	// A cross-spectrum of a series with itself, and with its negative.
	random := rand.New(rand.NewPCG(1, 1))
	series := [][]float64{ornsteinUhlenbeck(random, count, 1, step), ornsteinUhlenbeck(random, count, 1, step)}
	negative := make([][]float64, 2)
	for r := range series {
		for _, v := range series[r] {
			negative[r] = append(negative[r], 5-v)
		}
	}
	auto, cross := must(WelchSpectrum(series, step, width)), must(WelchCrossSpectrum(series, negative, step, width))
	for i, density := range auto.Density {
		if math.Abs(cross.Real[i].Value+density.Value) > 1e-12*density.Value || math.Abs(cross.Imag[i].Value) > 1e-12*density.Value ||
			math.Abs(cross.Coherence[i].Value-1) > 1e-9 || math.Abs(cross.Real[i].StandardError-density.StandardError) > 1e-9*density.Value {
			t.Fatalf("frequency %d: %v, %v, %v, %v", i, density, cross.Real[i], cross.Imag[i], cross.Coherence[i])
		}
	}
}

// The phase of a delay, its coherence, and nothing between independent series.
func TestCrossSpectrumOfADelay(t *testing.T) {
	const step, d, width = 0.5, 2, 64
	random := rand.New(rand.NewPCG(2, 2))
	x, y := delayed(random, 40, 2048, d, 2, 1)
	s := must(WelchCrossSpectrum(x, y, step, width))
	squares, biased := 0.0, 0.0
	for i := 1; i < len(s.Frequencies); i++ {
		omega := s.Frequencies[i]
		// Hann's window correlates with itself shifted by d as much as this.
		overlap := 0.0
		for j := range width - d {
			overlap += (1 - math.Cos(2*math.Pi*float64(j)/width)) * (1 - math.Cos(2*math.Pi*float64(j+d)/width)) / 4
		}
		want := complex(2*step*overlap/(3*width/8), 0) * cmplx.Exp(complex(0, -omega*d*step))
		squares += math.Pow((s.Real[i].Value-real(want))/s.Real[i].StandardError, 2)
		biased += math.Pow((s.Coherence[i].Value-0.8*math.Pow(overlap/(3*width/8), 2))/s.Coherence[i].StandardError, 2)
		if i < width/2-1 { // at Nyquist it is 0
			squares += math.Pow((s.Imag[i].Value-imag(want))/s.Imag[i].StandardError, 2)
		}
	}
	if squares /= 2*width/2 - 3; math.Abs(squares-1) > 0.7 {
		t.Errorf("mean squared deviation %v", squares)
	}
	if biased /= width/2 - 1; math.Abs(biased-1) > 0.8 {
		t.Errorf("mean squared deviation of coherences %v", biased)
	}
	re, im, err := s.At(math.Pi / 2 / (d * step)) // a quarter turn
	if err != nil || im.Value > -1.9*step || math.Abs(re.Value) > 6*re.StandardError {
		t.Errorf("a quarter turn late: %v, %v, %v", re, im, err)
	}
	other := must(WelchCrossSpectrum(x[:20], y[20:], step, width))
	sum := 0.0
	for _, c := range other.Coherence {
		sum += c.Value / float64(len(other.Coherence))
	}
	if math.Abs(sum) > 4e-4 { // the bias that is removed is 1/1260, the chance of the mean 1.5e-4
		t.Errorf("coherence of independent series %v", sum)
	}
}

// z returns (estimate − truth)/standard error of spectra at some frequencies of many
// repetitions.
func spectrumDeviations(random *rand.Rand, repetitions, replicas, count int, wrong func(Estimate) Estimate) (meanSquare, mean float64) {
	const rate, step, width = 1.0, 0.1, 256
	number := 0.0
	for range repetitions {
		var series [][]float64
		for range replicas {
			series = append(series, ornsteinUhlenbeck(random, count, rate, step))
		}
		s := must(WelchSpectrum(series, step, width))
		for k := 2; k < width/2; k += 5 { // from ω = 0.74: the window smooths the bend below
			density := wrong(s.Density[k])
			z := (density.Value - folded(s.Frequencies[k], rate, step)) / density.StandardError
			number, mean, meanSquare = number+1, mean+z, meanSquare+z*z
		}
	}
	return meanSquare / number, mean / number
}

// Estimates are right within their standard errors, over replicas as over segments. A
// one-sided density and error bars that are 1.5 times too small or too large are caught.
func TestSpectrumOfOrnsteinUhlenbeck(t *testing.T) {
	verification.Long(t)
	right := func(e Estimate) Estimate { return e }
	for _, c := range []struct {
		name                         string
		repetitions, replicas, count int
	}{{"replicas", 20, 40, 1024}, {"segments", 20, 1, 40960}} {
		deviations := func(wrong func(Estimate) Estimate) (float64, float64) {
			return spectrumDeviations(rand.New(rand.NewPCG(3, 4)), c.repetitions, c.replicas, c.count, wrong)
		}
		// 520 deviations, the squares of which vary by about 1.6: 0.07 is one standard deviation.
		square, mean := deviations(right)
		if math.Abs(square-1.05) > 0.28 || math.Abs(mean) > 0.25 {
			t.Errorf("%s: mean squared deviation %v, mean %v", c.name, square, mean)
		}
		for name, wrong := range map[string]func(Estimate) Estimate{
			"one-sided":    func(e Estimate) Estimate { e.Value *= 2; e.StandardError *= 2; return e },
			"errors / 1.5": func(e Estimate) Estimate { e.StandardError /= 1.5; return e },
			"errors × 1.5": func(e Estimate) Estimate { e.StandardError *= 1.5; return e },
		} {
			if planted, _ := deviations(wrong); math.Abs(planted-1.05) <= 0.28 {
				t.Errorf("%s: %s is not caught, mean squared deviation %v", c.name, name, planted)
			}
		}
		t.Logf("%s: mean squared deviation %.3f, mean %.3f", c.name, square, mean)
	}
	// What the docs say of the step.
	for _, omega := range []float64{0.5, 2, 20} {
		const rate, step = 0.01, 0.1
		factor := math.Pow(omega*step/2/math.Sin(omega*step/2), 2)
		if ratio := folded(omega, rate, step) * (omega*omega + rate*rate) / (2 * rate); math.Abs(ratio/factor-1) > 1e-3 {
			t.Errorf("ω = %v: too much by %v, not by %v", omega, ratio, factor)
		}
	}
}

func TestSpectraRefuse(t *testing.T) {
	series := [][]float64{make([]float64, 128)}
	for i := range series[0] {
		series[0][i] = math.Sin(float64(i * i))
	}
	s := must(WelchSpectrum(series, 1, 16))
	if e, err := s.At(2 * math.Pi / 16); err != nil || e != s.Density[0] {
		t.Errorf("%v, %v", e, err)
	}
	if e, err := s.At(math.Pi); err != nil || math.Abs(e.Value-s.Density[7].Value) > 1e-12 {
		t.Errorf("%v, %v", e, err)
	}
	only := func(_ *Spectrum, err error) error { return err }
	_, _, crossing := must(WelchCrossSpectrum(series, series, 1, 16)).At(4)
	for _, c := range []struct {
		path string
		err  error
	}{
		{"omega", second(s.At(0.99 * 2 * math.Pi / 16))},
		{"omega", second(s.At(math.Pi * 1.001))},
		{"omega", second(s.At(math.NaN()))},
		{"omega", crossing},
		{"frequencies", second((&Spectrum{}).At(1))},
		{"replicas", only(WelchSpectrum(nil, 1, 16))},
		{"replicas[0]", only(WelchSpectrum([][]float64{{1, 2}}, 1, 16))},
		{"replicas[1]", only(WelchSpectrum([][]float64{series[0], series[0][:100]}, 1, 16))},
		{"step", only(WelchSpectrum(series, 0, 16))},
		{"width", only(WelchSpectrum(series, 1, 17))},
		{"width", only(WelchSpectrum(series, 1, 8))},
		{"width", only(WelchSpectrum(series, 1, 64))},
		{"y", second(WelchCrossSpectrum(series, nil, 1, 16))},
		{"y[0]", second(WelchCrossSpectrum(series, [][]float64{series[0][:64]}, 1, 16))},
		{"y", second(WelchCrossSpectrum(series, [][]float64{make([]float64, 128)}, 1, 16))},
	} {
		var input *bnn.InputError
		if !errors.As(c.err, &input) || input.Path != c.path {
			t.Errorf("%s: error %v", c.path, c.err)
		}
	}
}
