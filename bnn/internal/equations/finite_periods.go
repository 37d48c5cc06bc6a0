package equations

import (
	"fmt"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// ripples returns, for each population, the oscillation of a sine that is faster than the
// potential forgets, and 0 for any other stimulus. Its response is known in closed form and
// small, so that the solver need not follow it where nobody else does.
func ripples(network *bnn.Network) []bnn.Stimulus {
	ripples := make([]bnn.Stimulus, len(network.Populations))
	for a, population := range network.Populations {
		ripples[a] = bnn.ConstantStimulus{}
		if sine, ok := population.Stimulus.(bnn.Sine); ok && sine.Period < population.Tau {
			ripples[a] = bnn.Sine{Amplitude: sine.Amplitude, Period: sine.Period, Phase: sine.Phase}
		}
	}
	return ripples
}

// What the solver may have to do for a sine: at its tolerance a period takes up to so many
// steps, and so many periods several minutes for two populations.
const (
	stepsPerPeriod = 100
	mostPeriods    = 1e6
)

// countPeriods returns how many periods the fastest sine has up to a time. More than
// mostPeriods are an *InputError for the last time.
func countPeriods(network *bnn.Network, end float64) (float64, error) {
	most, path := 0.0, ""
	count := func(at string, s bnn.Stimulus) {
		if sine, ok := s.(bnn.Sine); ok && end/sine.Period > most {
			most, path = end/sine.Period, at
		}
	}
	for a, population := range network.Populations {
		count(bnn.IndexPath("populations", a)+".stimulus", population.Stimulus)
	}
	for x, source := range network.Feedforward {
		count(bnn.IndexPath("feedforward", x)+".rate", source.Rate)
	}
	if most > mostPeriods {
		return 0, &bnn.InputError{Path: "times", Value: numbers.Text(end),
			Allowed: fmt.Sprintf("%.6g at most, since each of the periods of %s up to then has to be followed and more than %.0f take too long", end/most*mostPeriods, path, mostPeriods)}
	}
	return most, nil
}
