package common

import (
	"math"

	"balanced/bnn"
)

// A Sign is that of synapses.
type Sign int

// The currents of one sign.
const (
	Excitatory Sign = iota
	Inhibitory
)

// An Input is the noise in the currents to a neuron of a population, spectral densities at frequencies far below the √n|κ| at which
// balance answers: by sign what is common to all of the population, a row and a column a sign, and what is the neuron's
// own. The common parts of both signs are opposite: Common has two equal numbers and twice their negative.
type Input struct {
	Common  [2][2]float64
	Private [2]float64
}

// Correlation is that of the currents of given signs to two neurons of the population, as n grows,
//
//	c = Common_st / √((Common_ss + Private_s)(Common_tt + Private_t)).
func (in Input) Correlation(s, t Sign) float64 {
	return in.Common[s][t] / math.Sqrt((in.Common[s][s]+in.Private[s])*(in.Common[t][t]+in.Private[t]))
}

// Inputs tells the currents by target population. With the amplitudes g_bx = −(B⁻¹J_x)_b √(q_x ν_x), with which the rates follow
// the shared source x, the common current from population b is B_ab g_bx and that from the source itself J_ax √(q_x ν_x); a
// population adds q_b J_ab² F_b to what is private, and a source that is not shared q_x J_ax² ν_x. Errors are those of
// Counts.
func Inputs(network *bnn.Network) ([]Input, error) {
	gains, err := gains(network)
	if err != nil {
		return nil, err
	}
	rates, err := balanced(network)
	if err != nil {
		return nil, err
	}
	inputs := make([]Input, len(network.Populations))
	for a := range inputs {
		for b, weight := range network.Weights[a] {
			inputs[a].Private[signOf(weight)] += network.Populations[b].Size * weight * weight * rates[b]
		}
		shared := 0
		for _, source := range network.Feedforward {
			weight := source.Weights[a]
			if !source.Shared {
				inputs[a].Private[signOf(weight)] += weight * weight * amplitude(source) * amplitude(source)
				continue
			}
			var parts [2]float64
			parts[signOf(weight)] += weight * amplitude(source)
			for b, weight := range network.Weights[a] {
				parts[signOf(weight)] += network.Populations[b].Size * weight * gains[shared][b]
			}
			for s, x := range parts {
				for t, y := range parts {
					inputs[a].Common[s][t] += x * y
				}
			}
			shared++
		}
	}
	return inputs, nil
}

func signOf(weight float64) Sign {
	if weight < 0 {
		return Inhibitory
	}
	return Excitatory
}
