package equations

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// curvature returns what Finite.jacobian leaves out, since a solver does not need it
// and eigenvalues do: F⁗ and F⁗′, by which F‴ in Λ = F + C F‴/6 changes with the mean, and half
// as much with the variance. They are differences of F‴ of order 6 in the mean, over a few
// hundredths of the width of the law.
func (f *Finite) curvature(b int, e bnn.Expectation, x []float64) (fourth, fifth float64) {
	population := f.Network.Populations[b]
	mean := x[b]
	variance, _ := f.width(b, x)
	if variance <= 0 {
		return 0, 0
	}
	step := 0.03 * math.Sqrt(variance+population.Spread*population.Spread)
	at := func(i int) float64 { return population.Expectation(mean+float64(i)*step, variance).Third }
	fourth = (45*(at(1)-at(-1)) - 9*(at(2)-at(-2)) + at(3) - at(-3)) / (60 * step)
	fifth = (270*(at(1)+at(-1)) - 27*(at(2)+at(-2)) + 2*(at(3)+at(-3)) - 490*e.Third) / (180 * step * step)
	return fourth, fifth
}

// exactRateDerivatives returns those of Λ by the mean, variance and third cumulant of each
// population, and F⁗ of each.
func (f *Finite) exactRateDerivatives(x []float64) (all [][3]float64, fourths []float64) {
	p := f.populations
	e, rates := f.Evaluate(0, x)
	all, fourths = make([][3]float64, p), make([]float64, p)
	for b := range all {
		all[b] = f.rateDerivatives(b, e[b], rates[b], x)
		fourth, fifth := f.curvature(b, e[b], x)
		fourths[b] = fourth
		if rates[b] == 0 || rates[b] == f.Network.Populations[b].Rate.Bound() {
			continue
		}
		population := f.Network.Populations[b]
		variance, third := f.width(b, x)
		if most := SkewnessOne(variance + population.Spread*population.Spread); math.Abs(third) > most {
			third = math.Copysign(most, third)
		}
		all[b][0] += third * fourth / 6
		all[b][1] += third * fifth / 12
	}
	return all, fourths
}

// ExactJacobian is the Jacobian with all derivatives.
func (f *Finite) ExactJacobian(x []float64) *mat.Dense {
	jacobian := mat.NewDense(len(x), len(x), nil)
	f.jacobian(0, x, jacobian)
	f.addCurvature(x, jacobian)
	return jacobian
}

// addCurvature completes the Jacobian of a solver, and returns the derivatives of Λ.
func (f *Finite) addCurvature(x []float64, jacobian *mat.Dense) [][3]float64 {
	p := f.populations
	e, rates := f.Evaluate(0, x)
	gains, fourths := f.exactRateDerivatives(x)
	for b := range p {
		without := f.rateDerivatives(b, e[b], rates[b], x)
		more := [3]float64{gains[b][0] - without[0], gains[b][1] - without[1]}
		for a := range p {
			hears := f.rootN * f.B.At(a, b)
			if a == b {
				hears -= f.own(a) / f.rootN
			}
			f.addDerivatives(jacobian.RawRowView(a), b, hears, more)
			f.addDerivatives(jacobian.RawRowView(p+a), b, f.Squares.At(a, b), more)
		}
		self, variance := f.own(b)/f.rootN, x[p+b]
		byVariance := [3]float64{0, fourths[b] / 2}
		f.addDerivatives(jacobian.RawRowView(2*p+b), b, -3*self*variance*variance, byVariance)
		if i := f.spread[b]; i > 0 {
			square := math.Pow(f.Network.Populations[b].Spread, 2)
			f.addDerivatives(jacobian.RawRowView(i+1), b, 2*self*variance*square, byVariance)
			f.addDerivatives(jacobian.RawRowView(i+2), b, -self*square*square, byVariance)
		}
	}
	return gains
}
