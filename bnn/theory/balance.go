package theory

import (
	"context"
	"errors"
	"fmt"

	"balanced/bnn"
)

// A Balance is what is known about the balance of a network.
type Balance struct {
	Rank int // of the weights
	// Initial is the limit at time 0, nil if the start cannot be balanced.
	Initial *bnn.Trajectory
	// Refused is why there is no balance, a *NotBalancedError or *BalanceLostError; nil if
	// the start can be balanced and stationary states could be looked for.
	Refused error
	// Stationary are the states that StationaryStates finds.
	Stationary []BalancedState
}

// FindBalance looks for the balance of a network at its start and at rest. That there is
// none is no error; errors are those of Limit and StationaryStates.
func FindBalance(ctx context.Context, network *bnn.Network) (*Balance, error) {
	b := &Balance{}
	var err error
	if b.Rank, err = Rank(network); err != nil {
		return nil, err
	}
	initial, err := Limit(ctx, network, []float64{0})
	switch {
	case err == nil:
		b.Initial = initial
	case !isUnbalanced(err):
		return nil, err
	default:
		b.Refused = err
	}
	b.Stationary, err = StationaryStates(ctx, network)
	if isUnbalanced(err) {
		b.Refused = err
		return b, nil
	}
	return b, err
}

// isUnbalanced tells whether an error says that there is no balance.
func isUnbalanced(err error) bool {
	var refused *NotBalancedError
	var lost *BalanceLostError
	return errors.As(err, &refused) || errors.As(err, &lost)
}

// Reason is Refused in words, without the time; "" if nothing was refused.
func (b *Balance) Reason() string {
	var refused *NotBalancedError
	switch {
	case b.Refused == nil:
		return ""
	case errors.As(b.Refused, &refused):
		return refused.Reason
	}
	return b.Refused.Error()
}

// Stable tells whether a network stays in the state: both of its stabilities are negative.
func (s BalancedState) Stable() bool { return s.Stability < 0 && s.SlowStability < 0 }

// Describe says in words what the two stabilities mean.
func (s BalancedState) Describe() string {
	switch {
	case s.Stability > 0 && s.Frequency > 0:
		return fmt.Sprintf("unstable: an oscillation of angular frequency √n · %.9g grows", s.Frequency)
	case s.Stability > 0:
		return "tipping point: the balance itself is unstable"
	case s.SlowStability > 0 && s.SlowFrequency > 0:
		return fmt.Sprintf("balanced but unstable along the manifold: a slow oscillation of angular frequency %.9g grows", s.SlowFrequency)
	case s.SlowStability > 0:
		return "balanced but drifts away along the manifold"
	}
	return "balanced and stable"
}
