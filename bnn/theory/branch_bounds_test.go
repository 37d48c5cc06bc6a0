package theory

import (
	"math"
	"strings"
	"testing"

	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// A path may name the level at rest of a stimulus that changes.
func TestBranchAlongALevelAtRest(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	diagram, err := Branches(t.Context(), network, "feedforward[X].rate.baseline", 0.5, 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(diagram.Branches) != 1 {
		t.Fatalf("%d branches", len(diagram.Branches))
	}
	// F = −B⁻¹b is linear in the drive.
	for _, point := range diagram.Branches[0].Points {
		if want := (0.2 - 0.45) / (0.8 - 0.45) * point.Value; math.Abs(point.Rate[0]+want) > 1e-9 {
			t.Errorf("at %g: rate %g, want %g", point.Value, point.Rate[0], -want)
		}
	}
}

// Rates of a network of full rank are clamped, F = −B⁻¹b: the branch ends where the first comes
// to its bound or to nothing, though the other does not, and says whose.
func TestBranchEndsWhereOneRateDoes(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	for _, end := range []struct {
		path           string
		from, to, want float64
		reason         string
	}{
		// F_E = (0.9·0.5 + 0.2 w)/(0.8 |w| − 0.45)… = 3 where it saturates.
		{"weights[0][1]", -1, -0.3, -9. / 13, "population E is at its bound"},
		{"feedforward[X].rate.baseline", 1, 0, 0, "population E dies out"},
	} {
		diagram, err := Branches(t.Context(), network, end.path, end.from, end.to)
		if err != nil {
			t.Fatal(err)
		}
		if len(diagram.Branches) != 1 {
			t.Fatalf("%d branches", len(diagram.Branches))
		}
		branch := diagram.Branches[0]
		last := branch.Points[len(branch.Points)-1]
		if math.Abs(last.Value-end.want) > 1e-9 || !strings.Contains(branch.Ends, end.reason) {
			t.Errorf("along %s: the branch ends at %.12g where %s, want %.12g", end.path, last.Value, branch.Ends, end.want)
		}
		for _, point := range branch.Points[1 : len(branch.Points)-1] {
			if point.Kind != PlainPoint {
				t.Errorf("along %s: a %s at %g", end.path, point.Kind, point.Value)
			}
		}
	}
}

// Sizes above one do not keep states of the limit from being followed to finite networks.
func TestFiniteSizeBranchesOfLargePopulations(t *testing.T) {
	verification.Long(t)
	network := networktest.ReadNetwork(t, "oscillations/slow-hopf")
	for b, size := range []float64{1.6, 2.5} { // the same network, but for what a neuron hears of its own
		network.Populations[b].Size = size
		for a := range network.Weights {
			network.Weights[a][b] /= math.Sqrt(size)
		}
	}
	const path = "populations[E].stimulus.value"
	limit, err := Branches(t.Context(), network, path, -5.4, -5.2)
	if err != nil {
		t.Fatal(err)
	}
	finite, err := FiniteSizeBranches(t.Context(), network, 1_000_000_000, path, -5.4, -5.2)
	if err != nil {
		t.Fatal(err)
	}
	if len(limit.Branches) == 0 || len(finite.Branches) < len(limit.Branches) {
		t.Fatalf("%d branches in the limit, %d at finite n", len(limit.Branches), len(finite.Branches))
	}
	for i, branch := range limit.Branches {
		want := branch.Points[0].Mean
		near := false
		for _, other := range finite.Branches {
			near = near || networktest.DistanceOf(other.Points[0].Mean, want) < 0.01
		}
		if !near {
			t.Errorf("branch %d, from %g, is not followed", i, want)
		}
	}
}

// A silent network has no state in the limit, and at finite n one whose rates fall like n^{-1/2}.
func TestFiniteSizeBranchesWithoutALimit(t *testing.T) {
	verification.Long(t)
	network := networktest.ReadNetwork(t, "silent")
	const path = "populations[1].rate.threshold"
	limit, err := Branches(t.Context(), network, path, 0.4, 0.6)
	if err != nil || len(limit.Branches) != 0 {
		t.Fatalf("in the limit %d branches, error %v", len(limit.Branches), err)
	}
	var rates []float64
	for _, n := range []int{1_000_000, 100_000_000} {
		finite, err := FiniteSizeBranches(t.Context(), network, n, path, 0.4, 0.6)
		if err != nil {
			t.Fatal(err)
		}
		if len(finite.Branches) != 1 || !finite.Branches[0].Points[0].Stable {
			t.Fatalf("n = %d: %d branches", n, len(finite.Branches))
		}
		rates = append(rates, finite.Branches[0].Points[0].Rate[0])
	}
	if ratio := rates[0] / rates[1]; ratio < 6 || ratio > 10 { // means fall like log n, which slows it
		t.Errorf("rates %g, a ratio of %g", rates, ratio)
	}
}

// Two real eigenvalues of S that cross at once, as in a network of populations that are alike,
// are no Hopf point.
func TestRealEigenvaluesThatCrossAtOnce(t *testing.T) {
	tracer := &branchTracer{kind: limitBranch{}}
	before, after := branchLabel{}, branchLabel{fast: 2}
	if kind := tracer.pointKind(before, after, []complex128{-1, 1e-9, -1e-9}, nil); kind != FastFold {
		t.Errorf("two real ones make a %q", kind)
	}
	if kind := tracer.pointKind(before, after, []complex128{-1, 1e-9 + 1i, 1e-9 - 1i}, nil); kind != FastHopf {
		t.Errorf("a pair makes a %q", kind)
	}
}
