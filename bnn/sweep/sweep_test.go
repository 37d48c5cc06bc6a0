//go:build !js

package sweep

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/simulate"
	"balanced/bnn/store"
)

// The columns are the point, the axes, and those of the measures, numbered where one kind
// stands twice.
func TestColumns(t *testing.T) {
	s := &Sweep{Design: small(t), Measures: []Measure{Regime(3), Stationary(), Limit(3), Finite(50, 1), Finite(500, 3), Simulation(50, 2, 1, simulate.Leap{})}}
	equal(t, "columns", names(t, s), "point,g,slope,regime,regime_time,regime_why,regime_error,"+
		"stationary_states,stationary_mean_E,stationary_mean_I,stationary_var_E,stationary_var_I,stationary_rate_E,stationary_rate_I,stationary_fast,stationary_slow,stationary_error,"+
		"limit_mean_E,limit_mean_I,limit_var_E,limit_var_I,limit_rate_E,limit_rate_I,limit_error,"+
		"finite1_mean_E,finite1_mean_I,finite1_var_E,finite1_var_I,finite1_rate_E,finite1_rate_I,finite1_error,"+
		"finite2_mean_E,finite2_mean_I,finite2_var_E,finite2_var_I,finite2_rate_E,finite2_rate_I,finite2_error,"+
		"simulation_mean_E,simulation_mean_I,simulation_var_E,simulation_var_I,simulation_rate_E,simulation_rate_I,"+
		"simulation_se_mean_E,simulation_se_mean_I,simulation_se_var_E,simulation_se_var_I,simulation_se_rate_E,simulation_se_rate_I,"+
		"simulation_balanced,simulation_runaway,simulation_silent,simulation_error")
	equal(t, "kinds", s.Kinds(), []string{"regime", "stationary", "limit", "finite1", "finite2", "simulation"})
	s.Axes[0].Name = "finite2_var_I"
	if _, err := s.Columns(); err == nil || !strings.Contains(err.Error(), "axes[0].name") {
		t.Errorf("an axis may be called like a measure: %v", err)
	}
}

// Rows are the same for any number of workers, with a store, from it, and put together from
// shards.
func TestRowsOfWorkersAndShards(t *testing.T) {
	measures := []Measure{Regime(1), Stationary(), Limit(1), Finite(20, 1), Simulation(20, 3, 1, nil)}
	sweep := func(workers int, kept *store.Store) *Sweep {
		s := &Sweep{Name: "test", Design: small(t), Measures: measures, Workers: workers, Store: kept}
		s.Seed = 7
		return s
	}
	want := rows(t, sweep(1, nil))
	if len(want) != 12 || len(slices.Compact(slices.Clone(want))) != 12 {
		t.Fatalf("%d rows, %s", len(want), want)
	}
	kept, parts := store.At(t.TempDir()), store.At(t.TempDir())
	for _, workers := range []int{1, 3, 30} {
		equal(t, fmt.Sprint("rows of ", workers, " workers"), rows(t, sweep(workers, nil)), want)
		equal(t, "rows with a store", rows(t, sweep(workers, kept)), want)
	}
	for _, number := range []int{4, 2, 1, 5, 3} { // in any order
		s := sweep(2, parts)
		s.Shard = Shard{number, 5}
		var indices []string
		for _, row := range rows(t, s) {
			index, _, _ := strings.Cut(row, ",")
			indices = append(indices, index)
			if !slices.Contains(want, row) {
				t.Errorf("shard %d has %s", number, row)
			}
		}
		status, err := sweep(1, parts).Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if number == 2 && (status.Complete != 5 || status.Shards != 2 || status.Points != 12) || number == 3 && status.Complete != 12 {
			t.Errorf("after shard %d with the points %s: %+v", number, indices, status)
		}
	}
	whole := sweep(1, parts)
	counted := newCounted("counted")
	whole.Measures = append(slices.Clone(measures), counted)
	rows(t, whole)
	equal(t, "points of another measure", len(counted.taken()), 12)
	equal(t, "rows from shards", rows(t, sweep(1, parts)), want)
}

// Asked again a sweep reads, and another axis, order, design or measure computes what is new.
func TestOnlyWhatIsNewIsComputed(t *testing.T) {
	kept := store.At(t.TempDir())
	a, b := newCounted("a"), newCounted("b")
	run := func(measures []Measure, axes ...Axis) (first, second []string) {
		rows(t, &Sweep{Design: Grid(networktest.ReadNetwork(t, "tipping"), axes...), Measures: measures, Workers: 1, Store: kept})
		return a.taken(), b.taken()
	}
	g, slope := small(t).Axes[0], small(t).Axes[1]
	first, _ := run([]Measure{a}, g, slope)
	equal(t, "computed at first", len(first), 12)
	first, _ = run([]Measure{a}, g, slope)
	equal(t, "computed again", len(first), 0)
	first, _ = run([]Measure{a}, slope, g)
	equal(t, "computed in another order", len(first), 0)
	more := slope
	more.Values = []float64{8, 3, 1}
	first, second := run([]Measure{b, a}, g, more)
	equal(t, "computed of a changed axis", len(first), 4)
	equal(t, "computed of another measure", len(second), 12)
	first, _ = run([]Measure{a}, g, slope, Values("n", 10, 20))
	equal(t, "computed for sizes", len(first), 24)
	first, _ = run([]Measure{a}, Values("weights[*][1]", g.value(0), -0.52))
	equal(t, "computed along one axis", len(first), 1) // the slope of the network is 8
}

// A point that ends keeps its row with the reason, which is kept; one that fails ends the sweep.
func TestPointsThatEnd(t *testing.T) {
	kept := store.At(t.TempDir())
	m := newCounted("a")
	m.ends = func(values []float64) error {
		if values[1] == 2 {
			return numericalEnd{fmt.Errorf("it ends, at %v", values[0])}
		}
		return nil
	}
	s := &Sweep{Design: small(t), Measures: []Measure{m}, Workers: 2, Store: kept}
	for range 2 {
		got := rows(t, s)
		equal(t, "row 1", got[1], `[1,-0.75,2,null,null,null,null,"it ends, at -0.75"]`)
		if !strings.HasSuffix(got[2], ",null]") || len(got) != 12 {
			t.Errorf("row 2 of %d is %s", len(got), got[2])
		}
	}
	equal(t, "computed", len(m.taken()), 12)
	failure := errors.New("the disk is on fire")
	m.name, m.ends = "b", func(values []float64) error {
		if values[0] == s.Axes[0].value(2) {
			return failure
		}
		return nil
	}
	s.Measures = []Measure{m}
	count := 0
	var last error
	for row, err := range s.Rows(t.Context()) {
		if last = err; err == nil {
			count++
		} else if row != nil {
			t.Errorf("a row %v with the error", row)
		}
	}
	if !errors.Is(last, failure) || !strings.HasPrefix(last.Error(), "point ") || count > 6 {
		t.Errorf("%v after %d rows", last, count)
	}
}

// A sweep that is stopped says what is kept, and goes on from there; whoever leaves the loop
// early ends it.
func TestStoppedSweep(t *testing.T) {
	kept := store.At(t.TempDir())
	m := newCounted("a")
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("stop")
	m.ends = func(values []float64) error {
		if values[0] == -0.55 {
			cancel(stop)
			<-ctx.Done()
			return context.Cause(ctx)
		}
		return nil
	}
	s := &Sweep{Design: small(t), Measures: []Measure{m}, Workers: 1, Store: kept}
	s.Axes[0].Values = []float64{-0.75, -0.65, -0.55, -0.45}
	count := 0
	var last error
	for _, err := range s.Rows(ctx) {
		if last = err; err == nil {
			count++
		}
	}
	var interrupted *InterruptedError
	if !errors.As(last, &interrupted) || !errors.Is(last, stop) || interrupted.Finished != 6 || interrupted.Points != 12 || count != 6 ||
		!strings.Contains(last.Error(), "kept in the store: 6 of 12 points") {
		t.Fatalf("%v after %d rows", last, count)
	}
	m.taken()
	m.ends = nil
	s.Measures = []Measure{m}
	for range s.Rows(t.Context()) {
		break
	}
	m.taken()
	rows(t, s)
	if again := len(m.taken()); again > 6 {
		t.Errorf("%d points are computed again", again)
	}
}

// Progress comes to its end, in order, with the time that is left, never twice at once.
func TestProgress(t *testing.T) {
	defer func(before time.Duration) { lookEvery = before }(lookEvery)
	lookEvery = time.Millisecond
	m := newCounted("a")
	m.ends = func([]float64) error { time.Sleep(5 * time.Millisecond); return nil }
	kept := store.At(t.TempDir())
	var told []Progress
	s := &Sweep{Design: small(t), Measures: []Measure{m}, Workers: 2, Store: kept, Progress: func(p Progress) { told = append(told, p) }}
	rows(t, s)
	last := told[len(told)-1]
	if len(told) < 6 || last != (Progress{Finished: 12, Points: 12}) {
		t.Errorf("%d times, at last %+v", len(told), last)
	}
	if !slices.IsSortedFunc(told, func(a, b Progress) int { return a.Finished - b.Finished }) {
		t.Errorf("%v", told)
	}
	if at := slices.IndexFunc(told, func(p Progress) bool { return p.Left > 0 && p.Left < time.Second }); at < 0 {
		t.Errorf("nobody tells the time: %v", told)
	}
	rows(t, s)
	equal(t, "read", told[len(told)-1], Progress{Finished: 12, Points: 12, Stored: 12})
}

// A dry run computes one point, keeps nothing, and tells how many the store has.
func TestEstimate(t *testing.T) {
	kept := store.At(t.TempDir())
	m := newCounted("a")
	m.ends = func([]float64) error { time.Sleep(20 * time.Millisecond); return nil }
	s := &Sweep{Design: small(t), Measures: []Measure{m}, Workers: 3, Store: kept}
	for range 2 {
		e, err := s.Estimate(t.Context())
		if err != nil || e.Points != 12 || e.Stored != 0 || e.PointSeconds < 0.02 || e.Seconds != e.PointSeconds*12/3 || e.Bytes < 1e6 {
			t.Errorf("%+v, %v", e, err)
		}
		equal(t, "computed", len(m.taken()), 1)
	}
	rows(t, s)
	s.Axes[0].Count = 7 // every other of which is there
	e, err := s.Estimate(t.Context())
	if err != nil || e.Points != 21 || e.Stored != 12 {
		t.Errorf("%+v, %v", e, err)
	}
}

// Nothing is computed, and no file made, for what one point of a sweep may not have.
func TestRefusedBeforeAnythingRuns(t *testing.T) {
	for want, change := range map[string]func(*Sweep){
		"measure: a list of 0":                            func(s *Sweep) { s.Measures = nil },
		"measure[1].to: -1":                               func(s *Sweep) { s.Measures = append(s.Measures, Limit(-1)) },
		"measure[1].replicas: 0":                          func(s *Sweep) { s.Measures = append(s.Measures, Simulation(10, 0, 1, nil)) },
		"point 0 (g = -0.75, slope = 1): measure[1].n: 0": func(s *Sweep) { s.Measures = append(s.Measures, Finite(0, 1)) },
		"workers: -1":                                     func(s *Sweep) { s.Workers = -1 },
		"shard: 3/2":                                      func(s *Sweep) { s.Shard = Shard{3, 2} },
		"point 3 (g = 0.5, slope = 1): weights": func(s *Sweep) { // Dale's law
			s.Axes[0].Paths, s.Axes[0].Values = []string{"weights[0][1]"}, []float64{-0.75, 0.5}
		},
		"point 0 (g = -0.75, slope = 1): needs about": func(s *Sweep) {
			s.Measures = append(s.Measures, Simulation(1e9, 1000, 1, simulate.Leap{}))
		},
	} {
		kept := store.At(t.TempDir())
		m := newCounted("a")
		s := &Sweep{Design: small(t), Measures: []Measure{m}, Store: kept}
		change(s)
		var last error
		for _, last = range s.Rows(t.Context()) {
		}
		var input *bnn.InputError
		var cost *bnn.CostError
		if last == nil || !strings.HasPrefix(last.Error(), want) || !errors.As(last, &input) && !errors.As(last, &cost) || len(m.taken()) > 0 {
			t.Errorf("%v, want %s", last, want)
		}
		if entries, err := kept.List(t.Context()); err != nil || len(entries) > 0 {
			t.Errorf("%s: the store has %v, %v", want, entries, err)
		}
	}
}
