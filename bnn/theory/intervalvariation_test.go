package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/normal"
	"balanced/internal/verification"
)

// hermiteVariation solves (λ − L)g = 1 in the orthonormal Hermite polynomials, where L is
// diagonal with −k/τ: another way, good as long as the rate is not steep.
func hermiteVariation(t *testing.T, rate bnn.Rate, mean, variance, tau float64, orders int) float64 {
	t.Helper()
	const step = 0.01
	matrix := mat.NewSymDense(orders, nil)
	for k := range orders {
		matrix.SetSym(k, k, float64(k)/tau)
	}
	h := make([]float64, orders)
	expected := 0.0
	for i := -1000; i <= 1000; i++ {
		z := float64(i) * step
		h[0], h[1] = 1, z
		for k := 2; k < orders; k++ {
			h[k] = (z*h[k-1] - math.Sqrt(float64(k-1))*h[k-2]) / math.Sqrt(float64(k))
		}
		weight := step * normal.Density(z) * rate.At(mean+math.Sqrt(variance)*z)
		expected += weight
		matrix.SymRankOne(matrix, weight, mat.NewVecDense(orders, h))
	}
	one, g := mat.NewVecDense(orders, nil), mat.NewVecDense(orders, nil)
	one.SetVec(0, 1)
	var cholesky mat.Cholesky
	if !cholesky.Factorize(matrix) {
		t.Fatal("the matrix is not positive definite")
	}
	if err := cholesky.SolveVecTo(g, one); err != nil {
		t.Fatal(err)
	}
	return math.Sqrt(2*expected*g.AtVec(0) - 1)
}

func TestIntervalVariationInHermitePolynomials(t *testing.T) {
	for _, c := range []struct {
		rate                bnn.Rate
		mean, variance, tau float64
	}{
		{bnn.Logistic{Max: 2, Slope: 1, Threshold: 0.3}, 0, 1, 1}, {bnn.Logistic{Max: 4, Slope: 2, Threshold: 0.5}, -0.5, 0.5, 0.3}, {bnn.Probit{Max: 2, Slope: 0.7, Threshold: 0}, 1, 0.8, 4},
		{bnn.Probit{Max: 8, Slope: 0.5, Threshold: 3}, 0, 1, 2}, {bnn.Logistic{Max: 0.01, Slope: 1, Threshold: 3}, 0, 1, 1},
	} {
		got, err := IntervalVariation(c.rate, c.mean, c.variance, c.tau)
		if err != nil {
			t.Fatal(err)
		}
		want := hermiteVariation(t, c.rate, c.mean, c.variance, c.tau, 70)
		t.Logf("%v: %.12f, off by %.1e", c.rate, got, got-want)
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%v: %.12f, in Hermite polynomials %.12f", c.rate, got, want)
		}
	}
}

// A potential that hardly varies: CV² = 1 + 2Kλ′²τ/(λ(1+λτ)) + O(K²).
func TestIntervalVariationOfSmallVariance(t *testing.T) {
	const variance = 1e-5
	for _, rate := range []bnn.Rate{bnn.Logistic{Max: 2, Slope: 2, Threshold: 0.3}, bnn.Probit{Max: 2, Slope: 2, Threshold: 0.3}} {
		for _, tau := range []float64{0.1, 1, 20} {
			at := bnn.Expect(rate, 0.5, 0)
			value, slope := at.Value, at.First
			excess := 2 * variance * slope * slope * tau / (value * (1 + value*tau))
			got, err := IntervalVariation(rate, 0.5, variance, tau)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs((got*got-1)/excess-1) > 2e-4 {
				t.Errorf("%T, tau %g: excess %g, expanded %g", rate, tau, got*got-1, excess)
			}
		}
	}
}

// A potential that hardly moves between spikes: CV² → 2 E λ E 1/λ − 1, where
// E 1/λ = (1 + e^{−β(m−θ) + β²K/2})/λ̄ for a logistic. One that moves fast: CV → 1.
func TestIntervalVariationSlowAndFast(t *testing.T) {
	rate := bnn.Logistic{Max: 2, Slope: 1, Threshold: 0.5}
	const mean, variance = 0.2, 0.7
	e := bnn.Expect(rate, mean, variance)
	inverse := (1 + math.Exp(-(mean-rate.Threshold)+variance/2)) / rate.Max
	want := math.Sqrt(2*e.Value*inverse - 1)
	previous := 0.0
	for _, tau := range []float64{1000, 10_000, 100_000} {
		got, err := IntervalVariation(rate, mean, variance, tau)
		if err != nil {
			t.Fatal(err)
		}
		gap := (want - got) * tau
		t.Logf("tau %g: %.9f, limit %.9f", tau, got, want)
		if tau == 100_000 && math.Abs(gap/previous-1) > 0.01 || want-got > 1/tau {
			t.Errorf("tau %g: %.9f, limit %.9f, not approached like 1/tau", tau, got, want)
		}
		previous = gap
	}
	if got, err := IntervalVariation(rate, mean, variance, 1e-6); err != nil || math.Abs(got-1) > 1e-6 {
		t.Errorf("fast potential: %v, %v", got, err)
	}
}

// A step: the steeper the logistic, the closer to the next, however far its threshold. And
// spikes so rare that each burst stands alone have CV² = 1 + 2τ∫C/F, the Fano factor
// of long windows, as λ̄τ → 0.
func TestIntervalVariationOfSteepRates(t *testing.T) {
	for _, threshold := range []float64{-6, 0, 3, 6, 10} {
		variation := func(slope float64) float64 {
			got, err := IntervalVariation(bnn.Logistic{Max: 2, Slope: slope, Threshold: threshold}, 0, 1, 1)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		steep, steeper, step := variation(1e3), variation(1e4), variation(1e9)
		if math.Abs(step-steep) > 1e-4 || math.Abs(step-steeper) > 1e-6 {
			t.Errorf("threshold %g: %.10f, %.10f, %.10f", threshold, steep, steeper, step)
		}
		rare := bnn.Logistic{Max: 1e-4, Slope: 1e6, Threshold: threshold}
		got, err := IntervalVariation(rare, 0, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		long := fano(t, rare, 0, 1, 1, 1e9)[0]
		if math.Abs(got*got-long) > 1e-3*(long-1)+1e-11 {
			t.Errorf("threshold %g: excess %g, of the Fano factor %g", threshold, got*got-1, long-1)
		}
	}
}

// Whatever the parameters: the spikes are never more regular than Poisson's, and the
// longer a window, the larger its Fano factor.
func TestSpikesAreIrregular(t *testing.T) {
	verification.Long(t)
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 1))
	between := func(low, high float64) float64 { return low * math.Pow(high/low, random.Float64()) }
	silent, cases := 0, 300
	for range cases {
		var rate bnn.Rate = bnn.Logistic{Max: between(1e-3, 100), Slope: between(1e-4, 1e5), Threshold: between(0.01, 5)}
		if random.IntN(2) == 0 {
			rate = bnn.Probit(rate.(bnn.Logistic))
		}
		mean, variance, tau := random.NormFloat64(), between(1e-4, 10), between(1e-4, 100)
		variation, err := IntervalVariation(rate, mean, variance, tau)
		var input *bnn.InputError
		if errors.As(err, &input) && input.Path == "mean" {
			silent++
			continue
		}
		if err != nil || !(variation >= 1) || math.IsInf(variation, 0) {
			t.Errorf("%#v, mean %g, variance %g, tau %g: variation %g, %v", rate, mean, variance, tau, variation, err)
		}
		factors := fano(t, rate, mean, variance, tau, tau/1000, tau/10, tau, 10*tau, 1000*tau)
		if !slices.IsSorted(factors) || !(factors[0] >= 1) {
			t.Errorf("%#v, mean %g, variance %g, tau %g: Fano factors %v", rate, mean, variance, tau, factors)
		}
	}
	if silent > cases/3 {
		t.Errorf("%d of %d silent", silent, cases)
	}
}
