package theory

import (
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"

	"gonum.org/v1/gonum/mat"
)

// With weights of full rank the drive alone decides the rates, F = −B⁻¹b, whatever the sigmoids (theory.md §3).
func TestFullRankRatesAreLinearInTheDrive(t *testing.T) {
	t.Parallel()
	circuit := networktest.ReadNetwork(t, "classes/circuit")
	if rank, err := Rank(circuit); err != nil || rank != 4 {
		t.Fatalf("rank %d, %v", rank, err)
	}
	for name, rate := range map[string]bnn.Rate{"as in the file": circuit.Populations[1].Rate, "flatter": bnn.Logistic{Max: 4, Slope: 2, Threshold: 0.2}, "a probit": bnn.Probit{Max: 6, Slope: 2, Threshold: 0.5}} {
		circuit.Populations[1].Rate = rate
		limit, err := Limit(t.Context(), circuit, []float64{1, 3})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for row, at := range limit.Times {
			b, drive, want := mat.NewDense(4, 4, nil), mat.NewVecDense(4, nil), mat.NewVecDense(4, nil)
			for a := range 4 {
				for c, source := range circuit.Populations {
					b.Set(a, c, source.Size*circuit.Weights[a][c])
				}
				for _, source := range circuit.Feedforward {
					drive.SetVec(a, drive.AtVec(a)-source.Size*source.Weights[a]*source.Rate.At(at))
				}
			}
			if err := want.SolveVec(b, drive); err != nil {
				t.Fatal(err)
			}
			for a, rate := range limit.Rate[row] {
				if math.Abs(rate-want.AtVec(a)) > 1e-7 {
					t.Errorf("%s, t = %g: class %d fires at %g, not %g", name, at, a, rate, want.AtVec(a))
				}
			}
		}
	}
}
