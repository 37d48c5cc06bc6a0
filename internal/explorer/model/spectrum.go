package model

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A SpectrumQuestion asks how a network fluctuates at rest, as a message of kind "spectrum".
type SpectrumQuestion struct {
	Network bnn.Network `json:"network"`
	N       int         `json:"n"`    // the size of the network
	Low     float64     `json:"low"`  // the lowest angular frequency, > 0, per synaptic time constant
	High    float64     `json:"high"` // the highest one, > Low
	Rows    int         `json:"rows"` // frequencies, 2 to 500
}

// A SpectrumAnswer holds the spectra of the population rates, times n; see theory.Spectrum.
type SpectrumAnswer struct {
	Populations []string  `json:"populations"`
	Omega       []float64 `json:"omega"` // in equal steps of their logarithm
	// Finite and Limit have a row a frequency and a column a population: at size n, and what
	// this comes to as n grows, which has no rows where the limit has no state to be in. There is
	// null where rounding alone is left: where the weights cancel all that is slow.
	Finite  [][]Number `json:"finite"`
	Limit   [][]Number `json:"limit"`
	Problem *Problem   `json:"problem"`
}

const (
	mostFrequencies = 500
	// longestSearch is for networks that come to rest late, or swing for ever.
	longestSearch = 3 * time.Second
)

// Answer solves for the stationary state and the spectra in it. The error is a *bnn.InputError,
// a *theory.UnstableError for a network that comes to no stable state or not within 3 s, another one of
// theory.Spectrum, or the cause of the context.
func (q SpectrumQuestion) Answer(ctx context.Context) (*SpectrumAnswer, error) {
	if !(q.Low > 0) || !(q.High > q.Low) || math.IsInf(q.High/q.Low, 0) {
		return nil, &bnn.InputError{Path: "low, high", Value: fmt.Sprintf("%g and %g", q.Low, q.High), Allowed: "a number > 0 and a larger one"}
	}
	if q.Rows < 2 || q.Rows > mostFrequencies {
		return nil, &bnn.InputError{Path: "rows", Value: fmt.Sprint(q.Rows), Allowed: fmt.Sprintf("a whole number from 2 to %d", mostFrequencies)}
	}
	answer := &SpectrumAnswer{Omega: make([]float64, q.Rows), Limit: [][]Number{}}
	for i := range answer.Omega {
		answer.Omega[i] = q.Low * math.Pow(q.High/q.Low, float64(i)/float64(q.Rows-1))
	}
	ctx, free := within(ctx, longestSearch, &theory.UnstableError{Reason: fmt.Sprintf("no rest is found within %v", longestSearch)})
	defer free()
	finite, err := theory.Spectrum(ctx, &q.Network, q.N, answer.Omega)
	if err != nil {
		return nil, err
	}
	answer.Populations, answer.Finite = finite.Populations, ownSpectra(finite)
	limit, err := theory.SpectrumLimit(ctx, &q.Network, answer.Omega)
	var refused *bnn.InputError
	switch {
	case err == nil:
		answer.Limit = ownSpectra(limit)
	case ctx.Err() != nil || errors.As(err, &refused):
		return nil, err
	}
	return answer, nil // a network may fluctuate about a state that is lost as n grows
}

// ownSpectra are the diagonals of the spectra of the rates.
func ownSpectra(spectrum *theory.CrossSpectrum) [][]Number {
	const rounding = 1e-20 // of what is of order 1
	rows := make([][]Number, len(spectrum.Omega))
	for i, matrix := range spectrum.Rate {
		for a := range matrix {
			value := Number(real(matrix[a][a]))
			if !(value > rounding) {
				value = none
			}
			rows[i] = append(rows[i], value)
		}
	}
	return rows
}
