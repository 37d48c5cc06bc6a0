package simulate

import (
	"context"
	"errors"
	"iter"

	"balanced/bnn"
)

// Each simulates the replicas that Run averages and yields what each measured at the given
// times, in the order of their numbers, as soon as it and those before are finished. Cost and
// errors are those of Run, and so are the records of the store: what one has kept the other
// reads. Memory is that of Run, however many replicas there are. Whoever leaves the loop early
// stops the replicas under way, and those that are finished are in the store.
//
// An error comes last, with no moments. Each pass over the sequence computes it anew.
func (e Ensemble) Each(ctx context.Context, times []float64) iter.Seq2[bnn.Moments, error] {
	return each(ctx, e, func() (quantity, func([]float64) bnn.Moments, error) {
		plan, engine, err := e.prepare(ctx, times, nil)
		if err != nil {
			return quantity{}, nil, err
		}
		return e.moments(plan, engine), func(measured []float64) bnn.Moments {
			moments, _ := plan.layoutMoments(measured)
			return moments
		}, nil
	})
}

// Collect returns all that a sequence such as Each yields, or its first error: for what wants
// all replicas at once, and has the memory.
func Collect[T any](sequence iter.Seq2[T, error]) ([]T, error) {
	var all []T
	for one, err := range sequence {
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// each yields a quantity of all replicas, laid out. It is prepared once somebody asks.
func each[T any](ctx context.Context, e Ensemble, prepare func() (quantity, func([]float64) T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		quantity, layout, err := prepare()
		wanted := true
		if err == nil {
			err = e.collect(ctx, quantity, func(values []float64) bool {
				wanted = yield(layout(values), nil)
				return wanted
			})
		}
		switch {
		case err == nil:
		case wanted:
			var none T
			yield(none, err)
		case !errors.Is(err, errEnough) && e.Store != nil && e.Store.Report != nil:
			// Nobody takes an error any more, but one of the store concerns the next run.
			e.Store.Report(err.Error())
		}
	}
}
