package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
)

func TestProjectMovesAlongTheRangeOntoTheManifold(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, name := range networktest.ReferenceNetworks {
		network := networktest.ReadNetwork(t, name)
		m, err := manifold.New(t.Context(), network)
		if err != nil {
			t.Fatal(err)
		}
		for range 30 {
			start := []float64{4 * random.NormFloat64(), 4 * random.NormFloat64()}
			variance := []float64{random.Float64(), random.Float64()}
			mean, err := Project(t.Context(), network, 0, start, variance)
			if err != nil {
				t.Fatal(name, start, variance, err)
			}
			move := linear.Difference(mean, start)
			if outside := networktest.DistanceOf(move, m.Along(m.Coordinates(move))); outside > 1e-10 {
				t.Errorf("%s: the move %v leaves the range of the weights by %g", name, move, outside)
			}
			if residual := m.Residual(m.Expectations(mean, variance), m.Drive(0)); residual > 1e-12 {
				t.Errorf("%s: residual %g", name, residual)
			}
		}
	}
}

// For probits the projection of rank one has a closed form at equal slopes seen
// through the noise: the two arguments of Φ agree.
func TestProjectProbit(t *testing.T) {
	network := &bnn.Network{
		Name: "probit",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.Probit{Max: 2, Slope: 1, Threshold: 0.1}},
			{Name: "I", Tau: 1, Size: 1, Rate: bnn.Probit{Max: 2, Slope: 3, Threshold: 0.4}},
		},
		Weights: [][]float64{{1, -1}, {1, -1}},
		Initial: bnn.Initial{Mean: []float64{0.5, 0}, Variance: []float64{0.3, 0.2}},
	}
	mean, err := Project(t.Context(), network, 0, network.Initial.Mean, network.Initial.Variances())
	if err != nil {
		t.Fatal(err)
	}
	slopeE, slopeI := 1/math.Sqrt(1+0.3), 3/math.Sqrt(1+9*0.2)
	// slopeE (0.5 + s − 0.1) = slopeI (s − 0.4)
	s := (slopeE*0.4 + slopeI*0.4) / (slopeI - slopeE)
	if networktest.DistanceOf(mean, []float64{0.5 + s, s}) > 1e-12 {
		t.Errorf("means %v, closed form %v", mean, []float64{0.5 + s, s})
	}
}

// Of several balanced states the one that the network runs to is chosen, and what
// there is no way to is refused with the reason.
func TestProjectFollowsTheNetwork(t *testing.T) {
	states, err := StationaryStates(t.Context(), folding())
	if err != nil {
		t.Fatal(err)
	}
	if len(states) != 0 {
		t.Errorf("the folding network has no stationary state, but %d were found", len(states))
	}
	variance := []float64{0.05, 0.05}
	upper, err := Project(t.Context(), folding(), 0, []float64{2, 1}, variance)
	if err != nil {
		t.Fatal(err)
	}
	m, err := manifold.New(t.Context(), folding())
	if err != nil {
		t.Fatal(err)
	}
	// Walk down along U to the second zero, the tipping point, by bisection.
	imbalance := func(shift float64) float64 {
		return -residualSigned(m, []float64{upper[0] - shift, upper[1] - shift}, variance)
	}
	low, high := 0.5, 10.0
	for range 100 {
		if middle := (low + high) / 2; (imbalance(middle) > 0) == (imbalance(low) > 0) {
			low = middle
		} else {
			high = middle
		}
	}
	above, err := Project(t.Context(), folding(), 0, []float64{upper[0] - low + 0.01, upper[1] - low + 0.01}, variance)
	if err != nil || networktest.DistanceOf(above, upper) > 1e-9 {
		t.Errorf("from just above the tipping point: %v, %v; want %v", above, err, upper)
	}
	_, err = Project(t.Context(), folding(), 0, []float64{upper[0] - low - 0.01, upper[1] - low - 0.01}, variance)
	refused(t, err, Silent, "inhibition wins")

	_, err = Project(t.Context(), folding(), 0, []float64{upper[0] - low, upper[1] - low}, variance)
	refused(t, err, Tipping, "an unstable one")

	runaway := folding()
	runaway.Populations[0].Rate = bnn.Logistic{Max: 5, Slope: 4, Threshold: 0}
	_, err = Project(t.Context(), runaway, 0, []float64{2, 1}, variance)
	refused(t, err, Runaway, "excitation wins")

	outside := folding()
	outside.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: []float64{1, 0}}}
	_, err = Project(t.Context(), outside, 0, []float64{2, 1}, variance)
	refused(t, err, Unbalanced, "outside the range")

	constant := networktest.ConstantRates()
	constant.Feedforward = nil
	constant.Weights = [][]float64{{1, -1}, {1, -1}}
	_, err = Project(t.Context(), constant, 0, []float64{0, 0}, variance)
	refused(t, err, Unbalanced, "do not respond")
}

// With weights of full rank the drive dictates the rates, and one that no population can
// have is named.
func TestProjectNamesAnImpossibleRate(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	network.Feedforward[0].Rate = bnn.ConstantStimulus{Value: 1}
	network.Feedforward[0].Weights = []float64{0.5, 0.6}
	_, err := Project(t.Context(), network, 0, network.Initial.Mean, network.Initial.Variances())
	refused(t, err, Unbalanced, "needs E to fire at rate -0.4286")
}

// The relaxation may be fast compared with the weights: a steep sigmoid without noise.
func TestProjectSteep(t *testing.T) {
	for _, rate := range []bnn.Rate{bnn.Logistic{Max: 2, Slope: 15, Threshold: 0}, bnn.Logistic{Max: 2, Slope: 50, Threshold: 0}, bnn.Logistic{Max: 2, Slope: 1000, Threshold: 0}, bnn.Probit{Max: 2, Slope: 10, Threshold: 0}, bnn.Probit{Max: 2, Slope: 500, Threshold: 0}} {
		network := &bnn.Network{
			Name: "steep",
			Populations: []bnn.Population{
				{Name: "E", Tau: 1, Size: 1, Rate: bnn.ConstantRate{Value: 1}},
				{Name: "I", Tau: 1, Size: 1, Rate: rate},
			},
			Weights: [][]float64{{1, -1}, {1, -1}},
			Initial: bnn.Initial{Mean: []float64{0, 0.2}, Variance: []float64{0, 0}},
		}
		mean, err := Project(t.Context(), network, 0, network.Initial.Mean, network.Initial.Variances())
		if err != nil || networktest.DistanceOf(mean, []float64{-0.2, 0}) > 1e-12 {
			t.Errorf("%+v: means %v, %v; want −0.2 and 0", rate, mean, err)
		}
	}
}

// residualSigned is the first component of B F + b.
func residualSigned(m *manifold.Manifold, mean, variance []float64) float64 {
	e := m.Expectations(mean, variance)
	sum := m.Drive(0)[0]
	for c := range e {
		sum += m.B.At(0, c) * e[c].Value
	}
	return sum
}

func refused(t *testing.T, err error, fate Fate, reason string) {
	t.Helper()
	var balance *NotBalancedError
	if !errors.As(err, &balance) || balance.Fate != fate || !strings.Contains(balance.Reason, reason) {
		t.Errorf("%v, want a NotBalancedError of fate %s that says %q", err, fate, reason)
	}
}
