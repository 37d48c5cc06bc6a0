package response

import (
	"context"
	"fmt"

	"balanced/bnn"
)

// Split returns a copy of a network in which a population, counted from 0, is two: a share of its neurons, strictly between 0 and 1, and the
// others, named with 1 and 2 after its name. Both have the weights, rate, stimulus and start of the whole, and all neurons hear the sum of
// both: until one is treated in another way nothing has changed. The error is a *bnn.InputError.
func Split(network *bnn.Network, population int, share float64) (*bnn.Network, error) {
	if err := bnn.CheckIndex("populations", population, len(network.Populations)); err != nil {
		return nil, err
	}
	if !(share > 0 && share < 1) {
		return nil, &bnn.InputError{Path: "share", Value: fmt.Sprint(share), Allowed: "a number > 0 and < 1"}
	}
	split := network.Clone()
	split.Populations = doubled(split.Populations, population)
	for i, part := range []float64{share, 1 - share} {
		p := &split.Populations[population+i]
		p.Name, p.Size = fmt.Sprint(p.Name, i+1), p.Size*part
	}
	split.Weights = doubled(split.Weights, population)
	for a, row := range split.Weights {
		split.Weights[a] = doubled(row, population)
	}
	for x := range split.Feedforward {
		split.Feedforward[x].Weights = doubled(split.Feedforward[x].Weights, population)
	}
	split.Initial.Mean = doubled(split.Initial.Mean, population)
	if split.Initial.Variance != nil {
		split.Initial.Variance = doubled(split.Initial.Variance, population)
	}
	if split.Initial.Components != nil {
		split.Initial.Components = doubled(split.Initial.Components, population)
	}
	return split, split.Validate()
}

// doubled is a list with one of its elements twice.
func doubled[T any](list []T, at int) []T {
	longer := append([]T{}, list[:at+1]...)
	return append(longer, list[at:]...)
}

// PartConstant is c of the share f of a population at which the answer of those who get a stimulus of order 1 changes its sign, as n grows
// (theory.md §24):
//
//	√n (1 − f)/f → c = (B⁻¹)_aa / (τ_a F′_a)
//
// Where c > 0 the population answers paradoxically if all of it is stimulated; a smaller part than f does not. Where c ≤ 0 no part
// does. The state is the first at rest. Errors are those of Gain and theory.StationaryStates, and a *bnn.InputError without a state.
func PartConstant(ctx context.Context, network *bnn.Network, population int) (float64, error) {
	if err := bnn.CheckIndex("populations", population, len(network.Populations)); err != nil {
		return 0, err
	}
	gain, err := Gain(network)
	if err != nil {
		return 0, err
	}
	rested, err := AtRest(ctx, network, 0)
	if err != nil {
		return 0, err
	}
	p, initial := network.Populations[population], rested.Initial
	slope := bnn.Expect(p.Rate, initial.Mean[population], initial.Variance[population]+p.Spread*p.Spread).First
	return -gain[population][population] / (p.Tau * slope), nil
}
