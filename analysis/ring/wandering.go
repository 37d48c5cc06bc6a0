package ring

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A Wandering is how far the centre of a bump wanders at rest: n times its variance, in radians².
type Wandering struct {
	Linear float64 // by the linear theory of all fluctuations (theory.md §15)
	// What it would be without some of them: of neurons, or of the classes, that fluctuate
	// independently of each other.
	Neurons, Classes float64
}

// atRest is when networks are taken to have come to rest, as theory.LaggedCovariances does.
const atRest = 20.0

// Wander predicts how far the centre of a bump wanders in a network of size n, with all stimuli at
// rest, in the state that it reaches from its start. It costs what theory.LaggedCovariances does for one
// lag, a second or two for sixteen populations; the errors are its own, and those of CentreVariance.
func Wander(ctx context.Context, network *bnn.Network, n int, bump Bump) (*Wandering, error) {
	covariances, err := theory.LaggedCovariances(ctx, network, n, []float64{0})
	if err != nil {
		return nil, err
	}
	state, err := theory.FiniteSize(ctx, network, n, []float64{atRest})
	if err != nil {
		return nil, err
	}
	independent, err := Independent(network, state.Variance[0])
	if err != nil {
		return nil, err
	}
	all, apart := covariances.Mean[0], make([][]float64, len(network.Populations))
	angles, err := bump.angles(len(apart))
	if err != nil {
		return nil, err
	}
	for a := range apart {
		apart[a] = make([]float64, len(apart))
		class := a / angles * angles
		copy(apart[a][class:class+angles], all[a][class:class+angles])
	}
	wandering := new(Wandering)
	for variance, covariance := range map[*float64][][]float64{&wandering.Linear: all, &wandering.Neurons: independent, &wandering.Classes: apart} {
		if *variance, err = bump.CentreVariance(state.Mean[0], covariance); err != nil {
			return nil, err
		}
	}
	return wandering, nil
}
