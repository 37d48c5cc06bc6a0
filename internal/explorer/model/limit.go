package model

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A LimitQuestion asks for the limit equations, as a message of kind "limit".
type LimitQuestion struct {
	Network bnn.Network `json:"network"`
	To      float64     `json:"to"`    // the last time, ≥ 0, in synaptic time constants
	Every   float64     `json:"every"` // between rows, > 0
	N       int         `json:"n"`     // a size to speak of in the verdict; 0 for none
}

// Curves are the rows of a bnn.Trajectory. Tables are by time, then population.
type Curves struct {
	Populations []string    `json:"populations"`
	Times       []float64   `json:"times"`
	Mean        [][]float64 `json:"mean"`
	Variance    [][]float64 `json:"variance"`
	Rate        [][]float64 `json:"rate"`
	Input       [][]float64 `json:"input"`
	Stability   []float64   `json:"stability"`
	Residual    []float64   `json:"residual"`
}

func curvesOf(t *bnn.Trajectory) Curves {
	return Curves{Populations: t.Populations, Times: t.Times, Mean: t.Mean, Variance: t.Variance,
		Rate: t.Rate, Input: t.Input, Stability: t.Stability, Residual: t.Residual}
}

// A LimitAnswer holds the rows of theory.Limit, all of them or those before the Problem.
type LimitAnswer struct {
	Curves
	Verdict Verdict  `json:"verdict"`
	Problem *Problem `json:"problem"`
}

// Answer solves the limit equations. Their end is part of the answer; the error is a
// *bnn.InputError or the cause of the context.
func (q LimitQuestion) Answer(ctx context.Context) (*LimitAnswer, error) {
	times, err := rowTimes(q.To, q.Every)
	if err != nil {
		return nil, err
	}
	trajectory, ended := theory.Limit(ctx, &q.Network, times)
	if trajectory == nil || ctx.Err() != nil {
		return nil, ended
	}
	return &LimitAnswer{curvesOf(trajectory), verdictOf(trajectory, ended, q.N), problemOf(ended)}, nil
}

// A FiniteQuestion asks for the finite-n equations, as a message of kind "finite".
type FiniteQuestion struct {
	Network bnn.Network `json:"network"`
	To      float64     `json:"to"`
	Every   float64     `json:"every"`
	N       int         `json:"n"` // the size of the network
}

// A FiniteAnswer holds the rows of theory.FiniteSize, all of them or those before the Problem.
type FiniteAnswer struct {
	Curves
	Problem *Problem `json:"problem"`
}

// Answer solves the finite-n equations, which takes some ten times as long as the limit.
// The error is a *bnn.InputError, or a *theory.NotBalancedError or *theory.BalanceLostError where the start cannot
// be projected.
func (q FiniteQuestion) Answer() (*FiniteAnswer, error) {
	times, err := rowTimes(q.To, q.Every)
	if err != nil {
		return nil, err
	}
	trajectory, ended := theory.FiniteSize(context.Background(), &q.Network, q.N, times)
	if trajectory == nil {
		return nil, ended
	}
	return &FiniteAnswer{curvesOf(trajectory), problemOf(ended)}, nil
}
