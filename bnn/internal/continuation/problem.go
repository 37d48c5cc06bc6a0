package continuation

import (
	"errors"
	"math"
	"slices"

	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/numbers"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// A Problem is what is solved along a curve.
type Problem struct {
	// Unknowns is their number d ≥ 1. Points z have d+1 entries, the parameter last.
	Unknowns int
	// Equations writes the d values and, in d columns, their derivatives by the unknowns at a
	// point. An error refuses a point that lies outside of where there are equations.
	Equations func(z, value []float64, jacobian *mat.Dense) error
	// ByParameter writes the derivatives by the parameter.
	ByParameter func(z, derivative []float64) error
	// Scale is the size of a change of each entry of z that counts as one unit of arclength.
	Scale []float64

	value, column []float64
	jacobian      *mat.Dense
	bordered      *linear.Factors // derivatives by all entries of z, and one more row
	step          []float64
}

// ErrNoSolution tells that Newton's method found no point near a guess.
var ErrNoSolution = errors.New("no solution nearby")

func (p *Problem) prepare() {
	if p.bordered != nil {
		return
	}
	p.value, p.column, p.jacobian = make([]float64, p.Unknowns), make([]float64, p.Unknowns), mat.NewDense(p.Unknowns, p.Unknowns, nil)
	p.bordered, p.step = linear.New(p.Unknowns+1), make([]float64, p.Unknowns+1)
}

// At solves the equations for the unknowns, at the parameter that z has and from the unknowns
// that it has, which are replaced.
func (p *Problem) At(z []float64) error {
	row := make([]float64, p.Unknowns+1)
	row[p.Unknowns] = 1
	return p.correct(z, row)
}

// correct moves z onto the curve by Newton's method, within the plane through z that is
// orthogonal to the row. It converges at once or not at all: steps are not damped. The
// derivatives by the parameter, which cost the most, are those of the last tangent, and
// only if that does not do, as near the crossing of two curves, those of each point.
func (p *Problem) correct(z, row []float64) error {
	p.prepare()
	guess := slices.Clone(z)
	err := p.newton(z, row, false)
	if errors.Is(err, ErrNoSolution) {
		copy(z, guess)
		err = p.newton(z, row, true)
	}
	return err
}

func (p *Problem) newton(z, row []float64, anew bool) error {
	const iterations, tolerance = 12, 1e-12
	before := math.Inf(1)
	for range iterations {
		if err := p.Equations(z, p.value, p.jacobian); err != nil {
			return err
		}
		if anew {
			if err := p.ByParameter(z, p.column); err != nil {
				return err
			}
		}
		copy(p.step, p.value)
		p.step[p.Unknowns] = 0
		p.factorise(row)
		if !p.bordered.Solve(p.step) || !numbers.Finite(p.step...) {
			return ErrNoSolution
		}
		floats.Sub(z, p.step)
		size := p.length(p.step)
		if size > 1 || size > 2*before {
			return ErrNoSolution
		}
		// Rounding may keep steps from falling further once they are small.
		if size <= tolerance*(1+p.length(z)) || size <= 1e-9*(1+p.length(z)) && size > before/2 {
			return nil
		}
		before = size
	}
	return ErrNoSolution
}

// factorise prepares for solving with the last Jacobian and one more row.
func (p *Problem) factorise(row []float64) {
	d := p.Unknowns
	for i := range d {
		copy(p.bordered.Matrix.RawRowView(i), p.jacobian.RawRowView(i))
		p.bordered.Matrix.Set(i, d, p.column[i])
	}
	copy(p.bordered.Matrix.RawRowView(d), row)
	p.bordered.Factorise()
}

// tangent returns the unit tangent at a point of the curve on the side of a direction.
func (p *Problem) tangent(z, direction []float64) ([]float64, error) {
	p.prepare()
	if err := errors.Join(p.Equations(z, p.value, p.jacobian), p.ByParameter(z, p.column)); err != nil {
		return nil, err
	}
	p.factorise(p.dual(direction))
	tangent := make([]float64, p.Unknowns+1)
	tangent[p.Unknowns] = 1
	if !p.bordered.Solve(tangent) {
		return nil, ErrNoSolution
	}
	floats.Scale(1/p.length(tangent), tangent)
	return tangent, nil
}

// dual is the row whose product with a vector is its scaled product with the direction.
func (p *Problem) dual(direction []float64) []float64 {
	row := make([]float64, len(direction))
	for i, entry := range direction {
		row[i] = entry / (p.Scale[i] * p.Scale[i])
	}
	return row
}

// length is the norm in units of arclength.
func (p *Problem) length(x []float64) float64 {
	sum := 0.0
	for i, entry := range x {
		sum = math.Hypot(sum, entry/p.Scale[i])
	}
	return sum
}
