package tipping_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
	"balanced/bnn/theory/tipping"
)

func rest(t *testing.T) (*bnn.Network, theory.BalancedState) {
	t.Helper()
	network := networktest.ReadNetwork(t, "tipping")
	states, err := theory.StationaryStates(context.Background(), network)
	if err != nil {
		t.Fatal(err)
	}
	return network, states[len(states)-1]
}

// κ, the curvature and the drift are the derivatives that they say, by differences.
func TestMotionIsDerivatives(t *testing.T) {
	network, state := rest(t)
	at := func(mean, variance []float64, s float64) tipping.Motion {
		m, err := tipping.At(network, mean, variance, s)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	const h = 1e-4
	here := at(state.Mean, state.Variance, 0.3)
	up, down := at(state.Mean, state.Variance, 0.3+h).Force, at(state.Mean, state.Variance, 0.3-h).Force
	if kappa := (up - down) / (2 * h); math.Abs(kappa-here.Kappa) > 1e-6 {
		t.Errorf("κ = %v, by differences %v", here.Kappa, kappa)
	}
	if curvature := (up - 2*here.Force + down) / (2 * h * h); math.Abs(curvature-here.Curvature) > 1e-5 {
		t.Errorf("curvature %v, by differences %v", here.Curvature, curvature)
	}
	moved := func(h float64) float64 { // by leak, stimulus and variances for a time h
		mean, variance := make([]float64, 2), make([]float64, 2)
		rates := make([]float64, 2)
		for b, p := range network.Populations {
			rates[b] = p.Expectation(state.Mean[b]+0.3, state.Variance[b]).Value
		}
		for a, p := range network.Populations {
			m := state.Mean[a] + 0.3
			mean[a] = m + h*(-m/p.Tau+p.External().At(0))
			variance[a] = state.Variance[a] - h*2*state.Variance[a]/p.Tau
			for b := range rates {
				variance[a] += h * network.Weights[a][b] * network.Weights[a][b] * rates[b]
			}
		}
		return at(mean, variance, 0).Force
	}
	if drift := (moved(h) - moved(-h)) / (2 * h); math.Abs(drift-here.Drift) > 1e-6 {
		t.Errorf("drift %v, by differences %v", here.Drift, drift)
	}
	if resting := at(state.Mean, state.Variance, 0); math.Abs(resting.Force) > 1e-8 || resting.Kappa >= 0 {
		t.Errorf("at rest %+v", resting)
	}
}

// The variance of a rate that is a step is p(1−p).
func TestSigmaOfKnownRates(t *testing.T) {
	network, state := rest(t)
	network.Populations[0].Rate, network.Populations[1].Rate = bnn.ConstantRate{Value: 3}, bnn.Logistic{Max: 2, Slope: 4000, Threshold: state.Mean[1]}
	at, err := tipping.At(network, state.Mean, state.Variance, 0)
	if err != nil {
		t.Fatal(err)
	}
	w := network.Weights[0][1]
	if want := math.Abs(w); math.Abs(at.Sigma-want) > 5e-3 { // 2² × 1/4, on a grid
		t.Errorf("σ = %v of a step of 2 at the mean, want %v", at.Sigma, want)
	}
}

// The threshold is where the finite-n equations decide, as n grows, and the shift is how they get there.
func TestThresholdOfLargeNetworks(t *testing.T) {
	network, state := rest(t)
	push, at, err := tipping.Threshold(network, state.Mean, state.Variance, 0.5, 3)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(at.Force) > 1e-10 || at.Kappa <= 0 || math.Abs(at.Width(100)-10*at.Width(10000)) > 1e-12 {
		t.Errorf("at the threshold %v: %+v", push, at)
	}
	const n = 1_000_000_000_000
	network.Initial = bnn.Initial{Mean: make([]float64, 2), Variance: state.Variance}
	finite, err := tipping.Bisect(push-0.001, push+0.001, 1e-8, func(p float64) (bool, error) {
		for a := range network.Initial.Mean {
			network.Initial.Mean[a] = state.Mean[a] + p
		}
		end, err := theory.FiniteSize(context.Background(), network, n, []float64{30e-6})
		return err == nil && end.Mean[0][0] > state.Mean[0]+push, err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := finite-push, at.Shift(n); math.Abs(got-want) > 0.02*math.Abs(want)+2e-8 {
		t.Errorf("at n = 10¹² the threshold is off by %v, to leading order by %v", got, want)
	}
}

// The delay is when the solution of x′ = √n (α t + β x²) that follows the stable branch ends, here by
// small steps of Runge and Kutta, and of the last stretch by x = 1/(√n β (t_end − t)).
func TestDelayEndsTheRiccatiEquation(t *testing.T) {
	for _, c := range []struct{ alpha, beta, n float64 }{{1, 1, 1}, {2, 0.5, 100}, {0.7, 1.3, 8}} {
		late := tipping.Motion{Drift: c.alpha, Curvature: c.beta}.Delay(c.n)
		root, at := math.Sqrt(c.n), -6*late
		x, h := -math.Sqrt(-c.alpha*at/c.beta), late/20000
		slope := func(t, x float64) float64 { return root * (c.alpha*t + c.beta*x*x) }
		for x*root*c.beta*late < 200 && at < 3*late {
			k1 := slope(at, x)
			k2 := slope(at+h/2, x+h/2*k1)
			k3 := slope(at+h/2, x+h/2*k2)
			x, at = x+h/6*(k1+2*k2+2*k3+slope(at+h, x+h*k3)), at+h
		}
		if end := at + 1/(root*c.beta*x); math.Abs(end-late) > 1e-3*late {
			t.Errorf("%+v: the solution ends at %v, told as %v", c, end, late)
		}
	}
}

func TestRefused(t *testing.T) {
	network, state := rest(t)
	sources, ranked := network.Clone(), network.Clone()
	sources.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: []float64{1, 1}}}
	ranked.Weights = [][]float64{{1, -1}, {1, -2}}
	spread := network.Clone()
	spread.Populations[0].Spread = 1
	refused := func(name string, err error) {
		t.Helper()
		var input *bnn.InputError
		if !errors.As(err, &input) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, bad := range map[string]*bnn.Network{"sources": sources, "rank 2": ranked, "spread": spread} {
		_, err := tipping.At(bad, state.Mean, state.Variance, 0)
		refused(name, err)
	}
	_, err := tipping.At(network, state.Mean[:1], state.Variance, 0)
	refused("one mean", err)
	_, err = tipping.At(network, state.Mean, []float64{0, 1}, 0)
	refused("no variance", err)
	_, _, err = tipping.Threshold(network, state.Mean, state.Variance, 0.1, 0.2)
	refused("no threshold between", err)
	_, err = tipping.Bisect(1, 0, 1e-3, nil)
	refused("ends the wrong way round", err)
	if !math.IsNaN((tipping.Motion{Drift: 1, Curvature: -1}).Delay(10)) {
		t.Error("a jump where there is no fold")
	}
}

func ExampleThreshold() {
	network := bnn.Must(bnn.ReadNetwork("../../../data/networks/tipping.json"))
	states := bnn.Must(theory.StationaryStates(context.Background(), network))
	rest := states[len(states)-1]
	push, at, err := tipping.Threshold(network, rest.Mean, rest.Variance, 0.5, 3)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("runs away beyond a push of %.3f, give or take %.3f at n = 1000\n", push, at.Width(1000))
	// Output: runs away beyond a push of 1.468, give or take 0.014 at n = 1000
}
