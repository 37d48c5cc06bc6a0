package thinning

import (
	"math"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
)

// The shared factor, its inverse, the variance of noise and the response to a sine stay within 1e-15 (noise: four times that) of their
// closed forms as far as the polynomials reach.
func TestFactorsFollowTheTime(t *testing.T) {
	network := &bnn.Network{
		Name: "factors",
		Populations: []bnn.Population{
			{Name: "E", Tau: 0.7, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 2, Threshold: 0.3}, Noise: 0.6},
			{Name: "I", Tau: 1.9, Size: 1, Rate: bnn.Probit{Max: 1, Slope: 1, Threshold: 0}, Stimulus: bnn.Sine{Baseline: 0.2, Amplitude: 0.9, Period: 3, Phase: 0.4}, Noise: 1.1},
		},
		Weights: [][]float64{{1, -1}, {1, -3}},
		Initial: bnn.Initial{Mean: []float64{0, 0}, Variance: []float64{1, 1}},
	}
	const n = 4
	r := New(sized(t, network, n), rand.New(rand.NewPCG(1, 1)))
	uniform := rand.New(rand.NewPCG(5, 6))
	worst := func(loop Loop, dropped int) float64 {
		worst := 0.0
		r.window.loop = loop
		order := 4 // of polynomials
		if loop == Few {
			order = 3
		}
		for range 20_000 {
			start := 2 * network.Populations[0].Tau * uniform.Float64()
			r.sync = start
			evaluate := func(c []float64, since float64) (sum float64) {
				for i := min(order, len(c)-1) - dropped; i >= 0; i-- {
					sum = c[i] + since*sum
				}
				return sum
			}
			r.renewPolynomials()
			since := r.reach() * uniform.Float64()
			for a, p := range network.Populations {
				m := &r.members[a]
				slope, threshold := r.rest[a].slope, r.rest[a].threshold
				// The quotient rounds; what it leaves goes into the second factor.
				age := start / p.Tau
				later := since/p.Tau + math.FMA(-age, p.Tau, start)/p.Tau
				worst = max(worst, math.Abs(evaluate(m.decay[:], since)/(slope*math.Exp(-age)*math.Exp(-later))-1))
				want := 1 / math.Sqrt(n) * math.Exp(age) * math.Exp(later)
				worst = max(worst, math.Abs(evaluate(m.growth[:], since)/want-1))
				want = p.Noise * p.Noise * p.Tau / 2 * math.Exp(2*age) * math.Exp(2*later)
				worst = max(worst, math.Abs(evaluate(m.diffusion[:], since)/want-1)/4)
				shift := m.shift + evaluate(append([]float64{0}, m.wave[:]...), since)
				worst = max(worst, math.Abs(shift-slope*(r.steady[a].At(start+since)-threshold)))
			}
		}
		return worst
	}
	for _, loop := range []Loop{Few, Many} {
		if got := worst(loop, 0); got > 1e-15 {
			t.Errorf("loop %d: off by %g", loop, got)
		}
		if got := worst(loop, 1); got <= 1e-15 {
			t.Errorf("loop %d: a degree less goes unseen: off by %g", loop, got)
		}
	}
}

// x, the factor and the steady response together are the potential: without spikes it is the
// closed form, through pulses and over many renewals.
func TestReplicaWithoutSpikes(t *testing.T) {
	network := &bnn.Network{
		Name: "leak",
		Populations: []bnn.Population{
			{Name: "P", Tau: 0.7, Size: 1, Rate: bnn.ConstantRate{Value: 0}, Stimulus: bnn.Pulse{Baseline: 0.3, Amplitude: -2, Start: 1, Duration: 30}},
			{Name: "S", Tau: 0.2, Size: 1, Rate: bnn.ConstantRate{Value: 0}, Stimulus: bnn.Sine{Baseline: -0.4, Amplitude: 3, Period: 0.9, Phase: 2}},
			{Name: "C", Tau: 3, Size: 1, Rate: bnn.ConstantRate{Value: 0}, Stimulus: bnn.ConstantStimulus{Value: 0.8}},
		},
		Weights: [][]float64{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
		Initial: bnn.Initial{Mean: []float64{1, -1, 2}, Variance: []float64{0, 0, 0}},
	}
	times := []float64{0, 0.5, 1, 1.0001, 2, 17, 31, 31.2, 80}
	states := record(t, network, 2, 1, times, nil)
	for row, at := range times {
		for a, p := range network.Populations {
			want := network.Initial.Mean[a]*math.Exp(-at/p.Tau) + bnn.Response(p.External(), at, p.Tau)
			if got := states[row][a][1]; math.Abs(got-want) > 2e-14 {
				t.Errorf("population %s at %g: %g, want %g", p.Name, at, got, want)
			}
		}
	}
}
