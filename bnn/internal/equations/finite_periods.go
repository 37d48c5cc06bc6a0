package equations

import (
	"fmt"
	"iter"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// ripples returns, for each population, the oscillations of the sines in its stimulus that are
// faster than the potential forgets, and 0 where there are none. Its response is known in closed form and
// small, so that the solver need not follow it where nobody else does.
func ripples(network *bnn.Network) []bnn.Stimulus {
	ripples := make([]bnn.Stimulus, len(network.Populations))
	for a, population := range network.Populations {
		ripples[a] = bnn.ConstantStimulus{}
		var fast []bnn.Stimulus
		for _, sine := range sines(population.Stimulus) {
			if sine.Period < population.Tau {
				fast = append(fast, bnn.Sine{Amplitude: sine.Amplitude, Period: sine.Period, Phase: sine.Phase})
			}
		}
		switch len(fast) {
		case 0:
		case 1:
			ripples[a] = fast[0]
		default:
			ripples[a] = bnn.Sum{Of: fast}
		}
	}
	return ripples
}

// sines gives the sines of a stimulus, also within sums, each with its path from there.
func sines(s bnn.Stimulus) iter.Seq2[string, bnn.Sine] {
	return func(yield func(string, bnn.Sine) bool) { eachSine("", s, yield) }
}

func eachSine(path string, s bnn.Stimulus, yield func(string, bnn.Sine) bool) bool {
	switch s := s.(type) {
	case bnn.Sine:
		return yield(path, s)
	case bnn.Sum:
		for i, summand := range s.Of {
			if !eachSine(bnn.IndexPath(path+".of", i), summand, yield) {
				return false
			}
		}
	}
	return true
}

// ShortestPeriod is that of the fastest sine of a stimulus with an amplitude, ∞ without any.
func ShortestPeriod(s bnn.Stimulus) float64 {
	shortest := math.Inf(1)
	for _, sine := range sines(s) {
		if sine.Amplitude != 0 {
			shortest = math.Min(shortest, sine.Period)
		}
	}
	return shortest
}

// What the solver may have to do for a sine: at its tolerance a period takes up to so many
// steps, and so many periods several minutes for two populations.
const (
	stepsPerPeriod = 100
	mostPeriods    = 1e6
)

// CheckPeriods refuses more than a million periods of a sine up to a time, by an *InputError for the
// last time.
func CheckPeriods(network *bnn.Network, end float64) error {
	if most, path := countPeriods(network, end); most > mostPeriods {
		return &bnn.InputError{Path: "times", Value: numbers.Text(end),
			Allowed: fmt.Sprintf("%.6g at most, since each of the periods of %s up to then has to be followed and more than %.0f take too long", end/most*mostPeriods, path, mostPeriods)}
	}
	return nil
}

// countPeriods returns how many periods the fastest sine has up to a time, and its path.
func countPeriods(network *bnn.Network, end float64) (most float64, path string) {
	count := func(at string, s bnn.Stimulus) {
		for below, sine := range sines(s) {
			if periods := end / sine.Period; periods > most {
				most, path = periods, at+below
			}
		}
	}
	for a, population := range network.Populations {
		count(bnn.IndexPath("populations", a)+".stimulus", population.Stimulus)
	}
	for x, source := range network.Feedforward {
		count(bnn.IndexPath("feedforward", x)+".rate", source.Rate)
	}
	return most, path
}
