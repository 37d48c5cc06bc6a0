package simulate

import (
	"context"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/normal"
	"balanced/bnn/internal/random"
)

func TestRateTable(t *testing.T) {
	for _, rate := range []bnn.Rate{bnn.Logistic{Max: 2, Slope: 3, Threshold: 0.5}, bnn.Probit{Max: 4, Slope: 2, Threshold: -0.3}, bnn.ConstantRate{Value: 1.7}, bnn.Logistic{Max: 1, Slope: 0, Threshold: 3}} {
		table, err := tabulate(rate)
		if err != nil {
			t.Fatal(err)
		}
		for v := -60.0; v < 60; v += 0.00377 {
			cell, f := table.cell(v*table.scale + table.offset)
			value, slope := table.max*cell.value(f), table.max*table.scale*cell.slope(f)
			want, wantSlope, _ := rate.Derivatives(v)
			if math.Abs(value-want) > 1e-10*rate.Bound() || math.Abs(slope-wantSlope) > 2e-7*rate.Bound()*4 {
				t.Fatalf("%+v at %g: %.12g and slope %.9g, want %.12g and %.9g", rate, v, value, slope, want, wantSlope)
			}
			if slope > table.derivativeBound()*(1+1e-6) {
				t.Fatalf("%+v at %g: slope %g above the bound %g", rate, v, slope, table.derivativeBound())
			}
		}
	}
}

// The table is the inverse of the distribution function at every 32-bit number.
func TestPoissonTable(t *testing.T) {
	for _, mean := range []float64{1e-9, 1e-4, 0.03, 0.7, 5, 20, random.LargestTabulatedMean} {
		var table random.PoissonTable
		table.Set(1, mean)
		probability, sum := math.Exp(-mean), 0.0
		previous := uint64(0)
		for k := 0; previous < 1<<32; k++ {
			sum += probability
			probability *= mean / float64(k+1)
			now := table.Cumulative[k]
			if math.Abs(float64(now)-sum*(1<<32)) > 1 {
				t.Errorf("mean %g: P(≤ %d) = %g, want %g", mean, k, float64(now)/(1<<32), sum)
			}
			// The ends of the run of numbers that give k.
			for _, uniform := range []uint64{previous, now - 1} {
				if now > previous && table.Count(uniform) != k {
					t.Errorf("mean %g: the number %d gives %d, want %d", mean, uniform, table.Count(uniform), k)
				}
			}
			previous = now
		}
	}
}

// Moments and distribution of the ziggurat: with 4 million draws and 20 comparisons at
// 4e-8 each.
func TestZiggurat(t *testing.T) {
	const draws = 1 << 22
	random := random.NewFast(random.New(1, "", 0, 0))
	values, words := make([]float64, draws), make([]uint64, draws)
	random.AddSkewed(values, words, 0, 1, 0)
	check := func(what string, got, want, deviation float64) {
		if z := (got - want) / deviation * math.Sqrt(draws); math.Abs(z) > 5.5 {
			t.Errorf("%s: %g, want %g, z = %.1f", what, got, want, z)
		}
	}
	moments := [7]float64{}
	for _, z := range values {
		power := 1.0
		for k := range moments {
			moments[k] += power / draws
			power *= z
		}
	}
	gaussian := []float64{1, 0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0, 10395}
	for k := 1; k < 7; k++ {
		check("moment", moments[k], gaussian[k], math.Sqrt(gaussian[2*k]-gaussian[k]*gaussian[k]))
	}
	for _, x := range []float64{-4, -3.7, -3, -2, -1, -0.3, 0, 0.01, 0.5, 1.5, 2.5, 3.6, 3.7, 4.2} {
		below := 0.0
		for _, z := range values {
			if z < x {
				below++
			}
		}
		p := normal.Distribution(x)
		check("distribution", below/draws, p, math.Sqrt(p*(1-p)))
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

// Steps end at the output times and at jumps, are at most as long as asked, and at most
// twice as long as the one before in their piece; half the step gives a finer grid everywhere.
func TestLeapGrid(t *testing.T) {
	network := leapNetworks(t)["pulsed"]
	times := []float64{0, 0.1, 0.1000001, 1.7, 2}
	plan, err := newPlan(context.Background(), network, 1000, times)
	if err != nil {
		t.Fatal(err)
	}
	const step = 0.03
	grid, err := plan.leapGrid(step)
	if err != nil {
		t.Fatal(err)
	}
	stops := map[float64]bool{}
	at, row, previous := 0.0, 1, math.Inf(1)
	for i, s := range grid {
		if s.start != at {
			t.Fatalf("step %d starts at %g, not %g", i, s.start, at)
		}
		if s.first {
			previous = math.Inf(1)
		}
		if s.length() <= 0 || s.length() > step*(1+1e-9) || s.length() > 2*previous*(1+1e-9) {
			t.Errorf("step %d has length %g after %g", i, s.length(), previous)
		}
		if s.row >= 0 {
			if s.row != row || s.end != times[row] {
				t.Errorf("step %d ends at %g for row %d, want row %d", i, s.end, s.row, row)
			}
			row++
		}
		if s.stops {
			stops[s.end] = true
		}
		at, previous = s.end, s.length()
	}
	if row != len(times) || at != 2 {
		t.Errorf("%d rows until %g", row, at)
	}
	for _, jump := range network.Populations[0].External().Jumps() {
		if jump < 2 && !stops[jump] {
			t.Errorf("no step ends at the jump at %g", jump)
		}
	}
}
