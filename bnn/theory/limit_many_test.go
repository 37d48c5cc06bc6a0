package theory

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
)

// manyInhibitory is a network of full rank whose balance a source holds and moves.
func manyInhibitory(p int) *bnn.Network {
	network := &bnn.Network{Name: "many inhibitory"}
	source := bnn.Source{Name: "many", Size: 1, Rate: bnn.Sine{Baseline: 1, Amplitude: 0.2, Period: 2}, Weights: make([]float64, p)}
	for a := range p {
		network.Populations = append(network.Populations, bnn.Population{Name: fmt.Sprint("p", a), Tau: 1, Size: 1,
			Rate: bnn.Logistic{Max: 2, Slope: 1 + float64(a%3)/2, Threshold: float64(a%5) / 5}})
		row := make([]float64, p)
		for b := range row {
			row[b] = -(1 + math.Cos(float64(a*b))) / float64(p)
			if a == b {
				row[b] = -1 - float64(a%7)/7
			}
			source.Weights[a] -= row[b]
		}
		network.Weights = append(network.Weights, row)
		network.Initial.Mean = append(network.Initial.Mean, 0.2*float64(a%4))
		network.Initial.Variance = append(network.Initial.Variance, 0.5+float64(a%3)/3)
	}
	network.Feedforward = []bnn.Source{source}
	return network
}

// besides is two networks in one that do not hear each other.
func besides(x, y *bnn.Network) *bnn.Network {
	p, q := len(x.Populations), len(y.Populations)
	both := &bnn.Network{Name: "both", Populations: slices.Concat(x.Populations, y.Populations), Initial: bnn.Initial{
		Mean: slices.Concat(x.Initial.Mean, y.Initial.Mean), Variance: slices.Concat(x.Initial.Variance, y.Initial.Variance)}}
	for _, row := range x.Weights {
		both.Weights = append(both.Weights, slices.Concat(row, make([]float64, q)))
	}
	for _, row := range y.Weights {
		both.Weights = append(both.Weights, slices.Concat(make([]float64, p), row))
	}
	for _, source := range x.Feedforward {
		source.Weights = slices.Concat(source.Weights, make([]float64, q))
		both.Feedforward = append(both.Feedforward, source)
	}
	for _, source := range y.Feedforward {
		source.Weights = slices.Concat(make([]float64, p), source.Weights)
		both.Feedforward = append(both.Feedforward, source)
	}
	return both
}

// Many populations are solved by S and eigenvalues of earlier moments. Few beside them have
// the solution that they have alone, and lose their balance at the same moment in the same
// way; the certificate, the only one that looks at most of the steps, must see it.
func TestLimitOfManyPopulations(t *testing.T) {
	t.Parallel()
	many := manyInhibitory(manyRanks)
	for name, c := range map[string]struct {
		few   *bnn.Network
		times []float64
	}{
		"kept":        {networktest.ReadNetwork(t, "feedforward"), bnn.Every(0.25, 1)},
		"fold":        {folding(), bnn.Every(0.1, 1)},
		"oscillation": {balanceNetwork(t, "fast-hopf"), []float64{1, 3, 4}},
	} {
		if testing.Short() && name != "oscillation" {
			continue // whose eigenvalues and end need all that the others need
		}
		few, times := c.few, c.times
		alone, wanted := Limit(t.Context(), few, times)
		both, ended := Limit(t.Context(), besides(few, many), times)
		if len(both.Times) != len(alone.Times) {
			t.Errorf("%s: %d rows, alone %d (%v and %v)", name, len(both.Times), len(alone.Times), ended, wanted)
			continue
		}
		for row, mean := range alone.Mean {
			p := len(mean)
			if off := networktest.DistanceOf(both.Mean[row][:p], mean) + networktest.DistanceOf(both.Variance[row][:p], alone.Variance[row]); !(off < 1e-9) {
				t.Errorf("%s: off by %g at t = %g", name, off, alone.Times[row])
			}
		}
		var loss, want *BalanceLostError
		if errors.As(ended, &loss) != errors.As(wanted, &want) {
			t.Errorf("%s: %v, alone %v", name, ended, wanted)
		} else if want != nil && (loss.Kind != want.Kind || math.Abs(loss.Time-want.Time) > 1e-8 || math.Abs(loss.Frequency-want.Frequency) > 1e-6) {
			t.Errorf("%s: %v, alone %v", name, loss, want)
		}
	}
}

// The bound lies above the leading eigenvalue and, soon after it was made, not far.
func TestStabilityCertificate(t *testing.T) {
	network := besides(balanceNetwork(t, "fast-hopf"), manyInhibitory(manyRanks))
	m, err := manifold.New(t.Context(), network)
	if err != nil {
		t.Fatal(err)
	}
	mean, variance := network.Initial.Mean, slices.Clone(network.Initial.Variances())
	certificate := newStabilityCertificate(m, m.Expectations(mean, variance))
	if certificate == nil {
		t.Fatal("no certificate")
	}
	for _, wider := range []float64{1, 1.03, 1.1, 1.5} {
		for a := range variance {
			variance[a] = network.Initial.Variances()[a] * (1 + (wider-1)*float64(a%4)/3)
		}
		e := m.Expectations(mean, variance)
		bound, leading := certificate.abscissa(e), m.Stability(e)
		t.Logf("variances up to %g times: leading %.6g, bound %.6g", wider, leading, bound)
		if bound < leading-1e-9 {
			t.Errorf("variances up to %g times: the bound %g is below the leading eigenvalue %g", wider, bound, leading)
		}
		if wider <= 1.03 && bound > leading+0.3*math.Abs(leading) {
			t.Errorf("variances up to %g times: the bound %g is of no use for %g", wider, bound, leading)
		}
	}
}
