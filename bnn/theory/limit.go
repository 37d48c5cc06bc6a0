package theory

import (
	"context"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/ode"
	"balanced/bnn/internal/pieces"
)

// limitTolerance bounds the error of a step. The errors of all steps together are
// about 1e-10 over the time constants that networks are watched for, and 2e-9 where a
// stimulus takes the solution through thousands of oscillations.
var limitTolerance = ode.Tolerance{Relative: 1e-11, Absolute: 1e-12}

// Limit solves the limit of the network as n grows: autonomous equations for the
// means and variances on the balanced manifold (theory.md §3), at the given times.
//
//	m_a′ = −m_a/τ_a + I_a + (U ψ)_a
//	K_a′ = −2 K_a/τ_a + Σ_b q_b J_ab² F_b + Σ_x q_x J_ax² ν_x + D_a²
//	ψ    = −S⁻¹ [ W diag(F′)(−m/τ + I) + ½ W diag(F″) K′ + β′ ]
//
// The method is Dormand and Prince's of order 5(4) with dense output. It stops at
// the jumps of the stimuli, and projects every step back onto the manifold along U.
// An initial state off the manifold is projected first, whatever the network file
// says, and so is the state at a jump of a feedforward rate: there the network of
// infinite size moves at once. At a jump the row shows the state after it.
//
// Rates and stimuli are of any kind, with derivatives from bnn.Expect and bnn.SlopeWithin. Spread
// thresholds add their variance to K where rates are averaged (§14). A start that is a mixture is
// solved for component by component: means, variances and third cumulants of the result are those
// of the whole population, and rates and inputs averages over it (§13). The noise of shared
// sources vanishes in the limit and has no part in K; one with weights outside of the range of
// those of the network is an *InputError that names it, feedforward[x].shared (§12).
//
// With an error the trajectory holds the rows before it: *NotBalancedError when
// there is no balanced state (theory.md §2) or the rates have died out,
// *BalanceLostError at the moment where the balance is lost, to a fold or to an oscillation
// (theory.md §8), found to 1e-9, or the cause of the context. The cost is a few hundred to
// a few thousand steps of O(P²) for P populations and O(r³) for weights of rank r, and the
// memory that of the result: a millisecond or two to t = 3 for two populations, 10 times that
// for 16 and 30 times for 64 of rank 1, see docs/cost.md. A network at rest costs nothing
// more. One that is kept moving for more than about 10⁵ periods of a stimulus is refused with
// an *InputError.
func Limit(ctx context.Context, network *bnn.Network, times []float64) (*bnn.Trajectory, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if err := bnn.CheckTimes(times); err != nil {
		return nil, err
	}
	if err := checkLength(network, times[len(times)-1]); err != nil {
		return nil, err
	}
	mixture := newMixture(network)
	m, err := manifold.New(ctx, mixture.parts)
	if err != nil {
		return nil, err
	}
	if err := m.CheckShared(); err != nil {
		return nil, err
	}
	return mixture.gather(limitOn(ctx, m, times))
}

// limitOn is Limit on a manifold, for valid times.
func limitOn(ctx context.Context, m *manifold.Manifold, times []float64) (*bnn.Trajectory, error) {
	result := bnn.NewTrajectory(m.Network.PopulationNames(), times)
	rows, err := solveLimit(ctx, m, times, result)
	result.Truncate(rows)
	return result, err
}

// solveLimit fills the rows of result and returns how many it could.
func solveLimit(ctx context.Context, m *manifold.Manifold, times []float64, result *bnn.Trajectory) (rows int, err error) {
	const many = 200 // steps, between which it does not look whether the network rests
	p := len(m.Network.Populations)
	state := slices.Concat(m.Network.Initial.Mean, m.Network.Initial.Variances())
	record := func(piece *equations.Limit, t float64, state []float64) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := recordLimit(piece, t, state, result, rows); err != nil {
			return err
		}
		rows++
		return nil
	}
	for _, interval := range pieces.Smooth(m.Network, times[len(times)-1]) {
		// The manifold moves where a feedforward rate jumps, and the means with it.
		mean, err := project(ctx, m, interval.Start, state[:p], state[p:])
		if err != nil {
			return rows, err
		}
		copy(state, mean)
		piece := equations.NewLimit(m, interval, state)
		if times[rows] == interval.Start {
			if err := record(piece, interval.Start, state); err != nil {
				return rows, err
			}
		}
		if rows == len(times) {
			return rows, nil
		}
		solver := ode.NewDormandPrince(piece.Slope(ctx), interval.Start, state, limitTolerance)
		solver.KeepNonNegative(p, 2*p)
		before := result.Stats
		for steps := 1; solver.Time() < interval.End; steps++ {
			from := solver.Time()
			err := solver.Step(interval.End)
			result.Stats = equations.AddCounts(before, solver.Counts())
			if err != nil {
				return rows, limitEnded(piece, solver, err)
			}
			until, ended := stepped(ctx, piece, solver, from)
			for times[rows] <= until && times[rows] < interval.End {
				solver.Interpolate(times[rows], state)
				if err := record(piece, times[rows], state); err != nil {
					return rows, err
				}
			}
			if ended != nil {
				return rows, ended
			}
			if steps%many == 0 && atRest(ctx, piece, solver.State()) {
				for times[rows] < interval.End {
					if err := record(piece, times[rows], solver.State()); err != nil {
						return rows, err
					}
				}
				break
			}
		}
		copy(state, solver.State())
	}
	return rows, nil
}
