package theory

import (
	"context"
	"errors"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
)

// A Regime is what becomes of a network of infinite size by some time.
type Regime string

const (
	// RegimeBalanced: the limit equations hold to the end.
	RegimeBalanced Regime = "balanced"
	// RegimeRunaway: excitation wins, and the means rise like √n.
	RegimeRunaway Regime = "runaway"
	// RegimeSilent: inhibition wins, and the rates die out.
	RegimeSilent Regime = "silent"
	// RegimeFold: balance is lost by a real eigenvalue of S.
	RegimeFold Regime = "fold"
	// RegimeOscillation: balance is lost, or cannot be found, by a complex pair of eigenvalues
	// of S, and the network oscillates at a frequency of order √n.
	RegimeOscillation Regime = "oscillation"
	// RegimeNone: no rates balance the inputs, or the means come to no rest.
	RegimeNone Regime = "none"
)

// A Course is what becomes of a network of infinite size. Slices have one entry a population.
type Course struct {
	Regime Regime
	// Time is when balance ended, in synaptic time constants: 0 for a network that had none to
	// begin with. For RegimeBalanced it is the time that was asked for.
	Time float64
	// Why tells it in words.
	Why string
	// Mean, Variance and Rate are the state then. Where the means find no balance
	// (RegimeRunaway, RegimeSilent, RegimeNone) they are where it was given up to follow them.
	Mean, Variance, Rate []float64
	// Stability and Frequency are the largest real part of the eigenvalues of S in that state,
	// and the imaginary part there; at a start near which nothing balances, Frequency is that
	// of the cycle on which the network goes round. Both are 0 if it was no balance that ended.
	Stability, Frequency float64
	// Next is where a network goes that loses its balance at a fold on the way, within a time
	// of order n^{-1/2}: to RegimeBalanced, another balanced state, or into RegimeRunaway,
	// RegimeSilent, RegimeOscillation or RegimeNone. NextMean are the means there. Otherwise
	// Next is "" and NextMean nil: from a tipping point chance decides.
	Next     Regime
	NextMean []float64
}

// FindRegime tells what becomes of a network from its start to a time ≥ 0, in synaptic time
// constants, by the limit as n grows (theory.md §2, §3, §7 and §8):
//
//	balanced     Limit reaches the time. How far the rates have fallen, Rate tells.
//	runaway      the means rise along the weights, at the start or after a jump of a drive
//	silent       the means fall along the weights, or the rates die out on the way
//	fold         a real eigenvalue of S reaches 0 on the way, or is positive at the start: a
//	             tipping point, which the slightest push ends
//	oscillation  a complex pair of S reaches the imaginary axis on the way, or is to its right
//	             at the start, or the means go round a cycle and come to no balanced state
//	none         no rates balance the inputs: a drive lies outside the range of the weights,
//	             or asks for rates that a population cannot have; or the means find no rest
//
// At a start that a complex pair makes unstable it is the motion away from it that decides:
// where that runs away or dies out the regime is runaway or silent, and no oscillation.
//
// That balance ends is no error. Errors are those of Limit otherwise: an *InputError for a
// network or a time, the cause of the context. The cost is that of Limit for one row, at a
// fold or a start without balance besides that of one or two fast flows: a millisecond on the
// average over a phase diagram of two populations.
func FindRegime(ctx context.Context, network *bnn.Network, to float64) (*Course, error) {
	if err := bnn.NonNegativeNumber.Check("to", to); err != nil {
		return nil, err
	}
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if err := checkLength(network, to); err != nil {
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
	course, err := followCourse(ctx, m, to)
	if course != nil {
		mixture.gatherCourse(course)
	}
	return course, err
}

// followCourse is FindRegime on a manifold, for a time that is right.
func followCourse(ctx context.Context, m *manifold.Manifold, to float64) (*Course, error) {
	limit, err := limitOn(ctx, m, []float64{to})
	if err != nil {
		return balanceEnded(ctx, m, err)
	}
	mean, variance := limit.Mean[0], limit.Variance[0]
	e := m.Expectations(mean, variance)
	leading, err := linear.Patiently(ctx, m.Rank, func() complex128 { return m.Leading(e) })
	if err != nil {
		return nil, err
	}
	course := courseAt(m, RegimeBalanced, to, mean, variance)
	course.Why = fmt.Sprintf("balance holds up to t = %.9g", to)
	course.Stability, course.Frequency = real(leading), imag(leading)
	return course, nil
}

// balanceEnded is the course of a network whose limit ended with an error, if that says that its
// balance did.
func balanceEnded(ctx context.Context, m *manifold.Manifold, err error) (*Course, error) {
	var refused *NotBalancedError
	var lost *BalanceLostError
	switch {
	case errors.As(err, &refused):
		course := courseAt(m, refused.regime(), refused.Time, refused.Mean, refused.Variance)
		course.Why = err.Error()
		return course, nil
	case errors.As(err, &lost):
		course := courseAt(m, Regime(lost.Kind), lost.Time, lost.Mean, lost.Variance)
		course.Why = err.Error()
		course.Stability, course.Frequency = lost.Stability, lost.Frequency
		if lost.Kind == Fold {
			return course, leave(ctx, m, course)
		}
		return course, nil
	}
	return nil, err
}

// regime translates the fate. A tipping point is beyond a fold already.
func (e *NotBalancedError) regime() Regime {
	switch e.Fate {
	case Runaway:
		return RegimeRunaway
	case Silent:
		return RegimeSilent
	case Tipping:
		return RegimeFold
	}
	return RegimeNone
}

// courseAt is one with a state and its rates.
func courseAt(m *manifold.Manifold, regime Regime, t float64, mean, variance []float64) *Course {
	course := &Course{Regime: regime, Time: t, Mean: mean, Variance: variance}
	for _, e := range m.Expectations(mean, variance) {
		course.Rate = append(course.Rate, e.Value)
	}
	return course
}
