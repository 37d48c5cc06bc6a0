package shotnoise

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
)

func deaf() *bnn.Network {
	return &bnn.Network{
		Name: "deaf",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.ConstantRate{Value: 0.4}, Stimulus: bnn.Pulse{Amplitude: 1, Start: 0.25, Duration: 0.5}},
			{Name: "I", Tau: 0.5, Size: 0.8, Noise: 0.5, Rate: bnn.ConstantRate{Value: 0.7}, Stimulus: bnn.ConstantStimulus{Value: -0.5}},
		},
		Weights: [][]float64{{1.5, -0.5}, {1.2, -1.5}},
		Initial: bnn.Initial{Mean: []float64{0.5, -0.2}, Variance: []float64{0.2, 0.1}},
	}
}

// listening adds a class L that hears E, I and a source, and drives E.
func listening() *bnn.Network {
	network := deaf()
	network.Populations = append(network.Populations, bnn.Population{Name: "L", Tau: 0.8, Size: 1, Rate: bnn.Logistic{Max: 12, Slope: 1.5, Threshold: 1.5}})
	network.Weights = [][]float64{{1.5, -0.5, 0.7}, {1.2, -1.5, 0}, {2, -1, 0}}
	network.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.Sine{Baseline: 0.5, Amplitude: 0.4, Period: 3}, Weights: []float64{0, 0, 1}}}
	network.Initial = bnn.Initial{Mean: []float64{0.5, -0.2, 0.4}, Variance: []float64{0.2, 0.1, 0.3}}
	return network
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// By hand: E hears four of five neurons of its own class and four of I.
func TestCumulantsByHand(t *testing.T) {
	s := bnn.Must(New(deaf(), 5))
	decay := math.Exp(-2.0)
	mean := 0.5*decay + (math.Exp(-1.25) - math.Exp(-1.75)) + (4*0.4*1.5-4*0.7*0.5)/math.Sqrt(5)*(1-decay)
	near(t, "mean", bnn.Must(s.Cumulant(1, 0, 2)), mean, 1e-12)
	near(t, "third", bnn.Must(s.Cumulant(3, 0, 2)), (4*0.4*1.5*1.5*1.5-4*0.7*0.125)/math.Pow(5, 1.5)/3*(1-math.Exp(-6)), 1e-12)
	noise := 0.25 * 0.25 * (1 - math.Exp(-8))
	near(t, "variance of I", bnn.Must(s.Cumulant(2, 1, 2)), 0.1*math.Exp(-8)+(5*0.4*1.44+3*0.7*2.25)/5*0.25*(1-math.Exp(-8))+noise, 1e-12)
	near(t, "covariance", bnn.Must(s.Covariance(1, 2.5, 2)), bnn.Must(s.Cumulant(2, 1, 2))*math.Exp(-1), 1e-12)
	near(t, "spikes", bnn.Must(s.Spikes(0, 0, 0.5, 2)), 5*4*0.4*1.5, 1e-12)
	near(t, "start", bnn.Must(s.Cumulant(2, 0, 0)), 0.2, 0)
}

// Cumulants obey dκ_k/dt = −(k/τ) κ_k + Σ N c (J/√n)^k: here for a source whose rate varies.
func TestCumulantsObeyTheirEquation(t *testing.T) {
	s, h, at := bnn.Must(New(listening(), 7)), 1e-4, 1.3
	for k := 3; k <= 5; k++ {
		slope := (bnn.Must(s.Cumulant(k, 2, at+h)) - bnn.Must(s.Cumulant(k, 2, at-h))) / (2 * h)
		power := func(weight float64) float64 { return math.Pow(weight/math.Sqrt(7), float64(k)) }
		gain := 7*0.4*power(2) + 6*0.7*power(-1) + 7*(0.5+0.4*math.Sin(2*math.Pi*at/3))*power(1)
		near(t, "slope", slope, gain-float64(k)/0.8*bnn.Must(s.Cumulant(k, 2, at)), 1e-7)
	}
}

// The characteristic function has the cumulants.
func TestCharacteristicHasTheCumulants(t *testing.T) {
	s := bnn.Must(New(listening(), 7))
	mean := bnn.Must(s.Cumulant(1, 2, 2))
	logarithm, h := s.characteristic(2, 2, mean), 0.02
	near(t, "variance", -2*real(logarithm(h))/(h*h), bnn.Must(s.Cumulant(2, 2, 2)), 1e-3)
	near(t, "third", -6*(imag(logarithm(h))-h*mean)/(h*h*h), bnn.Must(s.Cumulant(3, 2, 2)), 1e-3)
}

// A Gaussian potential has the expectation that bnn.Expect computes; large ones saturate.
func TestRateOfAGaussian(t *testing.T) {
	network := listening()
	network.Weights[2], network.Feedforward = []float64{0, 0, 0}, nil
	for _, mean := range []float64{-30, -2, 0.4, 3, 60} {
		network.Initial.Mean[2] = mean
		s := bnn.Must(New(network, 7))
		for _, at := range []float64{0, 0.5} {
			want := bnn.Expect(network.Populations[2].Rate, bnn.Must(s.Cumulant(1, 2, at)), bnn.Must(s.Cumulant(2, 2, at))).Value
			near(t, "rate", bnn.Must(s.Rate(2, at)), want, 1e-8)
		}
	}
}

// The mean that a listener drives obeys its equation, and that of a deaf class is its first cumulant.
func TestMeanObeysItsEquation(t *testing.T) {
	s, h := bnn.Must(New(listening(), 7)), 1e-3
	slope := (bnn.Must(s.Mean(0, 1.5+h)) - bnn.Must(s.Mean(0, 1.5-h))) / (2 * h)
	drive := (6*0.4*1.5 - 6*0.7*0.5 + 7*0.7*bnn.Must(s.Rate(2, 1.5))) / math.Sqrt(7)
	near(t, "slope", slope, drive-bnn.Must(s.Mean(0, 1.5)), 1e-5)
	near(t, "mean", bnn.Must(s.Mean(1, 1.5)), bnn.Must(s.Cumulant(1, 1, 1.5)), 1e-10)
	all := bnn.Must(s.Spikes(0, 2, 0, 1)) + bnn.Must(s.Spikes(0, 2, 1, 2))
	near(t, "spikes", bnn.Must(s.Spikes(0, 2, 0, 2)), all, 1e-8*all)
}

// With many small jumps the rate is that of a Gaussian, with few large ones it is not: the rate of a class
// of two sources is checked against sums over their numbers of spikes, where nothing leaks.
func TestRateOfAPoissonNumber(t *testing.T) {
	network := &bnn.Network{Name: "count", Populations: []bnn.Population{{Name: "L", Tau: 1e9, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 2, Threshold: 1}}},
		Weights: [][]float64{{0}}, Feedforward: []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 0.3}, Weights: []float64{3}}},
		Initial: bnn.Initial{Mean: []float64{-0.5}, Variance: []float64{0}}}
	want, probability := 0.0, math.Exp(-4*0.3*2)
	for k := range 60 {
		want += probability * network.Populations[0].Rate.At(-0.5+1.5*float64(k))
		probability *= 4 * 0.3 * 2 / float64(k+1)
	}
	near(t, "rate", bnn.Must(bnn.Must(New(network, 4)).Rate(0, 2)), want, 1e-8)
}

func TestNewRefuses(t *testing.T) {
	for path, change := range map[string]func(*bnn.Network){
		"initial":             func(n *bnn.Network) { n.Initial.OnManifold = true },
		"weights[2][2]":       func(n *bnn.Network) { n.Weights[2][2] = 1 },
		"populations[2].rate": func(n *bnn.Network) { n.Populations[2].Rate = bnn.Probit{Max: 1, Slope: 1} },
		"populations[0].spread": func(n *bnn.Network) {
			n.Populations[2].Spread, n.Populations[0].Spread = 0, 1
			n.Populations[0].Rate = bnn.Logistic{Max: 1, Slope: 1}
		},
		"feedforward[0].shared": func(n *bnn.Network) { n.Feedforward[0].Shared = true },
	} {
		network := listening()
		change(network)
		_, err := New(network, 5)
		var refused *bnn.InputError
		if !errors.As(err, &refused) || refused.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	s := bnn.Must(New(listening(), 5))
	for what, call := range map[string]func() (float64, error){
		"population": func() (float64, error) { return s.Rate(3, 1) },
		"time":       func() (float64, error) { return s.Mean(0, math.NaN()) },
		"order":      func() (float64, error) { return s.Cumulant(0, 2, 1) },
		"listens":    func() (float64, error) { return s.Cumulant(1, 0, 1) },
		"backwards":  func() (float64, error) { return s.Spikes(0, 0, 2, 1) },
	} {
		if _, err := call(); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}
