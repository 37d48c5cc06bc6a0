package analysis

import (
	"fmt"
	"math/rand/v2"

	"balanced/analysis/internal/check"
	"balanced/analysis/internal/twosample"
	"balanced/bnn"
)

// mostTogether is how many points two samples may have together: their distances take 8 bytes a
// pair.
const mostTogether = 5000

// EnergyDistance tests whether two samples of 2 or more independent points of R^d each, x[i] and
// y[j], are from the same joint law. The distance is, with |·| Euclid's,
//
//	E = (2/NM) Σ_ij |x_i − y_j| − (1/N²) Σ_ij |x_i − x_j| − (1/M²) Σ_ij |y_i − y_j| ≥ 0.
//
// Of the laws, instead of samples, it is 0 if and only if they are the same (G. J. Székely and
// M. L. Rizzo, J. Stat. Plan. Inference 143, 1249–1272, 2013). It has the unit of the points,
// whose coordinates should be brought to the same size. A sample may be one of k neurons
// together, and the other one of the product of their laws: each coordinate from another run.
//
// The p-value is by so many random exchanges of points between the samples, 99 or more: the
// share of those, the samples themselves counted, whose distance is as large or larger. It is
// exact whatever the law, and 1/(permutations+1) at least. The same seed draws the same ones.
//
// With P points together, 5000 at most, the cost is P² d and half N² a permutation, the memory
// 4 P² bytes. The error is a *bnn.InputError.
func EnergyDistance(x, y [][]float64, permutations int, seed uint64) (distance, pValue float64, err error) {
	if err := checkPoints(x, y); err != nil {
		return 0, 0, err
	}
	if permutations < 99 {
		return 0, 0, &bnn.InputError{Path: "permutations", Value: fmt.Sprint(permutations), Allowed: "a whole number ≥ 99"}
	}
	if len(x) > len(y) {
		x, y = y, x // fewer sums
	}
	pairs := twosample.NewDistances(append(append([][]float64{}, x...), y...))
	chosen := make([]int, len(x)+len(y)) // the first are those of x
	for i := range chosen {
		chosen[i] = i
	}
	distance = pairs.Energy(chosen[:len(x)])
	if err := check.Finite("distance", distance); err != nil {
		return 0, 0, err
	}
	// The same sample in another order counts as the same distance.
	rounding := 1e-12 * pairs.All / float64(len(chosen)*len(chosen))
	random := rand.New(rand.NewPCG(seed, 0xe4e26))
	asLarge := 1
	for range permutations {
		for i := range x { // a random sample, in any order
			j := i + random.IntN(len(chosen)-i)
			chosen[i], chosen[j] = chosen[j], chosen[i]
		}
		if pairs.Energy(chosen[:len(x)]) >= distance-rounding {
			asLarge++
		}
	}
	return max(0, distance), float64(asLarge) / float64(permutations+1), nil
}

// checkPoints refuses samples that are not of points of one space, or too large.
func checkPoints(x, y [][]float64) error {
	for _, sample := range []struct {
		path   string
		points [][]float64
	}{{"x", x}, {"y", y}} {
		if err := check.Count(sample.path, len(sample.points), 2); err != nil {
			return err
		}
		for i, point := range sample.points {
			path := fmt.Sprintf("%s[%d]", sample.path, i)
			if len(point) == 0 || len(point) != len(x[0]) {
				return &bnn.InputError{Path: path, Value: fmt.Sprintf("%d coordinates", len(point)), Allowed: "as many as in x[0], 1 or more"}
			}
			for k, c := range point {
				if err := check.Finite(fmt.Sprintf("%s[%d]", path, k), c); err != nil {
					return err
				}
			}
		}
	}
	if together := len(x) + len(y); together > mostTogether {
		return &bnn.InputError{Path: "y", Value: fmt.Sprintf("%d points together with x", together), Allowed: fmt.Sprintf("so few that there are %d at most", mostTogether)}
	}
	return nil
}
