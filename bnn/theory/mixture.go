package theory

import (
	"errors"
	"slices"

	"balanced/bnn"
)

// A mixture lays out a network that starts from a mixture of Gaussians: its components are
// populations of their own, of the same neurons with the same weights, each of which starts and
// stays Gaussian in the limit. So all that holds for Gaussian starts holds for them (theory.md
// §13). Without components there is nothing to lay out, and it hands everything through.
type mixture struct {
	network *bnn.Network // the populations
	parts   *bnn.Network // their components
	of      []int        // the population of each component
	share   []float64    // of the neurons of that population
}

// newMixture lays out a valid network, whose sizes may be those of a finite one.
func newMixture(network *bnn.Network) *mixture {
	x := &mixture{network: network, parts: network}
	if network.Initial.Components == nil {
		return x
	}
	parts := *network
	parts.Populations, parts.Feedforward = nil, slices.Clone(network.Feedforward)
	parts.Initial = bnn.Initial{OnManifold: network.Initial.OnManifold}
	for a, components := range network.Initial.Components {
		whole, center := 0.0, 0.0 // 1 and 0, up to 1e-9
		for _, c := range components {
			whole += c.Weight
			center += c.Weight * c.Offset
		}
		for _, c := range components {
			share := c.Weight / whole
			part := network.Populations[a]
			part.Size *= share
			x.of, x.share = append(x.of, a), append(x.share, share)
			parts.Populations = append(parts.Populations, part)
			parts.Initial.Mean = append(parts.Initial.Mean, network.Initial.Mean[a]+c.Offset-center/whole)
			parts.Initial.Variance = append(parts.Initial.Variance, c.Variance)
		}
	}
	parts.Weights = make([][]float64, len(x.of))
	for i, a := range x.of {
		parts.Weights[i] = x.spread(network.Weights[a])
	}
	for j, source := range network.Feedforward {
		parts.Feedforward[j].Weights = x.spread(source.Weights)
	}
	x.parts = &parts
	return x
}

// spread gives each component the value of its population.
func (x *mixture) spread(values []float64) []float64 {
	all := make([]float64, len(x.of))
	for i, a := range x.of {
		all[i] = values[a]
	}
	return all
}

// average returns the average of what the components have, one value a population.
func (x *mixture) average(values []float64) []float64 {
	if x.of == nil {
		return values
	}
	averages := make([]float64, len(x.network.Populations))
	for i, a := range x.of {
		averages[a] += x.share[i] * values[i]
	}
	return averages
}

// cumulants returns the first three, or with fourth ones the first four, of a population whose
// components have these: means, variances, third and fourth cumulants, of which the last may be
// nil for 0.
func (x *mixture) cumulants(mean, variance, third, fourth []float64) (m, k, c3, c4 []float64) {
	if x.of == nil {
		return mean, variance, third, fourth
	}
	m = x.average(mean)
	k, c3, c4 = make([]float64, len(m)), make([]float64, len(m)), make([]float64, len(m))
	for i, a := range x.of {
		d, own, skew, excess := mean[i]-m[a], variance[i], 0.0, 0.0
		if third != nil {
			skew = third[i]
		}
		if fourth != nil {
			excess = fourth[i]
		}
		k[a] += x.share[i] * (own + d*d)
		c3[a] += x.share[i] * (skew + d*(3*own+d*d))
		c4[a] += x.share[i] * (excess + 3*own*own + d*(4*skew+d*(6*own+d*d)))
	}
	for a, variance := range k {
		c4[a] -= 3 * variance * variance
	}
	return m, k, c3, c4
}

// gather returns the solution of the populations, of one of their components, and tells the
// error that may have ended it of populations too. Nil stays nil.
func (x *mixture) gather(parts *bnn.Trajectory, err error) (*bnn.Trajectory, error) {
	err = x.tell(err)
	if x.of == nil || parts == nil {
		return parts, err
	}
	result := bnn.NewTrajectory(x.network.PopulationNames(), parts.Times)
	for row := range parts.Times {
		result.Mean[row], result.Variance[row], result.Third[row], _ = x.cumulants(parts.Mean[row], parts.Variance[row], parts.Third[row], nil)
		result.Rate[row] = x.average(parts.Rate[row])
		result.Input[row] = x.average(parts.Input[row])
	}
	result.Stability, result.Residual, result.Stats = parts.Stability, parts.Residual, parts.Stats
	return result, err
}

// gatherCourse puts the state of populations in place of that of components.
func (x *mixture) gatherCourse(course *Course) {
	course.Mean, course.Variance, _, _ = x.cumulants(course.Mean, course.Variance, nil, nil)
	course.Rate = x.average(course.Rate)
	if course.NextMean != nil {
		course.NextMean = x.average(course.NextMean)
	}
}

// tell puts the state of populations in place of that of components into an error.
func (x *mixture) tell(err error) error {
	if x.of == nil {
		return err
	}
	var refused *NotBalancedError
	var lost *BalanceLostError
	switch {
	case errors.As(err, &refused):
		refused.Mean, refused.Variance, _, _ = x.cumulants(refused.Mean, refused.Variance, nil, nil)
	case errors.As(err, &lost):
		lost.Mean, lost.Variance, _, _ = x.cumulants(lost.Mean, lost.Variance, nil, nil)
	}
	return err
}
