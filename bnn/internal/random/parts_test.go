package random

import (
	"math"
	"testing"

	"balanced/bnn/internal/normal"
	"balanced/internal/verification"
)

// The table is the inverse of the distribution function at every 32-bit number.
func TestPoissonTable(t *testing.T) {
	for _, mean := range []float64{1e-9, 1e-4, 0.03, 0.7, 5, 20, LargestTabulatedMean} {
		var table PoissonTable
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
	verification.Long(t)
	const draws = 1 << 22
	stream := NewFast(New(1, "", 0, 0))
	values, words := make([]float64, draws), make([]uint64, draws)
	stream.AddSkewed(values, words, 0, 1, 0)
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
	for _, x := range []float64{-4.2, -4, -3.7, -3, -2, -1, -0.3, 0, 0.01, 0.5, 1.5, 2.5, 3.6, 3.7, 4.2} {
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
