package contrast

import (
	"context"
	"math"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A Theory is the form of PrivateSpikes and SharedSpikes: what predicts a network of size n at some times.
type Theory func(ctx context.Context, network *bnn.Network, n int, times []float64) (moments *bnn.Moments, covariance [][][]float64, err error)

// WithoutFeedback returns a copy of a network whose neurons all fire at one constant rate ≥ 0, whatever they hear. It starts where
// the network does at time 0: a start that is projected is projected before the rates change, with the means rounded to 1e-6, since
// the last digits of a solver are no part of an experiment.
//
// The errors are those of theory.Project, and a *bnn.InputError for a rate that is none.
func WithoutFeedback(ctx context.Context, network *bnn.Network, rate float64) (*bnn.Network, error) {
	open := network.Clone()
	if network.Initial.OnManifold {
		means, err := theory.Project(ctx, network, 0, network.Initial.Mean, network.Initial.Variances())
		if err != nil {
			return nil, err
		}
		open.Initial.OnManifold = false
		for a, mean := range means {
			open.Initial.Mean[a] = math.Round(1e6*mean) / 1e6
		}
	}
	for a := range open.Populations {
		open.Populations[a].Rate = bnn.ConstantRate{Value: rate}
	}
	return open, open.Validate()
}
