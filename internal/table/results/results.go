// Package results lays results out as the tables that the command prints: their columns are
// what other programs rely on.
package results

import (
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/store"
	"balanced/bnn/theory"
	"balanced/internal/table"
)

// Trajectory has a row a time; that of the finite-n equations has third cumulants too.
func Trajectory(trajectory *bnn.Trajectory, finite bool) *table.Table {
	t := &table.Table{Columns: []string{"t"}}
	t.AddColumns("mean_", trajectory.Populations)
	t.AddColumns("var_", trajectory.Populations)
	if finite {
		t.AddColumns("third_", trajectory.Populations)
	}
	t.AddColumns("rate_", trajectory.Populations)
	t.AddColumns("input_", trajectory.Populations)
	t.Columns = append(t.Columns, "stability", "residual")
	for i, time := range trajectory.Times {
		t.Rows = append(t.Rows, []any{time})
		t.AppendNumbers(trajectory.Mean[i]...)
		t.AppendNumbers(trajectory.Variance[i]...)
		if finite {
			t.AppendNumbers(trajectory.Third[i]...)
		}
		t.AppendNumbers(trajectory.Rate[i]...)
		t.AppendNumbers(trajectory.Input[i]...)
		t.AppendNumbers(trajectory.Stability[i], trajectory.Residual[i])
	}
	return t
}

// Branches has a row a point, one branch after the other.
func Branches(d *theory.BifurcationDiagram) *table.Table {
	t := &table.Table{Columns: []string{"branch", "point", d.Path}}
	for _, prefix := range []string{"mean_", "var_", "rate_"} {
		t.AddColumns(prefix, d.Populations)
	}
	t.Columns = append(t.Columns, "fast", "fast_frequency", "slow", "slow_frequency", "kind")
	for i, branch := range d.Branches {
		for j, point := range branch.Points {
			t.Rows = append(t.Rows, []any{i + 1, j, point.Value})
			t.AppendNumbers(point.Mean...)
			t.AppendNumbers(point.Variance...)
			t.AppendNumbers(point.Rate...)
			fast := []any{real(point.Fast), math.Abs(imag(point.Fast))}
			if d.Finite {
				fast = []any{nil, nil}
			}
			row := append(t.Rows[len(t.Rows)-1], fast...)
			t.Rows[len(t.Rows)-1] = append(row, real(point.Slow), math.Abs(imag(point.Slow)), string(point.Kind))
		}
	}
	return t
}

// Balance has a row for the start and one for each stationary state.
func Balance(b *theory.Balance, network *bnn.Network) *table.Table {
	var names []string
	for _, population := range network.Populations {
		names = append(names, population.Name)
	}
	t := &table.Table{Columns: []string{"state", "rank"}}
	for _, prefix := range []string{"mean_", "var_", "rate_", "input_"} {
		t.AddColumns(prefix, names)
	}
	t.Columns = append(t.Columns, "stability", "slow_stability", "verdict")
	add := func(name, verdict string, numbers ...[]float64) {
		t.Rows = append(t.Rows, []any{name, float64(b.Rank)})
		for _, values := range numbers {
			t.AppendNumbers(values...)
		}
		t.Rows[len(t.Rows)-1] = append(t.Rows[len(t.Rows)-1], verdict)
	}
	if i := b.Initial; i != nil {
		add("initial", "balanced", i.Mean[0], i.Variance[0], i.Rate[0], i.Input[0], []float64{i.Stability[0], math.NaN()})
	} else {
		none := make([]float64, 4*len(names)+2)
		for c := range none {
			none[c] = math.NaN()
		}
		add("initial", "none: "+b.Reason(), none)
	}
	for i, s := range b.Stationary {
		add(fmt.Sprintf("stationary-%d", i+1), s.Describe(), s.Mean, s.Variance, s.Rate, s.Input, []float64{s.Stability, s.SlowStability})
	}
	return t
}

// Summary has a row a time: averages over replicas, and then their standard errors.
func Summary(s *simulate.Summary) *table.Table {
	t := &table.Table{Columns: []string{"t"}}
	for _, prefix := range []string{"", "se_"} {
		for _, quantity := range []string{"mean_", "var_", "third_", "rate_"} {
			t.AddColumns(prefix+quantity, s.Populations)
		}
	}
	for i, time := range s.Times {
		t.Rows = append(t.Rows, []any{time})
		for _, m := range []bnn.Moments{s.Moments, s.StandardError} {
			t.AppendNumbers(m.Mean[i]...)
			t.AppendNumbers(m.Variance[i]...)
			t.AppendNumbers(m.Third[i]...)
			t.AppendNumbers(m.Rate[i]...)
		}
	}
	return t
}

// Explain says in words what the table of a balance shows, a line each.
func Explain(b *theory.Balance) (lines []string) {
	say := func(format string, values ...any) { lines = append(lines, fmt.Sprintf(format, values...)) }
	say("The weights have rank %d.", b.Rank)
	if b.Refused != nil {
		say("From the initial means: %v.", b.Refused)
	}
	if len(b.Stationary) == 0 {
		say("No stationary state of the limit equations was found.")
	}
	for i, s := range b.Stationary {
		say("Stationary state %d: %s.", i+1, s.Describe())
	}
	return lines
}

// Entries is a row for each entry of a store.
func Entries(entries []store.Entry) *table.Table {
	t := &table.Table{Columns: []string{"key", "kind", "network", "method", "n", "seed", "times", "keeps", "stale", "replicas", "checkpoints", "bytes", "created", "used"}}
	for _, e := range entries {
		t.Rows = append(t.Rows, []any{e.Key, e.Kind, e.Name, e.Method, e.N, e.Seed, len(e.Times), e.Keeps, e.Stale, e.Records, e.Checkpoints, e.Bytes, e.Created, e.Used})
	}
	return t
}
