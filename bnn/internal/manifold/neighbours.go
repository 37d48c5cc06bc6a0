package manifold

import (
	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// With returns the manifold of a network of the same weights and sizes, whose bases it shares.
func (m *Manifold) With(network *bnn.Network) *Manifold {
	other := *m
	other.Network, other.recent = network, nothingExpected(len(network.Populations))
	return &other
}

// Aligned returns the manifold with bases of range and complement turned as near as can be to
// those of another (the orthogonal Procrustes problem: G. H. Golub and C. F. Van Loan, Matrix
// Computations, section 6.4), so that what is written in them changes smoothly from one network
// to the next. It returns false where their ranks differ.
func (m *Manifold) Aligned(to *Manifold) (*Manifold, bool) {
	if m.Rank != to.Rank {
		return nil, false
	}
	turned := *m
	if m.U != nil {
		turn, ok := rotation(m.U, to.U)
		if !ok {
			return nil, false
		}
		turned.U, turned.W = &mat.Dense{}, &mat.Dense{}
		turned.U.Mul(m.U, turn)
		turned.W.Mul(turn.T(), m.W)
	}
	if m.Complement != nil {
		turn, ok := rotation(m.Complement, to.Complement)
		if !ok {
			return nil, false
		}
		turned.Complement = &mat.Dense{}
		turned.Complement.Mul(m.Complement, turn)
	}
	return &turned, true
}

// rotation returns the orthogonal matrix Q that makes basis·Q as near as can be to another.
func rotation(basis, other *mat.Dense) (*mat.Dense, bool) {
	var overlap, left, right, turn mat.Dense
	overlap.Mul(basis.T(), other)
	var svd mat.SVD
	if !svd.Factorize(&overlap, mat.SVDFull) {
		return nil, false
	}
	svd.UTo(&left)
	svd.VTo(&right)
	turn.Mul(&left, right.T())
	return &turn, true
}
