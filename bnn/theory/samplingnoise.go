package theory

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// SamplingNoise returns n Cov(m̂_a, m̂_b), where m̂_a is the mean potential over the
// neurons of population a in a network of size n, or the limit of that as n grows for
// n = 0: by time, P rows of P columns. Populations may be of any number, size, rank and τ.
//
// The network samples its own rates with finitely many neurons, and moves until the rates
// that it samples balance. Of a potential with variance K, write
//
//	λ_b(v) = Σ_k a_bk He_k((v−m)/√K)/√k!,  A_bk = N_b^{-1/2} Σ_j He_k((v_j−m)/√K)/√k!
//
// with normalised Hermite polynomials. The modes A_bk are independent Gaussian processes of
// variance 1 that forget at rate k r_b, r_b = 1/τ_b + K_b′/(2K_b). With x_b and y_b, in units of
// n^{-1/2}, for what all neurons of a population have in common in their mean and variance,
// the fluctuation of its sampled rate is
//
//	ℓ_b = F_b′ x_b + F_b″ y_b/2 + q_b^{-1/2} Σ_{k≥1} a_bk A_bk
//
// and that of its mean potential x_a + (K_a/q_a)^{1/2} A_a1, where
//
//	x_a′ = −x_a/τ_a + √n Σ_b q_b J_ab ℓ_b,   y_a′ = −2y_a/τ_a + Σ_b q_b J_ab² ℓ_b.
//
// These are linear equations, whose covariance is followed in steps with constant
// coefficients, exactly in each, which keeps them right where they relax at rate √n. The
// mean and variance are those of FiniteSize, or of Limit, and q_b is N_b/n at finite n. What is neglected is of
// relative order n^{-1/2}: that the modes feel the missing own input and are skew.
//
// Errors of the solution are below one part in 1000 for sigmoids whose width is at least a
// quarter of the standard deviation of the potentials. The cost is of order 10 ms a unit of
// time for two populations and grows like P³ for P, memory like P²; a *CostError refuses
// what this machine cannot do (SamplingNoiseCost). The other errors are those of FiniteSize
// and Limit, and the cause of the context.
func SamplingNoise(ctx context.Context, network *bnn.Network, n int, times []float64) ([][][]float64, error) {
	cost, err := SamplingNoiseCost(network, times)
	if err != nil {
		return nil, err
	}
	if err := cost.Check(false); err != nil {
		return nil, err
	}
	middles, lengths, rows := noiseSteps(network, times)
	sized, rootN := network, noiseLimitRootN
	solve := func(times []float64) (*bnn.Trajectory, error) { return Limit(ctx, network, times) }
	if n != 0 {
		var err error
		if sized, err = network.AtSize(n); err != nil {
			return nil, err
		}
		rootN = math.Sqrt(float64(n))
		solve = func(times []float64) (*bnn.Trajectory, error) { return FiniteSize(ctx, network, n, times) }
	}
	trajectory, err := solve(middles)
	if err != nil {
		return nil, err
	}
	ends, err := solve(times)
	if err != nil {
		return nil, err
	}
	s := newSamplingNoise(sized, rootN)
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

const (
	noiseModes       = 16  // Hermite modes a population
	noiseLimitRootN  = 1e6 // is √n for the limit: the rest is a few parts in 10⁵
	noiseStepsPerTau = 32
)

// noiseSteps cuts the time up to the last output into steps: their middles and lengths, and
// whether an output time is at the end. The first output at time 0 gets a step too
// short to matter.
func noiseSteps(network *bnn.Network, times []float64) (middles, lengths []float64, rows []bool) {
	longest := math.Inf(1)
	for _, population := range network.Populations {
		longest = math.Min(longest, population.Tau/noiseStepsPerTau)
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

// samplingNoise is the linear system: the modes of all populations, then x, then y.
type samplingNoise struct {
	network *bnn.Network
	rootN   float64
	covarianceOfAll,
	drift, noise *mat.Dense
}

func newSamplingNoise(network *bnn.Network, rootN float64) *samplingNoise {
	p := len(network.Populations)
	size := p * (noiseModes + 2)
	s := &samplingNoise{network: network, rootN: rootN, covarianceOfAll: mat.NewDense(size, size, nil),
		drift: mat.NewDense(size, size, nil), noise: mat.NewDense(size, size, nil)}
	for i := range p * noiseModes {
		s.covarianceOfAll.Set(i, i, 1)
	}
	return s
}

func (s *samplingNoise) shift(a int) int  { return len(s.network.Populations)*noiseModes + a }
func (s *samplingNoise) spread(a int) int { return s.shift(a) + len(s.network.Populations) }

// coefficients writes drift and noise for the state in a row of the trajectory.
func (s *samplingNoise) coefficients(trajectory *bnn.Trajectory, row int) {
	s.drift.Zero()
	s.noise.Zero()
	for b, source := range s.network.Populations {
		mean, variance := trajectory.Mean[row][b], trajectory.Variance[row][b]
		e := source.Rate.Expectation(mean, variance)
		modes := hermiteModes(source.Rate, mean, variance)
		for a, target := range s.network.Populations {
			weight := s.network.Weights[a][b]
			x, y := s.rootN*source.Size*weight, source.Size*weight*weight
			for i, strength := range [2]float64{x, y} {
				to := [2]int{s.shift(a), s.spread(a)}[i]
				s.drift.Set(to, s.shift(b), strength*e.First)
				s.drift.Set(to, s.spread(b), strength*e.Second/2)
				for k, mode := range modes {
					s.drift.Set(to, b*noiseModes+k, strength*mode/math.Sqrt(source.Size))
				}
				if a == b {
					s.drift.Set(to, to, s.drift.At(to, to)-float64(i+1)/target.Tau)
				}
			}
		}
		intensity := source.Noise * source.Noise
		for c, from := range s.network.Populations {
			intensity += from.Size * s.network.Weights[b][c] * s.network.Weights[b][c] * trajectory.Rate[row][c]
		}
		for _, from := range s.network.Feedforward {
			intensity += from.Size * from.Weights[b] * from.Weights[b] * from.Rate.At(trajectory.Times[row])
		}
		if variance == 0 {
			continue
		}
		for k := range noiseModes {
			rate := float64(k+1) * intensity / (2 * variance)
			s.drift.Set(b*noiseModes+k, b*noiseModes+k, -rate)
			s.noise.Set(b*noiseModes+k, b*noiseModes+k, 2*rate)
		}
	}
}

// advance takes one step of length h: the exact propagator and noise of a short
// time by their power series, which are then doubled until the time is h. The context is
// looked at between products of matrices.
func (s *samplingNoise) advance(ctx context.Context, h float64, trajectory *bnn.Trajectory, row int) error {
	s.coefficients(trajectory, row)
	doublings := max(0, int(math.Ceil(math.Log2(mat.Norm(s.drift, math.Inf(1))*h/0.1))))
	short := math.Ldexp(h, -doublings)
	half, err := exponential(ctx, s.drift, short/2)
	if err != nil {
		return err
	}
	propagator, err := exponential(ctx, s.drift, short)
	if err != nil {
		return err
	}
	var gained, part mat.Dense
	if err := sandwich(ctx, &part, half, s.noise); err != nil {
		return err
	}
	if err := sandwich(ctx, &gained, propagator, s.noise); err != nil {
		return err
	}
	gained.Apply(func(i, j int, v float64) float64 { return short / 6 * (v + 4*part.At(i, j) + s.noise.At(i, j)) }, &gained)
	for range doublings {
		if err := sandwich(ctx, &part, propagator, &gained); err != nil {
			return err
		}
		gained.Add(&gained, &part)
		if err := multiply(ctx, &part, propagator, propagator); err != nil {
			return err
		}
		propagator.Copy(&part)
	}
	if err := sandwich(ctx, &part, propagator, s.covarianceOfAll); err != nil {
		return err
	}
	s.covarianceOfAll.Add(&part, &gained)
	return nil
}

// covariance returns n Cov of the mean potentials, whose variances are given.
func (s *samplingNoise) covariance(variance []float64) [][]float64 {
	p := len(s.network.Populations)
	result := numbers.Table(p, p)
	deviation := make([]float64, p)
	for a, population := range s.network.Populations {
		deviation[a] = math.Sqrt(variance[a] / population.Size)
	}
	all := s.covarianceOfAll
	for a := range p {
		for b := range p {
			i, j := a*noiseModes, b*noiseModes
			result[a][b] = all.At(s.shift(a), s.shift(b)) + deviation[a]*all.At(i, s.shift(b)) +
				deviation[b]*all.At(s.shift(a), j) + deviation[a]*deviation[b]*all.At(i, j)
		}
	}
	return result
}

// exponential returns e^{t·matrix} for a small t, by the first terms of the series.
func exponential(ctx context.Context, matrix *mat.Dense, t float64) (*mat.Dense, error) {
	size, _ := matrix.Dims()
	sum, term := mat.NewDense(size, size, nil), mat.NewDense(size, size, nil)
	for i := range size {
		sum.Set(i, i, 1)
		term.Set(i, i, 1)
	}
	for order := 1; order <= 5; order++ {
		var next mat.Dense
		if err := multiply(ctx, &next, matrix, term); err != nil {
			return nil, err
		}
		next.Scale(t/float64(order), &next)
		term.Copy(&next)
		sum.Add(sum, term)
	}
	return sum, nil
}

// sandwich writes a·b·aᵀ.
func sandwich(ctx context.Context, to, a, b *mat.Dense) error {
	var product mat.Dense
	if err := multiply(ctx, &product, a, b); err != nil {
		return err
	}
	return multiply(ctx, to, &product, a.T())
}

// multiply writes a·b for a square a, some rows at a time, between which it looks at the
// context: a product of thousands of rows takes minutes.
func multiply(ctx context.Context, to, a *mat.Dense, b mat.Matrix) error {
	const operationsAtOnce = 1e8
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

// hermiteModes returns a_1, a_2, … of a rate: E λ(m+√K Z) He_k(Z)/√k!, by the trapezoid rule.
func hermiteModes(rate bnn.Rate, mean, variance float64) []float64 {
	const spacing, end = 0.05, 9.0
	modes := make([]float64, noiseModes)
	for i := range int(2*end/spacing) + 1 {
		z := -end + spacing*float64(i)
		weight := spacing * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) * rate.At(mean+math.Sqrt(variance)*z)
		current, previous := 1.0, 0.0
		for k := range modes {
			current, previous = (z*current-math.Sqrt(float64(k))*previous)/math.Sqrt(float64(k+1)), current
			modes[k] += weight * current
		}
	}
	return modes
}
