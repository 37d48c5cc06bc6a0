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
func (f *Finite) exactRateDerivatives(x []float64) (all [][3]float64, fourths []float64) {
	p := len(x) / 3
	e, rates := f.Evaluate(0, x)
	all, fourths = make([][3]float64, p), make([]float64, p)
	for b := range all {
		all[b] = f.rateDerivatives(b, e[b], rates[b], x)
		fourth, fifth := f.curvature(b, e[b], x)
		fourths[b] = fourth
		if rates[b] == 0 || rates[b] == f.Network.Populations[b].Rate.Bound() {
			continue
		}
		third := x[2*p+b]
		if most := SkewnessOne(x[p+b]); math.Abs(third) > most {
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
	p := len(x) / 3
	e, rates := f.Evaluate(0, x)
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
