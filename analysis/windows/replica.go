package windows

import (
	"fmt"
	"math"

	"balanced/bnn"
)

// A Shape makes a window of a length ≥ step > 0 on a grid: Box or Hann.
type Shape = func(length, step float64) (Window, error)

// Counts are how many spikes a neuron of a population, counted from 0, sends on average in each window of a length: from the moments
// of one replica at times that are evenly spaced, over all windows that they have. The error is a *bnn.InputError: for a population
// that is not there, a length that is not a whole number of steps, and moments that are shorter than a window.
func Counts(m bnn.Moments, population int, length float64) ([]float64, error) {
	return replica(m, bnn.Rates, population, length, Box, Window.Integral)
}

// Inputs are what the average neuron of a population with the membrane time constant tau > 0 hears in all in each window of a length
// and shape, by Input. Moments and errors are those of Counts.
func Inputs(m bnn.Moments, population int, tau, length float64, shape Shape) ([]float64, error) {
	if err := bnn.PositiveNumber.Check("tau", tau); err != nil {
		return nil, err
	}
	return replica(m, bnn.Means, population, length, shape, func(w Window) []float64 { return w.Input(tau) })
}

// Currents divide Inputs over a box by the sign of what sends them: inhibition from all populations of negative weight is √n q_b J_ab
// times their Counts, and excitation, that of sources included, is the rest. They are those to the average neuron of population a of
// a network of size n, excitation first. Errors are those of Counts, and a *bnn.InputError for weights that are not those of so many
// populations.
func Currents(network *bnn.Network, n float64, m bnn.Moments, a int, length float64) ([2][]float64, error) {
	var currents [2][]float64
	if err := network.Validate(); err != nil {
		return currents, err
	}
	if err := bnn.CheckIndex("population", a, len(network.Populations)); err != nil {
		return currents, err
	}
	excitation, err := Inputs(m, a, network.Populations[a].Tau, length, Box)
	if err != nil {
		return currents, err
	}
	inhibition := make([]float64, len(excitation))
	for b, weight := range network.Weights[a] {
		if weight >= 0 {
			continue
		}
		counts, err := Counts(m, b, length)
		if err != nil {
			return currents, err
		}
		strength := math.Sqrt(n) * network.Populations[b].Size * weight
		for i, count := range counts {
			inhibition[i] += count * strength
			excitation[i] -= count * strength
		}
	}
	return [2][]float64{excitation, inhibition}, nil
}

// Correlation is that of two neurons whose sums over windows have in common what is given, and beside that noise of their own, of the
// given variances ≥ 0: the Covariance over the root of the product of both whole variances.
func Correlation(x, y []float64, ownX, ownY float64) float64 {
	return Covariance(x, y) / math.Sqrt((Covariance(x, x)+ownX)*(Covariance(y, y)+ownY))
}

// replica are the sums of a quantity over windows whose grid is that of the times.
func replica(m bnn.Moments, quantity bnn.Quantity, population int, length float64, shape Shape, weights func(Window) []float64) ([]float64, error) {
	if err := bnn.CheckIndex("population", population, len(m.Populations)); err != nil {
		return nil, err
	}
	if len(m.Times) < 2 {
		return nil, &bnn.InputError{Path: "times", Value: fmt.Sprint(len(m.Times)), Allowed: "2 or more"}
	}
	window, err := shape(length, m.Times[1]-m.Times[0])
	if err != nil {
		return nil, err
	}
	sums := Sums(m.Table(quantity), population, weights(window))
	if len(sums) == 0 {
		return nil, &bnn.InputError{Path: "length", Value: fmt.Sprint(length), Allowed: "at most what the times extend over"}
	}
	return sums, nil
}
