package simulate

import (
	"context"
	"math"
	"testing"
)

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
		if s.Start != at {
			t.Fatalf("step %d starts at %g, not %g", i, s.Start, at)
		}
		if s.First {
			previous = math.Inf(1)
		}
		if s.Length() <= 0 || s.Length() > step*(1+1e-9) || s.Length() > 2*previous*(1+1e-9) {
			t.Errorf("step %d has length %g after %g", i, s.Length(), previous)
		}
		if s.Row >= 0 {
			if s.Row != row || s.End != times[row] {
				t.Errorf("step %d ends at %g for row %d, want row %d", i, s.End, s.Row, row)
			}
			row++
		}
		if s.Stops {
			stops[s.End] = true
		}
		at, previous = s.End, s.Length()
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
