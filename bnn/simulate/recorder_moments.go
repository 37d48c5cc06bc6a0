package simulate

import (
	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
)

// A MomentRecorder keeps the empirical moments of each population: the mean, the
// unbiased variance, the unbiased third cumulant N Σ(v−m̂)³/((N−1)(N−2)), which is Fisher's
// k-statistic, and the rate (1/N)Σλ(v), N being the number of neurons (with a spread of thresholds
// (1/N)Σλ(v−δ), while all else is of v). Two neurons have no
// third cumulant: NaN. It costs three passes over the neurons a time.
type MomentRecorder struct {
	bnn.Moments
	rates []bnn.Rate
}

// Start implements Recorder.
func (r *MomentRecorder) Start(network *bnn.Network, _ []int, times []float64) error {
	*r = MomentRecorder{Moments: bnn.NewMoments(network.PopulationNames(), times)}
	for _, population := range network.Populations {
		r.rates = append(r.rates, population.Rate)
	}
	return nil
}

// checkpoint implements resumable.
func (r *MomentRecorder) checkpoint(c *checkpoint.Coder) {
	for _, table := range r.Tables() {
		c.Table(table)
	}
}

// Record implements Recorder.
func (r *MomentRecorder) Record(row int, state *State) {
	for a, potentials := range state.Potentials {
		count := float64(len(potentials))
		var offsets []float64
		if state.Offsets != nil {
			offsets = state.Offsets[a]
		}
		var mean, rate float64
		if logistic, is := r.rates[a].(bnn.Logistic); is {
			mean, rate = sums(logistic, potentials, offsets)
		} else {
			mean, rate = sums(r.rates[a], potentials, offsets)
		}
		mean /= count
		square, cube := 0.0, 0.0
		for _, v := range potentials {
			d := v - mean
			square += d * d
			cube += d * d * d
		}
		r.Mean[row][a] = mean
		r.Variance[row][a] = square / (count - 1)
		r.Third[row][a] = cube * count / ((count - 1) * (count - 2))
		r.Rate[row][a] = rate / count
	}
}

// sums are those of potentials and of rates at them less their offsets, if there are any. The instance for a rate that is known
// needs no call for each neuron through an interface.
func sums[R bnn.Rate](rate R, potentials, offsets []float64) (v, rates float64) {
	if offsets == nil {
		for _, potential := range potentials {
			v += potential
			rates += rate.At(potential)
		}
		return v, rates
	}
	for j, potential := range potentials {
		v += potential
		rates += rate.At(potential - offsets[j])
	}
	return v, rates
}
