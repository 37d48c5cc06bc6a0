package linear

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// LeadingEigenvalue returns the eigenvalue of largest real part of a finite square
// matrix, of a pair the one above the real axis, or +Inf should they not be found.
func LeadingEigenvalue(matrix *mat.Dense) complex128 {
	if rows, _ := matrix.Dims(); rows == 1 {
		return complex(matrix.At(0, 0), 0)
	}
	var eigen mat.Eigen
	if !eigen.Factorize(matrix, mat.EigenNone) {
		return complex(math.Inf(1), 0)
	}
	return LeadingOf(eigen.Values(nil))
}

// LeadingOf returns the eigenvalue of the largest real part, with an imaginary part ≥ 0.
func LeadingOf(values []complex128) complex128 {
	leading := complex(math.Inf(-1), 0)
	for _, value := range values {
		if real(value) > real(leading) || real(value) == real(leading) && imag(value) > imag(leading) {
			leading = value
		}
	}
	return leading
}

// Eigenvalues returns those of a square matrix, nil if they cannot be computed.
func Eigenvalues(matrix *mat.Dense) []complex128 {
	if rows, _ := matrix.Dims(); rows == 1 {
		return []complex128{complex(matrix.At(0, 0), 0)}
	}
	var eigen mat.Eigen
	if !eigen.Factorize(matrix, mat.EigenNone) {
		return nil
	}
	return eigen.Values(nil)
}
