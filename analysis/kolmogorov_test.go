package analysis

import (
	"fmt"
	"math"
	"testing"

	"balanced/analysis/internal/analysistest"
)

// Critical values of the Kolmogorov–Smirnov distance at 5 % and 1 %: L. H. Miller,
// J. Amer. Stat. Assoc. 51, 111–121 (1956), table 1.
func TestDistanceAgainstMiller(t *testing.T) {
	for _, row := range []struct {
		count         int
		five, percent float64
	}{
		{5, 0.56328, 0.66853}, {10, 0.40925, 0.48893}, {20, 0.29408, 0.35241}, {40, 0.21012, 0.25205}, {100, 0.13403, 0.16081},
	} {
		analysistest.Near(t, fmt.Sprintf("5 %% of %d", row.count), distanceAt(0.05, row.count), row.five, 2e-5)
		analysistest.Near(t, fmt.Sprintf("1 %% of %d", row.count), distanceAt(0.01, row.count), row.percent, 2e-5)
	}
}

// In the centre the tail is an upper bound: G. Marsaglia, W. W. Tsang and J. Wang,
// J. Stat. Software 8 (18), 2003, give P(D < 0.274) = 0.628479615… for 10 values.
// For two values P(D < d) = 2(2d − 1/2)² when 1/4 ≤ d ≤ 1/2, and 1 − 2(1−d)² above.
func TestDistanceAgainstExactValues(t *testing.T) {
	exactTail := 1 - 0.6284796154565
	if got := distanceTail(0.274, 10); got < exactTail || got > exactTail*1.02 {
		t.Errorf("tail %g, want a little above %g", got, exactTail)
	}
	for _, d := range []float64{0.5, 0.7, 0.9} {
		analysistest.Near(t, fmt.Sprint("two values, ", d), distanceTail(d, 2), 2*(1-d)*(1-d), 1e-12)
	}
	// Far out, 2 exp(−2λ²) of Kolmogorov's limit law.
	const count, lambda = 1e6, 2.7
	analysistest.Near(t, "limit law", distanceTail(lambda/math.Sqrt(count), count)/(2*math.Exp(-2*lambda*lambda)), 1, 0.01)
	analysistest.Near(t, "zero", distanceTail(0, 7), 1, 0)
	analysistest.Near(t, "one", distanceTail(1, 7), 0, 0)
}

// distanceAt is the distance whose tail is p.
func distanceAt(p float64, count int) float64 {
	return bisect(0, 1, func(d float64) bool { return distanceTail(d, count) <= p })
}
