package neuron

import "math"

// Rate is the mean rate F, in spikes per synaptic time constant.
func (n *Neuron) Rate() float64 { return n.rate }

// Fano is the Fano factor of the number of spikes in a window > 0,
//
//	1 + 2/(F T) ∫_0^T (T−s) C(s) ds,   C(s) = Cov(λ(v(0)), λ(v(s))) = Σ_i a_i² e^{−ℓ_i s},
//
// with −ℓ_i the eigenvalues of the generator of the potential and a_i the components of λ along its
// eigenfunctions.
func (n *Neuron) Fano(window float64) float64 {
	excess := 0.0
	for _, e := range n.covariance {
		excess += e.weight * (window/e.rate + math.Expm1(-e.rate*window)/(e.rate*e.rate))
	}
	return 1 + 2*excess/(n.rate*window)
}

// Shared is the correlation of the numbers of spikes that two targets hear from the neuron in a
// window: 1 − 1/Fano, what is not Poisson of their variance.
func (n *Neuron) Shared(window float64) float64 { return 1 - 1/n.Fano(window) }

// Variation is the CV of the intervals between spikes, whose mean is 1/F.
func (n *Neuron) Variation() float64 {
	square := 0.0
	for _, e := range n.interval {
		square += 2 * e.weight / (e.rate * e.rate * e.rate)
	}
	return math.Sqrt(square*n.rate - 1)
}

// Density is that of the intervals at a length ≥ 0: Σ_i a_i² e^{−ℓ_i t}/F with the spectrum of the
// generator that a spike stops.
func (n *Neuron) Density(interval float64) float64 {
	sum := 0.0
	for _, e := range n.interval {
		sum += e.weight * math.Exp(-e.rate*interval)
	}
	return sum / n.rate
}
