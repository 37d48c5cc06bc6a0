package plane

import (
	"errors"
	"math"
	"testing"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/internal/verification"
)

// With thresholds at 0 and weights u (½, −0.6) balance is ½ F(m_0) = 0.6 F(m_1): found here by expectations, there by the
// motion. The stable states are those that Project leaves where they are; the note is where
// the line turns back.
func TestFoldIsWhereBalancesMeet(t *testing.T) {
	verification.Long(t)
	network, variance := read(t, "tipping"), []float64{0.2, 0.2}
	across, along := figure.Axis{Low: -0.5, High: 1}, figure.Axis{Low: -1, High: 2}
	panel, err := Fold(network, variance, across, along)
	if err != nil {
		t.Fatal(err)
	}
	stable, unstable := panel.Lines[0], panel.Lines[1]
	furthest, counts := math.Inf(-1), [2]int{}
	for k, line := range []figure.Line{stable, unstable} {
		for i, d := range line.X {
			if math.IsNaN(d) {
				continue
			}
			counts[k]++
			furthest = max(furthest, d)
			mean := []float64{line.Y[i], line.Y[i] - d}
			if i%40 != 20 || k == 1 || line.X[i] < -0.5 {
				continue
			}
			there, err := theory.Project(t.Context(), network, 0, mean, variance)
			if err != nil || math.Hypot(there[0]-mean[0], there[1]-mean[1]) > 1e-6 {
				t.Errorf("%g goes to %g, %v", mean, there, err)
			}
		}
	}
	if counts[0] < 100 || counts[1] < 50 {
		t.Fatalf("%d stable and %d unstable states", counts[0], counts[1])
	}
	if len(panel.Notes) != 1 || math.Abs(panel.Notes[0].X-furthest) > 1e-4 {
		t.Errorf("the notes are %+v, the line turns at %g", panel.Notes, furthest)
	}
}

// What moves along a fibre keeps its first coordinate.
func TestFibresAreUpright(t *testing.T) {
	network := read(t, "two-timescales")
	m := bnn.NewMoments([]string{"E", "I"}, []float64{0, 1})
	u := []float64{network.Weights[0][0], network.Weights[1][0]}
	m.Mean[0], m.Mean[1] = []float64{0.3, -0.2}, []float64{0.3 + u[0], -0.2 + u[1]}
	got := Upright(network, &m)
	if d := got.Mean[1][0] - got.Mean[0][0]; math.Abs(d) > 1e-12 || got.Mean[0][1] != 0.3 || m.Mean[0][1] != -0.2 {
		t.Errorf("got %g from %g", got.Mean, m.Mean)
	}
}

func TestFoldRefuses(t *testing.T) {
	network := read(t, "tipping")
	var input *bnn.InputError
	if _, err := Fold(network, []float64{0.2, 0.2}, figure.Axis{}, figure.Axis{Low: -1, High: 1}); !errors.As(err, &input) || input.Path != "axes" {
		t.Errorf("no ends: %v", err)
	}
	unit := figure.Axis{Low: 0, High: 1}
	if _, err := Fold(network, []float64{0.2, 0}, unit, unit); !errors.As(err, &input) || input.Path != "variance[1]" {
		t.Errorf("no variance: %v", err)
	}
	network.Populations = append(network.Populations, network.Populations[0])
	if _, err := Fold(network, []float64{0.2, 0.2}, unit, unit); !errors.As(err, &input) || input.Path != "network" {
		t.Errorf("three populations: %v", err)
	}
}
