package equations

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/numbers"
)

// plainNoise are the linear equations of theory.SamplingNoise without any structure, as this package once solved them: the
// states are the modes of all populations, then x, then y, and the covariance is that of all.
type plainNoise struct {
	*manifold.Manifold
	rootN float64
	covarianceOfAll,
	drift, noise *mat.Dense
}

func newPlainNoise(m *manifold.Manifold, rootN float64) *plainNoise {
	p := len(m.Network.Populations)
	size := p * (NoiseModes + 2)
	s := &plainNoise{Manifold: m, rootN: rootN, covarianceOfAll: mat.NewDense(size, size, nil),
		drift: mat.NewDense(size, size, nil), noise: mat.NewDense(size, size, nil)}
	for i := range p * NoiseModes {
		s.covarianceOfAll.Set(i, i, 1)
	}
	return s
}

func (s *plainNoise) shift(a int) int  { return len(s.Network.Populations)*NoiseModes + a }
func (s *plainNoise) spread(a int) int { return s.shift(a) + len(s.Network.Populations) }

// coefficients writes drift and noise for the state in a row of the trajectory.
func (s *plainNoise) coefficients(trajectory *bnn.Trajectory, row int) {
	s.drift.Zero()
	s.noise.Zero()
	intensities := make([]float64, len(s.Network.Populations))
	s.AddNoise(intensities, trajectory.Times[row], func(b int) float64 { return trajectory.Rate[row][b] })
	for b, source := range s.Network.Populations {
		mean, variance := trajectory.Mean[row][b], trajectory.Variance[row][b]
		e := source.Expectation(mean, variance)
		modes := hermiteModes(source.Rate, mean, variance)
		for a, target := range s.Network.Populations {
			weight := s.Network.Weights[a][b]
			x, y := s.rootN*source.Size*weight, source.Size*weight*weight
			for i, strength := range [2]float64{x, y} {
				to := [2]int{s.shift(a), s.spread(a)}[i]
				s.drift.Set(to, s.shift(b), strength*e.First)
				s.drift.Set(to, s.spread(b), strength*e.Second/2)
				for k, mode := range modes {
					s.drift.Set(to, b*NoiseModes+k, strength*mode/math.Sqrt(source.Size))
				}
				if a == b {
					s.drift.Set(to, to, s.drift.At(to, to)-float64(i+1)/target.Tau)
				}
			}
		}
		if variance == 0 {
			continue
		}
		for k := range NoiseModes {
			rate := float64(k+1) * intensities[b] / (2 * variance)
			s.drift.Set(b*NoiseModes+k, b*NoiseModes+k, -rate)
			s.noise.Set(b*NoiseModes+k, b*NoiseModes+k, 2*rate)
		}
	}
}

// advance takes one step of length h: the exact propagator and noise of a short
// time by their power series, which are then doubled until the time is h. The context is
// looked at between products of matrices.
func (s *plainNoise) advance(ctx context.Context, h float64, trajectory *bnn.Trajectory, row int) error {
	s.coefficients(trajectory, row)
	doublings := max(0, int(math.Ceil(math.Log2(mat.Norm(s.drift, math.Inf(1))*h/0.1))))
	short := math.Ldexp(h, -doublings)
	half, err := plainExponential(ctx, s.drift, short/2)
	if err != nil {
		return err
	}
	propagator, err := plainExponential(ctx, s.drift, short)
	if err != nil {
		return err
	}
	var gained, part mat.Dense
	if err := plainSandwich(ctx, &part, half, s.noise); err != nil {
		return err
	}
	if err := plainSandwich(ctx, &gained, propagator, s.noise); err != nil {
		return err
	}
	gained.Apply(func(i, j int, v float64) float64 { return short / 6 * (v + 4*part.At(i, j) + s.noise.At(i, j)) }, &gained)
	for range doublings {
		if err := plainSandwich(ctx, &part, propagator, &gained); err != nil {
			return err
		}
		gained.Add(&gained, &part)
		if err := plainMultiply(ctx, &part, propagator, propagator); err != nil {
			return err
		}
		propagator.Copy(&part)
	}
	if err := plainSandwich(ctx, &part, propagator, s.covarianceOfAll); err != nil {
		return err
	}
	s.covarianceOfAll.Add(&part, &gained)
	return nil
}

// covariance returns n Cov of the mean potentials, whose variances are given.
func (s *plainNoise) covariance(variance []float64) [][]float64 {
	p := len(s.Network.Populations)
	result := numbers.Table(p, p)
	deviation := make([]float64, p)
	for a, population := range s.Network.Populations {
		deviation[a] = math.Sqrt(variance[a] / population.Size)
	}
	all := s.covarianceOfAll
	for a := range p {
		for b := range p {
			i, j := a*NoiseModes, b*NoiseModes
			result[a][b] = all.At(s.shift(a), s.shift(b)) + deviation[a]*all.At(i, s.shift(b)) +
				deviation[b]*all.At(s.shift(a), j) + deviation[a]*deviation[b]*all.At(i, j)
		}
	}
	return result
}

// plainExponential returns e^{t·matrix} for a small t, by the first terms of the series. Unlike
// gonum's Exp it ends with the context; for two populations it takes half the time.
func plainExponential(ctx context.Context, matrix *mat.Dense, t float64) (*mat.Dense, error) {
	size, _ := matrix.Dims()
	sum, term := mat.NewDense(size, size, nil), mat.NewDense(size, size, nil)
	for i := range size {
		sum.Set(i, i, 1)
		term.Set(i, i, 1)
	}
	for order := 1; order <= 5; order++ {
		var next mat.Dense
		if err := plainMultiply(ctx, &next, matrix, term); err != nil {
			return nil, err
		}
		next.Scale(t/float64(order), &next)
		term.Copy(&next)
		sum.Add(sum, term)
	}
	return sum, nil
}

// plainSandwich writes a·b·aᵀ.
func plainSandwich(ctx context.Context, to, a, b *mat.Dense) error {
	var product mat.Dense
	if err := plainMultiply(ctx, &product, a, b); err != nil {
		return err
	}
	return plainMultiply(ctx, to, &product, a.T())
}

// plainMultiply writes a·b for a square a, some rows at a time, between which it looks at the
// context: a product of thousands of rows takes minutes.
func plainMultiply(ctx context.Context, to, a *mat.Dense, b mat.Matrix) error {
	size, _ := a.Dims()
	rows := 1 + int(operationsAtOnce/float64(size*size))
	to.Reset()
	to.ReuseAs(size, size)
	for first := 0; first < size; first += rows {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		last := min(first+rows, size)
		to.Slice(first, last, 0, size).(*mat.Dense).Mul(a.Slice(first, last, 0, size), b)
	}
	return nil
}
