package networktest

import (
	"fmt"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// ManyPopulations is a network of so many, excitatory and inhibitory in turn.
func ManyPopulations(count int) *bnn.Network {
	network := &bnn.Network{Name: "many"}
	for a := range count {
		network.Populations = append(network.Populations, bnn.Population{Name: fmt.Sprint("p", a), Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 1}})
		row := make([]float64, count)
		for b := range row {
			row[b] = (0.5 + 0.5*math.Cos(float64(a*b))) / float64(count)
			if b%2 == 1 {
				row[b] *= -2
			}
		}
		network.Weights = append(network.Weights, row)
		network.Initial.Mean = append(network.Initial.Mean, 0)
		network.Initial.Variance = append(network.Initial.Variance, 1)
	}
	return network
}

// ConstantRates is a network that does not listen: unequal sizes and time constants,
// noise, a sine and a feedforward source.
func ConstantRates() *bnn.Network {
	return &bnn.Network{
		Name: "constant",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 2, Rate: bnn.ConstantRate{Value: 1.5}, Stimulus: bnn.Sine{Baseline: 0.2, Amplitude: 1, Period: 2, Phase: 0.3}},
			{Name: "I", Tau: 0.5, Size: 1, Noise: 0.6, Rate: bnn.ConstantRate{Value: 3}},
		},
		Weights:     [][]float64{{1, -1}, {0.7, -1.2}},
		Feedforward: []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 0.8}, Weights: []float64{0.4, -0.5}}},
		Initial:     bnn.Initial{Mean: []float64{0.3, -0.2}, Variance: []float64{0.2, 0.1}},
	}
}

// ConstantRateCumulants are exact: the potential is a deterministic response plus
// independent Gaussians plus Σ J e^{−(t−s)/τ}/√n over the points of Poisson processes.
func ConstantRateCumulants(network *bnn.Network, n, a int, t float64) (mean, variance, third float64) {
	p := network.Populations[a]
	leak := func(k float64) float64 { return -math.Expm1(-k*t/p.Tau) * p.Tau / k } // ∫ e^{−ks/τ} ds
	decay := func(k float64) float64 { return math.Exp(-k * t / p.Tau) }
	mean = network.Initial.Mean[a]*decay(1) + bnn.Response(p.External(), t, p.Tau)
	variance = network.Initial.Variances()[a]*decay(2) + p.Noise*p.Noise*leak(2)
	hear := func(neurons, rate, weight float64) {
		weight /= math.Sqrt(float64(n))
		mean += neurons * rate * weight * leak(1)
		variance += neurons * rate * weight * weight * leak(2)
		third += neurons * rate * weight * weight * weight * leak(3)
	}
	for b, source := range network.Populations {
		neurons := float64(bnn.Must(network.Count(b, n)))
		if a == b {
			// A neuron misses itself: in the mean equation at this order, and exactly.
			neurons--
		}
		rate := source.Rate.At(0)
		hear(neurons, rate, network.Weights[a][b])
		if a == b {
			// The equations for K and C keep the own input, which is of higher order.
			weight := network.Weights[a][b] / math.Sqrt(float64(n))
			variance += rate * weight * weight * leak(2)
			third += rate * weight * weight * weight * leak(3)
		}
	}
	for x, source := range network.Feedforward {
		hear(float64(bnn.Must(network.SourceCount(x, n))), source.Rate.At(0), source.Weights[a])
	}
	return mean, variance, third
}

// DistanceOf is the Euclidean distance of two vectors of the same length.
func DistanceOf(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum = math.Hypot(sum, a[i]-b[i])
	}
	return sum
}

// ManyClasses has a balance of rank 1 between excitatory and inhibitory populations.
func ManyClasses(count int) *bnn.Network {
	network := &bnn.Network{Name: "many"}
	network.Initial.OnManifold = true
	sign, rates := []float64{1, -1}, []bnn.Logistic{{Max: 2, Slope: 1, Threshold: 0}, {Max: 4, Slope: 3, Threshold: 0.5}}
	for a := range count {
		x := float64(a)
		rate := rates[a%2]
		rate.Threshold += 0.01 * math.Cos(x)
		network.Populations = append(network.Populations, bnn.Population{Name: fmt.Sprint("P", a), Tau: 1 + 0.01*x,
			Size: 2 / float64(count), Rate: rate, Stimulus: bnn.ConstantStimulus{Value: 0.3 * math.Cos(x)}})
		network.Initial.Mean = append(network.Initial.Mean, 1-float64(a%2))
		network.Initial.Variance = append(network.Initial.Variance, 0.2)
		row := make([]float64, count)
		for b := range row {
			row[b] = sign[b%2] * (1 + 0.2*math.Sin(x)) * (1 + 0.1*math.Cos(3*float64(b)))
		}
		network.Weights = append(network.Weights, row)
	}
	return network
}

// SampleCovariance is the covariance of the columns of a table of draws, with the
// standard errors of its entries.
func SampleCovariance(sampled [][]float64) (covariance, errors [][]float64) {
	draws, p := float64(len(sampled)), len(sampled[0])
	means := make([]float64, p)
	for _, row := range sampled {
		for a, x := range row {
			means[a] += x / draws
		}
	}
	covariance, errors = numbers.Table(p, p), numbers.Table(p, p)
	for a := range p {
		for b := range p {
			squares := 0.0
			for _, row := range sampled {
				product := (row[a] - means[a]) * (row[b] - means[b])
				covariance[a][b] += product / draws
				squares += product * product / draws
			}
			errors[a][b] = math.Sqrt((squares - covariance[a][b]*covariance[a][b]) / draws)
		}
	}
	return covariance, errors
}

// Pulsed is the abstract network with a pulse of stimulus and one of a feedforward
// drive along the range of the weights.
func Pulsed(t testing.TB) *bnn.Network {
	network := ReadNetwork(t, "abstract")
	network.Populations[0].Stimulus = bnn.Pulse{Baseline: 0.5, Amplitude: 0.8, Start: 0.7, Duration: 0.6}
	network.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.Pulse{Baseline: 0.2, Amplitude: 0.3, Start: 1, Duration: 0.5}, Weights: []float64{0.4, 0.4}}}
	return network
}

// ReadCase reads a network that once failed.
func ReadCase(t testing.TB, name string) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork(Place(t, "bnn", "testdata", "cases", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return network
}

// The statistical tests below compare many averages at once. All use fixed seeds, and
// a bound on |z| that a correct simulator exceeds anywhere in a whole test with
// probability below 1e-6: at most 100 comparisons at 1e-8 each, two-sided.
const FalseAlarmZ = 5.8

// ChiSquareZ turns the chi-square of counts that should be equal into a normal deviate.
func ChiSquareZ(counts []float64) float64 {
	total, degrees := 0.0, float64(len(counts)-1)
	for _, count := range counts {
		total += count
	}
	expected, chi := total/float64(len(counts)), 0.0
	for _, count := range counts {
		chi += (count - expected) * (count - expected) / expected
	}
	spread := 2 / (9 * degrees)
	return (math.Cbrt(chi/degrees) - (1 - spread)) / math.Sqrt(spread)
}
