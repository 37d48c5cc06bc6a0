package quadrature

import (
	"math"
	"testing"
)

// integral integrates one function.
func integral(f func(float64) float64, tolerance float64, cuts ...float64) (value float64, evaluations int) {
	sums := make([]float64, 1)
	Integrate(func(x float64, values []float64) {
		evaluations++
		values[0] = f(x)
	}, cuts, tolerance, sums)
	return sums[0], evaluations
}

// The rule of 15 nodes is exact for polynomials of degree 22, that of 7 for degree 13: digits
// that are mistyped fail here.
func TestPolynomialsAreExact(t *testing.T) {
	for degree := range 23 {
		got, evaluations := integral(func(x float64) float64 { return math.Pow(x, float64(degree)) }, 1e-3, -1, 1)
		want := (1 - math.Pow(-1, float64(degree+1))) / float64(degree+1)
		if math.Abs(got-want) > 2e-15 {
			t.Errorf("x^%d: %v, want %v", degree, got, want)
		}
		if degree <= 13 && evaluations != 15 {
			t.Errorf("x^%d took %d evaluations: the rule of 7 nodes is not exact", degree, evaluations)
		}
	}
}

// Kinks, jumps and roots are integrated to the tolerance, be they declared or not.
func TestKinksAndJumps(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(float64) float64
		want float64
		kink float64
	}{
		{"kink", func(x float64) float64 { return math.Abs(x - 1/math.Pi) }, (math.Pow(1-1/math.Pi, 2) + math.Pow(1/math.Pi, 2)) / 2, 1 / math.Pi},
		{"jump", func(x float64) float64 {
			if x < 1/math.E {
				return 0
			}
			return 1
		}, 1 - 1/math.E, 1 / math.E},
		{"root", func(x float64) float64 { return math.Sqrt(x) }, 2. / 3, 0},
		{"power", func(x float64) float64 { return math.Pow(math.Max(x-0.3, 0), 1.5) }, math.Pow(0.7, 2.5) / 2.5, 0.3},
	} {
		for _, cuts := range [][]float64{{0, 1}, Pieces(0, 1, []float64{c.kink, 7, -2})} {
			got, evaluations := integral(c.f, 1e-12, cuts...)
			if math.Abs(got-c.want) > 1e-12 {
				t.Errorf("%s on %v: %v, want %v", c.name, cuts, got, c.want)
			}
			if evaluations > 3000 {
				t.Errorf("%s on %v took %d evaluations", c.name, cuts, evaluations)
			}
		}
	}
}

func TestPieces(t *testing.T) {
	got := Pieces(-1, 2, []float64{3, 1, 0, 1, -1, math.NaN()})
	want := []float64{-1, 0, 1, 2}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%v, want %v", got, want)
		}
	}
	if none, evaluations := integral(math.Exp, 1e-9, 1); none != 0 || evaluations != 0 {
		t.Errorf("an empty interval gives %v after %d evaluations", none, evaluations)
	}
}

// Next to a logarithm intervals shrink until values are rounding: they are not halved for that.
func TestRoundingIsNotHalved(t *testing.T) {
	leaky := func(v float64) float64 { // of a leaky integrator: of infinite slope at 0.5
		if v <= 0.5 {
			return 0
		}
		return 1 / (0.25 - math.Log1p(-0.5/v))
	}
	for _, deviation := range []float64{0.3, 1, 1.7} {
		for _, mean := range []float64{-1, 0, 0.4, 1} {
			calls := 0
			Function{At: func(v float64) float64 { calls++; return leaky(v) }, Bound: 4, Kinks: []float64{0.5}}.Derivatives(mean, deviation)
			if calls > 2000 {
				t.Errorf("mean %v, deviation %v: %d evaluations", mean, deviation, calls)
			}
		}
	}
}
