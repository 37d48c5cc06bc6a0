package theory

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// Along a size the other sizes are those of whole neurons, and where the size is that of whole
// neurons, too, the branch goes through the state of the network that has them.
func TestFiniteSizeBranchesAlongASize(t *testing.T) {
	verification.Long(t)
	const n = 57
	network := networktest.ReadNetwork(t, "oscillations/slow-hopf")
	network.Populations[0].Size, network.Populations[1].Size = 1, 0.31 // 17.67 neurons
	const path = "populations[0].size"
	diagram, err := FiniteSizeBranches(t.Context(), network, n, path, 50./n, 61./n)
	if err != nil {
		t.Fatal(err)
	}
	if !diagram.Resizes || len(diagram.Branches) == 0 {
		t.Fatalf("%+v", diagram)
	}
	points := diagram.Branches[0].Points
	for _, point := range []BranchPoint{points[0], points[len(points)-1]} {
		for second, stationary := range map[float64]bool{18: true, 17.67: false} {
			whole := network.Clone()
			whole.Populations[0].Size, whole.Populations[1].Size = math.Round(point.Value*n)/n, second/n
			m, err := manifold.Decompose(whole.AtRest())
			if err != nil {
				t.Fatal(err)
			}
			x := interpolated(point, point, 0)
			value := make([]float64, len(x))
			newFiniteBranch(n).equations(m, x, value, mat.NewDense(len(x), len(x), nil))
			if off := floats.Norm(value, 2); stationary != (off < 1e-9) {
				t.Errorf("%g and %g neurons: the equations are off by %g", point.Value*n, second, off)
			}
		}
	}
	var input *bnn.InputError
	if _, err := FiniteSizeBranches(t.Context(), network, n, path, 0.01, 1); !errors.As(err, &input) {
		t.Errorf("a population of less than one neuron: %v", err)
	}
	if _, err := FiniteSizeBranches(t.Context(), network, n, "n", 50, 60); !errors.As(err, &input) || input.Path != "path" {
		t.Errorf("along n: %v", err)
	}
}
