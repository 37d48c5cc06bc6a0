// Package ring measures bumps of activity in networks whose populations stand at equal angles
// around a circle, class after class: first those of one class in the order of their angles, then
// those of the next (theory.md §21 of package bnn).
//
//	difference := ring.Bump{1, -1} // of a class E and a class I
//	components, err := difference.Over(moments)
//	height, centre := cmplx.Abs(components[0]), cmplx.Phase(components[0])
package ring

import (
	"fmt"
	"math"
	"math/cmplx"

	"balanced/bnn"
)

// A Bump is a combination of the classes of a ring: {1, 0} is the bump of the first of two, {1, −1}
// the difference of both.
type Bump []float64

// Component is the first Fourier component of a quantity that has one value a population, M of them
// a class,
//
//	z = (2/M) Σ_c w_c Σ_k x_ck e^{iθ_k},   θ_k = 2πk/M,
//
// w the weights of the bump: |z| is its height, arg z its centre in radians. The error is a
// *bnn.InputError, for values that are not as many for each class, at least 3, too.
func (b Bump) Component(values []float64) (complex128, error) {
	angles, err := b.angles(len(values))
	if err != nil {
		return 0, err
	}
	z := 0i
	for i, value := range values {
		z += b.direction(i, angles) * complex(value, 0)
	}
	return z, nil
}

// Over is the component of the mean potentials at each time of a simulation or a solution. The error
// is that of Component.
func (b Bump) Over(moments *bnn.Moments) ([]complex128, error) {
	components := make([]complex128, len(moments.Mean))
	for row, mean := range moments.Mean {
		z, err := b.Component(mean)
		if err != nil {
			return nil, err
		}
		components[row] = z
	}
	return components, nil
}

// CentreVariance is the variance of the centre, in radians², of values that fluctuate with a covariance
// around their averages, to leading order in it,
//
//	Var arg z = g · Cov · g,   g_ck = ∂ arg z/∂x_ck = Im( (2/M) w_c e^{iθ_k}/z ).
//
// n times a covariance gives n times the variance. The error is a *bnn.InputError: those of Component,
// a covariance of another size, and a bump of height 0, which has no centre.
func (b Bump) CentreVariance(values []float64, covariance [][]float64) (float64, error) {
	z, err := b.Component(values)
	if err != nil {
		return 0, err
	}
	if z == 0 {
		return 0, &bnn.InputError{Path: "values", Value: "a bump of height 0", Allowed: "a bump that has a centre"}
	}
	if len(covariance) != len(values) {
		return 0, &bnn.InputError{Path: "covariance", Value: fmt.Sprintf("%d rows", len(covariance)), Allowed: fmt.Sprintf("%d, one a value", len(values))}
	}
	gain := make([]float64, len(values))
	for i := range gain {
		gain[i] = imag(b.direction(i, len(values)/len(b)) / z)
	}
	variance := 0.0
	for i, row := range covariance {
		if len(row) != len(values) {
			return 0, &bnn.InputError{Path: bnn.IndexPath("covariance", i), Value: fmt.Sprintf("%d numbers", len(row)), Allowed: fmt.Sprintf("%d, one a value", len(values))}
		}
		for j, c := range row {
			variance += gain[i] * c * gain[j]
		}
	}
	return variance, nil
}

// Independent is n times the covariance of the means of populations whose potentials have variances
// K_a and fluctuate independently of each other: diag(K_a/q_a), q_a the sizes of the network. The
// error, if there are not as many variances as populations, is a *bnn.InputError.
func Independent(network *bnn.Network, variance []float64) ([][]float64, error) {
	if len(variance) != len(network.Populations) {
		return nil, &bnn.InputError{Path: "variance", Value: fmt.Sprintf("%d numbers", len(variance)), Allowed: fmt.Sprintf("%d, one a population", len(network.Populations))}
	}
	covariance := make([][]float64, len(variance))
	for a, k := range variance {
		covariance[a] = make([]float64, len(variance))
		covariance[a][a] = k / network.Populations[a].Size
	}
	return covariance, nil
}

// direction is what population i adds to the component, a unit of its value.
func (b Bump) direction(i, angles int) complex128 {
	return complex(2*b[i/angles]/float64(angles), 0) * cmplx.Exp(complex(0, 2*math.Pi*float64(i%angles)/float64(angles)))
}

// angles is their number if there are so many values.
func (b Bump) angles(values int) (int, error) {
	if len(b) == 0 {
		return 0, &bnn.InputError{Path: "bump", Value: "no weights", Allowed: "one a class"}
	}
	if values%len(b) != 0 || values < 3*len(b) {
		return 0, &bnn.InputError{Path: "values", Value: fmt.Sprintf("%d numbers", values), Allowed: fmt.Sprintf("as many for each of %d classes, 3 or more", len(b))}
	}
	return values / len(b), nil
}
