package sweep

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"

	"balanced/bnn"
	"balanced/bnn/store"
)

// A Sweep is a table: a row a point of a design, what measures find there in its columns. The
// same Design and Measures give the same rows for any number of workers and shards, and with
// a Store or without.
type Sweep struct {
	Name string // a label
	Design
	Measures []Measure // at least one

	Workers int   // processors used at once; 0 for all
	Force   bool  // also what costs say this machine cannot do
	Shard   Shard // the part of the points to compute; the zero Shard is all

	// Store, if not nil, keeps what every measure finds at every point, and is asked first: for
	// the network and the size of a point, not for its number, so that a sweep with another axis
	// computes what is new. A shard writes a file of its own beside it (store.Store.Shard), and
	// reads both.
	Store *store.Store
	// Progress, if not nil, is called several times a second, never twice at once.
	Progress func(Progress)

	seen string // what Status has just checked and gathered
}

// Columns are those of the table: point, the axes by name, and those of the measures.
func (s *Sweep) Columns() ([]Column, error) {
	if _, err := s.check(); err != nil {
		return nil, err
	}
	columns := []Column{{"point", Integer}}
	for _, axis := range s.Axes {
		kind := Number
		if axis.sized() {
			kind = Integer
		}
		columns = append(columns, Column{axis.label(), kind})
	}
	for _, more := range named(s.Measures, s.Network.PopulationNames()) {
		columns = append(columns, more...)
	}
	return columns, nil
}

// check refuses all that is wrong with the sweep but for single points.
func (s *Sweep) check() (*layout, error) {
	l, err := s.layout()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(checkWorkers(s.Workers), s.Shard.check()); err != nil {
		return nil, err
	}
	if len(s.Measures) == 0 {
		return nil, &bnn.InputError{Path: "measure", Value: "a list of 0", Allowed: "a list of 1 or more measures"}
	}
	for i, m := range s.Measures {
		if err := below(bnn.IndexPath("measure", i), m.check()); err != nil {
			return nil, err
		}
	}
	return l, s.checkNames()
}

// checkNames refuses an axis that is called like a column of a measure.
func (s *Sweep) checkNames() error {
	for _, columns := range named(s.Measures, s.Network.PopulationNames()) {
		for _, column := range columns {
			for i, axis := range s.Axes {
				if axis.label() == column.Name {
					return &bnn.InputError{Path: bnn.IndexPath("axes", i) + ".name", Value: strconv.Quote(column.Name), Allowed: "unlike the columns of the measures"}
				}
			}
		}
	}
	return nil
}

// below continues the path of an *InputError.
func below(path string, err error) error {
	var input *bnn.InputError
	if errors.As(err, &input) {
		return &bnn.InputError{Path: path + "." + input.Path, Value: input.Value, Allowed: input.Allowed}
	}
	return err
}

// ready is check, and then of every point whether its network is right and this machine can
// do what is measured there.
func (s *Sweep) ready(ctx context.Context) (*layout, error) {
	l, err := s.check()
	if err != nil {
		return nil, err
	}
	return l, l.checkPoints(ctx, func(point Point) error {
		for i, m := range s.Measures {
			cost, err := m.cost(point, s.processors(l))
			if err != nil {
				return below(bnn.IndexPath("measure", i), err)
			}
			cost.Bytes *= float64(workersOf(s.Workers) / s.processors(l))
			if err := cost.Check(s.Force); err != nil {
				return err
			}
		}
		return nil
	})
}

// processors is how many a point has for itself: more than one if there are fewer points than
// processors.
func (s *Sweep) processors(l *layout) int {
	points := l.Len()
	if s.Shard != whole {
		points = (points + s.Shard.Of - 1) / s.Shard.Of
	}
	return max(1, workersOf(s.Workers)/points)
}

// Rows computes the points, and yields a row for each, in their order, as soon as it and those
// before are finished. A cell is an int64, a float64, a string or, where there is nothing,
// nil. A point that ends numerically has its reason in the error column of the measure, and
// nothing in the others.
//
// All points are made and checked before the first is computed: an *InputError names a key of
// the sweep, or a point and what is wrong with its network; a *bnn.CostError is what this
// machine cannot do. The context ends it with an *InterruptedError. The error comes last, with
// no row. Memory is that of some thousand rows, however many there are.
func (s *Sweep) Rows(ctx context.Context) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		wanted := true
		err := s.run(ctx, func(row []any) bool {
			wanted = yield(row, nil)
			return wanted
		})
		switch {
		case err != nil && wanted:
			yield(nil, err)
		case err != nil && s.Store != nil && s.Store.Report != nil:
			// Nobody takes an error any more, but one of the store concerns the next run.
			s.Store.Report(err.Error())
		}
	}
}

// run computes the rows and hands them to take until it returns false.
func (s *Sweep) run(ctx context.Context, take func([]any) bool) (err error) {
	prepare, seen := s.ready, s.seen == s.asked()
	if seen {
		prepare = func(context.Context) (*layout, error) { return s.check() }
	}
	s.seen = ""
	l, err := prepare(ctx)
	if err != nil {
		return err
	}
	kept, err := s.open(ctx, seen)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.close()) }()
	place := workplace{s.Seed, s.processors(l), s.Force, kept.own}
	count := newCounter(s.Progress, s.size(l))
	compute := func(ctx context.Context, found finding) (finding, error) {
		began := count.begin(found)
		err := s.complete(ctx, &found, place, kept)
		count.end(began, err)
		return found, err
	}
	workers := workersOf(s.Workers) / s.processors(l)
	err = inOrder(ctx, workers, kept.look(ctx, l.points(ctx, s.Shard)), compute, func(found finding) bool {
		count.report()
		return take(found.row())
	}, count.report)
	if err != nil && ctx.Err() != nil {
		return &InterruptedError{Cause: context.Cause(ctx), Points: count.points, Finished: count.finishedSoFar(), Stored: s.Store != nil}
	}
	count.report()
	return err
}

// asked is all of a sweep that Status looks at and Rows again.
func (s *Sweep) asked() string {
	if s.Store == nil || s.Network == nil {
		return "nothing"
	}
	return fmt.Sprint(s.Key(), s.Shard, s.Workers, s.Force, s.Store.Path())
}

// size is the number of points of the shard.
func (s *Sweep) size(l *layout) int {
	if s.Shard == whole {
		return l.Len()
	}
	return (l.Len() - s.Shard.Number + s.Shard.Of) / s.Shard.Of
}

// complete measures what is missing at a point.
func (s *Sweep) complete(ctx context.Context, found *finding, place workplace, kept *kept) error {
	for i, m := range s.Measures {
		if found.cells[i] != nil {
			continue
		}
		if err := kept.writable(); err != nil {
			return err
		}
		measured, err := m.find(ctx, found.point, place)
		var end numericalEnd
		switch {
		case errors.As(err, &end):
			measured = make([]any, len(m.columns(s.Network.PopulationNames()))+1)
			measured[len(measured)-1] = end.Error()
		case err != nil && ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil:
			return fmt.Errorf("point %d, %s: %w", found.point.Index, m.kind(), err)
		default:
			measured = append(measured, nil)
		}
		found.cells[i] = measured
		if err := kept.keep(i, found, measured); err != nil {
			return err
		}
	}
	return nil
}

// A finding is what is known of a point: the cells of each measure, nil if they are missing.
type finding struct {
	point       Point
	axes        []Axis
	cells       [][]any
	fingerprint string // of the network; "" until it is asked for
}

// row is that of the table, of a point of which nothing is missing.
func (f finding) row() []any {
	row := []any{int64(f.point.Index)}
	for i, value := range f.point.Values {
		if f.axes[i].sized() {
			row = append(row, int64(value))
		} else {
			row = append(row, value)
		}
	}
	for _, cells := range f.cells {
		row = append(row, cells...)
	}
	return row
}

// missing tells whether something has to be computed.
func (f finding) missing() bool {
	for _, cells := range f.cells {
		if cells == nil {
			return true
		}
	}
	return false
}
