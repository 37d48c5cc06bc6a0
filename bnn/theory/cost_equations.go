package theory

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/equations"
)

// FiniteSizeCost estimates what FiniteSize needs, without solving anything. The error is
// an *InputError. Memory is that of a dozen matrices of all 3P equations for P
// populations (more for spread thresholds, P²/2 more for shared sources, and P is the number of
// components for mixtures) and of the result, time that of their factorisations.
func FiniteSizeCost(network *bnn.Network, times []float64) (bnn.Cost, error) {
	if err := network.Validate(); err != nil {
		return bnn.Cost{}, err
	}
	if err := bnn.CheckTimes(times); err != nil {
		return bnn.Cost{}, err
	}
	return finiteCost(network, times), nil
}

// LimitCost estimates what Limit needs, without solving anything. The error is an
// *InputError. Memory is that of the result and of some matrices of the weights, time
// at least that of writing the result.
func LimitCost(network *bnn.Network, times []float64) (bnn.Cost, error) {
	if err := network.Validate(); err != nil {
		return bnn.Cost{}, err
	}
	if err := bnn.CheckTimes(times); err != nil {
		return bnn.Cost{}, err
	}
	populations, rows := float64(len(newMixture(network).parts.Populations)), float64(len(times))
	return bnn.Cost{
		Bytes:   trajectoryBytes(populations, rows) + manifoldMatrices*8*populations*populations,
		Seconds: 2e-6 * populations * rows,
	}, nil
}

// SamplingNoiseCost estimates what SamplingNoise needs, without solving anything. The
// error is an *InputError. Memory is that of some matrices of all 18P equations for P
// populations and of the result, time that of their products.
func SamplingNoiseCost(network *bnn.Network, times []float64) (bnn.Cost, error) {
	if err := network.Validate(); err != nil {
		return bnn.Cost{}, err
	}
	if err := bnn.CheckTimes(times); err != nil {
		return bnn.Cost{}, err
	}
	populations, rows := float64(len(network.Populations)), float64(len(times))
	size := populations * (equations.NoiseModes + 2)
	steps := times[len(times)-1]/shortestTau(network)*equations.NoiseStepsPerTau + rows
	trajectory := finiteCost(network, times)
	return bnn.Cost{
		Bytes:   noiseMatrices*8*size*size + trajectory.Bytes + trajectoryBytes(populations, steps) + rows*populations*(8*populations+24),
		Seconds: 2*trajectory.Seconds + steps*(noiseSeconds+noiseProducts*2*size*size*size/productsPerSecond),
	}, nil
}

// Numbers and seconds as measured, on two cores of which gonum's products use both.
const (
	manifoldMatrices = 8 // of all weights

	noiseMatrices     = 11   // at once, those included that wait for the collector
	noiseProducts     = 50   // of matrices, a step
	noiseSeconds      = 1e-3 // a step, besides
	productsPerSecond = 16e9 // multiplications and additions in products of matrices

	finiteMatrices   = 7    // at once, of size 3P: Newton's for a real number and a pair, and the Jacobian
	finiteSteps      = 100  // a unit of the smallest τ, besides one a time
	finiteSeconds    = 3e-5 // a step and population, besides
	factorsPerSecond = 2e9  // multiplications and additions in factorisations
)

// finiteCost is the estimate for a network and times that are known to be right.
func finiteCost(network *bnn.Network, times []float64) bnn.Cost {
	network = newMixture(network).parts
	populations, rows := float64(len(network.Populations)), float64(len(times))
	size := float64(equations.Unknowns(network))
	steps := rows + finiteSteps*times[len(times)-1]/shortestTau(network)
	return bnn.Cost{
		Bytes: finiteMatrices*8*size*size + trajectoryBytes(populations, rows),
		// Factors of a real matrix and of one twice as large.
		Seconds: steps * (finiteSeconds*populations + (2./3)*(1+8)*size*size*size/factorsPerSecond),
	}
}

// trajectoryBytes is the size of a Trajectory: five tables and two lists.
func trajectoryBytes(populations, rows float64) float64 { return rows * (5*(8*populations+24) + 2*8) }

// shortestTau is the smallest time constant.
func shortestTau(network *bnn.Network) float64 {
	shortest := math.Inf(1)
	for _, population := range network.Populations {
		shortest = math.Min(shortest, population.Tau)
	}
	return shortest
}
