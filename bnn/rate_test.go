package bnn

import (
	"math"
	"testing"

	"balanced/bnn/internal/normal"
)

// bruteExpectation integrates λ and its derivatives, given at one potential as
// an Expectation of variance 0, by a trapezoid so fine that its error is far
// below 1e-13 for every steepness tested.
func bruteExpectation(r Rate, mean, variance, slope float64) Expectation {
	const reach = 9.5
	deviation := math.Sqrt(variance)
	step := math.Min(0.1, 0.25/(slope*deviation+1e-300))
	nodes := int(reach / step)
	var sum Expectation
	total := 0.0
	for i := -nodes; i <= nodes; i++ {
		z := float64(i) * step
		w := normal.Density(z)
		total += w
		sum.add(w, Expect(r, mean+deviation*z, 0))
	}
	return Expectation{sum.Value / total, sum.First / total, sum.Second / total, sum.Third / total}
}

func TestExpectationAgainstFineTrapezoid(t *testing.T) {
	const height, deviation = 2.0, 0.7
	for _, steepness := range []float64{0, 1e-3, 0.1, 0.5, 0.9, 1, 1.5, 1.9, 2, 2.00001, 2.1, 3, 4, 4.1, 5, 8, 8.1, 10, 16, 16.1, 30, 100} {
		slope := steepness / deviation
		for _, rate := range []Rate{Logistic{height, slope, 0.3}, Probit{height, slope, 0.3}} {
			for _, mean := range []float64{-6, -2, -0.5, 0, 0.3, 0.31, 1, 4} {
				got := Expect(rate, mean, deviation*deviation)
				want := bruteExpectation(rate, mean, deviation*deviation, slope)
				scale := height
				for _, c := range []struct {
					name      string
					got, want float64
				}{{"F", got.Value, want.Value}, {"F′", got.First, want.First}, {"F″", got.Second, want.Second}, {"F‴", got.Third, want.Third}} {
					if diff := math.Abs(c.got - c.want); diff > 1e-11*scale+1e-15 {
						t.Errorf("%T slope×σ=%g mean=%g: %s = %.15g, want %.15g (off by %.1e of scale)", rate, steepness, mean, c.name, c.got, c.want, diff/scale)
					}
					scale *= slope
				}
			}
		}
	}
}

// The expectations are derivatives of each other by the mean, and half of F″ is
// the derivative of F by the variance (theory.md §1).
func TestExpectationDerivatives(t *testing.T) {
	for _, rate := range []Rate{Logistic{3, 2, 0.5}, Logistic{3, 40, 0.5}, Probit{3, 2, 0.5}, Probit{1, 30, 0}, ConstantRate{2}} {
		for _, mean := range []float64{-1, 0.2, 0.9} {
			for _, variance := range []float64{0.04, 0.8} {
				const d = 1e-5
				at := Expect(rate, mean, variance)
				up, down := Expect(rate, mean+d, variance), Expect(rate, mean-d, variance)
				wider, narrower := Expect(rate, mean, variance+d), Expect(rate, mean, variance-d)
				check := func(name string, got, want float64) {
					t.Helper()
					if math.Abs(got-want) > 1e-5*(1+math.Abs(want)) {
						t.Errorf("%T mean=%g variance=%g: %s is %g, by differences %g", rate, mean, variance, name, got, want)
					}
				}
				check("F′", at.First, (up.Value-down.Value)/(2*d))
				check("F″", at.Second, (up.First-down.First)/(2*d))
				check("F‴", at.Third, (up.Second-down.Second)/(2*d))
				check("F″/2", at.Second/2, (wider.Value-narrower.Value)/(2*d))
			}
		}
	}
}

// λ(θ+x) + λ(θ−x) = λ̄ holds for the expectation as well.
func TestExpectationSymmetry(t *testing.T) {
	for _, rate := range []Rate{Logistic{2, 3, 0.5}, Probit{2, 3, 0.5}} {
		for _, x := range []float64{0, 0.1, 1, 10, 1e6} {
			for _, variance := range []float64{0, 0.01, 1, 1e4} {
				sum := Expect(rate, 0.5+x, variance).Value + Expect(rate, 0.5-x, variance).Value
				if math.Abs(sum-2) > 1e-14 {
					t.Errorf("%T x=%g variance=%g: sum %.17g, want 2", rate, x, variance, sum)
				}
			}
		}
	}
}

func TestRatesFarOut(t *testing.T) {
	for _, rate := range []Rate{Logistic{2, 100, 0.5}, Probit{2, 100, 0.5}, Logistic{2, 1e-3, 0.5}, Probit{2, 1e-3, 0.5}, ConstantRate{1}} {
		for _, v := range []float64{-1e6, 1e6, -1e300, 1e300} {
			at := Expect(rate, v, 0)
			e := Expect(rate, v, 1e6)
			for _, x := range []float64{rate.At(v), at.Value, at.First, at.Second, e.Value, e.First, e.Second, e.Third} {
				if math.IsNaN(x) || math.Abs(x) > rate.Bound() {
					t.Errorf("%#v at %g gives %g", rate, v, x)
				}
			}
			if rate.At(v) != at.Value {
				t.Errorf("%#v: At(%g) = %g but Expect gives %g", rate, v, rate.At(v), at.Value)
			}
		}
	}
}

func TestDerivativesAgainstDifferences(t *testing.T) {
	const d = 1e-5
	for _, rate := range []Rate{Logistic{2, 3, 0.5}, Probit{2, 3, 0.5}} {
		for v := -2.0; v < 3; v += 0.25 {
			at := Expect(rate, v, 0)
			up := Expect(rate, v+d, 0)
			down := Expect(rate, v-d, 0)
			if got := (rate.At(v+d) - rate.At(v-d)) / (2 * d); math.Abs(got-at.First) > 1e-8 {
				t.Errorf("%T λ′(%g) = %g, by differences %g", rate, v, at.First, got)
			}
			if got := (up.First - down.First) / (2 * d); math.Abs(got-at.Second) > 1e-7 {
				t.Errorf("%T λ″(%g) = %g, by differences %g", rate, v, at.Second, got)
			}
		}
	}
}

func BenchmarkLogisticExpectation(b *testing.B) {
	for name, rate := range map[string]Logistic{"shallow": {2, 0.5, 0}, "steep": {2, 50, 0}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Expect(rate, 0.3, 1)
			}
		})
	}
}
