package model

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// Balanced is the fate of a network in which excitation and inhibition cancel up to the
// last row, and Oscillating that of one whose balance ends in a fast oscillation. The
// others are those of package bnn; theory.Tipping is also that of a fold.
const (
	Balanced    theory.Fate = "balanced"
	Oscillating theory.Fate = "oscillating"
)

// A Verdict says what becomes of a large network.
type Verdict struct {
	Word theory.Fate `json:"word"`
	// Text is one or two sentences in plain words.
	Text string `json:"text"`
	// Kappa is the stability of the last row, κ in the case of rank 1; null without rows.
	Kappa Number `json:"kappa"`
	// Time is when the balance ended; null while it lasts.
	Time Number `json:"time"`
}

// verdictOf judges a solution of the limit equations by its rows and the error that
// ended it. The size n, if not 0, is spoken of in the text.
func verdictOf(trajectory *bnn.Trajectory, ended error, n int) Verdict {
	verdict := Verdict{Kappa: none, Time: none}
	if rows := len(trajectory.Stability); rows > 0 {
		verdict.Kappa = Number(trajectory.Stability[rows-1])
	}
	var lost *theory.BalanceLostError
	var unbalanced *theory.NotBalancedError
	switch {
	case errors.As(ended, &lost) && lost.Kind == theory.Oscillation:
		verdict.Word, verdict.Time = Oscillating, Number(lost.Time)
		verdict.Text = oscillationText(lost, n)
	case errors.As(ended, &lost):
		verdict.Word, verdict.Time = theory.Tipping, Number(lost.Time)
		verdict.Text = fmt.Sprintf("At time %.3g inhibition stops being the stronger answer to a push, and the balance ends in a fold: "+
			"a large network jumps, to another balance if there is one, or it runs away or falls silent.", lost.Time)
	case errors.As(ended, &unbalanced):
		verdict.Word, verdict.Time = unbalanced.Fate, Number(unbalanced.Time)
		verdict.Text = unbalancedText(unbalanced)
	case ended != nil:
		verdict.Word, verdict.Text = theory.Unbalanced, "The equations of the balance could not be solved to the end."
	case verdict.Kappa == 0: // which would have been a fold, were there anything to balance
		verdict.Word, verdict.Text = Balanced, "No population hears another, so there is nothing to balance."
	case hardlyFires(trajectory):
		verdict.Word = theory.Silent
		verdict.Text = "Inhibition wins slowly: what is left of excitation and inhibition cancels, but hardly a neuron fires any more."
	default:
		verdict.Word = Balanced
		verdict.Text = fmt.Sprintf("Excitation and inhibition cancel: a push off the balance decays at rate %s.", rateText(float64(verdict.Kappa), n))
	}
	return verdict
}

// oscillationText speaks of a balance that a pair of eigenvalues ends.
func oscillationText(lost *theory.BalanceLostError, n int) string {
	frequency := "the angular frequency " + rateText(lost.Frequency, n)
	if lost.Reason != "" { // a start, or a jump
		return fmt.Sprintf("At time %.3g excitation and inhibition chase each other and come to no balance: a large network oscillates, with %s.", lost.Time, frequency)
	}
	return fmt.Sprintf("At time %.3g the answer of inhibition comes to overshoot, and the balance ends in an oscillation: "+
		"a large network swings ever wider, with %s.", lost.Time, frequency)
}

// leastRate is one that is next to nothing, in spikes in a synaptic time constant.
const leastRate = 1e-6

// hardlyFires tells whether the rates of all populations are next to nothing in the last row.
func hardlyFires(trajectory *bnn.Trajectory) bool {
	return slices.Max(trajectory.Rate[len(trajectory.Rate)-1]) < leastRate
}

// rateText speaks of a rate or a frequency |κ|√n.
func rateText(kappa float64, n int) string {
	kappa = math.Abs(kappa)
	text := twoDigits(kappa) + "·√n"
	if n > 0 {
		text += fmt.Sprintf(", which is %s for n = %d", twoDigits(kappa*math.Sqrt(float64(n))), n)
	}
	return text
}

// twoDigits writes a number with two significant digits and no exponent.
func twoDigits(x float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', 1, 64), 64)
	if err != nil {
		return fmt.Sprint(x)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

func unbalancedText(e *theory.NotBalancedError) string {
	var text string
	switch e.Fate {
	case theory.Runaway:
		text = "Excitation wins: inhibition cannot hold it, and the potentials of a large network grow like √n until all neurons fire as fast as they can."
	case theory.Silent:
		text = "Inhibition wins: the potentials fall until hardly a neuron fires, and nothing calls the network back."
	case theory.Tipping:
		text = "Excitation and inhibition cancel at the start, but on an edge: the slightest push grows, and the network runs away or falls back."
	default:
		text = "Excitation and inhibition cannot cancel: " + e.Reason + "."
	}
	if e.Time > 0 {
		text = fmt.Sprintf("From time %.3g on there is no balance. ", e.Time) + text
	}
	return text
}
