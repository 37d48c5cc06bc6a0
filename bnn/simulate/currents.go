package simulate

import (
	"fmt"
	"math"
	"slices"

	"balanced/bnn"
)

// Currents are the synaptic currents that chosen neurons receive from the populations of a
// network, in units of potential per synaptic time constant: the spikes that they hear, each
// spread over time by an exponential filter,
//
//	I_ib(t) = n^{-1/2} J_ab Σ_k e^{−(t−t_k)/τ}/τ   over the spikes at t_k ≤ t that neuron i of
//	population a hears from population b.
//
// Positive currents are excitatory. In a balanced network those of both signs are of order √n,
// and their sum is of order 1.
type Currents struct {
	Targets     []NeuronID
	Populations []string
	Times       []float64
	// From[i][b][row] is the current to the target i from population b at a time.
	From [][][]float64
}

// SynapticCurrents filters spike trains that were recorded in a network of size n, with a time
// constant filter > 0 in synaptic time constants, at increasing times ≥ 0. Feedforward
// sources are not in it, since trains hold none of them. It costs a pass over the spikes. The
// error is a *bnn.InputError.
func SynapticCurrents(network *bnn.Network, n int, trains *SpikeTrains, filter float64, times []float64) (*Currents, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if n < 1 {
		return nil, &bnn.InputError{Path: "n", Value: fmt.Sprint(n), Allowed: "a whole number ≥ 1"}
	}
	if err := bnn.PositiveNumber.Check("filter", filter); err != nil {
		return nil, err
	}
	if err := bnn.CheckTimes(times); err != nil {
		return nil, err
	}
	c := &Currents{Targets: slices.Clone(trains.Targets), Populations: network.PopulationNames(), Times: slices.Clone(times)}
	for i, target := range trains.Targets {
		if target.Population >= len(network.Populations) || len(trains.Trains[i]) != len(network.Populations) {
			return nil, &bnn.InputError{Path: "trains", Value: fmt.Sprintf("trains from %d populations to %+v", len(trains.Trains[i]), target),
				Allowed: fmt.Sprintf("trains of this network, of %d populations", len(network.Populations))}
		}
		var from [][]float64
		for b, population := range trains.Trains[i] {
			height := network.Weights[target.Population][b] / (math.Sqrt(float64(n)) * filter)
			from = append(from, filtered(merged(population), height, filter, times))
		}
		c.From = append(c.From, from)
	}
	return c, nil
}

// merged are the spikes of all trains in order.
func merged(trains [][]float64) []float64 {
	spikes := slices.Concat(trains...)
	slices.Sort(spikes)
	return spikes
}

// filtered is the sum over the spikes of height·e^{−(t−t_k)/τ}, at increasing times.
func filtered(spikes []float64, height, tau float64, times []float64) []float64 {
	current := make([]float64, len(times))
	sum, asOf, next := 0.0, 0.0, 0
	for row, t := range times {
		for ; next < len(spikes) && spikes[next] <= t; next++ {
			sum = sum*math.Exp((asOf-spikes[next])/tau) + height
			asOf = spikes[next]
		}
		current[row] = sum * math.Exp((asOf-t)/tau)
	}
	return current
}

// Excitatory and Inhibitory are the sums of the currents of one sign to a target, by its index.
func (c *Currents) Excitatory(target int) ([]float64, error) {
	return c.sum(target, func(x float64) float64 { return max(x, 0) })
}

// Inhibitory is the sum of the negative ones.
func (c *Currents) Inhibitory(target int) ([]float64, error) {
	return c.sum(target, func(x float64) float64 { return min(x, 0) })
}

// Net is the sum of all.
func (c *Currents) Net(target int) ([]float64, error) {
	return c.sum(target, func(x float64) float64 { return x })
}

func (c *Currents) sum(target int, part func(float64) float64) ([]float64, error) {
	if err := bnn.CheckIndex("target", target, len(c.Targets)); err != nil {
		return nil, err
	}
	total := make([]float64, len(c.Times))
	for _, from := range c.From[target] {
		for row, current := range from {
			total[row] += part(current)
		}
	}
	return total, nil
}

// LocalField is the usual proxy of a local field potential: the sum of the sizes of all currents
// to all targets (A. Mazzoni et al., PLoS Computational Biology 11, e1004584, 2015).
func (c *Currents) LocalField() []float64 {
	field := make([]float64, len(c.Times))
	for i := range c.Targets {
		for _, from := range c.From[i] {
			for row, current := range from {
				field[row] += math.Abs(current)
			}
		}
	}
	return field
}
