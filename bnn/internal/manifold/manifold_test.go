package manifold

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// randomWeights makes a matrix of the given rank that obeys Dale's law.
func randomWeights(random *rand.Rand, populations, rank int) [][]float64 {
	weights := numbers.Table(populations, populations)
	for b := range populations {
		sign := 1.0
		if b%2 == 1 {
			sign = -1
		}
		for a := range populations {
			if b < rank {
				weights[a][b] = sign * (0.2 + random.Float64())
			} else {
				// A positive combination of earlier columns of the same sign.
				weights[a][b] = math.Copysign(weights[a][b%2], sign) * (0.5 + float64(b)/10)
			}
		}
	}
	return weights
}

func TestManifoldFactorsTheWeights(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct{ populations, rank int }{{2, 1}, {2, 2}, {3, 2}, {5, 2}, {5, 3}, {5, 5}} {
		network := &bnn.Network{Weights: randomWeights(random, c.populations, c.rank)}
		if c.rank == 1 {
			network.Weights = [][]float64{{1, -1.5}, {0.5, -0.75}}
		}
		for range c.populations {
			network.Populations = append(network.Populations, bnn.Population{Size: 0.5 + random.Float64()})
		}
		m, err := New(t.Context(), network)
		if err != nil {
			t.Fatal(err)
		}
		if m.Rank != c.rank {
			t.Errorf("%d populations: rank %d, want %d", c.populations, m.Rank, c.rank)
			continue
		}
		var product, gram mat.Dense
		product.Mul(m.U, m.W)
		gram.Mul(m.U.T(), m.U)
		for a := range c.populations {
			for b := range c.populations {
				if want := network.Populations[b].Size * network.Weights[a][b]; math.Abs(product.At(a, b)-want) > 1e-12 {
					t.Errorf("(UW)[%d][%d] = %g, B is %g", a, b, product.At(a, b), want)
				}
			}
		}
		for i := range c.rank {
			for j := range c.rank {
				if want := map[bool]float64{true: 1}[i == j]; math.Abs(gram.At(i, j)-want) > 1e-12 {
					t.Errorf("(UᵀU)[%d][%d] = %g", i, j, gram.At(i, j))
				}
			}
		}
	}
}
