package common

import (
	"context"
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %.8g, want %.8g", what, got, want)
	}
}

// The numbers of the classical example: rates of 5.824 and 15.882 Hz under a source of 10 Hz, and n times the
// covariances of counts in a quarter of a second, 4.24, 11.56 and 31.53.
func TestClassicalExample(t *testing.T) {
	network := networktest.Baker()
	rates, err := balanced(network)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "rate of E in Hz", 10*rates[0], 99./17, 1e-9)
	near(t, "rate of I in Hz", 10*rates[1], 270./17, 1e-9)
	counts, err := Counts(network, 2.5)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "E and E", counts[0][0], 4.24, 0.005)
	near(t, "E and I", counts[0][1], 11.56, 0.005)
	near(t, "I and E", counts[1][0], counts[0][1], 0)
	near(t, "I and I", counts[1][1], 31.53, 0.005)
}

// Covariances of the linear theory at finite n come to those of long windows.
func TestCountsAreThoseOfManyNeurons(t *testing.T) {
	network := networktest.Baker()
	finite, err := theory.CountCovariance(context.Background(), network, 1e10, 50)
	if err != nil {
		t.Fatal(err)
	}
	limit, err := Counts(network, 50)
	if err != nil {
		t.Fatal(err)
	}
	for a, row := range limit {
		for b, want := range row {
			near(t, "n Cov", 1e10*finite.Averages[a][b], want, 0.002*want)
		}
	}
}

// Currents of both signs carry the same common noise, which cancels; a private source has none of it, and adds to
// what is a neuron's own.
func TestCommonCurrentsCancel(t *testing.T) {
	network := networktest.Baker()
	inputs, err := Inputs(network)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range inputs {
		c := in.Common
		near(t, "the common noise of the sum", c[0][0]+c[0][1]+c[1][0]+c[1][1], 0, 1e-9)
	}
	// By hand for E: the rates of I follow with 27/17·5·√0.2, weight −0.6.
	near(t, "common inhibition of E", inputs[0].Common[1][1], 0.36*math.Pow(27./17*5, 2)*0.2, 1e-9)
	near(t, "private inhibition of E", inputs[0].Private[1], 0.2*9*27./17, 1e-9)
	near(t, "correlation of inhibition", inputs[0].Correlation(Inhibitory, Inhibitory), 4.539/(4.539+2.859), 1e-3)
	if c := inputs[0].Correlation(Excitatory, Inhibitory); c > -0.5 {
		t.Errorf("currents of both signs have the correlation %g", c)
	}
	network.Feedforward[0].Shared = false
	private, err := Inputs(network)
	if err != nil {
		t.Fatal(err)
	}
	if private[1].Common != [2][2]float64{} {
		t.Errorf("a private source makes common currents: %v", private[1].Common)
	}
	near(t, "private excitation", private[1].Private[0]-inputs[1].Private[0], 0.2*2.7*2.7, 1e-9)
}

func TestRefused(t *testing.T) {
	var refused *bnn.InputError
	singular := networktest.Baker()
	singular.Weights = [][]float64{{1, -1}, {1, -1}}
	for name, err := range map[string]error{
		"singular": failure(Inputs(singular)), "window": failure(Counts(networktest.Baker(), 0)), "invalid": failure(Counts(&bnn.Network{}, 1)),
	} {
		if !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func failure[T any](_ T, err error) error { return err }
