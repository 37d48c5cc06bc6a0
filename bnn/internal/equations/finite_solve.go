package equations

import (
	"context"
	"fmt"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/ode"
	"balanced/bnn/internal/pieces"
)

// finiteTolerance keeps the solutions within about 1e-10, and even the input, which is √n
// times a small difference, within 1e-7 of the exact solution up to n = 10⁸.
var finiteTolerance = ode.Tolerance{Relative: 2e-11, Absolute: 2e-12}

// roughTolerance is for solutions of which only the end is wanted, as a start for Newton's method.
var roughTolerance = ode.Tolerance{Relative: 1e-5, Absolute: 1e-6}

// Roughly makes solutions cheap that need not be more than near.
func (f *Finite) Roughly() { f.tolerance = roughTolerance }

// Trajectory solves the equations from the given state, which is not changed, for times up to the
// last of those that the equations were made for.
func (f *Finite) Trajectory(ctx context.Context, times, start []float64) (*bnn.Trajectory, error) {
	result := bnn.NewTrajectory(f.Network.PopulationNames(), times)
	rows, stats, err := f.solve(ctx, times, slices.Clone(start), f.slope, f.jacobian,
		func(row int, t float64, state []float64) error { return f.record(ctx, t, state, result, row) })
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		result.Truncate(rows)
	}
	result.Stats = stats
	return result, err
}

// solve integrates from the given state at time 0, which it changes, and has the state
// recorded at each of the times. It returns how many it reached, and what that took.
func (f *Finite) solve(ctx context.Context, times, state []float64, slope ode.Func, jacobian ode.JacobianFunc,
	record func(row int, t float64, state []float64) error) (rows int, stats bnn.Stats, err error) {
	if err := f.couple(ctx); err != nil {
		return 0, stats, err
	}
	for _, interval := range pieces.Smooth(f.Network, times[len(times)-1]) {
		f.Interval = interval
		if times[rows] == interval.Start {
			if err := record(rows, interval.Start, state); err != nil {
				return rows, stats, err
			}
			rows++
		}
		if rows == len(times) {
			break
		}
		solver := f.radau(slope, jacobian, interval.Start, state)
		p := len(f.Network.Populations)
		solver.KeepNonNegative(p, 2*p)
		solver.AllowMore(int(f.periods * stepsPerPeriod))
		before := stats
		for solver.Time() < interval.End {
			err := solver.Step(ctx, math.Min(interval.End, times[rows]))
			stats = AddCounts(before, solver.Counts())
			if err == nil && !numbers.Finite(solver.State()...) {
				err = fmt.Errorf("the state is no longer finite")
			}
			if err != nil {
				return rows, stats, fmt.Errorf("the finite-n equations at time %g, state %.6g: %w", solver.Time(), slices.Concat(f.means(solver.Time(), solver.State()), solver.State()[p:]), err)
			}
			if t := solver.Time(); t == times[rows] && t < interval.End {
				if err := record(rows, t, solver.State()); err != nil {
					return rows, stats, err
				}
				rows++
			}
		}
		copy(state, solver.State())
	}
	return rows, stats, nil
}

// AddCounts adds what a solver did.
func AddCounts(stats bnn.Stats, counts ode.Counts) bnn.Stats {
	return bnn.Stats{Steps: stats.Steps + counts.Steps, Rejected: stats.Rejected + counts.Rejected,
		Evaluations: stats.Evaluations + counts.Evaluations}
}
