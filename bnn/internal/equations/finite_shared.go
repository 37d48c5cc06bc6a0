package equations

import (
	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// What shared sources add (theory.md §12): the covariances V of what the potentials of all neurons
// have in common, which the coupling holds down to order n^{-1/2},
//
//	V′ = A V + V Aᵀ + Σ_x q_x ν_x J_x J_xᵀ,   A = −diag(1/τ) + √n B diag(F′)

// relaxation returns A_ac.
func (f *Finite) relaxation(a, c int, e []bnn.Expectation) float64 {
	entry := f.rootN * f.B.At(a, c) * e[c].First
	if a == c {
		entry -= 1 / f.Network.Populations[a].Tau
	}
	return entry
}

// sharedSlope writes V′, if there are shared sources.
func (f *Finite) sharedSlope(t float64, e []bnn.Expectation, state, slope []float64) {
	if f.shared == 0 {
		return
	}
	noise := f.SharedNoise(t)
	for a := range f.populations {
		for b := a; b < f.populations; b++ {
			sum := noise[a][b]
			for c := range f.populations {
				sum += f.relaxation(a, c, e)*state[f.common(c, b)] + f.relaxation(b, c, e)*state[f.common(a, c)]
			}
			slope[f.common(a, b)] = sum
		}
	}
}

// sharedJacobian writes its rows of the Jacobian.
func (f *Finite) sharedJacobian(e []bnn.Expectation, state []float64, jacobian *mat.Dense) {
	if f.shared == 0 {
		return
	}
	for a := range f.populations {
		for b := a; b < f.populations; b++ {
			row := jacobian.RawRowView(f.common(a, b))
			for c := range f.populations {
				row[f.common(c, b)] += f.relaxation(a, c, e)
				row[f.common(a, c)] += f.relaxation(b, c, e)
				change := f.rootN * (f.B.At(a, c)*state[f.common(c, b)] + f.B.At(b, c)*state[f.common(a, c)])
				f.addDerivatives(row, c, change, [3]float64{e[c].Second, e[c].Third / 2})
			}
		}
	}
}

// Common writes the variances V_aa of what all neurons of a population hear at once: 0 without
// shared sources.
func (f *Finite) Common(state, variances []float64) {
	clear(variances)
	if f.shared == 0 {
		return
	}
	for a := range variances {
		variances[a] = state[f.common(a, a)]
	}
}
