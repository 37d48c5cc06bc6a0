package ode

import (
	"context"
	"math"
	"math/cmplx"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn/internal/linear"
)

// A Grouped Jacobian is that of components in groups, such as the means and cumulants of populations,
// of which each acts on the others by one number only, its output:
//
//	J = D + Into · From · R ,
//
// where D is block diagonal, R has one row a group, the derivatives of its output by its components,
// and From of the k rows that are needed says what is heard of outputs, Into what that does. Newton's
// systems are then solved with matrices of k rows instead of d, by the formula of Sherman, Morrison and
// Woodbury: (σ − J)⁻¹ = X + X Into (1 − From R X Into)⁻¹ From R X with X = (σ − D)⁻¹.
type Grouped struct {
	// Groups lists the components of each group; every component is in one.
	Groups [][]int
	// Into has one row a component and k columns, From k rows and one column a group; a From that is nil is 1.
	Into, From *mat.Dense

	// Local are the blocks of D, row by row, and Output the rows of R, by the components of each group. Both
	// are written by the GroupedFunc.
	Local, Output [][]float64
}

// A GroupedFunc writes Local and Output at time t and state y. As a JacobianFunc, it may leave out small
// terms.
type GroupedFunc func(t float64, y []float64, jacobian *Grouped)

// NewRadauGrouped is NewRadau for a Jacobian in groups, with their Into and From. A step costs of order k³
// and k² (number of groups), besides what is linear in the components.
func NewRadauGrouped(f Func, jacobian GroupedFunc, form *Grouped, t float64, y []float64, tolerance Tolerance) *Radau {
	return newRadau(f, newGrouped(jacobian, form), t, y, tolerance)
}

// grouped is the newton of a Grouped.
type grouped struct {
	*Grouped
	jacobian GroupedFunc
	single   *capacitance
	pair     [pairs]*capacitance
	heard    []float64 // outputs, real and imaginary parts
	parts    []float64 // what From makes of them
}

func newGrouped(jacobian GroupedFunc, form *Grouped) *grouped {
	_, k := form.Into.Dims()
	g := &grouped{Grouped: form, jacobian: jacobian, heard: make([]float64, 2*len(form.Groups)), parts: make([]float64, 2*k)}
	form.Local, form.Output = nil, nil
	for _, group := range form.Groups {
		form.Local = append(form.Local, make([]float64, len(group)*len(group)))
		form.Output = append(form.Output, make([]float64, len(group)))
	}
	g.single = newCapacitance(form, 1)
	for k := range g.pair {
		g.pair[k] = newCapacitance(form, 2)
	}
	return g
}

// A capacitance is 1 − From R X Into at one shift, with its X: as a real matrix, of two rows for one where
// the shift is complex.
type capacitance struct {
	width   int            // 1 for a real shift and 2 for a complex one
	inverse [][]complex128 // the blocks of X
	factors *linear.Factors
	through [2]*mat.Dense // R X Into, real and imaginary part: one row a group
	ok      bool
}

func newCapacitance(form *Grouped, width int) *capacitance {
	_, k := form.Into.Dims()
	c := &capacitance{width: width}
	for _, group := range form.Groups {
		c.inverse = append(c.inverse, make([]complex128, len(group)*len(group)))
	}
	if k > 0 {
		c.factors = linear.New(width * k)
		for part := range width {
			c.through[part] = mat.NewDense(len(form.Groups), k, nil)
		}
	}
	return c
}

func (g *grouped) linearise(t float64, y []float64) { g.jacobian(t, y, g.Grouped) }

func (g *grouped) factorise(ctx context.Context, single float64, shifts []complex128) error {
	if err := g.single.factorise(ctx, g.Grouped, complex(single, 0)); err != nil {
		return err
	}
	for k, shift := range shifts {
		if err := g.pair[k].factorise(ctx, g.Grouped, shift); err != nil {
			return err
		}
	}
	return nil
}

func (c *capacitance) factorise(ctx context.Context, form *Grouped, shift complex128) error {
	c.ok = true
	for b, local := range form.Local {
		c.ok = invertShifted(c.inverse[b], local, shift) && c.ok
	}
	if c.factors == nil || !c.ok {
		return nil
	}
	_, k := form.Into.Dims()
	for b, group := range form.Groups {
		for part := range c.width {
			clear(c.through[part].RawRowView(b))
		}
		for j, component := range group {
			sum := complex128(0)
			for i, derivative := range form.Output[b] {
				sum += complex(derivative, 0) * c.inverse[b][i*len(group)+j]
			}
			for part, value := range [2]float64{real(sum), imag(sum)} {
				if value == 0 || part == c.width {
					continue
				}
				row := c.through[part].RawRowView(b)
				for i, entry := range form.Into.RawRowView(component) {
					row[i] += value * entry
				}
			}
		}
	}
	heard := c.through
	if form.From != nil {
		for part := range c.width {
			heard[part] = new(mat.Dense)
			heard[part].Mul(form.From, c.through[part])
		}
	}
	matrix := c.factors.Matrix
	for i := range k {
		for j := range k {
			matrix.Set(i, j, -heard[0].At(i, j))
			if c.width == 2 {
				matrix.Set(k+i, k+j, -heard[0].At(i, j))
				matrix.Set(i, k+j, heard[1].At(i, j))
				matrix.Set(k+i, j, -heard[1].At(i, j))
			}
		}
		matrix.Set(i, i, matrix.At(i, i)+1)
		if c.width == 2 {
			matrix.Set(k+i, k+i, matrix.At(k+i, k+i)+1)
		}
	}
	return c.factors.FactoriseUnless(ctx)
}

func (g *grouped) solveSingle(x []float64) bool { return g.solve(g.single, x, nil) }

func (g *grouped) solvePair(k int, x []float64) bool {
	d := len(x) / 2
	return g.solve(g.pair[k], x[:d], x[d:])
}

// solve is for the real and imaginary parts of a right-hand side; the latter are nil with a real shift.
func (g *grouped) solve(c *capacitance, x, imaginary []float64) bool {
	if !c.ok {
		return false
	}
	p := len(g.Groups)
	for b, group := range g.Groups {
		c.apply(b, group, x, imaginary)
		g.heard[b], g.heard[p+b] = 0, 0
		for i, component := range group {
			g.heard[b] += g.Output[b][i] * x[component]
			if imaginary != nil {
				g.heard[p+b] += g.Output[b][i] * imaginary[component]
			}
		}
	}
	if c.factors != nil {
		_, k := g.Into.Dims()
		for part := range c.width {
			from, to := g.heard[part*p:(part+1)*p], g.parts[part*k:(part+1)*k]
			if g.From == nil {
				copy(to, from)
				continue
			}
			for i := range to {
				to[i] = dot(g.From.RawRowView(i), from)
			}
		}
		if !c.factors.Solve(g.parts[:c.width*k]) {
			return false
		}
		g.add(c, x, imaginary)
	}
	for part, values := range [2][]float64{x, imaginary} {
		for _, value := range values {
			if part < c.width && (math.IsNaN(value) || math.IsInf(value, 0)) {
				return false
			}
		}
	}
	return true
}

// add adds X Into parts.
func (g *grouped) add(c *capacitance, x, imaginary []float64) {
	_, k := g.Into.Dims()
	for b, group := range g.Groups {
		size := len(group)
		for j, component := range group {
			into := g.Into.RawRowView(component)
			enters := complex(dot(into, g.parts[:k]), 0)
			if imaginary != nil {
				enters += complex(0, dot(into, g.parts[k:2*k]))
			}
			for i, to := range group {
				change := c.inverse[b][i*size+j] * enters
				x[to] += real(change)
				if imaginary != nil {
					imaginary[to] += imag(change)
				}
			}
		}
	}
}

// apply replaces the components of a group by X times them.
func (c *capacitance) apply(b int, group []int, x, imaginary []float64) {
	var old, product [maxGroup]complex128
	for j, component := range group {
		old[j] = complex(x[component], 0)
		if imaginary != nil {
			old[j] += complex(0, imaginary[component])
		}
	}
	for i := range group {
		for j := range group {
			product[i] += c.inverse[b][i*len(group)+j] * old[j]
		}
	}
	for i, component := range group {
		x[component] = real(product[i])
		if imaginary != nil {
			imaginary[component] = imag(product[i])
		}
	}
}

// maxGroup is the largest number of components of a group.
const maxGroup = 8

// invertShifted writes (shift − local)⁻¹, row by row, by elimination with pivots; it returns false if that is singular.
func invertShifted(inverse []complex128, local []float64, shift complex128) bool {
	size := int(math.Sqrt(float64(len(local))) + 0.5)
	var rows [maxGroup][2 * maxGroup]complex128
	for i := range size {
		for j := range size {
			rows[i][j] = complex(-local[i*size+j], 0)
		}
		rows[i][i] += shift
		rows[i][size+i] = 1
	}
	for j := range size {
		pivot := j
		for i := j + 1; i < size; i++ {
			if cmplx.Abs(rows[i][j]) > cmplx.Abs(rows[pivot][j]) {
				pivot = i
			}
		}
		if rows[pivot][j] == 0 || cmplx.IsNaN(rows[pivot][j]) {
			return false
		}
		rows[j], rows[pivot] = rows[pivot], rows[j]
		factor := 1 / rows[j][j]
		for c := j; c < 2*size; c++ {
			rows[j][c] *= factor
		}
		for i := range size {
			if by := rows[i][j]; i != j && by != 0 {
				for c := j; c < 2*size; c++ {
					rows[i][c] -= by * rows[j][c]
				}
			}
		}
	}
	for i := range size {
		copy(inverse[i*size:(i+1)*size], rows[i][size:2*size])
	}
	return true
}

func dot(x, y []float64) float64 {
	sum := 0.0
	for i, value := range x {
		sum += value * y[i]
	}
	return sum
}
