package thinning

import (
	"reflect"
	"testing"

	"balanced/bnn"
)

// unit of time of the slow network: a power of 4, by which times, rates and the square of noise are
// scaled without rounding.
const unit = 64

// measured is a network of two populations that has all there may be, in units of time of which a
// common one takes so many.
func measured(unit, root float64) *bnn.Network {
	return &bnn.Network{
		Name: "measured",
		Populations: []bnn.Population{
			{Name: "E", Tau: unit, Size: 1, Rate: bnn.Logistic{Max: 2 / unit, Slope: 1, Threshold: 0.5}, Stimulus: bnn.Sine{Baseline: 0.2 / unit, Amplitude: 1 / unit, Period: 0.8 * unit, Phase: 1}, Spread: 0.3},
			{Name: "I", Tau: 0.5 * unit, Size: 1, Rate: bnn.Probit{Max: 3 / unit, Slope: 1, Threshold: 1}, Stimulus: bnn.Pulse{Baseline: 0.1 / unit, Amplitude: 2 / unit, Start: 0.5 * unit, Duration: unit}, Noise: 0.7 / root},
		},
		Weights: [][]float64{{1, -1.5}, {1, -1.2}},
		Feedforward: []bnn.Source{
			{Name: "X", Size: 0.3, Rate: bnn.ConstantStimulus{Value: 1 / unit}, Weights: []float64{0.3, 0.2}},
			{Name: "Y", Size: 0.3, Rate: bnn.Sine{Baseline: 1 / unit, Amplitude: 0.5 / unit, Period: 0.5 * unit}, Weights: []float64{0.2, 0.1}, Shared: true},
		},
		Initial: bnn.Initial{Mean: []float64{0, 0}, Variance: []float64{1, 0.5}},
	}
}

// A unit of time is a matter of taste: with time constants of 1 or of 64, and all else accordingly,
// neurons do the same to the last bit. So no loop may take a number of time units for many or few, as
// one did for "long ago" in networks whose time constants are written in milliseconds.
func TestUnitsOfTimeDoNotMatter(t *testing.T) {
	for _, change := range []func(*bnn.Network){
		func(*bnn.Network) {},
		func(n *bnn.Network) { n.Feedforward, n.Populations[0].Stimulus = nil, nil },
		func(n *bnn.Network) { n.Populations[0].Spread, n.Populations[1].Noise = 0, 0 },
	} {
		for mode, arrange := range modes {
			once, often := measured(1, 1), measured(unit, 8)
			change(once)
			change(often)
			a := record(t, once, 30, 1, []float64{0.5, 1, 3}, arrange)
			b := record(t, often, 30, 1, []float64{0.5 * unit, unit, 3 * unit}, arrange)
			if !reflect.DeepEqual(a, b) {
				t.Errorf("%s: potentials are %g and %g", mode, a[2], b[2])
			}
		}
	}
}
