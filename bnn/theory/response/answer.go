package response

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// Answer is dF_b/dI, one entry a population: how the rates at rest of n neurons answer to a small stimulus of order 1 to one population,
// counted from 0, by the finite-n equations. With weights of full rank it is near Gain over √n and vanishes as n grows (theory.md §24). It is the
// quotient of differences of ±0.02 in I, on top of the constant stimulus that the population has. Errors are those of AtRest, and a *bnn.InputError
// for a population that is not there.
func Answer(ctx context.Context, network *bnn.Network, population, n int) ([]float64, error) {
	if err := bnn.CheckIndex("populations", population, len(network.Populations)); err != nil {
		return nil, err
	}
	const small = 0.02
	answer := make([]float64, len(network.Populations))
	for _, by := range []float64{-small, small} {
		stimulated := network.Clone()
		p := &stimulated.Populations[population]
		p.Stimulus = bnn.ConstantStimulus{Value: p.External().Rest() + by}
		rested, err := AtRest(ctx, stimulated, 0)
		if err != nil {
			return nil, err
		}
		longest := 0.0
		for _, p := range network.Populations {
			longest = max(longest, p.Tau)
		}
		finite, err := theory.FiniteSize(ctx, rested, n, []float64{20 * longest})
		if err != nil {
			return nil, err
		}
		for b, rate := range finite.Rate[0] {
			answer[b] += rate / (2 * by)
		}
	}
	return answer, nil
}
