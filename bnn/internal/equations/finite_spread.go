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

// spreadJacobian writes their rows of the Jacobian of a population by itself.
func (f *Finite) spreadJacobian(a int, self float64, e bnn.Expectation, variance float64, local *mat.Dense) {
	alone := f.alone(a)
	i := alone.spread[0]
	if i == 0 {
		return
	}
	population := f.Network.Populations[a]
	square := population.Spread * population.Spread
	add := func(row, column int, value float64) { local.Set(row, column, local.At(row, column)+value) }
	alone.addDerivatives(local.RawRowView(i), 0, self*square, [3]float64{e.Second, e.Third / 2})
	add(i, i, -1/population.Tau)
	if !f.skewness {
		return
	}
	alone.addDerivatives(local.RawRowView(i+1), 0, 2*self*variance*square, [3]float64{e.Third})
	add(i+1, 1, 2*self*square*e.Second)
	add(i+1, i+1, -2/population.Tau)
	alone.addDerivatives(local.RawRowView(i+2), 0, -self*square*square, [3]float64{e.Third})
	add(i+2, i+2, -1/population.Tau)
}
