package response

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// Drive is b, the feedforward drive of order √n of each population: b_a = Σ_x q_x J_ax ν_x, with sources at rest.
func Drive(network *bnn.Network) []float64 {
	drive := make([]float64, len(network.Populations))
	for _, source := range network.Feedforward {
		for a, weight := range source.Weights {
			drive[a] += source.Size * weight * source.Rate.Rest()
		}
	}
	return drive
}

// Gain is −B⁻¹, by population and drive: how rates answer to drives of order √n as n grows, dF_a/db_c = −(B⁻¹)_ac, whatever the
// transfer functions (theory.md §24). Its diagonal entry of an inhibitory population is negative where the effect is paradoxical. The error
// is a *bnn.InputError for a network that is not valid or whose B is singular.
func Gain(network *bnn.Network) ([][]float64, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	b := coupling(network)
	var inverse mat.Dense
	if err := inverse.Inverse(b); err != nil {
		return nil, &bnn.InputError{Path: "weights", Value: fmt.Sprintf("condition %g", mat.Cond(b, 1)),
			Allowed: "weights that can be inverted: the drive alone then decides all rates"}
	}
	inverse.Scale(-1, &inverse)
	gain := make([][]float64, len(network.Populations))
	for a := range gain {
		gain[a] = mat.Row(nil, a, &inverse)
	}
	return gain, nil
}

// LinearRates are the rates −B⁻¹b that would balance a large network of full rank, also where no population can have them (theory.md §24).
// Errors are those of Gain.
func LinearRates(network *bnn.Network) ([]float64, error) {
	gain, err := Gain(network)
	if err != nil {
		return nil, err
	}
	rates, drive := make([]float64, len(gain)), Drive(network)
	for a, row := range gain {
		for c, g := range row {
			rates[a] += g * drive[c]
		}
	}
	return rates, nil
}

// coupling is B.
func coupling(network *bnn.Network) *mat.Dense {
	p := len(network.Populations)
	b := mat.NewDense(p, p, nil)
	for a, row := range network.Weights {
		for c, weight := range row {
			b.Set(a, c, network.Populations[c].Size*weight)
		}
	}
	return b
}
