package contrast

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// PrivateSpikes predicts a network of size n with one Poisson process a pair, the model, in the form
// of SharedSpikes: the moments of theory.FiniteSize, and the covariance of the empirical means, P rows
// of P columns a time, that theory.SamplingNoise tells, divided by n (theory.md §4 and §5). A network of
// Scaled is predicted as well: of the mean field both are right up to relative order 1/n.
//
// Cost and errors are those of the two.
func PrivateSpikes(ctx context.Context, network *bnn.Network, n int, times []float64) (moments *bnn.Moments, covariance [][][]float64, err error) {
	path, err := theory.FiniteSize(ctx, network, n, times)
	if err != nil {
		return nil, nil, err
	}
	if covariance, err = theory.SamplingNoise(ctx, network, n, times); err != nil {
		return nil, nil, err
	}
	for _, rows := range covariance {
		for _, row := range rows {
			for b := range row {
				row[b] /= float64(n)
			}
		}
	}
	return &path.Moments, covariance, nil
}
