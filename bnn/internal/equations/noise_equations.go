package equations

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/numbers"
)

// noiseEquations are the linear equations of theory.SamplingNoise (theory.md §49). The modes of
// all populations are independent, of variance 1, and stay so. What is followed are the
// covariances that x and y have with them and among themselves. Of x and y only a part can move: for
// populations with one time constant that in the range of the weights to them, and of the squares
// of weights, which few numbers describe where those have a low rank.
type noiseEquations struct {
	*manifold.Manifold
	rootN float64

	shifts, spreads *mat.Dense // x and y by what is followed of them, the slow states: P × slow
	leaks           []float64  // of slow states
	enters          *mat.Dense // of the sampled rates into slow states: slow × P

	withModes *mat.Dense // covariances of each mode with the slow states: 16 P × slow
	slow      *mat.Dense // covariances of these

	multiplications float64 // in products of matrices
}

// independent is for what counts as 0 among weights, relative to the largest.
const independent = 1e-12

func newNoiseEquations(ctx context.Context, m *manifold.Manifold, rootN float64) (*noiseEquations, error) {
	s := &noiseEquations{Manifold: m, rootN: rootN}
	p := len(m.Network.Populations)
	var shifts, spreads, enters [][]float64 // one row a slow state
	for moment, weights := range []*mat.Dense{m.B, m.Squares} {
		scale := [2]float64{rootN, 1}[moment]
		for _, group := range alike(m.Network) {
			basis, into, err := reach(ctx, weights, group)
			if err != nil {
				return nil, err
			}
			for i, vector := range basis {
				along := make([]float64, p)
				for j, a := range group {
					along[a] = vector[j]
				}
				for b := range into[i] {
					into[i][b] *= scale
				}
				none := make([]float64, p)
				shifts = append(shifts, [2][]float64{along, none}[moment])
				spreads = append(spreads, [2][]float64{none, along}[moment])
				enters = append(enters, into[i])
				s.leaks = append(s.leaks, float64(moment+1)/m.Network.Populations[group[0]].Tau)
			}
		}
	}
	size := len(enters)
	if size == 0 {
		return s, nil
	}
	s.shifts, s.spreads, s.enters = mat.NewDense(p, size, nil), mat.NewDense(p, size, nil), mat.NewDense(size, p, nil)
	for i := range enters {
		s.shifts.SetCol(i, shifts[i])
		s.spreads.SetCol(i, spreads[i])
		s.enters.SetRow(i, enters[i])
	}
	s.withModes, s.slow = mat.NewDense(p*NoiseModes, size, nil), mat.NewDense(size, size, nil)
	return s, nil
}

// alike lists the populations of each time constant.
func alike(network *bnn.Network) [][]int {
	var groups [][]int
	for a, population := range network.Populations {
		at := slices.IndexFunc(groups, func(group []int) bool { return network.Populations[group[0]].Tau == population.Tau })
		if at < 0 {
			at, groups = len(groups), append(groups, nil)
		}
		groups[at] = append(groups[at], a)
	}
	return groups
}

// reach returns an orthonormal basis of the range of weights to a group, by its members, and what enters
// along each vector, by all populations.
func reach(ctx context.Context, weights *mat.Dense, group []int) (basis, enters [][]float64, err error) {
	_, p := weights.Dims()
	to := mat.NewDense(len(group), p, nil)
	for i, a := range group {
		to.SetRow(i, weights.RawRowView(a))
	}
	found, err := linear.RowSpace(ctx, to.T(), independent)
	if found == nil || err != nil {
		return nil, nil, err
	}
	k, size := found.Dims()
	if k == size { // all that there is: populations one by one, without rounding
		found = mat.NewDense(k, k, nil)
		for i := range k {
			found.Set(i, i, 1)
		}
	}
	var product mat.Dense
	product.Mul(found, to)
	for i := range k {
		basis = append(basis, slices.Clone(found.RawRowView(i)))
		enters = append(enters, slices.Clone(product.RawRowView(i)))
	}
	return basis, enters, nil
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
