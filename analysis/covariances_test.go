package analysis

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

// By Fourier transforms come out the sums that the docs state, for replicas and for blocks.
func TestCovariancesAreTheirSums(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 1))
	for _, replicas := range []int{1, 3} {
		x, y := delayed(random, replicas, 103, 2, 2, 1)
		meanX, meanY := meanOfAll(x), meanOfAll(y)
		const step, lags = 0.1, 5
		c := must(CrossCovariances(x, y, step, 0.5))
		for k := -lags; k <= lags; k++ {
			sum, count := 0.0, 0.0
			for r := range x {
				for i := range y[r] {
					if i+k >= 0 && i+k < len(x[r]) {
						sum, count = sum+(x[r][i+k]-meanX)*(y[r][i]-meanY), count+1
					}
				}
			}
			if got := c.Covariance[k+lags].Value; math.Abs(got-sum/count) > 1e-12 || math.Abs(c.Lags[k+lags]-float64(k)*step) > 1e-12 {
				t.Errorf("%d replicas, lag %d: %v, not %v", replicas, k, got, sum/count)
			}
		}
		auto, reversed := must(Autocovariances(x, step, 0.5)), must(CrossCovariances(y, x, step, 0.5))
		if len(auto.Lags) != lags+1 || auto.Lags[0] != 0 || auto.Correlation[0].Value != 1 || auto.Correlation[0].StandardError > 1e-15 {
			t.Errorf("%+v", auto)
		}
		for k := range c.Lags {
			if a, b := c.Covariance[k].Value, reversed.Covariance[2*lags-k].Value; math.Abs(a-b) > 1e-12 {
				t.Errorf("C_yx(s) is %v and C_xy(−s) %v", b, a)
			}
		}
	}
}

// x follows y by two steps: C_xy is its gain at that lag and nothing elsewhere.
func TestCrossCovariancesOfADelay(t *testing.T) {
	x, y := delayed(rand.New(rand.NewPCG(6, 1)), 30, 2000, 2, 2, 1)
	c := must(CrossCovariances(x, y, 0.5, 3))
	for k, lag := range c.Lags {
		want := 0.0
		if lag == 1 {
			want = 2
		}
		low, high := c.Covariance[k].Interval(1e-4)
		lowest, highest := c.Correlation[k].Interval(1e-4)
		if low > want || high < want || lowest > want/math.Sqrt(5) || highest < want/math.Sqrt(5) {
			t.Errorf("lag %v: %v and %v, want %v", lag, c.Covariance[k], c.Correlation[k], want)
		}
	}
}

// e^{−rs} within the standard errors, over replicas and over blocks; error bars 1.5 times too
// small or too large are caught.
func TestCovariancesOfOrnsteinUhlenbeck(t *testing.T) {
	verification.Long(t)
	const rate, step = 1.0, 0.1
	for _, c := range []struct {
		name                         string
		repetitions, replicas, count int
	}{{"replicas", 60, 20, 400}, {"blocks", 60, 1, 20000}} {
		random := rand.New(rand.NewPCG(7, 1))
		var squares, relative, count float64
		for range c.repetitions {
			var series [][]float64
			for range c.replicas {
				series = append(series, ornsteinUhlenbeck(random, c.count, rate, step))
			}
			estimates := must(Autocovariances(series, step, 2))
			for k := 5; k < len(estimates.Lags); k += 5 {
				want := math.Exp(-rate * estimates.Lags[k])
				squares += math.Pow((estimates.Covariance[k].Value-want)/estimates.Covariance[k].StandardError, 2)
				relative += math.Pow((estimates.Correlation[k].Value-want)/estimates.Correlation[k].StandardError, 2)
				count++
			}
		}
		t.Logf("%s: mean squared deviation %.3f, of correlations %.3f", c.name, squares/count, relative/count)
		// Student's t of 19 degrees of freedom has the variance 1.12; repetitions are independent, lags are not.
		for _, square := range []float64{squares / count, relative / count} {
			if math.Abs(square-1.12) > 0.45 || math.Abs(square*2.25-1.12) <= 0.45 || math.Abs(square/2.25-1.12) <= 0.45 {
				t.Errorf("%s: mean squared deviation %v", c.name, square)
			}
		}
	}
}

// The transform of all covariances is the spectrum.
func TestCovariancesAndSpectrumAgree(t *testing.T) {
	x, y := delayed(rand.New(rand.NewPCG(8, 1)), 50, 1024, 3, 1, 0.5)
	const step = 0.2
	c, s := must(CrossCovariances(x, y, step, 16*step)), must(WelchCrossSpectrum(x, y, step, 128))
	for k, omega := range s.Frequencies {
		re, im := 0.0, 0.0
		for i, covariance := range c.Covariance {
			re, im = re+step*covariance.Value*math.Cos(omega*c.Lags[i]), im-step*covariance.Value*math.Sin(omega*c.Lags[i])
		}
		// 5 standard errors of the spectrum, and the smoothing by the window, 1 %.
		if math.Abs(re-s.Real[k].Value) > 5*s.Real[k].StandardError+0.01*step || math.Abs(im-s.Imag[k].Value) > 5*s.Imag[k].StandardError+0.01*step {
			t.Errorf("ω = %v: %v%+vi and %v, %v", omega, re, im, s.Real[k], s.Imag[k])
		}
	}
}

func TestCovariancesRefuse(t *testing.T) {
	series := [][]float64{{1, 2, 4, 3}, {2, 1, 0, 1}}
	halves := [][]float64{slices.Repeat([]float64{0, 1}, 250)} // 20 blocks of 25
	for _, c := range []struct {
		path string
		err  error
	}{
		{"replicas", second(Autocovariances(nil, 1, 1))},
		{"replicas", second(Autocovariances(series[:1], 1, 0))},
		{"replicas", second(Autocovariances([][]float64{{1, 1, 1}, {1, 1, 1}}, 1, 1))},
		{"replicas[1][1]", second(Autocovariances([][]float64{{1, 2}, {1, math.NaN()}}, 1, 1))},
		{"longest", second(Autocovariances(series, 1, 4))},
		{"longest", second(Autocovariances(series, 1, -1))},
		{"longest", second(Autocovariances(halves, 1, 26))},
		{"replicas", second(Autocovariances([][]float64{slices.Repeat([]float64{0.1}, 100)}, 1, 1))},
		{"step", second(Autocovariances(series, math.NaN(), 1))},
		{"x", second(CrossCovariances(nil, series, 1, 1))},
		{"y", second(CrossCovariances(series, series[:1], 1, 1))},
		{"y", second(CrossCovariances(series, [][]float64{{1, 1, 1, 1}, {1, 1, 1, 1}}, 1, 1))},
	} {
		var input *bnn.InputError
		if !errors.As(c.err, &input) || input.Path != c.path {
			t.Errorf("%s: error %v", c.path, c.err)
		}
	}
}
