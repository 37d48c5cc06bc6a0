package theory

import (
	"math"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

// The slow cycle of slow-cycle.json: periods of the limit and of the finite-n equations as an
// independent program has them (Bogacki and Shampine's method, and Rodas3, in C), and no cycle
// at n = 100, where the rest is stable.
func TestSlowCycle(t *testing.T) {
	verification.Long(t)
	network, err := bnn.ReadNetwork("../../data/networks/oscillations/slow-cycle.json")
	if err != nil {
		t.Fatal(err)
	}
	times := bnn.Every(0.01, 40)
	limit, err := Limit(t.Context(), network, times)
	if err != nil {
		t.Fatal(err)
	}
	checkCycle(t, "limit", times, limit, 3.0396)
	for n, period := range map[int]float64{1000: 3.2185, 10000: 3.1108} {
		finite, err := FiniteSize(t.Context(), network, n, times)
		if err != nil {
			t.Fatal(err)
		}
		checkCycle(t, "finite", times, finite, period)
	}
	finite, err := FiniteSize(t.Context(), network, 100, bnn.Every(0.1, 200))
	if err != nil {
		t.Fatal(err)
	}
	rows := finite.Variance[1900:]
	least, most := math.Inf(1), 0.0
	for _, row := range rows {
		least, most = min(least, row[2]), max(most, row[2])
	}
	if most-least > 0.01 {
		t.Errorf("at n = 100 the variance still moves between %.4g and %.4g", least, most)
	}
}

// checkCycle compares the mean time between upward crossings of 2.6 by the variance of S.
func checkCycle(t *testing.T, name string, times []float64, result *bnn.Trajectory, want float64) {
	t.Helper()
	var crossings []float64
	for i := 1; i < len(times); i++ {
		before, after := result.Variance[i-1][2], result.Variance[i][2]
		if times[i] > 15 && before < 2.6 && after >= 2.6 {
			crossings = append(crossings, times[i-1]+(times[i]-times[i-1])*(2.6-before)/(after-before))
		}
	}
	if len(crossings) < 7 {
		t.Fatalf("%s: %d crossings", name, len(crossings))
	}
	period := (crossings[len(crossings)-1] - crossings[0]) / float64(len(crossings)-1)
	if math.Abs(period-want) > 1e-3 {
		t.Errorf("%s: period %.5f, want %.4f", name, period, want)
	}
}
