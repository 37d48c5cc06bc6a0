package equations

import (
	"context"
	"math"
	"sync/atomic"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/numbers"
)

// noiseEquations are the linear equations of theory.SamplingNoise (theory.md §5 and §27). The modes of
// all populations are independent, of variance 1, and stay so. What is followed are the
// covariances that x and y have with them and among themselves, by the slow states of which x and y are made.
type noiseEquations struct {
	*manifold.Manifold
	rootN float64

	shifts, spreads *mat.Dense // x and y by slow states: P × slow
	leaks           []float64  // of slow states
	enters          *mat.Dense // of the sampled rates into slow states: slow × P

	withModes *mat.Dense // covariances of each mode with the slow states: 16 P × slow
	slow      *mat.Dense // covariances of these

	multiplications atomic.Int64 // in products of matrices
}

func newNoiseEquations(ctx context.Context, m *manifold.Manifold, rootN float64) (*noiseEquations, error) {
	s := &noiseEquations{Manifold: m, rootN: rootN}
	x, err := slowStates(ctx, m.Network, m.B)
	if err != nil {
		return nil, err
	}
	y, err := slowStates(ctx, m.Network, m.Squares)
	if err != nil {
		return nil, err
	}
	p, size := len(m.Network.Populations), len(x)+len(y)
	if size == 0 {
		return s, nil
	}
	s.shifts, s.spreads, s.enters = mat.NewDense(p, size, nil), mat.NewDense(p, size, nil), mat.NewDense(size, p, nil)
	for i, state := range x {
		s.shifts.SetCol(i, state.along)
		floats.AddScaled(s.enters.RawRowView(i), rootN, state.enters)
		s.leaks = append(s.leaks, state.leak)
	}
	for i, state := range y {
		s.spreads.SetCol(len(x)+i, state.along)
		s.enters.SetRow(len(x)+i, state.enters)
		s.leaks = append(s.leaks, 2*state.leak)
	}
	s.withModes, s.slow = mat.NewDense(p*NoiseModes, size, nil), mat.NewDense(size, size, nil)
	return s, nil
}

// noiseCoefficients are those of the linear equations for one state of the network.
type noiseCoefficients struct {
	drift     *mat.Dense // of the slow states
	hears     *mat.Dense // sampled rates by slow states: P × slow
	strengths []float64  // of each mode in the sampled rate of its population
	decays    []float64  // of each mode
}

// coefficients are for the state in a row of the trajectory.
func (s *noiseEquations) coefficients(trajectory *bnn.Trajectory, row int) noiseCoefficients {
	p, size := len(s.Network.Populations), len(s.leaks)
	c := noiseCoefficients{hears: mat.NewDense(p, size, nil), drift: mat.NewDense(size, size, nil)}
	intensities := make([]float64, p)
	s.AddNoise(intensities, trajectory.Times[row], func(b int) float64 { return trajectory.Rate[row][b] })
	for b, source := range s.Network.Populations {
		mean, variance := trajectory.Mean[row][b], trajectory.Variance[row][b]
		e := source.Expectation(mean, variance)
		for i := range size {
			c.hears.Set(b, i, e.First*s.shifts.At(b, i)+e.Second/2*s.spreads.At(b, i))
		}
		rate := 0.0
		if variance > 0 {
			rate = intensities[b] / (2 * variance)
		}
		for k, mode := range hermiteModes(source.Rate, mean, variance) {
			c.strengths = append(c.strengths, mode/math.Sqrt(source.Size))
			c.decays = append(c.decays, float64(k+1)*rate)
		}
	}
	c.drift.Mul(s.enters, c.hears)
	s.count(size, p, size)
	for i, leak := range s.leaks {
		c.drift.Set(i, i, c.drift.At(i, i)-leak)
	}
	return c
}

// covariance returns n Cov of the mean potentials, whose variances are given.
func (s *noiseEquations) covariance(variance []float64) [][]float64 {
	p := len(s.Network.Populations)
	result := numbers.Table(p, p)
	if len(s.leaks) > 0 {
		first := mat.NewDense(p, len(s.leaks), nil) // modes, times their deviations
		for a, population := range s.Network.Populations {
			row := first.RawRowView(a)
			for i, x := range s.withModes.RawRowView(a * NoiseModes) {
				row[i] = math.Sqrt(variance[a]/population.Size) * x
			}
		}
		var half, all, cross mat.Dense
		half.Mul(s.shifts, s.slow)
		all.Mul(&half, s.shifts.T())
		cross.Mul(first, s.shifts.T())
		for a, row := range result {
			for b := range row {
				row[b] = (all.At(a, b)+all.At(b, a))/2 + cross.At(a, b) + cross.At(b, a)
			}
		}
	}
	for a, population := range s.Network.Populations {
		result[a][a] += variance[a] / population.Size
	}
	return result
}
