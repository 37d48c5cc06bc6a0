package fastflow

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
)

// off returns a network and a state of it off the manifold.
func off(t *testing.T, name string) (*bnn.Network, []float64, []float64) {
	t.Helper()
	network := networktest.ReadNetwork(t, name)
	mean := append([]float64(nil), network.Initial.Mean...)
	for a := range mean {
		mean[a] += 0.8
	}
	return network, mean, network.Initial.Variances()
}

func follow(t *testing.T, network *bnn.Network, mean, variance, theta []float64) *Path {
	t.Helper()
	flow, err := New(t.Context(), network, mean, variance)
	if err != nil {
		t.Fatal(err)
	}
	path, err := flow.Path(t.Context(), theta)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// With rates that are straight where the law is, all is known: F_E − F_I = κ s.
func TestAStraightFlowIsExponential(t *testing.T) {
	straight := func(slope float64) bnn.Rate {
		return bnn.Must(bnn.NewTableRate([]float64{-20, 20}, []float64{30 * (1 - slope/2), 30 * (1 + slope/2)}))
	}
	network := &bnn.Network{Name: "straight", Populations: []bnn.Population{
		{Name: "E", Tau: 1, Size: 1, Rate: straight(0.5), Stimulus: bnn.ConstantStimulus{Value: 0.4}},
		{Name: "I", Tau: 0.5, Size: 1, Rate: straight(1)}},
		Weights: [][]float64{{1, -1}, {1, -1}}, Initial: bnn.Initial{Mean: []float64{0.1, 0.1}, Variance: []float64{0.2, 0.3}}}
	const kappa = 30 * (0.5 - 1) / 40
	path := follow(t, network, []float64{0.1, 0.1}, []float64{0.2, 0.3}, []float64{0, 0.5, 2})
	flow, _ := New(t.Context(), network, []float64{0.1, 0.1}, []float64{0.2, 0.3})
	if math.Abs(flow.Stability()-kappa) > 1e-9 {
		t.Errorf("κ = %.12g, want %g", flow.Stability(), kappa)
	}
	for i, theta := range path.Theta {
		// Both means are s = 0.1 e^{κϑ}; the drift of m_E − m_I is −s + 0.4 + 2s.
		s := 0.1 * math.Exp(kappa*theta)
		area := 0.1 * math.Expm1(kappa*theta) / kappa
		for a := range 2 {
			if math.Abs(path.Mean[i][a]-s) > 1e-9 {
				t.Errorf("mean %d at ϑ = %g is %.12g, want %.12g", a, theta, path.Mean[i][a], s)
			}
		}
		if left := path.MeanLeft[i][0] - path.MeanLeft[i][1]; math.Abs(left-(0.4*theta+area)) > 1e-8 {
			t.Errorf("m_E − m_I moved by %.12g, want %.12g", left, 0.4*theta+area)
		}
		if sum := path.MeanLeft[i][0] + path.MeanLeft[i][1]; math.Abs(sum) > 1e-9 {
			t.Errorf("what is left moves along U by %g", sum)
		}
		rates := 60*theta + 30*(0.5+1)/40*area // ∫ F_E + F_I
		if want := -0.4*theta + rates; math.Abs(path.VarianceLeft[i][0]-want) > 1e-6 {
			t.Errorf("K_E moved by %.12g, want %.12g", path.VarianceLeft[i][0], want)
		}
	}
}

// A path ends where Project says, and has balanced there; it moves in the range of the weights, of any rank.
func TestAPathEndsWhereProjectSays(t *testing.T) {
	for _, name := range networktest.ReferenceNetworks {
		network, mean, variance := off(t, name)
		want, err := theory.Project(t.Context(), network, 0, mean, variance)
		if err != nil {
			t.Fatal(name, err)
		}
		path := follow(t, network, mean, variance, []float64{0, 400})
		if far := networktest.DistanceOf(path.Mean[1], want); far > 1e-6 {
			t.Errorf("%s: the path ends %g from where Project lands", name, far)
		}
		landed, err := New(t.Context(), network, want, variance)
		if err != nil {
			t.Fatal(err)
		}
		if landed.Imbalance() > 1e-10 || landed.Stability() >= 0 {
			t.Errorf("%s: at the end the imbalance is %g and κ %g", name, landed.Imbalance(), landed.Stability())
		}
		// A planted bug: 0.01 off along U the imbalance is plain.
		shifted := append([]float64(nil), want...)
		for a := range shifted {
			shifted[a] += 0.01 * (mean[a] - want[a]) / networktest.DistanceOf(mean, want)
		}
		if beside, err := New(t.Context(), network, shifted, variance); err != nil || beside.Imbalance() < 1e-4 {
			t.Errorf("%s: 0.01 off the manifold goes unnoticed (%v)", name, err)
		}
	}
}

// The finite-n equations tend to the path in stretched time, and √n times the changes to what is left.
func TestFiniteEquationsTendToThePath(t *testing.T) {
	network, mean, variance := off(t, "two-timescales")
	network.Initial = bnn.Initial{Mean: mean, Variance: variance}
	path := follow(t, network, mean, variance, []float64{0, 1.5})
	distance := func(n int) (means, left float64) {
		times := []float64{0, 1.5 / math.Sqrt(float64(n))}
		finite, err := theory.FiniteSize(t.Context(), network, n, times)
		if err != nil {
			t.Fatal(err)
		}
		means = networktest.DistanceOf(finite.Mean[1], path.Mean[1])
		for a := range 2 {
			left = math.Max(left, math.Abs(math.Sqrt(float64(n))*(finite.Variance[1][a]-finite.Variance[0][a])-path.VarianceLeft[1][a]))
		}
		return means, left
	}
	means, left := distance(1_000_000)
	meansAfter, leftAfter := distance(100_000_000)
	if means > 2e-3 || math.Abs(means/meansAfter-10) > 0.5 {
		t.Errorf("distance of the means %g, then %g: no power −1/2", means, meansAfter)
	}
	if left > 0.02 || math.Abs(left/leftAfter-10) > 0.5 {
		t.Errorf("distance of what is left %g, then %g: no power −1/2", left, leftAfter)
	}
}

func TestRefusals(t *testing.T) {
	network, mean, variance := off(t, "abstract")
	var refused *bnn.InputError
	for _, c := range []struct{ mean, variance []float64 }{{mean[:1], variance}, {mean, variance[:1]}, {[]float64{math.NaN(), 0}, variance}, {mean, []float64{-1, 1}}} {
		if _, err := New(t.Context(), network, c.mean, c.variance); !errors.As(err, &refused) {
			t.Errorf("%v, %v: %v", c.mean, c.variance, err)
		}
	}
	flow, err := New(t.Context(), network, mean, variance)
	if err != nil {
		t.Fatal(err)
	}
	for _, theta := range [][]float64{{-1}, {1, 1}, {math.Inf(1)}} {
		if _, err := flow.Path(t.Context(), theta); !errors.As(err, &refused) {
			t.Errorf("%v: %v", theta, err)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := flow.Path(ended, []float64{1}); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context gives %v", err)
	}
}

func TestChange(t *testing.T) {
	path := &Path{Rate: [][]float64{{1, 2}, {1, 5}, {1, 1}}}
	if change := path.Change(1); !slices.Equal(change, []float64{0, 3, -1}) {
		t.Errorf("the change is %v", change)
	}
}
