package equations

import (
	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// What spread thresholds add (theory.md §14). Neuron j fires at λ(v_j − δ_j), and what it does
// not hear of itself correlates its potential with its threshold:
//
//	c′ = −c/τ + n^{-1/2} J s² F′,   E′ = −2E/τ + 2 n^{-1/2} J K s² F″,   G′ = −G/τ − n^{-1/2} J s⁴ F″
//
// with J = J_aa and the deviation s of the thresholds.

// spreadSlope writes c′, E′ and G′ of a population, if its thresholds are spread; self is
// n^{-1/2} J_aa.
func (f *Finite) spreadSlope(a int, self float64, e bnn.Expectation, state, slope []float64) {
	i := f.spread[a]
	if i == 0 {
		return
	}
	population := f.Network.Populations[a]
	square, variance := population.Spread*population.Spread, state[f.populations+a]
	slope[i] = -state[i]/population.Tau + self*square*e.First
	slope[i+1], slope[i+2] = 0, 0
	if f.skewness {
		slope[i+1] = -2*state[i+1]/population.Tau + 2*self*variance*square*e.Second
		slope[i+2] = -state[i+2]/population.Tau - self*square*square*e.Second
	}
}

// spreadJacobian writes their rows of the Jacobian.
func (f *Finite) spreadJacobian(a int, self float64, e bnn.Expectation, state []float64, jacobian *mat.Dense) {
	i := f.spread[a]
	if i == 0 {
		return
	}
	population := f.Network.Populations[a]
	square, variance := population.Spread*population.Spread, state[f.populations+a]
	decay := func(row int, rate float64) { jacobian.Set(row, row, jacobian.At(row, row)-rate/population.Tau) }
	f.addDerivatives(jacobian.RawRowView(i), a, self*square, [3]float64{e.Second, e.Third / 2})
	decay(i, 1)
	if !f.skewness {
		return
	}
	f.addDerivatives(jacobian.RawRowView(i+1), a, 2*self*variance*square, [3]float64{e.Third})
	jacobian.Set(i+1, f.populations+a, jacobian.At(i+1, f.populations+a)+2*self*square*e.Second)
	decay(i+1, 2)
	f.addDerivatives(jacobian.RawRowView(i+2), a, -self*square*square, [3]float64{e.Third})
	decay(i+2, 1)
}
