package bnn

import (
	"math"
	"testing"

	"balanced/bnn/internal/normal"
)

// plainRate is a rate of which nothing is known but its values.
type plainRate struct{ Rate }

func (r plainRate) Key() string { return "plain " + r.Rate.Key() }

// rateAlone hides all but the methods of a Rate.
func rateAlone(r Rate) Rate { return struct{ Rate }{plainRate{r}} }

// near fails unless all four expectations agree, each in its own unit: a tolerance of the bound
// over the k-th power of a scale of potentials.
func near(t *testing.T, what string, got, want Expectation, bound, scale, tolerance float64) {
	t.Helper()
	unit := tolerance * bound
	for _, c := range []struct {
		name      string
		got, want float64
	}{{"F", got.Value, want.Value}, {"F′", got.First, want.First}, {"F″", got.Second, want.Second}, {"F‴", got.Third, want.Third}} {
		if math.Abs(c.got-c.want) > unit || math.IsNaN(c.got) {
			t.Errorf("%s: %s = %.15g, want %.15g", what, c.name, c.got, c.want)
		}
		unit /= scale
	}
}

// A rate of the caller's own that mimics a built-in one has its expectations.
func TestExpectMimics(t *testing.T) {
	for _, built := range []Rate{Logistic{2, 1.5, 0.3}, Logistic{2, 12, 0.3}, Logistic{1, 200, 0}, Probit{3, 2, -0.5}, Probit{1, 40, 0}, ConstantRate{2}} {
		for _, deviation := range []float64{0.011, 0.1, 0.7, 2.5, 30} {
			for _, mean := range []float64{-4, -0.3, 0.31, 0.9, 5} {
				want := Expect(built, mean, deviation*deviation)
				got := Expect(rateAlone(built), mean, deviation*deviation)
				near(t, built.Key(), got, want, built.Bound(), deviation, 1e-10)
			}
		}
	}
}

// Where the potential hardly varies, derivatives are continued from a small deviation.
func TestExpectAtSmallVariance(t *testing.T) {
	for _, built := range []Rate{Logistic{2, 1.5, 0.3}, Probit{3, 2, -0.5}} {
		for _, deviation := range []float64{0, 1e-9, 1e-5, 5e-4, 2e-3, 8e-3} {
			for _, mean := range []float64{-1, 0.31, 0.9} {
				got, want := Expect(rateAlone(built), mean, deviation*deviation), Expect(built, mean, deviation*deviation)
				near(t, built.Key(), got, want, built.Bound(), 0.03, 1e-10)
			}
		}
	}
}

// E min(max, gain [V − θ]₊^p) in closed form for the exponents 1 and 2, from the truncated
// moments of a normal variate.
func TestExpectOfPower(t *testing.T) {
	for _, c := range []struct{ mean, deviation float64 }{{0, 1}, {0.5, 0.3}, {-2, 0.5}, {3, 1.5}, {0.4, 0.02}} {
		rate := PowerRate{Max: 1.2, Gain: 0.8, Exponent: 1, Threshold: 0.4}
		top := rate.Kinks()[1]
		above := func(threshold float64) (p, mean float64) { // P(V > x) and E (V−x)₊
			z := (c.mean - threshold) / c.deviation
			return normal.Distribution(z), c.deviation * (z*normal.Distribution(z) + normal.Density(z))
		}
		pLow, low := above(0.4)
		pTop, high := above(top)
		density := func(x float64) float64 { return normal.Density((x-c.mean)/c.deviation) / c.deviation }
		slope := func(x float64) float64 { return (x - c.mean) / (c.deviation * c.deviation) * density(x) }
		want := Expectation{0.8 * (low - high), 0.8 * (pLow - pTop), 0.8 * (density(0.4) - density(top)), 0.8 * (slope(0.4) - slope(top))}
		got := Expect(rate, c.mean, c.deviation*c.deviation)
		near(t, rate.Key(), got, want, rate.Max, c.deviation, 1e-10)
		hidden := Expect(rateAlone(rate), c.mean, c.deviation*c.deviation)
		near(t, "kinks not told, "+rate.Key(), hidden, want, rate.Max, c.deviation, 1e-10)
	}
}

// A jump of λ, of which nobody is told, is found.
func TestExpectOfAStep(t *testing.T) {
	step := stepRate{0.3}
	for _, mean := range []float64{-1, 0.2, 0.31} {
		const deviation = 0.6
		z := (mean - 0.3) / deviation
		density, first, second := normal.DensityDerivatives(z)
		want := Expectation{normal.Distribution(z), density / deviation, first / (deviation * deviation), second / (deviation * deviation * deviation)}
		near(t, "step", Expect(step, mean, deviation*deviation), want, 1, deviation, 1e-9)
	}
}

type stepRate struct{ threshold float64 }

func (r stepRate) At(v float64) float64 {
	if v < r.threshold {
		return 0
	}
	return 1
}
func (r stepRate) Bound() float64 { return 1 }
func (r stepRate) Key() string    { return "step" }

// The values between the points are those of SciPy's PchipInterpolator, see
// testdata/pchip.py.
func TestTableRateIsPCHIP(t *testing.T) {
	rate, err := NewTableRate([]float64{-2, -1, 0, 0.5, 2, 3}, []float64{0, 0.1, 1, 1.5, 1.2, 4})
	if err != nil {
		t.Fatal(err)
	}
	for v, want := range pchipValues {
		if got := rate.At(v); math.Abs(got-want) > 1e-14 {
			t.Errorf("at %v: %.16g, want %.16g", v, got, want)
		}
	}
	if rate.Increasing() || rate.Bound() != 4 {
		t.Errorf("increasing %v, bound %v", rate.Increasing(), rate.Bound())
	}
	for _, c := range []struct{ mean, variance float64 }{{0, 1}, {1, 0.1}, {-3, 4}} {
		near(t, "table", Expect(rate, c.mean, c.variance), Expect(rateAlone(rate), c.mean, c.variance), 4, math.Sqrt(c.variance), 1e-9)
	}
}

// A table of a sigmoid comes closer to it as the third power of the spacing at least.
func TestTabulate(t *testing.T) {
	sigmoid := Logistic{2, 1.5, 0.3}
	worst := func(points int) float64 {
		table, err := Tabulate(sigmoid, -8, 8, points)
		if err != nil {
			t.Fatal(err)
		}
		if !table.Increasing() {
			t.Error("the table of a sigmoid is not increasing")
		}
		miss := 0.0
		for v := -8.0; v <= 8; v += 0.01 {
			miss = math.Max(miss, math.Abs(table.At(v)-sigmoid.At(v)))
		}
		return miss
	}
	rough, fine := worst(65), worst(257)
	if order := math.Log(rough/fine) / math.Log(4); !(order > 2.9) || fine > 1e-4 {
		t.Errorf("errors %g and %g: order %.2f", rough, fine, order)
	}
	for _, points := range []int{-1, 0, 1} {
		_, err := Tabulate(sigmoid, 0, 1, points)
		inputErrorAt(t, err, "points")
	}
	_, err := Tabulate(sigmoid, 1, 1, 3)
	inputErrorAt(t, err, "v[1]")
}

func BenchmarkExpect(b *testing.B) {
	built := Logistic{2, 1.5, 0.3}
	table, err := Tabulate(built, -6, 6, 41)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		rate Rate
	}{{"builtin", built}, {"own", rateAlone(built)}, {"power", PowerRate{2, 1, 2, 0}}, {"table", table}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Expect(c.rate, 0.3, 1)
			}
		})
	}
}

// pchipValues are what testdata/pchip.py prints, of SciPy 1.17.1.
var pchipValues = map[float64]float64{
	-1.9:  0.0011800000000000027,
	-1.25: 0.05906250000000001,
	-1:    0.1,
	-0.3:  0.6768576470588236,
	0.1:   1.1129882352941176,
	0.25:  1.3095588235294118,
	0.5:   1.5,
	0.9:   1.4473777777777777,
	1.75:  1.222222222222222,
	2:     1.2,
	2.01:  1.2004384,
	2.6:   2.4384000000000006,
	3:     4.0,
}
