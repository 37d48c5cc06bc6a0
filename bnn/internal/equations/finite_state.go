package equations

import (
	"balanced/bnn"
	"balanced/bnn/internal/manifold"
)

// A layout tells where the unknowns of the finite-n equations stand in a state. First come the P
// means less their ripple, the P variances and the P third cumulants. Behind them are, for each
// population with spread thresholds, what its potentials v and thresholds δ have in common:
// c = Cov(v, δ) and the joint third cumulants E of (v, v, δ) and G of (v, δ, δ) (theory.md §14);
// and, if there are shared sources, the covariances V of what all neurons hear at once, its upper
// triangle row by row (theory.md §12).
type layout struct {
	populations int
	spread      []int // where c stands, E and G after it; 0 without a spread
	shared      int   // where V stands; 0 without shared sources
	size        int   // of all unknowns
}

func newLayout(network *bnn.Network) layout {
	p := len(network.Populations)
	l := layout{populations: p, spread: make([]int, p), size: 3 * p}
	for a, population := range network.Populations {
		if population.Spread > 0 {
			l.spread[a] = l.size
			l.size += 3
		}
	}
	for _, source := range network.Feedforward {
		if source.Shared && l.shared == 0 {
			l.shared = l.size
			l.size += p * (p + 1) / 2
		}
	}
	return l
}

// Unknowns is the number of unknowns that the finite-n equations of a network have.
func Unknowns(network *bnn.Network) int { return newLayout(network).size }

// components lists where the unknowns of one population stand: its mean, variance and third cumulant, c, E
// and G, and V_aa.
func (l layout) components(a int) []int {
	list := []int{a, l.populations + a, 2*l.populations + a}
	if i := l.spread[a]; i > 0 {
		list = append(list, i, i+1, i+2)
	}
	if l.shared > 0 {
		list = append(list, l.common(a, a))
	}
	return list
}

// alone is the layout of these as if there were no other population.
func (l layout) alone(a int) layout {
	one := layout{populations: 1, spread: []int{0}, size: 3}
	if l.spread[a] > 0 {
		one.spread[0], one.size = 3, 6
	}
	if l.shared > 0 {
		one.shared = one.size
		one.size++
	}
	return one
}

// common is where V_ab stands.
func (l layout) common(a, b int) int {
	if a > b {
		a, b = b, a
	}
	return l.shared + a*l.populations - a*(a-1)/2 + b - a
}

// width returns the variance less the spread² and the third cumulant of v − δ, of which rates are
// functions, over the neurons of a population and over time: K − 2c + V_aa and C − 3E + 3G.
func (l layout) width(a int, state []float64) (variance, third float64) {
	variance, third = state[l.populations+a], state[2*l.populations+a]
	if i := l.spread[a]; i > 0 {
		variance -= 2 * state[i]
		third += 3 * (state[i+2] - state[i+1])
	}
	if l.shared > 0 {
		variance += state[l.common(a, a)]
	}
	return variance, third
}

// widths lists the variances of width.
func (l layout) widths(state []float64) []float64 {
	variances := make([]float64, l.populations)
	for a := range variances {
		variances[a], _ = l.width(a, state)
	}
	return variances
}

// addDerivatives adds to a row of the Jacobian what a function of the mean of a population and of
// its width has as derivatives, times a factor.
func (l layout) addDerivatives(row []float64, a int, factor float64, by [3]float64) {
	for block, derivative := range by {
		row[block*l.populations+a] += factor * derivative
	}
	l.addOther(row, a, factor, by)
}

// addOther is addDerivatives for the unknowns but the mean, the variance and the third cumulant.
func (l layout) addOther(row []float64, a int, factor float64, by [3]float64) {
	if i := l.spread[a]; i > 0 {
		row[i] -= 2 * factor * by[1]
		row[i+1] -= 3 * factor * by[2]
		row[i+2] += 3 * factor * by[2]
	}
	if l.shared > 0 {
		row[l.common(a, a)] += factor * by[1]
	}
}

// Start is the state in which a network starts with the given means, and with independent
// Gaussian potentials of the given variances.
func (f *Finite) Start(mean, variance []float64) []float64 {
	state := make([]float64, f.size)
	copy(state, mean)
	copy(state[f.populations:], variance)
	return state
}

// newFinite are the equations without stimuli that are taken out.
func newFinite(m *manifold.Manifold, rootN float64) *Finite {
	f := &Finite{Manifold: m, layout: newLayout(m.Network), rootN: rootN, ownInput: true, skewness: true, tolerance: finiteTolerance}
	for range m.Network.Populations {
		f.ripple = append(f.ripple, bnn.ConstantStimulus{})
	}
	return f
}
