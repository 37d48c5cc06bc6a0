package sweep

import (
	"context"
	"fmt"
	"iter"

	"balanced/bnn"
)

// A Result is what was found at a point, or the error that stands in its place.
type Result[T any] struct {
	Point
	Value T
	Err   error
}

// Each computes something of every point of a design and yields the results in the order of
// the points, whatever the number of workers; 0 is one a processor. An error of a point stands
// beside it and ends nothing. All points are made and checked before the first is computed.
//
// The error of the sequence comes last, with no result: an *InputError for the design or, with
// the point named, for a network, or the cause of the context. Whoever leaves the loop early
// ends the points under way. Memory is that of some thousand results, however many there are.
func Each[T any](ctx context.Context, design Design, workers int, compute func(context.Context, Point) (T, error)) iter.Seq2[Result[T], error] {
	return func(yield func(Result[T], error) bool) {
		l, err := design.layout()
		if err == nil {
			err = checkWorkers(workers)
		}
		if err == nil {
			err = l.checkPoints(ctx, func(Point) error { return nil })
		}
		wanted := true
		if err == nil {
			one := func(ctx context.Context, point Point) (Result[T], error) {
				value, err := compute(ctx, point)
				if err != nil && ctx.Err() != nil {
					return Result[T]{}, context.Cause(ctx)
				}
				return Result[T]{point, value, err}, nil
			}
			err = inOrder(ctx, workers, l.points(ctx, whole), one, func(r Result[T]) bool {
				wanted = yield(r, nil)
				return wanted
			}, func() {})
		}
		if err != nil && wanted {
			yield(Result[T]{}, err)
		}
	}
}

// Map is what a function finds at the networks of all points of a design, in their order, as
// Each finds it on all processors, such as
//
//	sweep.Map(ctx, design, theory.StationaryStates)
//
// An axis of n is an *InputError, since a network has no size: Each hands it over.
func Map[T any](ctx context.Context, design Design, compute func(context.Context, *bnn.Network) (T, error)) ([]Result[T], error) {
	for i, axis := range design.Axes {
		if axis.sized() {
			return nil, &bnn.InputError{Path: bnn.IndexPath("axes", i) + ".paths", Value: `"n"`, Allowed: "paths of numbers of the network, of which n is none; Each hands it over"}
		}
	}
	var results []Result[T]
	for result, err := range Each(ctx, design, 0, func(ctx context.Context, point Point) (T, error) { return compute(ctx, point.Network) }) {
		if err != nil {
			return nil, err
		}
		results = append(results, result)
	}
	return results, nil
}

func checkWorkers(workers int) error {
	if workers < 0 {
		return &bnn.InputError{Path: "workers", Value: fmt.Sprint(workers), Allowed: "a whole number ≥ 0"}
	}
	return nil
}

// A Shard is a part of the points of a sweep: every Of-th of them, beginning with the one that
// Number, which counts from 1, says. The zero Shard is all of them.
type Shard struct{ Number, Of int }

// whole is the shard that has all points.
var whole = Shard{}

func (s Shard) check() error {
	if s != whole && (s.Of < 1 || s.Number < 1 || s.Number > s.Of) {
		return &bnn.InputError{Path: "shard", Value: fmt.Sprintf("%d/%d", s.Number, s.Of), Allowed: "i/N with 1 ≤ i ≤ N"}
	}
	return nil
}

// points makes those of a shard, in their order.
func (l *layout) points(ctx context.Context, shard Shard) iter.Seq2[Point, error] {
	first, step := 0, 1
	if shard != whole {
		first, step = shard.Number-1, shard.Of
	}
	return func(yield func(Point, error) bool) {
		for i := first; i < l.Len(); i += step {
			if ctx.Err() != nil {
				yield(Point{}, context.Cause(ctx))
				return
			}
			point, err := l.point(i)
			if !yield(point, err) || err != nil {
				return
			}
		}
	}
}

// checkPoints makes all points once, and has each checked.
func (l *layout) checkPoints(ctx context.Context, check func(Point) error) error {
	for point, err := range l.points(ctx, whole) {
		if err != nil {
			return err
		}
		if err := check(point); err != nil {
			return l.refuse(point, err)
		}
	}
	return nil
}
