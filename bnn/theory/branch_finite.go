package theory

import (
	"context"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// finiteBranch is the finite-n equations at rest, with unknowns (m, K, C). The strength √n of
// what is cancelled is a number of its own, along which states are followed down from the limit,
// with the sizes of the network of size n.
type finiteBranch struct {
	n     int
	rootN float64
}

func newFiniteBranch(n int) finiteBranch { return finiteBranch{n, math.Sqrt(float64(n))} }

func (finiteBranch) hopf() PointKind { return Hopf }

func (k finiteBranch) network(f *family, value float64) (*manifold.Manifold, error) {
	m, err := f.at(value)
	if err != nil || f.resizes {
		return m, err
	}
	sized, err := m.Network.AtSize(k.n)
	if err != nil || sameSizes(m.Network, sized) {
		return m, err
	}
	return manifold.Decompose(sized)
}

func (k finiteBranch) equationsOf(m *manifold.Manifold) *finiteEquations {
	f := &finiteEquations{Manifold: m, rootN: k.rootN, ownInput: true, skewness: true}
	for range m.Network.Populations {
		f.ripple = append(f.ripple, bnn.ConstantStimulus{})
	}
	return f
}

// equations are those for the means in the complement of the range of U, where nothing is of
// order √n, and in the range, divided by √n, so that no digits are lost in large networks.
func (k finiteBranch) equations(m *manifold.Manifold, x, value []float64, jacobian *mat.Dense) {
	f := k.equationsOf(m)
	d, p, r := len(x), len(x)/3, m.Rank
	_ = f.slope(0, x, value) // which refuses no state
	f.jacobian(0, x, jacobian)
	gains := f.addCurvature(x, jacobian)
	_, rates := f.evaluate(0, x)
	drive := m.Drive(0)
	slow, slope := make([]float64, p), mat.NewDense(p, d, nil) // what is not of order √n
	for a, population := range m.Network.Populations {
		self := f.own(a) / f.rootN
		slow[a] = population.External().At(0) - x[a]/population.Tau - self*rates[a]
		slope.Set(a, a, -1/population.Tau)
		for block := range 3 {
			slope.Set(a, block*p+a, slope.At(a, block*p+a)-self*gains[a][block])
		}
	}
	for c := range p - r {
		value[c] = 0
		clear(jacobian.RawRowView(c))
		for a := range p {
			entry := m.Complement.At(a, c)
			value[c] += entry * (slow[a] + f.rootN*drive[a])
			floats.AddScaled(jacobian.RawRowView(c), entry, slope.RawRowView(a))
		}
	}
	range0 := m.Coordinates(drive)
	for i := range r {
		row := jacobian.RawRowView(p - r + i)
		clear(row)
		value[p-r+i] = range0[i]
		for a := range p {
			entry, weight := m.U.At(a, i)/f.rootN, m.W.At(i, a)
			value[p-r+i] += entry*slow[a] + weight*rates[a]
			floats.AddScaled(row, entry, slope.RawRowView(a))
			for block, gain := range gains[a] {
				row[block*p+a] += weight * gain
			}
		}
	}
}

func (k finiteBranch) spectra(ctx context.Context, m *manifold.Manifold, x []float64) (fast, slow []complex128, err error) {
	f := k.equationsOf(m)
	slow, err = linear.Patiently(ctx, len(x), func() []complex128 { return linear.Eigenvalues(f.exactJacobian(x)) })
	return nil, slow, err
}

func (k finiteBranch) describe(m *manifold.Manifold, x []float64, point *BranchPoint) {
	p := len(x) / 3
	point.Third = slices.Clone(x[2*p:])
	_, point.Rate = k.equationsOf(m).evaluate(0, x)
}

// curvature returns what finiteEquations.jacobian leaves out, since a solver does not need it
// and eigenvalues do: F⁗ and F⁗′, by which F‴ in Λ = F + C F‴/6 changes with the mean, and half
// as much with the variance. They are differences of F‴ of order 6 in the mean, over a few
// hundredths of the width of the law.
func (f *finiteEquations) curvature(b int, e bnn.Expectation, x []float64) (fourth, fifth float64) {
	mean, variance := x[b], x[len(x)/3+b]
	if variance <= 0 {
		return 0, 0
	}
	step := 0.03 * math.Sqrt(variance)
	at := func(i int) float64 {
		return f.Network.Populations[b].Expectation(mean+float64(i)*step, variance).Third
	}
	fourth = (45*(at(1)-at(-1)) - 9*(at(2)-at(-2)) + at(3) - at(-3)) / (60 * step)
	fifth = (270*(at(1)+at(-1)) - 27*(at(2)+at(-2)) + 2*(at(3)+at(-3)) - 490*e.Third) / (180 * step * step)
	return fourth, fifth
}

// exactRateDerivatives returns those of Λ by the mean, variance and third cumulant of each
// population, and F⁗ of each.
func (f *finiteEquations) exactRateDerivatives(x []float64) (all [][3]float64, fourths []float64) {
	p := len(x) / 3
	e, rates := f.evaluate(0, x)
	all, fourths = make([][3]float64, p), make([]float64, p)
	for b := range all {
		all[b] = f.rateDerivatives(b, e[b], rates[b], x)
		fourth, fifth := f.curvature(b, e[b], x)
		fourths[b] = fourth
		if rates[b] == 0 || rates[b] == f.Network.Populations[b].Rate.Bound() {
			continue
		}
		third := x[2*p+b]
		if most := skewnessOne(x[p+b]); math.Abs(third) > most {
			third = math.Copysign(most, third)
		}
		all[b][0] += third * fourth / 6
		all[b][1] += third * fifth / 12
	}
	return all, fourths
}

// exactJacobian is the Jacobian with all derivatives.
func (f *finiteEquations) exactJacobian(x []float64) *mat.Dense {
	jacobian := mat.NewDense(len(x), len(x), nil)
	f.jacobian(0, x, jacobian)
	f.addCurvature(x, jacobian)
	return jacobian
}

// addCurvature completes the Jacobian of a solver, and returns the derivatives of Λ.
func (f *finiteEquations) addCurvature(x []float64, jacobian *mat.Dense) [][3]float64 {
	p := len(x) / 3
	e, rates := f.evaluate(0, x)
	gains, fourths := f.exactRateDerivatives(x)
	for b := range p {
		without := f.rateDerivatives(b, e[b], rates[b], x)
		for block := range 2 {
			more := gains[b][block] - without[block]
			for a := range p {
				hears := f.rootN * f.B.At(a, b)
				if a == b {
					hears -= f.own(a) / f.rootN
				}
				jacobian.Set(a, block*p+b, jacobian.At(a, block*p+b)+hears*more)
				jacobian.Set(p+a, block*p+b, jacobian.At(p+a, block*p+b)+f.Squares.At(a, b)*more)
			}
		}
		self, variance := f.own(b)/f.rootN, x[p+b]
		jacobian.Set(2*p+b, p+b, jacobian.At(2*p+b, p+b)-1.5*self*variance*variance*fourths[b])
	}
	return gains
}
