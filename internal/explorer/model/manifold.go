package model

import (
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A ManifoldQuestion asks where the inputs of order √n cancel, as a message of kind
// "manifold".
type ManifoldQuestion struct {
	Network  bnn.Network `json:"network"`
	Variance []float64   `json:"variance"` // K, by population
	Time     float64     `json:"time"`     // of the feedforward rates
	// Low and High are corners of a window in the plane of the two means.
	Low  []float64 `json:"low"`
	High []float64 `json:"high"`
}

// A ManifoldAnswer holds the curves for a network of two populations, and none for others.
type ManifoldAnswer struct {
	Curves  []Curve  `json:"curves"`
	Problem *Problem `json:"problem"`
}

// A Curve is where the input of a population cancels, within the window. With weights of
// rank 1 and a drive in their range all inputs cancel together, on the balanced manifold:
// that is a single curve, of no population in particular.
type Curve struct {
	Population string `json:"population"` // "" for the balanced manifold
	// Points are pairs of means, at most 200, along the curve. There is none where the
	// curve does not pass through the window.
	Points [][]float64 `json:"points"`
}

// Answer finds the points, each to the rounding of the rates. The error is a
// *bnn.InputError.
func (q ManifoldQuestion) Answer() (*ManifoldAnswer, error) {
	if err := q.Network.Validate(); err != nil {
		return nil, err
	}
	answer := &ManifoldAnswer{Curves: []Curve{}}
	populations := q.Network.Populations
	if len(populations) != 2 {
		return answer, nil
	}
	if err := q.check(); err != nil {
		return nil, err
	}
	rank, err := theory.Rank(&q.Network)
	if err != nil {
		return nil, err
	}
	first, second := q.balance(0), q.balance(1)
	if rank == 1 {
		if first.size() < second.size() {
			first, second = second, first
		}
		if second.follows(first) {
			answer.Curves = append(answer.Curves, Curve{Points: first.crossing()})
			return answer, nil
		}
		first, second = q.balance(0), q.balance(1)
	}
	answer.Curves = append(answer.Curves,
		Curve{populations[0].Name, first.crossing()}, Curve{populations[1].Name, second.crossing()})
	return answer, nil
}

// check holds the window and the variances to their rules, and refuses what the curves are not
// drawn of.
func (q ManifoldQuestion) check() error {
	if q.Network.Initial.Components != nil {
		return &bnn.InputError{Path: "initial.components", Value: fmt.Sprintf("a list of %d", len(q.Network.Initial.Components)),
			Allowed: "none: the balanced manifold is drawn for Gaussian potentials"}
	}
	for a, population := range q.Network.Populations {
		if rising, is := population.Rate.(bnn.IncreasingRate); !is || !rising.Increasing() {
			return &bnn.InputError{Path: fmt.Sprintf("populations[%d].rate", a), Value: fmt.Sprintf("a %T", population.Rate),
				Allowed: "a rate that never falls as the potential rises: of others the curves may have several branches"}
		}
	}
	for _, list := range []struct {
		path   string
		values []float64
	}{{"variance", q.Variance}, {"low", q.Low}, {"high", q.High}} {
		if len(list.values) != 2 {
			return &bnn.InputError{Path: list.path, Value: fmt.Sprintf("a list of %d", len(list.values)), Allowed: "a list of 2 numbers"}
		}
	}
	for a := range 2 {
		if !(q.Variance[a] >= 0) { // JSON has neither NaN nor infinity
			return &bnn.InputError{Path: fmt.Sprintf("variance[%d]", a), Value: fmt.Sprint(q.Variance[a]), Allowed: "a number ≥ 0"}
		}
		if !(q.Low[a] < q.High[a]) || math.IsInf(q.High[a]-q.Low[a], 0) {
			return &bnn.InputError{Path: fmt.Sprintf("high[%d]", a), Value: fmt.Sprint(q.High[a]), Allowed: fmt.Sprintf("a number > %g", q.Low[a])}
		}
	}
	return nil
}

// A balance is the equation w₀ F₀(m₀) + w₁ F₁(m₁) + drive = 0 of one population.
type balance struct {
	weights [2]float64
	drive   float64
	rates   [2]expectedRate
}

// balance returns the equation Σ_b B_ab F_b + b_a = 0 (theory.md §2).
func (q ManifoldQuestion) balance(a int) balance {
	e := balance{}
	for b, population := range q.Network.Populations {
		e.weights[b] = population.Size * q.Network.Weights[a][b]
		// Spread thresholds widen what a rate is averaged over.
		e.rates[b] = expectedRate{population.Rate, q.Variance[b] + population.Spread*population.Spread, q.Low[b], q.High[b]}
	}
	for _, source := range q.Network.Feedforward {
		e.drive += source.Size * source.Weights[a] * source.Rate.At(q.Time)
	}
	return e
}

func (e balance) size() float64 { return math.Hypot(e.weights[0], e.weights[1]) }

// follows tells whether this equation, whose weights are a multiple of those of the other,
// holds wherever the other one does.
func (e balance) follows(other balance) bool {
	const rounding = 1e-9
	factor := (e.weights[0]*other.weights[0] + e.weights[1]*other.weights[1]) / (other.size() * other.size())
	return math.Abs(e.drive-factor*other.drive) <= rounding*(math.Abs(e.drive)+math.Abs(factor*other.drive))
}
