package simulate

import "balanced/bnn"

// ownRate is a rate that shows of another one what a bnn.Rate has to, and nothing else.
type ownRate struct{ rate bnn.Rate }

func (r ownRate) At(v float64) float64 { return r.rate.At(v) }
func (r ownRate) Bound() float64       { return r.rate.Bound() }
func (r ownRate) Key() string          { return "own " + r.rate.Key() }

// risingRate tells that it never falls, too.
type risingRate struct{ ownRate }

func (risingRate) Increasing() bool { return true }

// ownStimulus does the same for a stimulus.
type ownStimulus struct{ stimulus bnn.Stimulus }

func (s ownStimulus) At(t float64) float64      { return s.stimulus.At(t) }
func (s ownStimulus) Jumps() []float64          { return s.stimulus.Jumps() }
func (s ownStimulus) Range() (float64, float64) { return s.stimulus.Range() }
func (s ownStimulus) Rest() float64             { return s.stimulus.Rest() }
func (s ownStimulus) Key() string               { return "own " + s.stimulus.Key() }

// mimics are the ways to bring a rate oneself.
var mimics = map[string]func(bnn.Rate) bnn.Rate{
	"built in": func(rate bnn.Rate) bnn.Rate { return rate },
	"rising":   func(rate bnn.Rate) bnn.Rate { return risingRate{ownRate{rate}} },
	"own":      func(rate bnn.Rate) bnn.Rate { return ownRate{rate} },
}

// withRates returns the network with every rate as a caller would bring it.
func withRates(network *bnn.Network, mimic func(bnn.Rate) bnn.Rate) *bnn.Network {
	own := *network
	own.Populations = append([]bnn.Population(nil), network.Populations...)
	for a := range own.Populations {
		own.Populations[a].Rate = mimic(own.Populations[a].Rate)
	}
	return &own
}
