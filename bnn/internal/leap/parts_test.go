package leap

import (
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/random"
)

func TestRateTable(t *testing.T) {
	for _, rate := range []bnn.Rate{bnn.Logistic{Max: 2, Slope: 3, Threshold: 0.5}, bnn.Probit{Max: 4, Slope: 2, Threshold: -0.3}, bnn.ConstantRate{Value: 1.7}, bnn.Logistic{Max: 1, Slope: 0, Threshold: 3}} {
		table := Tabulate(rate)
		for v := -60.0; v < 60; v += 0.00377 {
			cell, f := table.cell(v*table.scale + table.offset)
			value, slope := table.max*cell.value(f), table.max*table.scale*cell.slope(f)
			at := bnn.Expect(rate, v, 0)
			want, wantSlope := at.Value, at.First
			if math.Abs(value-want) > 1e-10*rate.Bound() || math.Abs(slope-wantSlope) > 2e-7*rate.Bound()*4 {
				t.Fatalf("%+v at %g: %.12g and slope %.9g, want %.12g and %.9g", rate, v, value, slope, want, wantSlope)
			}
			if slope > table.DerivativeBound()*(1+1e-6) {
				t.Fatalf("%+v at %g: slope %g above the bound %g", rate, v, slope, table.DerivativeBound())
			}
		}
	}
}

// The polynomial of a normal has the cumulants it is asked for: E (z²−1)² = 2 and so on.
func TestSkewedNormal(t *testing.T) {
	for _, skewness := range []float64{0, 0.01, -0.1, 1 / math.Sqrt(random.LargestTabulatedMean)} {
		const variance = 0.37
		third := skewness * math.Pow(variance, 1.5)
		p := skewedNormal(variance, third)
		constant, b, c := p.constant, p.linear, p.square
		mean, second, cube := constant+c, b*b+2*c*c, 6*b*b*c+8*c*c*c
		if math.Abs(mean) > 1e-15 || math.Abs(second-variance) > 1e-14 || math.Abs(cube-third) > 1e-14 {
			t.Errorf("skewness %g: cumulants %g, %g, %g, want 0, %g, %g", skewness, mean, second, cube, variance, third)
		}
	}
}

// brought hides what a rate is.
type brought struct{ bnn.Rate }

// slow comes to its bounds as 1/v² does.
type slow struct{}

func (slow) At(v float64) float64 { return 1 + v/math.Sqrt(1+v*v) }
func (slow) Bound() float64       { return 2 }
func (slow) Key() string          { return "slow" }

// A rate that is brought has a table, too, but for one that changes over too long a range; a kink
// spoils the cell that it is in, by the change of slope times the width of the cell.
func TestRateTableOfOtherRates(t *testing.T) {
	logistic := bnn.Logistic{Max: 2, Slope: 3, Threshold: 40}
	power := bnn.PowerRate{Max: 3, Gain: 2, Exponent: 1, Threshold: -0.3}
	for name, c := range map[string]struct {
		rate    bnn.Rate
		from    float64
		error   float64
		direct  bool
		slopest float64
	}{
		"logistic": {brought{logistic}, 40, 1e-8, false, 1.5},
		"probit":   {brought{bnn.Probit{Max: 1, Slope: 2, Threshold: 1}}, 1, 1e-8, false, 2 / math.Sqrt(2*math.Pi)},
		"power":    {power, 0, 1e-3, false, 2},
		"table":    {bnn.Must(bnn.NewTableRate([]float64{-1, 0, 3}, []float64{0, 0.5, 2})), 0, 1e-4, false, 0.5},
		"slow":     {slow{}, 0, 1e-12, true, 0},
		"constant": {brought{bnn.ConstantRate{Value: 1.3}}, 0, 1e-15, false, 0},
	} {
		r := Tabulate(c.rate)
		if (r.direct != nil) != c.direct {
			t.Errorf("%s: without a table %v, want %v", name, r.direct != nil, c.direct)
		}
		for v := c.from - 20; v < c.from+20; v += 0.00377 {
			block := Block{potentials: []float64{v}}
			block.evaluate(&r, 0, 0)
			value, slope := block.sum.rate, block.sum.slope
			if off := math.Abs(r.max*value - c.rate.At(v)); off > c.error*c.rate.Bound() {
				t.Fatalf("%s at %g: off by %g", name, v, off)
			}
			if c.slopest > 0 && r.max*r.scale*math.Abs(slope) > 1.2*c.slopest {
				t.Fatalf("%s at %g: slope %g", name, v, r.max*r.scale*slope)
			}
		}
		if bound := r.DerivativeBound(); !c.direct && math.Abs(bound-c.slopest) > 0.1*c.slopest {
			t.Errorf("%s: steepest slope %g, want %g", name, bound, c.slopest)
		}
	}
	builtIn, own := Tabulate(logistic), Tabulate(brought{logistic})
	if a, b := builtIn.DerivativeBound(), own.DerivativeBound(); math.Abs(a-b) > 1e-9*a {
		t.Errorf("steepest slopes %.12g and %.12g", a, b)
	}
}
