package ring

import (
	"math/cmplx"

	"balanced/bnn"
)

// Following is where the difference of the bumps of two classes is at a time t in the limit, where a stimulus of height 1 travels
// around the ring with the angular velocity omega, and the difference starts a quarter of a turn behind it with height 1: D(t) e^{−iωt}
// with the D of theory.md §21, the component as seen from the stimulus.
func Following(omega, t float64) complex128 {
	past := cmplx.Exp(complex(-t, -omega*t))
	return (1-past)/complex(1, omega) - 1i*past
}

// Wandered is n times the product of the centre of a bump, in radians, and the centre so many rows ≥ 0 later, averaged over the times
// of a replica of size n: n times a covariance, where the centre wanders about 0. The error is that of Component, and a
// *bnn.InputError for more rows than there are.
func (b Bump) Wandered(moments *bnn.Moments, n float64, rows int) (float64, error) {
	z, err := b.Over(moments)
	if err != nil {
		return 0, err
	}
	if err := bnn.CheckIndex("rows", rows, len(z)); err != nil {
		return 0, err
	}
	sum := 0.0
	for row, late := range z[rows:] {
		sum += n * cmplx.Phase(late) * cmplx.Phase(z[row]) / float64(len(z)-rows)
	}
	return sum, nil
}
