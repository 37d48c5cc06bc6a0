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
		constant, b, c := skewedNormal(variance, third)
		mean, second, cube := constant+c, b*b+2*c*c, 6*b*b*c+8*c*c*c
		if math.Abs(mean) > 1e-15 || math.Abs(second-variance) > 1e-14 || math.Abs(cube-third) > 1e-14 {
			t.Errorf("skewness %g: cumulants %g, %g, %g, want 0, %g, %g", skewness, mean, second, cube, variance, third)
		}
	}
}
