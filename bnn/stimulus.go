package bnn

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
