package theory

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"balanced/internal/verification"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

// A special is a point that is expected on a branch.
type special struct {
	kind           PointKind
	value          float64
	mean, variance []float64
	slow           complex128
}

// checkSpecials compares the special points of a branch, within 1e-8 of the parameter.
func checkSpecials(t *testing.T, branch Branch, want []special) {
	t.Helper()
	var got []BranchPoint
	for _, point := range branch.Points {
		if point.Kind != PlainPoint && point.Kind != StartPoint && point.Kind != EndPoint {
			got = append(got, point)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("special points %+v, want %+v", got, want)
	}
	for i, point := range got {
		w := want[i]
		if point.Kind != w.kind || math.Abs(point.Value-w.value) > 1e-8 {
			t.Errorf("a %s at %.12g, want a %s at %.12g", point.Kind, point.Value, w.kind, w.value)
		}
		// A state near a limit point changes like the root of the distance.
		if networktest.DistanceOf(point.Mean, w.mean)+networktest.DistanceOf(point.Variance, w.variance) > 1e-5 {
			t.Errorf("the %s at %g is in the state %g, %g, want %g, %g", point.Kind, point.Value, point.Mean, point.Variance, w.mean, w.variance)
		}
		leading := point.Slow
		if point.Kind == LimitPoint && math.Abs(real(leading)) > 1e-5 {
			continue // another eigenvalue is ahead of the one that is 0
		}
		if math.Abs(real(leading)-real(w.slow)) > 1e-6 || math.Abs(imag(leading)-imag(w.slow)) > 1e-7 {
			t.Errorf("the %s at %g has the slow eigenvalue %g, want %g", point.Kind, point.Value, leading, w.slow)
		}
	}
}

// reference returns the special points of a network in data/references/branches.csv.
func branchReference(t *testing.T, network string) map[PointKind][]special {
	t.Helper()
	points, states := networktest.Rows(t, "branches.csv"), networktest.Rows(t, "branches.states.csv")
	all := make(map[PointKind][]special)
	for _, row := range points {
		if row["network"] != network {
			continue
		}
		kind := map[string]PointKind{"limit-point": LimitPoint, "slow-hopf": SlowHopf, "fast-fold": FastFold}[row["kind"]]
		value := networktest.Number(t, row["p"])
		s := special{kind: kind, value: value, slow: complex(networktest.Number(t, row["slow_1_re"]), networktest.Number(t, row["omega"]))}
		for _, state := range states {
			if state["network"] == network && state["kind"] == row["kind"] && math.Abs(networktest.Number(t, state["p"])-value) < 1e-6 {
				s.mean = []float64{networktest.Number(t, state["mean_1"]), networktest.Number(t, state["mean_2"])}
				s.variance = []float64{networktest.Number(t, state["var_1"]), networktest.Number(t, state["var_2"])}
			}
		}
		all[kind] = append(all[kind], s)
	}
	return all
}

// Two slow Hopf points, two limit points and a fast fold are those of another implementation.
func TestBranchOfSlowHopfPoints(t *testing.T) {
	want := branchReference(t, "slow-hopf")
	diagram, err := Branches(t.Context(), networktest.ReadNetwork(t, "oscillations/slow-hopf"), "populations[I].rate.slope", 3, 7.5)
	if err != nil {
		t.Fatal(err)
	}
	if len(diagram.Branches) != 1 {
		t.Fatalf("%d branches", len(diagram.Branches))
	}
	checkSpecials(t, diagram.Branches[0], []special{want[LimitPoint][0], want[SlowHopf][1], want[SlowHopf][0], want[LimitPoint][1], want[FastFold][0]})
	for _, point := range diagram.Branches[0].Points {
		between := point.Value > want[SlowHopf][0].value && point.Value < want[SlowHopf][1].value && point.Mean[0] < -1.96 && point.Mean[0] > -3.07
		if point.Kind == PlainPoint && point.Stable != between {
			t.Errorf("at %g, mean %g: stable %v", point.Value, point.Mean, point.Stable)
		}
	}
}

// Along the scale of all weights, which the range of B does not see.
func TestBranchAlongTheScaleOfWeights(t *testing.T) {
	want := branchReference(t, "tipping")
	network := networktest.ReadNetwork(t, "tipping").AtRest()
	f := &family{base: network, from: 1, to: 9, set: func(scaled *bnn.Network, value float64) error {
		for a, row := range network.Weights {
			for b, weight := range row {
				scaled.Weights[a][b] = value * weight
			}
		}
		return nil
	}}
	branches, err := follow(t.Context(), f, limitBranch{})
	if err != nil {
		t.Fatal(err)
	}
	checkSpecials(t, branches[0], []special{want[FastFold][0], want[LimitPoint][0]})
}

// The curves lie where a search from many points at one value finds states, and nowhere else.
func TestBranchesAreAllStationaryStates(t *testing.T) {
	network := networktest.ReadNetwork(t, "oscillations/slow-hopf")
	const path = "populations[1].rate.slope"
	diagram, err := Branches(t.Context(), network, path, 3, 8)
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range []float64{3.3, 4.6, 5.2, 6.95, 7.72} {
		at := network.Clone()
		if err := at.Set(path, value); err != nil {
			t.Fatal(err)
		}
		states, err := StationaryStates(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		crossings := 0
		for _, branch := range diagram.Branches {
			for i, next := range branch.Points[1:] {
				if last := branch.Points[i]; (last.Value-value)*(next.Value-value) < 0 {
					crossings++
					near := func(s BalancedState) bool { return networktest.DistanceOf(s.Mean, next.Mean) < 0.2 }
					if !slices.ContainsFunc(states, near) {
						t.Errorf("at %g: no state near %g", value, next.Mean)
					}
				}
			}
		}
		if crossings != len(states) {
			t.Errorf("at %g: %d crossings, %d states", value, crossings, len(states))
		}
	}
}

// A slow Hopf point of the limit is one of the finite-n equations, at a distance that falls
// like n^{-1/2}.
func TestFiniteSizeBranches(t *testing.T) {
	verification.Long(t)
	network := networktest.ReadNetwork(t, "oscillations/slow-hopf")
	limit := branchReference(t, "slow-hopf")[SlowHopf][0]
	var distances []float64
	for _, n := range []int{1_000_000, 100_000_000} {
		diagram, err := FiniteSizeBranches(t.Context(), network, n, "populations[1].rate.slope", 4.5, 5.2)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, branch := range diagram.Branches {
			for _, point := range branch.Points {
				if point.Kind == Hopf {
					found = true
					distances = append(distances, point.Value-limit.value)
					if math.Abs(imag(point.Slow)-imag(limit.slow)) > 40/math.Sqrt(float64(n)) {
						t.Errorf("n = %d: frequency %g, of the limit %g", n, imag(point.Slow), imag(limit.slow))
					}
				}
			}
		}
		if !found {
			t.Fatalf("n = %d: no Hopf point", n)
		}
	}
	if ratio := distances[0] / distances[1]; math.Abs(ratio-10) > 0.5 {
		t.Errorf("distances %g, a ratio of %g, want 10", distances, ratio)
	}
}

func TestBranchesRefuse(t *testing.T) {
	network := networktest.ReadNetwork(t, "tipping")
	for name, ask := range map[string]func() error{
		"path":            func() error { _, err := Branches(t.Context(), network, "populations[0].speed", 0, 1); return err },
		"initial.mean[0]": func() error { _, err := Branches(t.Context(), network, "initial.mean[0]", 0, 1); return err },
		"equal ends":      func() error { _, err := Branches(t.Context(), network, "populations[0].tau", 1, 1); return err },
		"not a number": func() error {
			_, err := Branches(t.Context(), network, "populations[0].tau", 1, math.NaN())
			return err
		},
		"out of range":     func() error { _, err := Branches(t.Context(), network, "populations[0].tau", -1, 1); return err },
		"sign of a column": func() error { _, err := Branches(t.Context(), network, "weights[0][1]", -1, 1); return err },
		"a size of nothing": func() error {
			_, err := FiniteSizeBranches(t.Context(), network, 0, "populations[0].tau", 1, 2)
			return err
		},
	} {
		var input *bnn.InputError
		if err := ask(); !errors.As(err, &input) {
			t.Errorf("%s: %v", name, err)
		}
	}
	stop := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stop)
	if _, err := Branches(ctx, network, "populations[0].tau", 1, 2); !errors.Is(err, stop) {
		t.Errorf("a context that has ended: %v", err)
	}
}

func BenchmarkBranch(b *testing.B) {
	network := networktest.ReadNetwork(b, "oscillations/slow-hopf")
	f, err := newFamily(network, "populations[1].rate.slope", 3, 8)
	if err != nil {
		b.Fatal(err)
	}
	seeds, err := limitBranch{}.seeds(b.Context(), f, 5)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	points := 0
	for b.Loop() {
		branch, err := newBranchTracer(f, limitBranch{}, seeds[0]).branch(b.Context(), branchSeed{5, seeds[0]})
		if err != nil {
			b.Fatal(err)
		}
		points = len(branch.Points)
	}
	b.ReportMetric(float64(points), "points")
}
