package windows

import (
	"balanced/analysis"
	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/theory/common"

	"gonum.org/v1/gonum/floats"
)

// Covariances are n times the covariances of the Counts of two populations in windows of a length, averaged over the replicas of
// each size. Errors are those of Counts and of study.Runs.Measure.
func Covariances(runs *study.Runs[bnn.Moments], a, b int, length float64) (*study.Series, error) {
	return measure(runs, func(n float64, m bnn.Moments) (float64, error) {
		x, err := Counts(m, a, length)
		if err != nil {
			return 0, err
		}
		y, err := Counts(m, b, length)
		return n * Covariance(x, y), err
	})
}

// Rates are those at which the neurons of population a fire, in spikes a second where the unit of time is so many seconds: their Counts
// in windows of a length over the time that all windows take, averaged over the replicas of each size. Errors are those of Counts and
// of study.Runs.Measure.
func Rates(runs *study.Runs[bnn.Moments], a int, length, seconds float64) (*study.Series, error) {
	if err := bnn.PositiveNumber.Check("seconds", seconds); err != nil {
		return nil, err
	}
	return measure(runs, func(_ float64, m bnn.Moments) (float64, error) {
		counts, err := Counts(m, a, length)
		return floats.Sum(counts) / (float64(len(counts)) * length * seconds), err
	})
}

// InputVariances are those of the Inputs of population a of a network in windows of a length and a shape, averaged over the replicas
// of each size: what InputVariance predicts. Errors are those of Inputs and of study.Runs.Measure.
func InputVariances(runs *study.Runs[bnn.Moments], network *bnn.Network, a int, length float64, shape Shape) (*study.Series, error) {
	if err := bnn.CheckIndex("population", a, len(network.Populations)); err != nil {
		return nil, err
	}
	return measure(runs, func(_ float64, m bnn.Moments) (float64, error) {
		sum, err := Inputs(m, a, network.Populations[a].Tau, length, shape)
		return Covariance(sum, sum), err
	})
}

// CurrentCorrelations are those of the currents of given signs to two neurons of population a in windows of a length, averaged over
// the replicas of each size: what is common is that of Currents, and each neuron has the private noise of common.Inputs, which is
// uncorrelated. They tend to common.Input.Correlation. Errors are those of common.Inputs, Currents and study.Runs.Measure.
func CurrentCorrelations(runs *study.Runs[bnn.Moments], network *bnn.Network, a int, s, t common.Sign, length float64) (*study.Series, error) {
	if err := bnn.CheckIndex("population", a, len(network.Populations)); err != nil {
		return nil, err
	}
	inputs, err := common.Inputs(network)
	if err != nil {
		return nil, err
	}
	private := inputs[a].Private
	return measure(runs, func(n float64, m bnn.Moments) (float64, error) {
		currents, err := Currents(network, n, m, a, length)
		return Correlation(currents[s], currents[t], length*private[s], length*private[t]), err
	})
}

// OwnCounts is n times what the covariance of the counts of two neurons of population a lacks of that of their average, the Private
// part of their counts over the neurons that share it: from potentials of replicas by time, a step apart, population and neuron, in
// windows of a length. Errors are those of Box and study.Mean.
func OwnCounts(replicas [][][][]float64, network *bnn.Network, a int, length, step float64) (analysis.Estimate, error) {
	if err := bnn.CheckIndex("population", a, len(network.Populations)); err != nil {
		return analysis.Estimate{}, err
	}
	window, err := Box(length, step)
	if err != nil {
		return analysis.Estimate{}, err
	}
	population, weights := network.Populations[a], window.Integral()
	return study.Mean(replicas, func(potentials [][][]float64) float64 {
		return Private(potentials, a, population.Rate.At, weights) / population.Size
	})
}

// measure averages what may fail over replicas.
func measure(runs *study.Runs[bnn.Moments], of func(n float64, m bnn.Moments) (float64, error)) (*study.Series, error) {
	var failed error
	series, err := runs.Measure(func(n float64, m bnn.Moments) float64 {
		value, err := of(n, m)
		if err != nil && failed == nil {
			failed = err
		}
		return value
	})
	if failed != nil {
		return nil, failed
	}
	return series, err
}
