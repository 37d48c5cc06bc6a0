package equations

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/ode"
)

// A slowState is a number σ with σ′ = −leak σ + (what enters by each population), of which every population a
// has along[a].
type slowState struct {
	along, enters []float64
	leak          float64
}

const (
	independent   = 1e-12 // of the largest of weights: what is smaller counts as 0
	interpolation = 1e-14 // error of a leak in between
)

// slowStates are as few as are found for x with x_a′ = −x_a/τ_a + Σ_b weights_ab ℓ_b, from x = 0. Populations with one time
// constant move in the range of the weights to them. Where time constants differ, what a population makes of what enters,
// the integral of e^{−δu} with δ = 1/τ_a, is that at other values of δ, interpolated by Chebyshev's polynomials; the error falls
// like ((√κ−1)/(√κ+1))^nodes at all times, for time constants of the ratio κ.
func slowStates(ctx context.Context, network *bnn.Network, weights *mat.Dense) ([]slowState, error) {
	var exact []slowState
	everyone := make([]int, len(network.Populations))
	least, most := math.Inf(1), 0.0
	for a, population := range network.Populations {
		everyone[a] = a
		least, most = math.Min(least, 1/population.Tau), math.Max(most, 1/population.Tau)
	}
	for _, group := range alike(network) {
		states, err := reach(ctx, weights, group)
		if err != nil {
			return nil, err
		}
		for i := range states {
			states[i].leak = 1 / network.Populations[group[0]].Tau
		}
		exact = append(exact, states...)
	}
	if least == most {
		return exact, nil
	}
	whole, err := reach(ctx, weights, everyone)
	if err != nil {
		return nil, err
	}
	root := math.Sqrt(most / least)
	nodes := 2 + int(math.Ceil(math.Log(interpolation)/math.Log((root-1)/(root+1))))
	if nodes*len(whole) >= len(exact) {
		return exact, nil
	}
	var states []slowState
	leaks := chebyshev(least, most, nodes)
	for i, leak := range leaks {
		for _, state := range whole {
			along := slices.Clone(state.along)
			for a, population := range network.Populations {
				along[a] *= ode.Lagrange(leaks, i, 1/population.Tau)
			}
			states = append(states, slowState{along, state.enters, leak})
		}
	}
	return states, nil
}

// chebyshev returns the nodes of the interpolation between two numbers.
func chebyshev(least, most float64, count int) []float64 {
	nodes := make([]float64, count)
	for j := range nodes {
		nodes[j] = (least+most)/2 + (most-least)/2*math.Cos(math.Pi*(float64(j)+0.5)/float64(count))
	}
	return nodes
}

// alike lists the populations of each time constant.
func alike(network *bnn.Network) [][]int {
	var groups [][]int
	for a, population := range network.Populations {
		at := slices.IndexFunc(groups, func(group []int) bool { return network.Populations[group[0]].Tau == population.Tau })
		if at < 0 {
			at, groups = len(groups), append(groups, nil)
		}
		groups[at] = append(groups[at], a)
	}
	return groups
}

// reach returns the range of the weights to a group: orthonormal directions in it, and what enters along each. Their leaks
// are left to the caller.
func reach(ctx context.Context, weights *mat.Dense, group []int) ([]slowState, error) {
	_, p := weights.Dims()
	to := mat.NewDense(len(group), p, nil)
	for i, a := range group {
		to.SetRow(i, weights.RawRowView(a))
	}
	basis, err := linear.RowSpace(ctx, to.T(), independent)
	if basis == nil || err != nil {
		return nil, err
	}
	k, size := basis.Dims()
	if k == size { // all that there is: populations one by one, without rounding
		basis.Zero()
		for i := range k {
			basis.Set(i, i, 1)
		}
	}
	var enters mat.Dense
	enters.Mul(basis, to)
	var states []slowState
	for i := range k {
		along := make([]float64, p)
		for j, a := range group {
			along[a] = basis.At(i, j)
		}
		states = append(states, slowState{along: along, enters: slices.Clone(enters.RawRowView(i))})
	}
	return states, nil
}
