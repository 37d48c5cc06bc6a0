package sweep

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

// all are the values of the points of a design.
func all(t testing.TB, d Design) (values [][]float64) {
	t.Helper()
	l, err := d.layout()
	if err != nil {
		t.Fatal(err)
	}
	for point, err := range l.points(t.Context(), whole) {
		if err != nil {
			t.Fatal(err)
		}
		if point.Index != len(values) {
			t.Errorf("point %d is called %d", len(values), point.Index)
		}
		values = append(values, point.Values)
	}
	return values
}

// A grid has all combinations, the last axis fastest, with both ends of a range exact.
func TestGridOrder(t *testing.T) {
	network := networktest.ReadNetwork(t, "tipping")
	got := all(t, Grid(network, Linear("weights[0][1]", -0.3, -0.1, 3), Log("populations[0].rate.slope", 0.01, 100, 5), Values("weights[1][1]", -2, -1)))
	equal(t, "points", len(got), 30)
	equal(t, "first", got[0], []float64{-0.3, 0.01, -2})
	equal(t, "second", got[1], []float64{-0.3, 0.01, -1})
	equal(t, "third", got[2], []float64{-0.3, 0.1, -2})
	equal(t, "number 14", got[14], []float64{-0.2, 1, -2})
	equal(t, "last", got[29], []float64{-0.1, 100, -1})
	equal(t, "an end that is missed by adding", all(t, Grid(network, Linear("weights[*][1]", -0.9, -0.15, 60)))[59], []float64{-0.15})
	equal(t, "one value", all(t, Grid(network, Linear("weights[0][1]", -0.3, -0.1, 1))), [][]float64{{-0.3}})
	equal(t, "a negative logarithmic range", all(t, Grid(network, Log("weights[*][1]", -0.1, -10, 3))), [][]float64{{-0.1}, {-1}, {-10}})
	equal(t, "tenths", all(t, Grid(network, Linear("initial.mean[0]", 0, 1, 11)))[3], []float64{0.3})
}

// The numbers of all paths get the value, or are multiplied by it, and n is the size.
func TestPointsOfAGrid(t *testing.T) {
	network := networktest.ReadNetwork(t, "tipping")
	before := network.Clone()
	l, err := Grid(network,
		Axis{Name: "w", Paths: []string{"weights[*][1]", "initial.mean[0]"}, Values: []float64{-2, -3}},
		Axis{Name: "scale", Paths: []string{"weights[0][*]"}, Values: []float64{10}, Factor: true},
		Log("n", 10, 1000, 4)).layout()
	if err != nil {
		t.Fatal(err)
	}
	point, err := l.point(5)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "n", point.N, 46) // 10 · 100^(1/3) is 46.4
	equal(t, "values", point.Values, []float64{-3, 10, 46})
	equal(t, "weights", point.Network.Weights, [][]float64{{before.Weights[0][0] * 10, -30}, {before.Weights[1][0], -3}})
	equal(t, "means", point.Network.Initial.Mean, []float64{-3, before.Initial.Mean[1]})
	equal(t, "the network of the design", network, before)
}

// In a Latin hypercube each part of an axis has one point, whatever the scale; listed values
// have equal shares; and the seed decides.
func TestLatin(t *testing.T) {
	const points = 200
	network := networktest.ReadNetwork(t, "tipping")
	design := func(seed uint64) Design {
		return Latin(network, points, seed, Linear("weights[*][1]", -0.9, -0.1, 0), Log("populations[*].tau", 0.01, 100, 7), Values("populations[0].rate.slope", 1, 2, 4, 8))
	}
	got := all(t, design(1))
	var parts [2][points]int
	shares := map[float64]int{}
	correlation := 0.0
	for _, values := range got {
		x, y := (values[0]+0.9)/0.8, (math.Log10(values[1])+2)/4
		parts[0][int(x*points)]++
		parts[1][int(y*points)]++
		shares[values[2]]++
		correlation += (x - 0.5) * (y - 0.5) * 12 / points
	}
	for axis := range parts {
		for part, count := range parts[axis] {
			if count != 1 {
				t.Errorf("part %d of axis %d has %d points", part, axis, count)
			}
		}
	}
	equal(t, "shares", shares, map[float64]int{1: 50, 2: 50, 4: 50, 8: 50})
	// Its standard deviation is 1/√points: a false alarm in 16,000.
	if math.Abs(correlation) > 4/math.Sqrt(points) {
		t.Errorf("the axes are correlated by %g", correlation)
	}
	equal(t, "the same seed", all(t, design(1)), got)
	if fmt.Sprint(all(t, design(2))) == fmt.Sprint(got) {
		t.Error("another seed gives the same points")
	}
}

// What is wrong with a design is named by its path, before any point.
func TestRefusedDesigns(t *testing.T) {
	network := networktest.ReadNetwork(t, "tipping")
	with := func(axes ...Axis) Design { return Grid(network, axes...) }
	for want, design := range map[string]Design{
		"network: nil":                         Grid(nil, Values("n", 1)),
		"axes: a list of 0":                    with(),
		"points: -1":                           Latin(network, 0, 1, Values("n", 1)),
		`axes[0].paths[1]: "weights[2][0]"`:    with(Axis{Name: "a", Paths: []string{"weights[0][0]", "weights[2][0]"}, Values: []float64{1}}),
		`axes[1].paths[0]: "populations[0]"`:   with(Values("n", 1), Values("populations[0]", 1)),
		`axes[0].paths[0]: "nowhere"`:          with(Values("nowhere", 1)),
		"axes[0].values[1]: 0 ":                with(Values("populations[0].tau", 1, 0)),
		"axes[0].values[1]: NaN":               with(Values("weights[0][0]", 1, math.NaN())),
		"axes[0].from: -1":                     with(Linear("populations[0].rate.slope", -1, 1, 3)),
		"axes[0].to: -1":                       with(Linear("populations[0].rate.slope", 1, -1, 3)),
		"axes[0].from: +Inf":                   with(Linear("weights[0][0]", math.Inf(1), 1, 3)),
		"axes[0].to: 1e+308":                   with(Linear("weights[0][0]", -1e308, 1e308, 3)),
		"axes[0].from: 0 is":                   with(Log("weights[0][0]", 0, 1, 3)),
		"axes[0].to: -1 is":                    with(Log("weights[0][0]", 1, -1, 3)),
		"axes[0].count: 0":                     with(Linear("weights[0][0]", 1, 2, 0)),
		"axes[0].values[0]: 2.5":               with(Values("n", 2.5)),
		"axes[0].from: 0 is not":               with(Linear("n", 0, 100, 3)),
		"axes[0].factor: true":                 with(Axis{Name: "n", Paths: []string{"n"}, Values: []float64{2}, Factor: true}),
		`axes[1].name: "a"`:                    with(Axis{Name: "a", Paths: []string{"n"}, Values: []float64{2}}, Axis{Name: "a", Paths: []string{"weights[0][0]"}, Values: []float64{2}}),
		`axes[0].name: "point"`:                with(Axis{Name: "point", Paths: []string{"n"}, Values: []float64{2}}),
		`axes[0].name: "a\nb"`:                 with(Axis{Name: "a\nb", Paths: []string{"n"}, Values: []float64{2}}),
		"axes[0].paths: a list of 0":           with(Axis{Name: "a", Values: []float64{1}}),
		"axes: more points than":               with(Linear("n", 2, 3, 1e9), Linear("weights[0][0]", 1, 2, 1e9)),
		"point 1 (weights[0][1] = 0.5)":        with(Values("weights[0][1]", -1, 0.5)), // Dale's law
		"point 0 (populations[0].size = 0.01,": with(Values("populations[0].size", 0.01), Values("n", 100)),
		"point 0 (populations[*].tau = -1)":    with(Axis{Paths: []string{"populations[*].tau"}, Values: []float64{-1}, Factor: true}),
	} {
		computed := 0
		var err error
		for _, err = range Each(t.Context(), design, 1, func(context.Context, Point) (int, error) { computed++; return 0, nil }) {
		}
		var input *bnn.InputError
		if !errors.As(err, &input) || !strings.HasPrefix(err.Error(), want) || computed > 0 {
			t.Errorf("%v after %d points, want %s", err, computed, want)
		}
	}
}
