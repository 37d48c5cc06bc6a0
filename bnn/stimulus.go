package bnn

import "slices"

// A Stimulus is a function of time, I(t): the input of a population, or the rate of a
// feedforward source. Between the times that Jumps tells it is smooth, and at them continuous
// from the right. Network files have the kinds ConstantStimulus, Pulse, Sine, Steps, Samples,
// Ramp and Sum; from Go any other type will do. It must be safe for concurrent use and give the
// same value for the same time always.
//
// SmoothStimulus and FilteredStimulus ask for what more a stimulus may know about itself.
type Stimulus interface {
	// At returns I(t), finite for every finite t; at a jump, the value after it.
	At(t float64) float64
	// Jumps returns the times t > 0 at which I or its slope jumps, in increasing order.
	Jumps() []float64
	// Range returns the least and the greatest value of I over all times, or finite numbers
	// beyond them.
	Range() (least, greatest float64)
	// Rest returns the value with everything transient or periodic off: that of the
	// stationary states.
	Rest() float64
	// Key names the function: it enters the fingerprint of a network, by which results are
	// kept apart. Two stimuli have the same key only if they are the same function.
	Key() string
}

// A SmoothStimulus brings its derivative; that of others is a quotient of differences, see
// Slope.
type SmoothStimulus interface {
	Stimulus
	// Derivative returns I'(t); at a jump, the derivative from the right.
	Derivative(t float64) float64
}

// A FilteredStimulus brings its response; that of others is integrated, see Response.
type FilteredStimulus interface {
	Stimulus
	// Response returns ∫ e^{−(t−s)/τ} I(s) ds over 0 ≤ s ≤ t: the solution at t ≥ 0 of
	// x' = −x/τ + I(t) from x(0) = 0, for τ > 0.
	Response(t, tau float64) float64
}

// A SteppedStimulus tells whether it changes by jumps only, so that it is constant between the
// times of Jumps.
type SteppedStimulus interface {
	Stimulus
	Stepped() bool
}

// Stepped tells whether a stimulus says that it changes by jumps only.
func Stepped(s Stimulus) bool {
	stepped, is := s.(SteppedStimulus)
	return is && stepped.Stepped()
}

// Steady tells whether no stimulus changes but by jumps.
func (n *Network) Steady() bool {
	return !slices.ContainsFunc(n.Stimuli(), func(s Stimulus) bool { return !Stepped(s) })
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
