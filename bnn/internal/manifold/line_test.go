package manifold

import (
	"math"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

// randomLine is a flow of rank 1 of two to eight populations, with rates steep enough for
// several zeros on the line.
func randomLine(t *testing.T, random *rand.Rand) *FastFlow {
	t.Helper()
	p := 2 + random.IntN(7)
	network := &bnn.Network{Weights: make([][]float64, p)}
	for range p {
		slope, threshold := 0.5*math.Exp(4*random.Float64()), 2*random.NormFloat64()
		var rate bnn.Rate = bnn.Logistic{Max: 0.5 + 3*random.Float64(), Slope: slope, Threshold: threshold}
		switch random.IntN(4) {
		case 0:
			rate = bnn.Probit{Max: 0.5 + 3*random.Float64(), Slope: slope, Threshold: threshold}
		case 1:
			rate = bnn.PowerRate{Max: 2, Gain: 0.3 * slope, Exponent: 2, Threshold: threshold}
		}
		network.Populations = append(network.Populations, bnn.Population{Tau: 1, Size: 1, Rate: rate})
	}
	for a := range p {
		for b := range p {
			network.Weights[a] = append(network.Weights[a], (0.5+float64(a)/4)*[]float64{1, -1}[b%2]*(0.4+float64(b)/5))
		}
	}
	m, err := Decompose(network)
	if err != nil || m.Rank != 1 {
		t.Fatalf("rank %d, %v", m.Rank, err)
	}
	mean, variance := make([]float64, p), make([]float64, p)
	for a := range p {
		mean[a], variance[a] = random.NormFloat64(), math.Exp(-6*random.Float64())
	}
	drive := m.Along([]float64{0.2 * random.NormFloat64()})
	return m.NewFastFlow(drive, mean, variance)
}

// The next zero on a line is where the flow leads that is followed step by step, and it is
// found for nearly all flows that come to rest. Jumps over a zero would lead elsewhere.
func TestNextZero(t *testing.T) {
	verification.Long(t)
	random := rand.New(rand.NewPCG(3, 12))
	settled, found, flows := 0, 0, 600
	for range flows {
		f := randomLine(t, random)
		followed, err := f.integrate(t.Context(), []float64{0})
		if err != nil {
			t.Fatal(err)
		}
		zero, ok := f.nextZero(0)
		if followed.Ending == Settled {
			settled++
		}
		if !ok {
			continue
		}
		found++
		want, balanced := f.Polish(f.drive, followed.Mean, f.variance)
		got, polished := f.Polish(f.drive, f.at([]float64{zero}), f.variance)
		if followed.Ending != Settled || !balanced || !polished {
			t.Errorf("a zero at %g, but the flow ends as %d at %g", zero, followed.Ending, followed.Mean)
			continue
		}
		for a := range want {
			if d := got[a] - want[a]; d*d > 1e-22 {
				t.Errorf("mean %d is %.15g, and the flow comes to %.15g", a, got[a], want[a])
			}
		}
	}
	if settled < flows/3 || found < settled*9/10 {
		t.Errorf("%d flows settle, and the zero is found for %d", settled, found)
	}
}
