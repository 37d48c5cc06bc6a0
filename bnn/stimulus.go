package bnn

import "slices"

// A Stimulus is a function of time, I(t): the input of a population, or the rate
// of a feedforward source. It is smooth but for jumps, and continuous from the
// right. The three kinds are ConstantStimulus, Pulse and Sine.
type Stimulus interface {
	// At returns I(t); at a jump, the value after it.
	At(t float64) float64
	// Derivative returns I'(t); at a jump, the derivative from the right.
	Derivative(t float64) float64
	// Response returns ∫ e^{−(t−s)/τ} I(s) ds over 0 ≤ s ≤ t, in closed form: the
	// solution at t ≥ 0 of x' = −x/τ + I(t) from x(0) = 0, for τ > 0.
	Response(t, tau float64) float64
	// Jumps returns the times t > 0 at which I jumps, in increasing order.
	Jumps() []float64
	// Range returns the least and the greatest value of I over all times.
	Range() (least, greatest float64)
	// Rest returns the value with everything transient or periodic off.
	Rest() float64
}

// Steady tells whether no stimulus changes but by jumps.
func (n *Network) Steady() bool {
	for _, s := range n.Stimuli() {
		switch s := s.(type) {
		case ConstantStimulus, Pulse:
		case Sine:
			if s.Amplitude != 0 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// Stimuli lists the stimuli of the populations and the rates of the sources.
func (n *Network) Stimuli() []Stimulus {
	var list []Stimulus
	for _, population := range n.Populations {
		list = append(list, population.External())
	}
	for _, source := range n.Feedforward {
		list = append(list, source.Rate)
	}
	return list
}

// AtRest returns the network with every stimulus constant at its rest.
func (n *Network) AtRest() *Network {
	rest := *n
	rest.Populations = slices.Clone(n.Populations)
	for a := range rest.Populations {
		rest.Populations[a].Stimulus = ConstantStimulus{Value: n.Populations[a].External().Rest()}
	}
	rest.Feedforward = slices.Clone(n.Feedforward)
	for x := range rest.Feedforward {
		rest.Feedforward[x].Rate = ConstantStimulus{Value: n.Feedforward[x].Rate.Rest()}
	}
	return &rest
}
