package bnn

import "math"

// PowerRate is λ(v) = min(Max, Gain·[v − Threshold]₊^Exponent), with [x]₊ = max(x, 0): silent
// below a threshold, then rising as a power, and bounded.
type PowerRate struct {
	Max       float64 // λ̄, spikes per synaptic time constant, > 0
	Gain      float64 // > 0
	Exponent  float64 // ≥ 1
	Threshold float64 // θ, a potential
}

// At returns λ(v).
func (r PowerRate) At(v float64) float64 {
	above := v - r.Threshold
	if !(above > 0) {
		return 0
	}
	switch r.Exponent { // the usual ones, without the cost of a power
	case 1:
		return math.Min(r.Max, r.Gain*above)
	case 2:
		return math.Min(r.Max, r.Gain*(above*above))
	}
	return math.Min(r.Max, r.Gain*math.Pow(above, r.Exponent))
}

// Bound returns Max.
func (r PowerRate) Bound() float64 { return r.Max }

// Key is the rate as it stands in network files.
func (r PowerRate) Key() string { return kindKey[Rate](r, rateKinds) }

// Kinks returns the threshold and where Max is reached.
func (r PowerRate) Kinks() []float64 {
	return []float64{r.Threshold, r.Threshold + math.Pow(r.Max/r.Gain, 1/r.Exponent)}
}

// Increasing returns true.
func (r PowerRate) Increasing() bool { return true }
