package theory

import (
	"math"
	"runtime"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/equations"
)

// FiniteSizeCost estimates what FiniteSize needs, without solving anything. The error is
// an *InputError. Memory is that of some twenty matrices of P × P for P populations and of the result,
// time at most that of factorisations where weights have full rank; for shared sources they are those of
// all of some P²/2 equations. P is the number of components for mixtures.
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
// error is an *InputError. Memory and time are at most those of products of matrices of 16P × 2P and
// 2P × 2P for P populations, where weights have full rank.
func SamplingNoiseCost(network *bnn.Network, times []float64) (bnn.Cost, error) {
	if err := network.Validate(); err != nil {
		return bnn.Cost{}, err
	}
	if err := bnn.CheckTimes(times); err != nil {
		return bnn.Cost{}, err
	}
	populations, rows := float64(len(network.Populations)), float64(len(times))
	steps := times[len(times)-1]/shortestTau(network)*equations.NoiseStepsPerTau + rows
	trajectory := finiteCost(network, times)
	return bnn.Cost{
		Bytes:   (noiseMatrices+propagatorMatrices*math.Min(steps, float64(runtime.GOMAXPROCS(0))))*8*populations*populations + trajectory.Bytes + trajectoryBytes(populations, steps) + rows*populations*(8*populations+24),
		Seconds: trajectory.Seconds + steps*(noiseSeconds*populations+noiseProducts*2*populations*populations*populations/productsPerSecond),
	}, nil
}

// Numbers and seconds as measured, on two cores of which gonum's products use both.
const (
	manifoldMatrices = 8 // of all weights

	noiseMatrices      = 68   // of P × P at once, those included that wait for the collector
	propagatorMatrices = 180  // besides, of each step that is prepared at once
	noiseProducts      = 800  // of such matrices, a step
	noiseSeconds       = 1e-4 // a step and population, besides
	productsPerSecond  = 16e9 // multiplications and additions in products of matrices

	finiteMatrices   = 28   // of P × P at once, besides one of all equations by P: Newton's for a real number and three pairs, and the weights
	sharedMatrices   = 15   // at once, of all equations: Newton's and the Jacobian
	finiteSteps      = 20   // a unit of the smallest τ, besides one a time
	finiteSeconds    = 3e-5 // a step and population, besides
	factorsPerSecond = 2e9  // multiplications and additions in factorisations
)

// finiteCost is the estimate for a network and times that are known to be right.
func finiteCost(network *bnn.Network, times []float64) bnn.Cost {
	network = newMixture(network).parts
	populations, rows := float64(len(network.Populations)), float64(len(times))
	size := float64(equations.Unknowns(network))
	rank, entries := populations, finiteMatrices*populations*populations+size*populations
	if slices.ContainsFunc(network.Feedforward, func(s bnn.Source) bool { return s.Shared }) {
		rank, entries = size, sharedMatrices*size*size
	}
	steps := rows + finiteSteps*times[len(times)-1]/shortestTau(network)
	return bnn.Cost{
		Bytes: 8*entries + trajectoryBytes(populations, rows),
		// Factors of a real matrix and of three twice as large.
		Seconds: steps * (finiteSeconds*populations + (2./3)*(1+3*8)*rank*rank*rank/factorsPerSecond),
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
