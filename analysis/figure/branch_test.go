package figure

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// turning is a branch that is stable, turns, and comes back through a fold.
func turning() *theory.BifurcationDiagram {
	point := func(value, mean float64, fast, slow complex128, stable bool, kind theory.PointKind) theory.BranchPoint {
		return theory.BranchPoint{Value: value, Mean: []float64{mean, -mean}, Variance: []float64{1, 1}, Rate: []float64{1, 1}, Fast: fast, Slow: slow, Stable: stable, Kind: kind}
	}
	return &theory.BifurcationDiagram{Path: "weights[0][0]", Populations: []string{"E", "I"}, Branches: []theory.Branch{{Points: []theory.BranchPoint{
		point(0, 0, -1, -1, true, theory.StartPoint), point(1, 1, -1, -0.5, true, theory.PlainPoint), point(2, 2, -1, 0, false, theory.LimitPoint),
		point(1.5, 3, -1, 1, false, theory.PlainPoint), point(1, 4, 0, 1, false, theory.FastFold), point(0.5, 5, 1, 1, false, theory.PlainPoint), point(0, 6, 1, 1, false, theory.EndPoint),
	}}}}
}

// Each stretch has the look of its stability, and the stretches join.
func TestStretches(t *testing.T) {
	branch := turning().Branches[0]
	values, _ := along(branch, bnn.Means, 0)
	lines := stretches(branch, values, 0)
	if len(lines) != 3 || lines[0].rank() != 0 || lines[1].rank() != 1 || lines[2].rank() != 2 {
		t.Fatalf("lines %+v", lines)
	}
	for i, want := range [][]float64{{0, 1, 2}, {2, 1.5, 1}, {1, 0.5, 0}} {
		if !slices.Equal(lines[i].X, want) {
			t.Errorf("stretch %d over %g, want %g", i, lines[i].X, want)
		}
	}
}

func TestBranch(t *testing.T) {
	figure, err := Branch(turning(), bnn.Means, bnn.Rates)
	if err != nil {
		t.Fatal(err)
	}
	svg, err := figure.SVG()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"limit point", "fast fold", "unstable at rate √n", "weights[0][0]"} {
		if !strings.Contains(string(svg), text) {
			t.Errorf("no %q in the picture", text)
		}
	}
	var input *bnn.InputError
	if _, err := Branch(turning(), bnn.ThirdCumulants); !errors.As(err, &input) || !strings.Contains(err.Error(), "quantities[0]") {
		t.Errorf("third cumulants in the limit: %v", err)
	}
}
