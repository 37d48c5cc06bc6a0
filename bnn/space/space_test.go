package space

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

func base(t *testing.T) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork("../../data/networks/classics/balance-in-space.json")
	if err != nil {
		t.Fatal(err)
	}
	return network
}

// A uniform network in space drives each of its neurons as the network itself does, and its modes carry the coefficients of the
// kernels.
func TestSpreadKeepsTheMean(t *testing.T) {
	const places = 8
	network := base(t)
	spread, err := Spread(network, places, Ring(places, 0.4), Ring(places, 0.3, 0.1))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 * places {
		for b, want := range network.Weights[i/places] {
			sum, mode := 0.0, 0.0
			for j := range places {
				weight := spread.Weights[i][b*places+j] * spread.Populations[b*places+j].Size
				sum += weight
				mode += weight * math.Cos(2*math.Pi*float64(j)/places)
			}
			if math.Abs(sum-want) > 1e-12 {
				t.Errorf("weights to %s from class %d add up to %g, want %g", spread.Populations[i].Name, b, sum, want)
			}
			if at := math.Cos(2 * math.Pi * float64(i%places) / places); math.Abs(mode-0.4*want*at) > 1e-12 {
				t.Errorf("mode 1 of weights to %s from class %d is %g, want %g", spread.Populations[i].Name, b, mode, 0.4*want*at)
			}
		}
	}
	if name := spread.Populations[places+3].Name; name != "I3" || len(spread.Feedforward) != places {
		t.Errorf("population %d is %s, and there are %d sources", places+3, name, len(spread.Feedforward))
	}
	drive := spread.Feedforward[0].Weights // of all places by the source at place 0
	for k, want := range []float64{0.84, 0.84 * 0.3, 0.84 * 0.1, 0} {
		if got := Mode(drive, 0, places, k); math.Abs(got-want) > 1e-12 {
			t.Errorf("mode %d of the drive of E is %g, want %g", k, got, want)
		}
	}
	if !math.IsNaN(Mode(drive, 2, places, 0)) {
		t.Error("a third class has a mode")
	}
}

// A line has the mean weights of the network over all pairs, and mixtures are spread too.
func TestLine(t *testing.T) {
	const places = 5
	line, sum := Line(places, 1.5), 0.0
	for i := range places {
		for j := range places {
			sum += line(i, j)
		}
	}
	if math.Abs(sum-places*places) > 1e-9 || math.Abs(line(0, 2)/line(0, 1)-math.Exp(-1/1.5)) > 1e-12 {
		t.Errorf("kernel of the sum %g, want %d", sum, places*places)
	}
	mixture := networktest.MixtureSymmetric(t)
	spread, err := Spread(mixture, 2, line, line)
	if err != nil {
		t.Fatal(err)
	}
	if len(spread.Initial.Components) != 2*len(mixture.Populations) || spread.Initial.Variance != nil {
		t.Errorf("the start has %d mixtures and the variances %v", len(spread.Initial.Components), spread.Initial.Variance)
	}
}

// A wave that turns up in all phases has the covariance of its shape, whatever lies below it.
func TestCovarianceOfAWave(t *testing.T) {
	const places, height = 8, 3
	var table [][]float64
	for k := range places {
		row := make([]float64, 2*places)
		for i := range places {
			row[places+i] = 5 + height*math.Cos(2*(2*math.Pi*float64(i)/places)+math.Pi*float64(k)/4)
		}
		table = append(table, row)
	}
	for apart, want := range []float64{4.5, 0, -4.5, 0, 4.5} {
		for _, sign := range []int{1, -1} {
			if got := Covariance(table, 1, places, sign*apart); math.Abs(got-want) > 1e-12 {
				t.Errorf("covariance %d places apart is %g, want %g", sign*apart, got, want)
			}
		}
	}
	if !math.IsNaN(Covariance(table, 2, places, 1)) || !math.IsNaN(Covariance(nil, 0, places, 1)) {
		t.Error("what is not in a table has a covariance")
	}
}

func TestRefused(t *testing.T) {
	var refused *bnn.InputError
	for name, err := range map[string]error{
		"one place": failure(Spread(base(t), 1, Ring(1), Ring(1))), "too many": failure(Spread(base(t), 1e6, Ring(8), Ring(8))),
		"both signs": failure(Spread(base(t), 8, Ring(8, 0.8), Ring(8))), "not valid": failure(Spread(&bnn.Network{}, 8, Ring(8), Ring(8))),
	} {
		if !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func failure[T any](_ T, err error) error { return err }
