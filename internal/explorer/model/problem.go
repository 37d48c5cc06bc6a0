package model

import (
	"errors"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A Problem tells why there is no answer, or only a part of one.
type Problem struct {
	// Kind is "input" for a question that is refused, "fold", "oscillation" or "unbalanced"
	// where the balance ends, "unstable" where there is no stable state to fluctuate about, and
	// "failed" for anything else.
	Kind string `json:"kind"`
	// Text is the error's.
	Text string `json:"text"`
	// Time is when the equations ended; null for other kinds.
	Time Number `json:"time"`
}

// problemOf describes an error; nil has no problem.
func problemOf(err error) *Problem {
	if err == nil {
		return nil
	}
	problem := &Problem{Kind: "failed", Text: err.Error(), Time: none}
	var refused *bnn.InputError
	var lost *theory.BalanceLostError
	var unbalanced *theory.NotBalancedError
	var unstable *theory.UnstableError
	switch {
	case errors.As(err, &refused):
		problem.Kind, problem.Text = "input", refused.Error()
	case errors.As(err, &lost):
		problem.Kind, problem.Time = string(lost.Kind), Number(lost.Time)
	case errors.As(err, &unstable):
		problem.Kind = "unstable"
	case errors.As(err, &unbalanced):
		problem.Kind, problem.Time = "unbalanced", Number(unbalanced.Time)
	}
	return problem
}
