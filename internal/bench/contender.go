package bench

import (
	"context"
	"fmt"
)

// A sample is one run of a contender.
type sample struct {
	Seconds   float64     `json:"seconds"`
	Work      float64     `json:"work"`      // candidates or neuron-steps
	Spikes    float64     `json:"spikes"`    // that arrived; 0 if not counted
	Means     [][]float64 `json:"means"`     // mean potentials, by output time and population
	Variances [][]float64 `json:"variances"` // within a population, likewise

	// What a method of package simulate allocated; 0 for peers, of which nobody counts it.
	Allocations float64 `json:"-"`
	Bytes       float64 `json:"-"`
}

// A contender is a program that is measured beside others.
type contender struct {
	program, version string
	absent           string // why it cannot run, "" if it can
	differs          string // what it does otherwise than the first one, for the table
	analogue         bool   // it simulates another model, of which other spikes are expected
	measure          func(ctx context.Context, round int) (sample, error)
}

// takeTurns runs the contenders one after the other, round by round, and returns their
// samples by contender and round; those that are absent have none.
func takeTurns(ctx context.Context, rounds int, contenders []contender) ([][]sample, error) {
	samples := make([][]sample, len(contenders))
	for round := range rounds {
		for i, c := range contenders {
			if c.absent != "" {
				continue
			}
			s, err := c.measure(ctx, round)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.program, err)
			}
			if !(s.Seconds > 0) {
				return nil, fmt.Errorf("%s: it says that it took %g seconds; must be more than 0", c.program, s.Seconds)
			}
			samples[i] = append(samples[i], s)
		}
	}
	return samples, nil
}

// seconds are those of the rounds.
func seconds(samples []sample) []float64 {
	var all []float64
	for _, s := range samples {
		all = append(all, s.Seconds)
	}
	return all
}

// allocated are the median numbers of allocations and of their bytes as cells of a table, empty
// for peers.
func allocated(samples []sample) []any {
	var allocations, bytes []float64
	for _, s := range samples {
		allocations, bytes = append(allocations, s.Allocations), append(bytes, s.Bytes)
	}
	if median(allocations) == 0 {
		return []any{"", ""}
	}
	return []any{median(allocations), median(bytes)}
}

// A spread is a median over rounds with the smallest and the largest value.
type spread struct{ median, low, high float64 }

// ratios is how many times as long as the other a contender took, round by round.
func ratios(samples, others []sample) spread {
	all := seconds(samples)
	for round := range all {
		all[round] /= others[round].Seconds
	}
	return spreadOf(all)
}
