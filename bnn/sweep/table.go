package sweep

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"

	"balanced/bnn"
	"balanced/bnn/store"
)

// A Table is the rows of a sweep in memory, for pictures and further thought.
type Table struct {
	Columns []Column
	Rows    [][]any // cells are int64, float64, string or nil, see Sweep.Rows
	sweep   Sweep
}

// Run measures all points of a design on all processors and keeps what is found in the store
// of the user, where there is one. The errors are those of Sweep.Rows.
func (d Design) Run(ctx context.Context, measures ...Measure) (*Table, error) {
	s := Sweep{Design: d, Measures: measures}
	if kept, err := store.Default(); err == nil {
		s.Store = kept
	}
	return s.Table(ctx)
}

// Table computes the rows, as Rows does, and holds them: some hundred bytes a row and column.
func (s *Sweep) Table(ctx context.Context) (*Table, error) {
	columns, err := s.Columns()
	if err != nil {
		return nil, err
	}
	t := &Table{Columns: columns, sweep: *s}
	for row, err := range s.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// All yields the rows, as Sweep.Rows does.
func (t *Table) All() iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range t.Rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// Design is that of the sweep.
func (t *Table) Design() Design { return t.sweep.Design }

// column finds a column by its name.
func (t *Table) column(name string) (int, error) {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		var names []string
		for _, column := range t.Columns {
			names = append(names, column.Name)
		}
		return 0, &bnn.InputError{Path: "column", Value: strconv.Quote(name), Allowed: fmt.Sprintf("one of %q", names)}
	}
	return i, nil
}

// Numbers are the cells of a column, by row; NaN where there is nothing. A column of texts is
// an *InputError.
func (t *Table) Numbers(column string) ([]float64, error) {
	c, err := t.column(column)
	if err != nil {
		return nil, err
	}
	numbers := make([]float64, len(t.Rows))
	for i, row := range t.Rows {
		switch cell := row[c].(type) {
		case float64:
			numbers[i] = cell
		case int64:
			numbers[i] = float64(cell)
		case nil:
			numbers[i] = math.NaN()
		default:
			return nil, &bnn.InputError{Path: "column", Value: strconv.Quote(column), Allowed: "a column of numbers"}
		}
	}
	return numbers, nil
}

// Texts are the cells of a column of texts, by row; "" where there is nothing.
func (t *Table) Texts(column string) ([]string, error) {
	c, err := t.column(column)
	if err != nil {
		return nil, err
	}
	if t.Columns[c].Kind != Text {
		return nil, &bnn.InputError{Path: "column", Value: strconv.Quote(column), Allowed: "a column of texts"}
	}
	texts := make([]string, len(t.Rows))
	for i, row := range t.Rows {
		texts[i], _ = row[c].(string)
	}
	return texts, nil
}

// Row computes the row of one more point, at these values of the axes, which is not put into
// the table: what a picture asks between points of a grid. Its number is −1. Nothing is kept
// of it.
func (t *Table) Row(ctx context.Context, values ...float64) ([]any, error) {
	return t.one(ctx, t.sweep.Measures, values)
}

// Cell computes one cell of such a row, and no other measure than that of its column.
func (t *Table) Cell(ctx context.Context, column string, values ...float64) (any, error) {
	c, err := t.column(column)
	if err != nil {
		return nil, err
	}
	c -= 1 + len(t.sweep.Axes)
	if c < 0 {
		return nil, &bnn.InputError{Path: "column", Value: strconv.Quote(column), Allowed: "a column of a measure"}
	}
	for i, columns := range named(t.sweep.Measures, t.sweep.Network.PopulationNames()) {
		if c < len(columns) {
			row, err := t.one(ctx, t.sweep.Measures[i:i+1], values)
			if err != nil {
				return nil, err
			}
			return row[1+len(values)+c], nil
		}
		c -= len(columns)
	}
	return nil, errNoCell
}

var errNoCell = errors.New("the table has another number of columns than its sweep")

// one computes the row of some of the measures at one more point.
func (t *Table) one(ctx context.Context, measures []Measure, values []float64) ([]any, error) {
	if len(values) != len(t.sweep.Axes) {
		return nil, &bnn.InputError{Path: "values", Value: fmt.Sprintf("%d values", len(values)), Allowed: fmt.Sprintf("one for each of the %d axes", len(t.sweep.Axes))}
	}
	single := t.sweep
	single.Measures, single.seen = measures, ""
	single.Store, single.Progress, single.Points, single.Workers = nil, nil, 0, 1
	single.Axes = slices.Clone(single.Axes)
	for i := range single.Axes {
		single.Axes[i].Name = t.sweep.Axes[i].label()
		single.Axes[i].Values = []float64{values[i]}
	}
	var found []any
	for row, err := range single.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		found = row
	}
	found[0] = int64(-1)
	return found, nil
}
