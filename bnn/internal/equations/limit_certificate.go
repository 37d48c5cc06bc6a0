package equations

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
)

// A stabilityCertificate bounds the real parts of the eigenvalues of S without computing
// them. It holds the real eigenvectors V of an earlier S₀, in two columns for a pair, in whose
// coordinates G = V⁻¹SV is nearly normal. No eigenvalue of G, and so of S, then lies to the
// right of the largest eigenvalue of its symmetric part (L. N. Trefethen and M. Embree,
// Spectra and Pseudospectra, section 17), which Lanczos' method finds from products with W
// and U alone. A nil certificate holds nothing.
type stabilityCertificate struct {
	left, right *mat.Dense // V⁻¹W and U V
	served      int        // how often it held
	failed      int        // how often it did not, since it was made
}

// newStabilityCertificate makes one from S, or nil if there is no basis of eigenvectors.
func newStabilityCertificate(m *manifold.Manifold, e []bnn.Expectation) *stabilityCertificate {
	var eigen mat.Eigen
	if !eigen.Factorize(m.Sensitivity(e), mat.EigenRight) {
		return nil
	}
	var vectors mat.CDense
	eigen.VectorsTo(&vectors)
	basis := mat.NewDense(m.Rank, m.Rank, nil)
	for c, value := range eigen.Values(nil) {
		for i := range m.Rank {
			entry := real(vectors.At(i, c))
			if imag(value) < 0 { // the second of a pair
				entry = imag(vectors.At(i, c))
			}
			basis.Set(i, c, entry)
		}
	}
	certificate := &stabilityCertificate{left: &mat.Dense{}, right: &mat.Dense{}}
	if certificate.left.Solve(basis, m.W) != nil {
		return nil
	}
	certificate.right.Mul(m.U, basis)
	return certificate
}

// certify makes a certificate from the present S, unless the last one served a few steps
// only: then eigenvalues, which take less time than eigenvectors, are computed for a while.
func (l *Limit) certify(ctx context.Context, e []bnn.Expectation) error {
	const few, while = 4, 10
	if l.Rank < manyRanks {
		return nil
	}
	if c := l.certificate; c != nil && c.served < few {
		if c.failed++; c.failed < while {
			return nil
		}
	}
	const sharp = 0.75                                           // of the leading real part
	l.certificate = &stabilityCertificate{left: l.W, right: l.U} // S itself may be normal enough
	if l.certificate.abscissa(e) < sharp*l.watch.value {
		return nil
	}
	var err error
	l.certificate, err = linear.Patiently(ctx, l.Rank, func() *stabilityCertificate { return newStabilityCertificate(l.Manifold, e) })
	if l.certificate == nil {
		l.certificate = &stabilityCertificate{failed: 1}
	} else if l.certificate.abscissa(e) >= sharp*l.watch.value {
		l.certificate.failed = 1 // the eigenvectors are no good basis
	}
	return err
}

// holds tells whether all eigenvalues of S are to the left of a negative number.
func (c *stabilityCertificate) holds(e []bnn.Expectation, limit float64) bool {
	if c == nil || c.failed > 0 || c.abscissa(e) >= limit {
		return false
	}
	c.served++
	return true
}

// abscissa estimates the largest eigenvalue of (G + Gᵀ)/2 from above, by so many steps of
// Lanczos' method, with all directions kept orthogonal: its largest Ritz value and the residual
// of that.
func (c *stabilityCertificate) abscissa(e []bnn.Expectation) float64 {
	const most = 48
	rank, populations := c.left.Dims()
	along, across := mat.NewVecDense(populations, nil), mat.NewVecDense(populations, nil)
	forward, backward := mat.NewVecDense(rank, nil), mat.NewVecDense(rank, nil)
	direction := make([]float64, rank)
	for i := range direction {
		direction[i] = 1 + 0.5*math.Cos(float64(i*i)) // has a part of any eigenvector
	}
	floats.Scale(1/floats.Norm(direction, 2), direction)
	steps := min(rank, most)
	directions := make([][]float64, 0, steps)
	tridiagonal := mat.NewSymDense(steps, nil)
	residual := 0.0
	for k := range steps {
		directions = append(directions, direction)
		v := mat.NewVecDense(rank, direction)
		along.MulVec(c.right, v)
		across.MulVec(c.left.T(), v)
		for b, rate := range e {
			along.SetVec(b, along.AtVec(b)*rate.First)
			across.SetVec(b, across.AtVec(b)*rate.First)
		}
		forward.MulVec(c.left, along)
		backward.MulVec(c.right.T(), across)
		next := make([]float64, rank)
		for i := range next {
			next[i] = (forward.AtVec(i) + backward.AtVec(i)) / 2
		}
		tridiagonal.SetSym(k, k, floats.Dot(next, direction))
		for range 2 { // once is not enough for orthogonality to rounding
			for _, earlier := range directions {
				floats.AddScaled(next, -floats.Dot(next, earlier), earlier)
			}
		}
		residual = floats.Norm(next, 2)
		if k+1 < steps {
			if !(residual > 0) {
				return math.Inf(1) // an invariant subspace tells nothing about the rest
			}
			tridiagonal.SetSym(k, k+1, residual)
			direction = next
			floats.Scale(1/residual, direction)
		}
	}
	var ritz mat.EigenSym
	if !ritz.Factorize(tridiagonal, true) {
		return math.Inf(1)
	}
	var vectors mat.Dense
	ritz.VectorsTo(&vectors)
	return ritz.Values(nil)[steps-1] + residual*math.Abs(vectors.At(steps-1, steps-1))
}
