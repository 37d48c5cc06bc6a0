package equations

import (
	"context"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// A noisePropagator is the exact solution of the linear equations s′ = A s + M z for a time: s are the
// slow states, z the modes, which forget at their decays D and are stationary with covariance 1.
// With E = e^{At}, s(t) = E s(0) + R z(0) + noise, and G and N are the covariances with z(t) and of s(t) that
// arise from s(0) = 0:
//
//	R = ∫₀ᵗ e^{A(t−u)} M e^{−Du} du,   G = ∫₀ᵗ e^{Au} M e^{−Du} du,   N = ∫₀ᵗ∫₀ᵗ e^{Au} M e^{−D|u−v|} Mᵀ e^{Aᵀv} du dv .
//
// All are kept transposed, R and G with decays for rows instead of modes.
type noisePropagator struct {
	noiseDecays
	e, r, g, n  *mat.Dense
	forgets     []float64 // e^{−Dt} of the decays
	modesForget []float64 // and of the modes, over the whole step
}

// propagator is that of a step of length h, exact for the coefficients of a row of the trajectory: of a short time by
// power series, which is then doubled until the time is h. The context is looked at between products of matrices.
func (s *noiseEquations) propagator(ctx context.Context, h float64, trajectory *bnn.Trajectory, row int) (*noisePropagator, error) {
	if len(s.leaks) == 0 {
		return nil, nil
	}
	c := s.coefficients(trajectory, row)
	powers, err := s.powers(ctx, c, h)
	if err != nil {
		return nil, err
	}
	doublings := powers.doublings(floats.Max(c.decays) * h)
	p, err := s.short(ctx, c, powers, h, doublings)
	if err != nil {
		return nil, err
	}
	for range doublings {
		if err := s.double(ctx, p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// apply moves the covariances by the time of the propagator.
func (s *noiseEquations) apply(ctx context.Context, p *noisePropagator) error {
	if len(s.leaks) == 0 {
		return nil
	}
	var moved mat.Dense
	if err := s.multiply(ctx, &moved, s.withModes, p.e); err != nil {
		return err
	}
	slow, err := s.sandwich(ctx, s.slow, p.e)
	if err != nil {
		return err
	}
	if err := s.addBoth(ctx, slow, s.blockwise(p.ofModes, &moved), p.r); err != nil {
		return err
	}
	s.slow.Add(slow, p.n)
	for i, forget := range p.modesForget {
		floats.Scale(forget, moved.RawRowView(i))
	}
	s.withModes.Add(&moved, s.blockwise(p.toModes, p.g))
	return nil
}

// double turns the propagator of a time into that of twice the time.
func (s *noiseEquations) double(ctx context.Context, p *noisePropagator) error {
	var g, r, e mat.Dense
	if err := s.multiply(ctx, &g, p.g, p.e); err != nil {
		return err
	}
	if err := s.multiply(ctx, &r, p.r, p.e); err != nil {
		return err
	}
	if err := s.multiply(ctx, &e, p.e, p.e); err != nil {
		return err
	}
	n, err := s.sandwich(ctx, p.n, p.e)
	if err != nil {
		return err
	}
	if err := s.addBoth(ctx, n, &g, s.blockwise(p.both, p.r)); err != nil {
		return err
	}
	p.n.Add(p.n, n)
	for i, forget := range p.forgets {
		floats.AddScaled(p.g.RawRowView(i), forget, g.RawRowView(i))
		floats.AddScaled(r.RawRowView(i), forget, p.r.RawRowView(i))
		p.forgets[i] *= forget
	}
	p.r.Copy(&r)
	p.e.Copy(&e)
	return nil
}

// sandwich returns eᵀ·a·e.
func (s *noiseEquations) sandwich(ctx context.Context, a, e *mat.Dense) (*mat.Dense, error) {
	var half, whole mat.Dense
	if err := s.multiply(ctx, &half, a, e); err != nil {
		return nil, err
	}
	return &whole, s.gather(ctx, &whole, e, &half)
}

// addBoth adds aᵀ·b and its transpose.
func (s *noiseEquations) addBoth(ctx context.Context, to, a, b *mat.Dense) error {
	var product mat.Dense
	if err := s.gather(ctx, &product, a, b); err != nil {
		return err
	}
	to.Add(to, &product)
	to.Add(to, product.T())
	return nil
}

// operationsAtOnce are done between looks at the context: products of thousands of rows take minutes.
const operationsAtOnce = 1e8

// multiply writes a·b, some rows at a time.
func (s *noiseEquations) multiply(ctx context.Context, to, a, b *mat.Dense) error {
	rows, inner := a.Dims()
	return s.multiplyRows(ctx, to, rows, inner, func(first, last int) mat.Matrix { return a.Slice(first, last, 0, inner) }, b)
}

// gather writes aᵀ·b, some rows at a time. The transpose is laid out: gonum takes three times as long for
// a product with one that is not.
func (s *noiseEquations) gather(ctx context.Context, to, a, b *mat.Dense) error {
	inner, rows := a.Dims()
	return s.multiplyRows(ctx, to, rows, inner, func(first, last int) mat.Matrix { return mat.DenseCopyOf(a.Slice(0, inner, first, last).T()) }, b)
}

// multiplyRows writes the product with b of a matrix that is given some rows at a time.
func (s *noiseEquations) multiplyRows(ctx context.Context, to *mat.Dense, rows, inner int, part func(first, last int) mat.Matrix, b *mat.Dense) error {
	_, columns := b.Dims()
	s.count(rows, inner, columns)
	to.ReuseAs(rows, columns)
	atOnce := 1 + int(operationsAtOnce/float64(inner*columns))
	for first := 0; first < rows; first += atOnce {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		last := min(first+atOnce, rows)
		to.Slice(first, last, 0, columns).(*mat.Dense).Mul(part(first, last), b)
	}
	return nil
}

// count counts the multiplications of a product of matrices.
func (s *noiseEquations) count(rows, inner, columns int) {
	s.multiplications.Add(int64(rows) * int64(inner) * int64(columns))
}
