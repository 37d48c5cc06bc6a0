package contrast_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"balanced/internal/verification"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory"
	"balanced/bnn/theory/contrast"

	"gonum.org/v1/gonum/stat/distuv"
)

var ctx = context.Background()

func network(t *testing.T) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork("../../../data/networks/abstract.json")
	if err != nil {
		t.Fatal(err)
	}
	return network
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %v, and not %v within %v", what, got, want, tolerance)
	}
}

func scaled(t *testing.T, network *bnn.Network, n int, alpha float64) *bnn.Network {
	t.Helper()
	result, err := contrast.Scaled(network, n, alpha)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Weights are J n^{1/2−α}, those of sources too, and the network itself stays as it is.
func TestScaled(t *testing.T) {
	network := network(t)
	network.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: []float64{0.5, 0.25}}}
	for _, alpha := range []float64{0, 0.25, 0.5, 0.75, 1} {
		got, factor := scaled(t, network, 100, alpha), math.Pow(100, 0.5-alpha)
		near(t, fmt.Sprintf("J_EI at α = %g", alpha), got.Weights[0][1], -factor, 1e-12)
		near(t, fmt.Sprintf("J_IX at α = %g", alpha), got.Feedforward[0].Weights[1], 0.25*factor, 1e-12)
	}
	if network.Weights[0][1] != -1 || network.Feedforward[0].Weights[1] != 0.25 {
		t.Error("the network itself was scaled")
	}
}

// A potential n^{1/2−α} times as large, with a rate and a stimulus so stretched, is the balanced
// model: the family below 1/2 is one of balanced networks whose rates become steep.
func TestStretched(t *testing.T) {
	const n, alpha = 100, 0.25
	stretch := math.Pow(n, 0.5-alpha)
	weak := network(t)
	strong := scaled(t, weak, n, alpha)
	strong.Initial = bnn.Initial{Mean: []float64{stretch * 0.5, 0}, Variance: []float64{stretch * stretch * 0.25, stretch * stretch * 0.25}}
	weak.Initial = bnn.Initial{Mean: []float64{0.5, 0}, Variance: []float64{0.25, 0.25}}
	for a := range weak.Populations {
		rate := weak.Populations[a].Rate.(bnn.Logistic)
		weak.Populations[a].Rate = bnn.Logistic{Max: rate.Max, Slope: rate.Slope * stretch, Threshold: rate.Threshold / stretch}
		weak.Populations[a].Stimulus = bnn.ConstantStimulus{Value: weak.Populations[a].External().At(0) / stretch}
	}
	one, err := theory.FiniteSize(ctx, strong, n, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	other, err := theory.FiniteSize(ctx, weak, n, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	for a := range weak.Populations {
		near(t, "mean", one.Mean[0][a], stretch*other.Mean[0][a], 1e-6)
		near(t, "variance", one.Variance[0][a], stretch*stretch*other.Variance[0][a], 1e-6)
		near(t, "rate", one.Rate[0][a], other.Rate[0][a], 1e-6)
	}
}

// With weights J/n a neuron that starts d above the mean is e^{−t} d above it later, and moves all
// means by σ_b g_b/n with g′ = −(1 − F_E′ + F_I′) g + λ_b(m_b + e^{−t} d) − F_b. Averaged over d this is n
// times the variance of the means, which the sampling noise of the scaled network must be, too.
func TestMeanFieldFluctuations(t *testing.T) {
	const step, large = 1.0 / 128, 100_000_000
	times := bnn.Every(step, 1)
	weak := scaled(t, network(t), large, 1)
	path, err := theory.FiniteSize(ctx, weak, large, times)
	if err != nil {
		t.Fatal(err)
	}
	sign := []float64{1, -1}
	slope := func(i, b int, d, g float64) float64 {
		gain := 0.0
		for a, population := range weak.Populations {
			gain += sign[a] * population.Expectation(path.Mean[i][a], path.Variance[i][a]).First
		}
		return (gain-1)*g + weak.Populations[b].Rate.At(path.Mean[i][b]+d*math.Exp(-times[i])) - path.Rate[i][b]
	}
	var want [2]float64
	for b := range 2 {
		for z := -6.0; z <= 6; z += 0.25 {
			d, g := z*math.Sqrt(weak.Initial.Variance[b]), 0.0
			for i := range len(times) - 1 {
				first := slope(i, b, d, g)
				g += step / 2 * (first + slope(i+1, b, d, g+step*first))
			}
			weight, own := distuv.UnitNormal.Prob(z)*0.25, d*math.Exp(-1)+sign[b]*g
			want[b] += weight * own * own
			want[1-b] += weight * g * g
		}
	}
	got, err := theory.SamplingNoise(ctx, weak, large, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	for a := range want {
		near(t, "n times the variance of a mean", got[0][a][a], want[a], 1e-3*want[a])
	}
}

// Without feedback all is known exactly: a spike moves all but the neuron itself.
func TestSharedSpikesConstantRates(t *testing.T) {
	network := network(t)
	network.Initial.OnManifold = false
	const rate, n, end = 1.2, 50, 1.0
	for a := range network.Populations {
		network.Populations[a].Rate = bnn.ConstantRate{Value: rate}
	}
	moments, covariance, err := contrast.SharedSpikes(ctx, network, n, []float64{0, end})
	if err != nil {
		t.Fatal(err)
	}
	decay := math.Exp(-2 * end)
	for a := range 2 {
		near(t, "variance within", moments.Variance[1][a], 0.25*decay+rate/n*(1-decay)/2, 1e-8)
		near(t, "variance of a mean", covariance[1][a][a], rate*(1-decay)/2*(1+(1-1./n)*(1-1./n))+0.25*decay/n, 1e-8)
		near(t, "variance of a mean at the start", covariance[0][a][a], 0.25/n, 1e-15)
	}
	near(t, "covariance", covariance[1][0][1], rate*(1-decay)/2*2*(1-1./n), 1e-8)
}

// As n grows √n V tends to (F_E + F_I)/(2|κ|), on the balanced manifold of a variance that decays.
func TestSharedSpikesLimit(t *testing.T) {
	network := network(t)
	const n, end = 4_000_000, 1.0
	moments, covariance, err := contrast.SharedSpikes(ctx, network, n, []float64{end})
	if err != nil {
		t.Fatal(err)
	}
	start, err := theory.Project(ctx, network, 0, network.Initial.Mean, network.Initial.Variance)
	if err != nil {
		t.Fatal(err)
	}
	within := []float64{0.25 * math.Exp(-2*end), 0.25 * math.Exp(-2*end)}
	mean, err := theory.Project(ctx, network, end, []float64{0.5 + (start[0]-start[1]-0.5)*math.Exp(-end), 0}, within)
	if err != nil {
		t.Fatal(err)
	}
	e, i := network.Populations[0].Expectation(mean[0], within[0]), network.Populations[1].Expectation(mean[1], within[1])
	for a := range 2 {
		near(t, "mean", moments.Mean[0][a], mean[a], 2e-3)
		near(t, "√n times the variance of a mean", covariance[0][a][a]*math.Sqrt(n), (e.Value+i.Value)/(2*(i.First-e.First)), 2e-3)
	}
}

// A simulation at a small size agrees with its equations, and not with those of a process a pair.
func TestSharedSpikesSimulated(t *testing.T) {
	verification.Long(t)
	network := network(t)
	const n, replicas = 400, 1000
	runs, err := simulate.Collect(simulate.Ensemble{Network: network, N: n, Replicas: replicas, Seed: 3, Method: simulate.SharedSpikes{}}.Each(ctx, []float64{1}))
	if err != nil {
		t.Fatal(err)
	}
	moments, covariance, err := contrast.SharedSpikes(ctx, network, n, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	_, private, err := contrast.PrivateSpikes(ctx, network, n, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	for a := range 2 {
		var mean, square, within float64
		for _, run := range runs {
			mean += run.Mean[0][a] / replicas
			within += run.Variance[0][a] / replicas
		}
		for _, run := range runs {
			square += (run.Mean[0][a] - mean) * (run.Mean[0][a] - mean) / (replicas - 1)
		}
		v := covariance[0][a][a]
		near(t, "mean", mean, moments.Mean[0][a], 5*math.Sqrt(v/replicas)+2./n)
		near(t, "variance within", within, moments.Variance[0][a], 1e-3)
		near(t, "variance of a mean", square, v, (5*math.Sqrt(2./replicas)+1/math.Sqrt(n))*v)
		if other := private[0][a][a]; square < 2*other {
			t.Errorf("the variance of a mean is %v, and hardly more than with a process a pair, %v", square, other)
		}
	}
}

// Neurons that fire at a constant rate keep their own noise, K/n, and nothing is shared: a process a
// pair leaves K(0) e^{−2t} + λ (1 − e^{−2t}) in a potential, of which a mean of n has the nth part.
func TestPrivateSpikesConstantRates(t *testing.T) {
	network := network(t)
	network.Initial.OnManifold = false
	const rate, n, end = 1.2, 50, 1.0
	for a := range network.Populations {
		network.Populations[a].Rate = bnn.ConstantRate{Value: rate}
	}
	moments, covariance, err := contrast.PrivateSpikes(ctx, network, n, []float64{end})
	if err != nil {
		t.Fatal(err)
	}
	variance := 0.25*math.Exp(-2*end) + rate*(1-math.Exp(-2*end))
	for a := range 2 {
		near(t, "variance within", moments.Variance[0][a], variance, 1e-6)
		near(t, "variance of a mean", covariance[0][a][a], variance/n, 1e-6)
	}
	near(t, "covariance", covariance[0][0][1], 0, 1e-12)
}

// The mean field by its own method has the law of the scaled network, and that of PrivateSpikes.
func TestMeanFieldIsScaled(t *testing.T) {
	verification.Long(t)
	const n = 40
	weak, times := scaled(t, network(t), n, 1), []float64{1}
	one, err := simulate.Ensemble{Network: network(t), N: n, Replicas: 100, Seed: 1, Method: simulate.MeanField{}}.Run(ctx, times)
	if err != nil {
		t.Fatal(err)
	}
	other, err := simulate.Ensemble{Network: weak, N: n, Replicas: 100, Seed: 2}.Run(ctx, times)
	if err != nil {
		t.Fatal(err)
	}
	predicted, _, err := contrast.PrivateSpikes(ctx, weak, n, times)
	if err != nil {
		t.Fatal(err)
	}
	for _, quantity := range []bnn.Quantity{bnn.Means, bnn.Variances, bnn.Rates} {
		for a := range 2 {
			got, want, far := one.Table(quantity)[0][a], other.Table(quantity)[0][a], 5*math.Sqrt2*one.StandardError.Table(quantity)[0][a]
			near(t, string(quantity)+" of the mean field", got, want, far)
			near(t, string(quantity)+" of the mean field, and its prediction", got, predicted.Table(quantity)[0][a], far+2./(n*n))
		}
	}
}

func TestRefused(t *testing.T) {
	for path, spoil := range map[string]func(*bnn.Network){
		"feedforward": func(n *bnn.Network) {
			n.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: []float64{1, 1}}}
		},
		"populations[1].spread":   func(n *bnn.Network) { n.Populations[1].Spread = 1 },
		"populations[0].stimulus": func(n *bnn.Network) { n.Populations[0].Stimulus = bnn.Sine{Amplitude: 1, Period: 1} },
		"initial.components": func(n *bnn.Network) {
			n.Initial.Components, n.Initial.Variance = [][]bnn.Component{{{Weight: 1}}, {{Weight: 1}}}, nil
		},
	} {
		network := network(t)
		spoil(network)
		_, _, err := contrast.SharedSpikes(ctx, network, 100, []float64{1})
		if refused := new(bnn.InputError); !errors.As(err, &refused) || refused.Path != path {
			t.Errorf("%s: the error is %v", path, err)
		}
	}
	for _, alpha := range []float64{-0.1, 1.1, math.NaN()} {
		_, err := contrast.Scaled(network(t), 100, alpha)
		if refused := new(bnn.InputError); !errors.As(err, &refused) || refused.Path != "alpha" {
			t.Errorf("α = %v: the error is %v", alpha, err)
		}
	}
}
