package simulate

import (
	"context"

	"balanced/bnn"
)

// Escapes tells when the replicas of an ensemble left a state, as far as they did so up to the
// last time that was looked at.
type Escapes struct {
	// Times holds the first time at which a replica was found outside, by replica; for one
	// that never was, the last time at which it was looked at.
	Times []float64
	// Left tells which did leave.
	Left []bool
}

// Escapes simulates all replicas and looks at the moments of each at the given times, until left
// says that it has left the state that it started in: RunsAway and Silent say so of a balanced
// one. Times are counted from 0, and one between two of the times is told as the later one. The
// replicas are those of Run and are run to the end, so that another question about the same ones
// reads them from the store; cost, memory and errors are those of Each.
//
// What is to be said of so many replicas, with intervals, package analysis does: Proportion for
// the probability of leaving and WaitingTime for the mean time.
func (e Ensemble) Escapes(ctx context.Context, times []float64, left func(moments bnn.Moments) bool) (*Escapes, error) {
	escapes := &Escapes{}
	for moments, err := range e.Each(ctx, times) {
		if err != nil {
			return escapes, err
		}
		at, found := times[len(times)-1], false
		for _, t := range times {
			one, err := moments.At(t)
			if err != nil {
				return escapes, err
			}
			if found = left(one); found {
				at = t
				break
			}
		}
		escapes.Times = append(escapes.Times, at)
		escapes.Left = append(escapes.Left, found)
	}
	return escapes, nil
}

// Count is how many replicas left.
func (e *Escapes) Count() int {
	count := 0
	for _, left := range e.Left {
		if left {
			count++
		}
	}
	return count
}

// Exposure is the time that all replicas together spent before they left, or were looked at
// for the last time.
func (e *Escapes) Exposure() float64 {
	sum := 0.0
	for _, t := range e.Times {
		sum += t
	}
	return sum
}

// The parts of the maximal rate by which a network is told to run away and to be silent.
const (
	silentBelow  = 0.01
	runawayAbove = 0.95
)

// RunsAway tells whether an excitatory population fires at more than 95 % of its maximal rate.
// Populations of constant rate do not count.
func RunsAway(network *bnn.Network, rates []float64) bool {
	for b, population := range network.Populations {
		if excitatory(network, b) && bnn.Listens(population.Rate) && rates[b] > runawayAbove*population.Rate.Bound() {
			return true
		}
	}
	return false
}

// Silent tells whether all populations that could fire do so at less than 1 % of their maximal
// rate. Populations of constant rate do not count, and a network of them is not silent.
func Silent(network *bnn.Network, rates []float64) bool {
	able := 0
	for b, population := range network.Populations {
		if !bnn.Listens(population.Rate) {
			continue
		}
		able++
		if rates[b] >= silentBelow*population.Rate.Bound() {
			return false
		}
	}
	return able > 0
}

// excitatory tells whether a population has weights > 0, and then none < 0.
func excitatory(network *bnn.Network, population int) bool {
	for _, row := range network.Weights {
		if row[population] > 0 {
			return true
		}
	}
	return false
}
