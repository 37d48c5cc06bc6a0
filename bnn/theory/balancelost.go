package theory

import (
	"fmt"
)

// A BalanceLostError tells that a network loses its balance: along a solution, or at a
// start that no balance keeps. All eigenvalues of S = W diag(F′) U have to be in the open
// left half plane, and one of them, or a pair, has reached its border (theory.md §8).
type BalanceLostError struct {
	Kind Loss
	Time float64 // in synaptic time constants
	// Frequency is ω₀ of an Oscillation, that of the eigenvalues ±iω₀ or, at a start near
	// which nothing balances, of the cycle on which the network goes round: a network of
	// size n oscillates at the angular frequency √n ω₀. It is 0 for a Fold.
	Frequency float64
	// Stability is the largest real part of the eigenvalues of S: 0 along a solution, up
	// to rounding, and more at a start.
	Stability float64
	// Mean and Variance are the state, one entry a population.
	Mean, Variance []float64
	// Reason says more about a start, in words; it is empty along a solution.
	Reason string
}

// A Loss is a way in which a network loses its balance.
type Loss string

const (
	// Fold is where a real eigenvalue reaches 0 and the limit equations end: a large
	// network jumps to another balanced state, runs away or falls silent.
	Fold Loss = "fold"
	// Oscillation is where a complex pair reaches the imaginary axis: the equations could
	// go on, but a large network oscillates.
	Oscillation Loss = "oscillation"
)

// Error reads like "oscillation at t = 3.25602775, angular frequency √n · 0.431754354".
func (e *BalanceLostError) Error() string {
	text := fmt.Sprintf("%s at t = %.9g", e.Kind, e.Time)
	if e.Kind == Oscillation {
		text += fmt.Sprintf(", angular frequency √n · %.9g", e.Frequency)
	}
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	return text
}
