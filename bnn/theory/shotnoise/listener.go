package shotnoise

import (
	"math"
	"math/cmplx"

	"balanced/bnn"

	"gonum.org/v1/gonum/integrate/quad"
)

// farthest is where the integral over u ends: 1/sinh(πu) is below 1e-15 there.
const farthest = 11.0

// Rate is the expected rate of population b at time t ≥ 0: its constant, or that of a logistic class,
//
//	E λ(v(t)) = λ̄ (½ + ∫_0^∞ Im[e^{−iuβθ} φ(βu, t)] / sinh(πu) du),
//
// where φ is the characteristic function of its potential, at any n and for any weights (theory.md §19).
// It is right to 1e-8 of λ̄ where the rates of sources are smooth and jumps of a source within the
// time t are not heard with a large weight. Some thousands of exponentials.
func (s *Network) Rate(b int, t float64) (float64, error) {
	if err := s.check(t, b); err != nil {
		return 0, err
	}
	rate, logistic := s.network.Populations[b].Rate.(bnn.Logistic)
	if !logistic || rate.Slope == 0 {
		return s.network.Populations[b].Rate.At(0), nil
	}
	mean, err := s.Cumulant(1, b, t)
	if err != nil {
		return 0, err
	}
	logarithm := s.characteristic(b, t, mean)
	integrand := func(u float64) float64 {
		return imag(cmplx.Exp(logarithm(rate.Slope*u)-complex(0, u*rate.Slope*rate.Threshold))) / math.Sinh(math.Pi*u)
	}
	// One piece of 12 nodes for each radian or two of the phase.
	pieces := 8 + int(farthest*math.Min(100, math.Abs(rate.Slope*(mean-rate.Threshold)))/2)
	return rate.Max * (0.5 + integral(integrand, 0, farthest, pieces)), nil
}

// characteristic is the logarithm of the characteristic function of the potential of population a at time t.
// The compensated jumps are integrated over the age of a spike, the mean apart.
func (s *Network) characteristic(a int, t, mean float64) func(u float64) complex128 {
	type channel struct{ intensity, jump []float64 } // by node: of spikes of one age
	tau := s.network.Populations[a].Tau
	ages, widths := make([]float64, 24), make([]float64, 24)
	if t > 0 {
		quad.Legendre{}.FixedLocations(ages, widths, 0, t)
	}
	var channels []channel
	add := func(count, weight float64, rate func(at float64) float64) {
		if weight == 0 || t == 0 {
			return
		}
		var c channel
		for i, age := range ages {
			c.intensity = append(c.intensity, count*rate(t-age)*widths[i])
			c.jump = append(c.jump, s.jump(weight)*math.Exp(-age/tau))
		}
		channels = append(channels, c)
	}
	for b, source := range s.network.Populations {
		add(s.heard(a, b), s.network.Weights[a][b], func(float64) float64 { return source.Rate.At(0) })
	}
	for x, source := range s.network.Feedforward {
		add(float64(s.sources[x]), source.Weights[a], source.Rate.At)
	}
	noise := s.network.Populations[a].Noise
	gaussian := s.network.Initial.Variance[a]*math.Exp(-2*t/tau) - noise*noise*tau/2*math.Expm1(-2*t/tau)
	return func(u float64) complex128 {
		sum := complex(-u*u*gaussian/2, u*mean)
		for _, c := range channels {
			for i, intensity := range c.intensity {
				sin, cos := math.Sincos(u * c.jump[i])
				sum += complex(intensity*(cos-1), intensity*(sin-u*c.jump[i]))
			}
		}
		return sum
	}
}

// integral is a composite Gauss-Legendre formula.
func integral(f func(x float64) float64, from, to float64, pieces int) float64 {
	if !(from < to) {
		return 0
	}
	sum, width := 0.0, (to-from)/float64(pieces)
	for i := range pieces {
		low := from + float64(i)*width
		sum += quad.Fixed(f, low, low+width, 12, quad.Legendre{}, 1)
	}
	return sum
}
