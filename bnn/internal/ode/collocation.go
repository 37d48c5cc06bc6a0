package ode

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mat"
)

// stages of the collocation method, an odd number, so that A⁻¹ has one real eigenvalue. Its steps are as
// long as tolerance^(1/(stages+1)) allows: at that of the finite-n equations, 2·10⁻¹¹, five stages take an
// eighth of the steps of three, and seven a twentieth, in a quarter and a sixth of the time.
const stages = 7

// pairs of complex eigenvalues.
const pairs = stages / 2

// A collocation holds the constants of Radau IIA with some stages.
type collocation struct {
	nodes     []float64   // c, the last of which is 1
	withStart []float64   // 0 and the nodes
	a         [][]float64 // A
	// estimate are the weights of the stage increments in the error estimate, those of increments/h beside f(t, y).
	estimate []float64
	// Eigenvalues of A⁻¹: the real one and α + iβ with β > 0. The matrix t brings A⁻¹ into real block form with
	// γ and [[α, β], [−β, α]], and inverse is that of t.
	gamma      float64
	pairs      []complex128
	t, inverse [][]float64
}

var radau = newCollocation(stages)

// newCollocation finds the constants for s stages, of which more than three have no closed form: E. Hairer and
// G. Wanner, Stiff differential equations solved by Radau methods, Journal of Computational and Applied
// Mathematics 111 (1999), 93–111.
func newCollocation(s int) *collocation {
	nodes := radauNodes(s)
	c := &collocation{nodes: nodes, withStart: slices.Concat([]float64{0}, nodes)}
	matrix := mat.NewDense(s, s, nil)
	for i, node := range c.nodes {
		for j := range s {
			// The rule is exact for the polynomial, of degree s−1.
			matrix.Set(i, j, quad.Fixed(func(x float64) float64 { return Lagrange(c.nodes, j, x) }, 0, node, s, nil, 0))
		}
	}
	c.a = rows(matrix)
	var inverse mat.Dense
	if err := inverse.Inverse(matrix); err != nil {
		panic(err) // it is a constant
	}
	// The estimate is the difference to a rule of order s with the node 0, whose weight is 1/γ: that of
	// the others is −1/γ times their Lagrange polynomials at 0, and stage slopes are A⁻¹ times increments.
	for j := range s {
		sum := 0.0
		for i := range s {
			sum -= Lagrange(c.nodes, i, 0) * inverse.At(i, j)
		}
		c.estimate = append(c.estimate, sum)
	}
	var eigen mat.Eigen
	eigen.Factorize(&inverse, mat.EigenRight)
	var vectors mat.CDense
	eigen.VectorsTo(&vectors)
	basis := mat.NewDense(s, s, nil)
	for column, value := range eigen.Values(nil) {
		if imag(value) < 0 {
			continue
		}
		first := 0
		if imag(value) > 0 {
			c.pairs = append(c.pairs, value)
			first = 2*len(c.pairs) - 1
		} else {
			c.gamma = real(value)
		}
		for i := range s {
			basis.Set(i, first, real(vectors.At(i, column)))
			if imag(value) > 0 {
				basis.Set(i, first+1, imag(vectors.At(i, column)))
			}
		}
	}
	c.t = rows(basis)
	if err := inverse.Inverse(basis); err != nil {
		panic(err)
	}
	c.inverse = rows(&inverse)
	return c
}

// radauNodes are the zeros of P_s − P_{s−1}, with Legendre's polynomials on [0, 1]: 1, and those of a
// Jacobi polynomial, the eigenvalues of its symmetric tridiagonal matrix, by (x−1) times its weight.
func radauNodes(s int) []float64 {
	jacobi := mat.NewSymDense(s-1, nil)
	// Jacobi polynomials with α = 1, β = 0.
	for k := range s - 1 {
		n := float64(k)
		jacobi.SetSym(k, k, -1/((2*n+1)*(2*n+3)))
		if k > 0 {
			jacobi.SetSym(k-1, k, math.Sqrt(n*(n+1))/(2*n+1))
		}
	}
	var eigen mat.EigenSym
	eigen.Factorize(jacobi, false)
	nodes := eigen.Values(nil)
	for i, x := range nodes {
		nodes[i] = (1 + x) / 2
	}
	slices.Sort(nodes)
	return append(nodes, 1)
}

// Lagrange is at x the polynomial that is 1 at node j and 0 at all others.
func Lagrange(nodes []float64, j int, x float64) float64 {
	product := 1.0
	for k, node := range nodes {
		if k != j {
			product *= (x - node) / (nodes[j] - node)
		}
	}
	return product
}

func rows(matrix *mat.Dense) (list [][]float64) {
	for i := range matrix.RawMatrix().Rows {
		list = append(list, mat.Row(nil, i, matrix))
	}
	return list
}
