package model

import (
	"context"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A StatesQuestion asks for the stationary states, as a message of kind "states".
type StatesQuestion struct {
	Network bnn.Network `json:"network"`
}

// A StatesAnswer holds the states that theory.StationaryStates finds, in its order.
type StatesAnswer struct {
	States  []State  `json:"states"`
	Problem *Problem `json:"problem"`
}

// A State is a stationary state of the limit equations; see theory.BalancedState.
type State struct {
	Mean          []float64 `json:"mean"` // by population, like the next two
	Variance      []float64 `json:"variance"`
	Rate          []float64 `json:"rate"`
	Stability     Number    `json:"stability"`
	SlowStability Number    `json:"slowStability"`
	// Frequency is positive where a complex pair leads; see theory.BalancedState.
	Frequency Number `json:"frequency"`
	// Text says in plain words what the two stabilities mean.
	Text string `json:"text"`
}

// Answer finds the states. The error is a *bnn.InputError, or a *theory.NotBalancedError for
// a drive that no weights can cancel, or the cause of the context.
func (q StatesQuestion) Answer(ctx context.Context) (*StatesAnswer, error) {
	found, err := theory.StationaryStates(ctx, &q.Network)
	if err != nil {
		return nil, err
	}
	answer := &StatesAnswer{States: []State{}}
	for _, s := range found {
		answer.States = append(answer.States, State{Mean: s.Mean, Variance: s.Variance, Rate: s.Rate,
			Stability: Number(s.Stability), SlowStability: Number(s.SlowStability), Frequency: Number(s.Frequency), Text: stateText(s)})
	}
	return answer, nil
}

func stateText(s theory.BalancedState) string {
	switch {
	case s.Stability > 0 && s.Frequency > 0:
		return fmt.Sprintf("Excitation and inhibition cancel, but not stably: an oscillation of the angular frequency %s·√n grows.", twoDigits(s.Frequency))
	case s.Stability > 0:
		return "A tipping point: excitation and inhibition cancel, but the slightest push grows."
	case s.SlowStability > 0 && s.SlowFrequency > 0:
		return fmt.Sprintf("Balanced, but a slow oscillation along the manifold grows, of the angular frequency %s.", twoDigits(s.SlowFrequency))
	case s.SlowStability > 0:
		return "Balanced, but the network drifts away along the manifold."
	}
	return "Balanced and stable: the network stays here."
}
