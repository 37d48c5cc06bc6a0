package equations

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sort"

	"golang.org/x/sync/errgroup"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
)

// NoiseModes and NoiseStepsPerTau are what the cost of NoiseAlong depends on.
const (
	NoiseModes       = 16 // Hermite modes a population
	NoiseStepsPerTau = 32 // of the shortest time constant
)

// NoiseAlong follows the covariance along a solution, which solve finds at any times, and returns
// n Cov of the mean potentials at each of the times.
func NoiseAlong(ctx context.Context, m *manifold.Manifold, rootN float64, times []float64, solve func(times []float64) (*bnn.Trajectory, error)) ([][][]float64, error) {
	steps := noiseSteps(m.Network, times)
	all := slices.Clone(times)
	for _, step := range steps {
		all = append(all, step.middle)
	}
	slices.Sort(all)
	trajectory, err := solve(all)
	if err != nil {
		return nil, err
	}
	row := func(t float64) int { return sort.SearchFloat64s(all, t) }
	s, err := newNoiseEquations(ctx, m, rootN)
	if err != nil {
		return nil, err
	}
	var result [][][]float64
	for some := range slices.Chunk(steps, runtime.GOMAXPROCS(0)) {
		propagators := make([]*noisePropagator, len(some)) // do not depend on what is followed
		group, inside := errgroup.WithContext(ctx)
		for i, step := range some {
			group.Go(func() (err error) {
				propagators[i], err = s.propagator(inside, step.length, trajectory, row(step.middle))
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return nil, err
		}
		for i, step := range some {
			if err := s.apply(ctx, propagators[i]); err != nil {
				return nil, err
			}
			if step.last {
				result = append(result, s.covariance(trajectory.Variance[row(times[len(result)])]))
			}
		}
	}
	return result, nil
}

// A noiseStep is one with constant coefficients, those of its middle.
type noiseStep struct {
	middle, length float64
	last           bool // up to an output time
}

// noiseSteps cuts the time up to the last output into steps. The first output at time 0 gets a step
// too short to matter.
func noiseSteps(network *bnn.Network, times []float64) []noiseStep {
	longest := math.Inf(1)
	for _, population := range network.Populations {
		longest = math.Min(longest, population.Tau/NoiseStepsPerTau)
	}
	var steps []noiseStep
	start := 0.0
	for _, end := range times {
		if end == 0 {
			end = 1e-9
		}
		count := int(math.Ceil((end - start) / longest))
		h := (end - start) / float64(count)
		for i := range count {
			steps = append(steps, noiseStep{middle: start + (float64(i)+0.5)*h, length: h, last: i == count-1})
		}
		start = end
	}
	return steps
}
