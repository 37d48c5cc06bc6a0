package theory

import (
	"context"
	"errors"
	"math"
	"testing"

	"balanced/bnn"
)

func steepNetwork(t *testing.T) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork("../../data/networks/steep.json")
	if err != nil {
		t.Fatal(err)
	}
	return network
}

// Constant rates are sampled without error: the potentials are independent and n Cov is K/q.
func TestSamplingNoiseOfConstantRates(t *testing.T) {
	network := steepNetwork(t)
	network.Populations[0].Rate, network.Populations[1].Rate = bnn.ConstantRate{Value: 0.6}, bnn.ConstantRate{Value: 0.4}
	network.Populations[1].Size = 0.5
	network.Populations[0].Size = 0.121 // 48.4 neurons
	network.Populations[1].Tau = 0.7
	network.Initial.OnManifold = false
	times := []float64{0, 0.3, 1}
	noise := bnn.Must(SamplingNoise(context.Background(), network, 400, times))
	variance := bnn.Must(FiniteSize(context.Background(), network, 400, times)).Variance
	for i := range times {
		for a := range 2 {
			for b := range 2 {
				want := 0.0
				if a == b {
					want = variance[i][a] * 400 / float64(bnn.Must(network.Count(a, 400)))
				}
				if got := noise[i][a][b]; math.Abs(got-want) > 1e-8 {
					t.Errorf("t = %g: n Cov(%d, %d) = %g, want %g", times[i], a, b, got, want)
				}
			}
		}
	}
}

// Right after the start the variances have not yet answered, and the limit is the closed
// formula of theory.md §5; later their answer makes a difference.
func TestSamplingNoiseStartsAtClosedFormula(t *testing.T) {
	network := steepNetwork(t)
	times := []float64{1e-4, 1}
	noise := bnn.Must(SamplingNoiseLimit(context.Background(), network, times))
	limit := bnn.Must(Limit(t.Context(), network, times))
	off := func(row int) float64 {
		closed := bnn.Must(SamplingNoiseAtStart(context.Background(), network, times[row], limit.Mean[row], limit.Variance[row]))
		largest := 0.0
		for a := range 2 {
			for b := range 2 {
				largest = max(largest, math.Abs(noise[row][a][b]/closed[a][b]-1))
			}
		}
		return largest
	}
	if got := off(0); got > 0.003 {
		t.Errorf("at t = %g the limit differs from the closed formula by %.2g of its value", times[0], got)
	}
	if got := off(1); got < 0.1 || got > 0.2 {
		t.Errorf("at t = %g the limit differs from the closed formula by %.2g of its value, want 0.14", times[1], got)
	}
}

// The same equations solved by the method of Runge and Kutta, apart from this package.
func TestSamplingNoiseAgainstRungeKutta(t *testing.T) {
	for n, want := range map[int][3]float64{100: {2.069, 0.4395, 0.601}, 1000: {2.731, 0.604, 1.065}, 10000: {3.057, 0.715, 1.302}} {
		noise := bnn.Must(SamplingNoise(context.Background(), steepNetwork(t), n, []float64{1}))[0]
		for i, got := range [3]float64{noise[0][0], noise[1][1], noise[0][1]} {
			if math.Abs(got/want[i]-1) > 3e-3 {
				t.Errorf("n = %d: %.4f, want %.4f", n, got, want[i])
			}
		}
	}
}

func TestSamplingNoiseRefuses(t *testing.T) {
	var input *bnn.InputError
	if _, err := SamplingNoise(context.Background(), steepNetwork(t), -1, []float64{1}); !errors.As(err, &input) {
		t.Errorf("n = −1: %v", err)
	}
	if _, err := SamplingNoise(context.Background(), steepNetwork(t), 100, nil); !errors.As(err, &input) {
		t.Errorf("no times: %v", err)
	}
}
