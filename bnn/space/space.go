// Package space makes networks that extend in space: each population of a network stands at several places, and how strongly neurons
// act on each other depends on where both are (theory.md §25 of package bnn).
//
//	ring, err := space.Spread(network, 8, space.Ring(8, 0.4), space.Ring(8, 0.15))
//	line, err := space.Spread(network, 6, space.Line(6, 2), space.Line(6, 3))
package space

import (
	"fmt"
	"math"

	"balanced/bnn"
)

// A Kernel is how strongly a neuron at one place acts on those at another, places being counted from 0: a factor of the weights.
type Kernel func(target, source int) float64

// Ring is a kernel over places at equal angles θ of a circle, with the Fourier coefficients g_1, g_2 … of
//
//	g(θ) = 1 + 2 Σ_k g_k cos kθ,   θ = 2π(target − source)/places.
//
// Its mean over the ring is 1. Coefficients up to places/2 are those of the ring.
func Ring(places int, coefficients ...float64) Kernel {
	return func(target, source int) float64 {
		g := 1.0
		for k, c := range coefficients {
			g += 2 * c * math.Cos(2*math.Pi*float64(k+1)*float64(target-source)/float64(places))
		}
		return g
	}
}

// Line is a kernel that falls by distance along a line, in proportion to e^{−|target − source|/width}, and has the mean 1 over all
// pairs of places.
func Line(places int, width float64) Kernel {
	fall := func(target, source int) float64 { return math.Exp(-math.Abs(float64(target-source)) / width) }
	total := 0.0
	for i := range places {
		for j := range places {
			total += fall(i, j) / float64(places*places)
		}
	}
	return func(target, source int) float64 { return fall(target, source) / total }
}

// Spread puts each population of a network at so many places, 2 or more, and each source too: a population X becomes X0, X1, … of
// the size q/places, class after class, with its neurons, stimulus and start; a weight J_ab becomes J_ab g(i, j) from place j to
// place i, g being the recurrent kernel for populations and the feedforward one for sources. Of kernels with the mean 1 over the
// source's places the uniform state is that of the network itself.
//
// Values of a kernel below 1e-12 in size are 0: they are rounding. A kernel of both signs breaks Dale's law; that, a place too few,
// too many populations, and a network that is not valid are a *bnn.InputError.
func Spread(network *bnn.Network, places int, recurrent, feedforward Kernel) (*bnn.Network, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if places < 2 || places > bnn.MaxPopulations/len(network.Populations) {
		return nil, &bnn.InputError{Path: "places", Value: fmt.Sprint(places), Allowed: fmt.Sprintf("2 to %d", bnn.MaxPopulations/len(network.Populations))}
	}
	spread, old := network.Clone(), network.Clone().Initial
	spread.Populations, spread.Feedforward, spread.Weights = nil, nil, nil
	spread.Initial.Mean, spread.Initial.Variance, spread.Initial.Components = nil, nil, nil
	for a, population := range network.Populations {
		for i := range places {
			at := population
			at.Name, at.Size = fmt.Sprint(population.Name, i), population.Size/float64(places)
			spread.Populations = append(spread.Populations, at)
			spread.Initial.Mean = append(spread.Initial.Mean, old.Mean[a])
			if old.Variance != nil {
				spread.Initial.Variance = append(spread.Initial.Variance, old.Variance[a])
			}
			if old.Components != nil {
				spread.Initial.Components = append(spread.Initial.Components, old.Components[a])
			}
			var row []float64
			for _, weight := range network.Weights[a] {
				for j := range places {
					row = append(row, weight*value(recurrent, i, j))
				}
			}
			spread.Weights = append(spread.Weights, row)
		}
	}
	for _, source := range network.Feedforward {
		for j := range places {
			at := source
			at.Name, at.Size, at.Weights = fmt.Sprint(source.Name, j), source.Size/float64(places), nil
			for _, weight := range source.Weights {
				for i := range places {
					at.Weights = append(at.Weights, weight*value(feedforward, i, j))
				}
			}
			spread.Feedforward = append(spread.Feedforward, at)
		}
	}
	return spread, spread.Validate()
}

func value(kernel Kernel, target, source int) float64 {
	if g := kernel(target, source); math.Abs(g) >= 1e-12 {
		return g
	}
	return 0
}

// Mode is the part of values, one a population, that a class has in the Fourier mode k ≥ 0 of a ring of so many places,
//
//	x̃_k = (1/places) Σ_i x_i cos kθ_i,   θ_i = 2πi/places,
//
// around the place 0; the mean for k = 0. It is NaN where the class is not among the values.
func Mode(values []float64, class, places, k int) float64 {
	if class < 0 || places < 1 || (class+1)*places > len(values) {
		return math.NaN()
	}
	sum := 0.0
	for i, x := range values[class*places : (class+1)*places] {
		sum += x * math.Cos(2*math.Pi*float64(k*i)/float64(places))
	}
	return sum / float64(places)
}

// Covariance is that of the values that a class has at places so far apart on a ring, from a table of one row a time and one column a
// population: an average over times and places, about the mean over both. It is NaN where the class is not in the table.
func Covariance(table [][]float64, class, places, apart int) float64 {
	if len(table) == 0 {
		return math.NaN()
	}
	mean, sum := 0.0, 0.0
	for _, row := range table {
		mean += Mode(row, class, places, 0) / float64(len(table))
	}
	if math.IsNaN(mean) {
		return mean
	}
	for _, row := range table {
		at := row[class*places : (class+1)*places]
		for i, x := range at {
			sum += (x - mean) * (at[(i+(apart%places+places))%places] - mean)
		}
	}
	return sum / float64(len(table)*places)
}
