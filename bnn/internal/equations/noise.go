package equations

import (
	"context"
	"math"

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
	middles, lengths, rows := noiseSteps(m.Network, times)
	trajectory, err := solve(middles)
	if err != nil {
		return nil, err
	}
	ends, err := solve(times)
	if err != nil {
		return nil, err
	}
	s := newNoiseEquations(m, rootN)
	var result [][][]float64
	for i, h := range lengths {
		if err := s.advance(ctx, h, trajectory, i); err != nil {
			return nil, err
		}
		if rows[i] {
			result = append(result, s.covariance(ends.Variance[len(result)]))
		}
	}
	return result, nil
}

// noiseSteps cuts the time up to the last output into steps: their middles and lengths, and
// whether an output time is at the end. The first output at time 0 gets a step too
// short to matter.
func noiseSteps(network *bnn.Network, times []float64) (middles, lengths []float64, rows []bool) {
	longest := math.Inf(1)
	for _, population := range network.Populations {
		longest = math.Min(longest, population.Tau/NoiseStepsPerTau)
	}
	start := 0.0
	for _, end := range times {
		if end == 0 {
			end = 1e-9
		}
		count := int(math.Ceil((end - start) / longest))
		h := (end - start) / float64(count)
		for i := range count {
			middles = append(middles, start+(float64(i)+0.5)*h)
			lengths = append(lengths, h)
			rows = append(rows, i == count-1)
		}
		start = end
	}
	return middles, lengths, rows
}
