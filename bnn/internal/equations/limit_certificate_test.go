package equations

import (
	"math"
	"slices"
	"testing"

	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
)

// The bound lies above the leading eigenvalue and, soon after it was made, not far.
func TestStabilityCertificate(t *testing.T) {
	network := networktest.Besides(networktest.LosesBalance(t, "fast-hopf"), networktest.ManyInhibitory(manyRanks))
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
