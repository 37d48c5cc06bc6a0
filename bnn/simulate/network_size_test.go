package simulate

import (
	"context"
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
	"balanced/internal/verification"
)

// The finite-n equations speak of whole neurons: numbers from outside this project, found
// with the sizes round(q·n)/n in the file. Those of q·n neurons are off by 0.02 to 0.8.
func TestFiniteSizeCountsWholeNeurons(t *testing.T) {
	for _, c := range []struct {
		name       string
		n          int
		at         float64
		population int
		want, half float64 // half of the last digit
	}{
		{"sizes-constant-rates", 10, 1, 0, -4.317966, 5e-7},
		{"sizes-runaway", 22, 4, 0, 4.46, 5e-3},
		{"sizes-runaway", 23, 4, 0, 2.98, 5e-3},
		{"sizes-runaway", 1002, 4, 0, 28.630, 5e-4},
		{"sizes-balanced", 103, 3, 1, -0.1461, 5e-5},
	} {
		got := bnn.Must(theory.FiniteSize(context.Background(), networktest.ReadCase(t, c.name), c.n, []float64{c.at})).Mean[0][c.population]
		if math.Abs(got-c.want) > c.half {
			t.Errorf("%s, n = %d: mean %.8g, want %g", c.name, c.n, got, c.want)
		}
	}
}

// Simulations have those numbers of neurons. With constant rates the means are exact; else
// the equations err by O(1/n), for which 2/n is allowed. q·n neurons would be seen.
func TestSimulationsOfWholeNeurons(t *testing.T) {
	verification.Long(t)
	for _, c := range []struct {
		name        string
		n, replicas int
		at          float64
		allowed     float64
		otherMean   float64 // of E with q·n neurons
	}{
		{"sizes-constant-rates", 10, 600, 1, 0, -4.61397},
		{"sizes-runaway", 22, 600, 4, 2. / 22, 3.663},
	} {
		network := networktest.ReadCase(t, c.name)
		s := bnn.Must(Ensemble{Network: network, N: c.n, Replicas: c.replicas, Seed: 3}.Run(context.Background(), []float64{c.at}))
		want := bnn.Must(theory.FiniteSize(context.Background(), network, c.n, []float64{c.at})).Mean[0][0]
		got, standardError := s.Mean[0][0], s.StandardError.Mean[0][0]
		t.Logf("%s, n = %d: simulated %.4f ± %.4f, equations %.4f", c.name, c.n, got, standardError, want)
		if math.Abs(got-want) > c.allowed+networktest.FalseAlarmZ*standardError {
			t.Errorf("%s, n = %d: simulated %.4f ± %.4f, equations %.4f", c.name, c.n, got, standardError, want)
		}
		if math.Abs(got-c.otherMean) <= c.allowed+networktest.FalseAlarmZ*standardError {
			t.Errorf("%s, n = %d: %.4f, the mean with q·n neurons, goes unseen", c.name, c.n, c.otherMean)
		}
	}
}

// Too few neurons are refused alike by everything that knows n, and n is to blame.
func TestTooFewNeurons(t *testing.T) {
	population, source := networktest.ReadCase(t, "sizes-constant-rates"), networktest.ReadCase(t, "sizes-constant-rates")
	source.Populations[0].Size, source.Feedforward[0].Size = 1, 0.01
	for name, c := range map[string]struct {
		network *bnn.Network
		n       int
	}{"population": {population, 5}, "source": {source, 49}, "none": {population, 0}, "negative": {population, -3}} {
		var first error
		for _, call := range []func() error{
			func() error {
				_, err := theory.FiniteSize(context.Background(), c.network, c.n, []float64{1})
				return err
			},
			func() error {
				_, err := theory.FourthCumulant(context.Background(), c.network, c.n, []float64{1})
				return err
			},
			func() error {
				if c.n == 0 {
					return first // the limit
				}
				_, err := theory.SamplingNoise(context.Background(), c.network, c.n, []float64{1})
				return err
			},
			func() error { return Simulate(context.Background(), c.network, c.n, 1, []float64{1}) },
			func() error {
				_, err := Ensemble{Network: c.network, N: c.n, Replicas: 1, Method: Leap{}}.Run(context.Background(), []float64{1})
				return err
			},
		} {
			err := call()
			var input *bnn.InputError
			if !errors.As(err, &input) || input.Path != "n" {
				t.Fatalf("%s: %v, want an InputError for n", name, err)
			}
			if first == nil {
				first = err
			} else if err.Error() != first.Error() {
				t.Errorf("%s: %q and %q", name, first, err)
			}
		}
	}
	_, err := (&bnn.Network{Populations: []bnn.Population{{Size: 0.8}}}).Count(0, 1)
	want := "n: 1 is not allowed: must be a whole number from 2 to 1374389534720, so that populations[0].size, which is 0.8, makes round(size·n) at least 2 and at most 1099511627776 neurons"
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant %s", err, want)
	}
}

// The range that a refusal tells is the range that is accepted.
func TestCountRange(t *testing.T) {
	for _, size := range []float64{1, 0.8, 0.1, 2.0 / 3, 0.35, 7, 1e-6} {
		network := &bnn.Network{Populations: []bnn.Population{{Size: size}}}
		least := int(math.Ceil(1.5 / size))
		most := min(int(math.Ceil((bnn.MaxNeurons+0.5)/size))-1, bnn.MaxSize)
		for _, c := range []struct {
			n  int
			ok bool
		}{{least - 1, false}, {least, true}, {most, true}, {most + 1, false}} {
			if count, err := network.Count(0, c.n); (err == nil) != c.ok {
				t.Errorf("size %g, n = %d: %d neurons, %v", size, c.n, count, err)
			}
		}
	}
}
