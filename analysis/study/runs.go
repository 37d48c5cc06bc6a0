package study

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"balanced/analysis"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// A Size is a number n ≥ 1 of neurons, and how many replicas of it are simulated, ≥ 2.
type Size struct{ N, Replicas int }

// A Plan says how the network of size n is simulated, and at which times it is looked at. N and
// Replicas of the ensemble are filled in.
type Plan func(n int) (simulate.Ensemble, []float64)

// Runs are the replicas of a network at several sizes. T is what is kept of one.
type Runs[T any] struct {
	Sizes    []Size
	Seeds    []uint64 // of the sizes
	Replicas [][]T    // by size, in the order of their numbers
}

// Moments simulates a network at several sizes and keeps the moments of each replica. Cost, memory
// and errors are those of simulate.Ensemble.Each for all sizes together; an ensemble with a Store
// reads there what it has simulated before. No size, and fewer than 2 replicas, are a
// *bnn.InputError.
func Moments(ctx context.Context, sizes []Size, plan Plan) (*Runs[bnn.Moments], error) {
	return run(sizes, plan, func(ensemble simulate.Ensemble, times []float64) iter.Seq2[bnn.Moments, error] {
		return ensemble.Each(ctx, times)
	})
}

// Potentials simulates a network at several sizes and keeps the membrane potentials of each
// replica, by time, population and neuron: those of the first neurons of each population, or of all
// for 0. It is to simulate.Ensemble.States what Moments is to Each.
func Potentials(ctx context.Context, sizes []Size, neurons int, plan Plan) (*Runs[[][][]float64], error) {
	return run(sizes, plan, func(ensemble simulate.Ensemble, times []float64) iter.Seq2[[][][]float64, error] {
		return ensemble.States(ctx, times, neurons)
	})
}

func run[T any](sizes []Size, plan Plan, each func(simulate.Ensemble, []float64) iter.Seq2[T, error]) (*Runs[T], error) {
	if len(sizes) == 0 {
		return nil, &bnn.InputError{Path: "sizes", Value: "none", Allowed: "one or more"}
	}
	for i, size := range sizes {
		if size.Replicas < 2 {
			return nil, &bnn.InputError{Path: fmt.Sprintf("sizes[%d].replicas", i), Value: fmt.Sprint(size.Replicas), Allowed: "2 or more"}
		}
	}
	runs := &Runs[T]{Sizes: sizes}
	for _, size := range sizes {
		ensemble, times := plan(size.N)
		ensemble.N, ensemble.Replicas = size.N, size.Replicas
		replicas, err := simulate.Collect(each(ensemble, times))
		if err != nil {
			return nil, err
		}
		runs.Replicas, runs.Seeds = append(runs.Replicas, replicas), append(runs.Seeds, ensemble.Seed)
	}
	return runs, nil
}

// Measure averages a quantity over the replicas of each size. The error, if a value is not finite,
// is a *bnn.InputError.
func (r *Runs[T]) Measure(quantity func(n float64, replica T) float64) (*Series, error) {
	return r.Estimate(func(n float64, replicas []T) (analysis.Estimate, error) {
		return Mean(replicas, func(replica T) float64 { return quantity(n, replica) })
	})
}

// MeasureWith averages a quantity of pairs: a replica of these runs and the one of the same number
// of others, which must have the same sizes. Half the difference of two that were started on both
// sides of a state, for one, is free of what they have in common.
func (r *Runs[T]) MeasureWith(other *Runs[T], quantity func(n float64, one, other T) float64) (*Series, error) {
	if !slices.Equal(other.Sizes, r.Sizes) {
		return nil, &bnn.InputError{Path: "other.sizes", Value: fmt.Sprint(other.Sizes), Allowed: fmt.Sprint(r.Sizes)}
	}
	series := &Series{}
	for i, size := range r.Sizes {
		sample := make([]float64, size.Replicas)
		for k := range sample {
			sample[k] = quantity(float64(size.N), r.Replicas[i][k], other.Replicas[i][k])
		}
		mean, err := analysis.MeanOf(sample)
		if err != nil {
			return nil, err
		}
		series.add(size.N, mean)
	}
	return series, nil
}

// Estimate makes a series of an estimate from all replicas of a size: of a variance between them,
// say, or of a bootstrap. Its error is what is returned.
func (r *Runs[T]) Estimate(of func(n float64, replicas []T) (analysis.Estimate, error)) (*Series, error) {
	series := &Series{}
	for i, size := range r.Sizes {
		value, err := of(float64(size.N), r.Replicas[i])
		if err != nil {
			return nil, fmt.Errorf("n = %d: %w", size.N, err)
		}
		series.add(size.N, value)
	}
	return series, nil
}

// Of is Estimate of what does not ask for n, such as shape.Skewness.
func (r *Runs[T]) Of(estimate func(replicas []T) (analysis.Estimate, error)) (*Series, error) {
	return r.Estimate(func(_ float64, replicas []T) (analysis.Estimate, error) { return estimate(replicas) })
}

// Covariance makes a series of the Covariance of two quantities over the replicas of each size; of one with itself it is its variance.
func (r *Runs[T]) Covariance(x, y func(replica T) float64) (*Series, error) {
	return r.Of(func(replicas []T) (analysis.Estimate, error) { return Covariance(replicas, x, y) })
}

// String says what was simulated, for the Data of an analysis.Claim, as
// "600 replicas of n = 100, 50 of n = 1000, seed 5".
func (r *Runs[T]) String() string {
	var parts, seeds []string
	for i, size := range r.Sizes {
		of := "%d of n = %d"
		if i == 0 {
			of = "%d replicas of n = %d"
		}
		parts = append(parts, fmt.Sprintf(of, size.Replicas, size.N))
		if seed := fmt.Sprint(r.Seeds[i]); !slices.Contains(seeds, seed) {
			seeds = append(seeds, seed)
		}
	}
	word := "seed "
	if len(seeds) > 1 {
		word = "seeds "
	}
	return strings.Join(parts, ", ") + ", " + word + strings.Join(seeds, " and ")
}

// Mean averages a quantity over replicas, 2 or more. The error, if a value is not finite, is a
// *bnn.InputError.
func Mean[T any](replicas []T, quantity func(replica T) float64) (analysis.Estimate, error) {
	sample := make([]float64, len(replicas))
	for i, replica := range replicas {
		sample[i] = quantity(replica)
	}
	return analysis.MeanOf(sample)
}

// Average is the estimate of a quantity that a summary has, at one of its times and in one of its
// populations, counted from 0.
func Average(runs *simulate.Summary, quantity bnn.Quantity, row, population int) analysis.Estimate {
	return analysis.Estimate{Value: runs.Table(quantity)[row][population], StandardError: runs.StandardError.Table(quantity)[row][population],
		DegreesOfFreedom: float64(runs.Replicas - 1)}
}

// Difference is that of two estimates that do not depend on each other, with the degrees of freedom
// of the less certain error (Welch's are between these and their sum).
func Difference(a, b analysis.Estimate) analysis.Estimate {
	return analysis.Estimate{Value: a.Value - b.Value, StandardError: math.Hypot(a.StandardError, b.StandardError),
		DegreesOfFreedom: min(a.DegreesOfFreedom, b.DegreesOfFreedom)}
}

// MeanOf is the average of one or more estimates that do not depend on each other, with the degrees of freedom of the
// one that has the fewest.
func MeanOf(estimates ...analysis.Estimate) analysis.Estimate {
	mean := analysis.Estimate{DegreesOfFreedom: math.Inf(1)}
	for _, e := range estimates {
		share := 1 / float64(len(estimates))
		mean.Value, mean.StandardError = mean.Value+share*e.Value, math.Hypot(mean.StandardError, share*e.StandardError)
		mean.DegreesOfFreedom = min(mean.DegreesOfFreedom, e.DegreesOfFreedom)
	}
	return mean
}

// Covariance is the unbiased covariance of two quantities over replicas, 2 or more; of one with
// itself it is its variance. The standard error is that of the mean of the products, right up to
// relative order 1/replicas. The error, if a value is not finite, is a *bnn.InputError.
func Covariance[T any](replicas []T, x, y func(replica T) float64) (analysis.Estimate, error) {
	meanX, err := Mean(replicas, x)
	if err != nil {
		return analysis.Estimate{}, err
	}
	meanY, err := Mean(replicas, y)
	if err != nil {
		return analysis.Estimate{}, err
	}
	unbiased := float64(len(replicas)) / float64(len(replicas)-1)
	return Mean(replicas, func(replica T) float64 { return unbiased * (x(replica) - meanX.Value) * (y(replica) - meanY.Value) })
}

// Summary averages the replicas of one size, as simulate.Ensemble.Run does, whose errors it has.
func Summary(ctx context.Context, size Size, plan Plan) (*simulate.Summary, error) {
	ensemble, times := plan(size.N)
	ensemble.N, ensemble.Replicas = size.N, size.Replicas
	return ensemble.Run(ctx, times)
}

// Share is the share of trials that succeed, for a claim within a margin from 0 or 1: its standard
// error is that of a share on the edge of the margin, or its own if that is larger, so that no failure
// in few trials is not taken for certainty. Trials ≥ successes ≥ 0, trials ≥ 1 and a margin between 0
// and 1/2; otherwise the estimate is NaN, which a claim refuses.
func Share(successes, trials int, margin float64) analysis.Estimate {
	if successes < 0 || trials < max(successes, 1) || !(margin > 0 && margin < 0.5) {
		return analysis.Estimate{Value: math.NaN(), StandardError: math.NaN()}
	}
	share, n := float64(successes)/float64(trials), float64(trials)
	return analysis.Estimate{Value: share, StandardError: math.Sqrt(max(share*(1-share), margin*(1-margin)) / n), DegreesOfFreedom: math.Inf(1)}
}

// Crossing is when a quantity of a population first passes a level upwards, between two of the times
// linearly; NaN if it does not. A run that is looked at too seldom is told too roughly.
func Crossing(m bnn.Moments, quantity bnn.Quantity, population int, level float64) float64 {
	table := m.Table(quantity)
	for i := 1; i < len(table); i++ {
		if before, after := table[i-1][population], table[i][population]; before < level && after >= level {
			return m.Times[i-1] + (m.Times[i]-m.Times[i-1])*(level-before)/(after-before)
		}
	}
	return math.NaN()
}
