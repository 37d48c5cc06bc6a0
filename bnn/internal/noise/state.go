package noise

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/coxprocess"
	"balanced/bnn/internal/manifold"
)

// A State is a stationary state of a network, of size n or in the limit.
type State struct {
	*manifold.Manifold
	InverseRootN float64 // n^{-1/2}; 0 in the limit
	Mean         []float64
	// Variance is that of the potentials within a population, Common the variance of what all
	// neurons hear of shared sources.
	Variance, Common []float64
	// Expectations are those of the rates, over neurons and over time.
	Expectations []bnn.Expectation
	modes        []populationModes
}

// populationModes is the rate of a neuron as a function of its potential m + √K Z, in the Hermite
// functions He_k(Z)/√k!, each of which forgets at the rate k/τ.
type populationModes struct {
	// coefficients hold a_1, a_2, …, averaged over the spread of thresholds, and residual the
	// variance from neuron to neuron that each order has beyond the square of that average.
	coefficients, residual []float64
	// tail is the variance of all higher orders, and decay the rate, in units of 1/τ, with which
	// they have their integral over time.
	tail, decay float64
}

// Orders of Hermite functions are kept one by one.
const Orders = 64

// NewState finds the modes at a state, whose means are given. Where neurons hear shared sources the
// rate as a function of the private part of a potential is averaged over the common part, and
// where thresholds are spread squares are averaged over them.
func NewState(m *manifold.Manifold, inverseRootN float64, mean, variance, common []float64, expectations []bnn.Expectation) (*State, error) {
	s := &State{Manifold: m, InverseRootN: inverseRootN, Mean: mean, Variance: variance, Common: common, Expectations: expectations}
	for a, population := range m.Network.Populations {
		modes, err := modesOf(population, mean[a], variance[a], common[a])
		if err != nil {
			return nil, err
		}
		s.modes = append(s.modes, modes)
	}
	return s, nil
}

func modesOf(population bnn.Population, mean, variance, common float64) (populationModes, error) {
	modes := populationModes{coefficients: make([]float64, Orders), residual: make([]float64, Orders), decay: Orders + 1}
	squares, inverse, highest := make([]float64, Orders), 0.0, 0
	for _, node := range thresholds(population.Spread) {
		list, err := coxprocess.New(population.Rate, mean-node.shift, variance+common).Modes()
		if err != nil {
			return modes, err
		}
		for _, mode := range list {
			value := node.weight * mode.Variance * math.Pow(variance/(variance+common), mode.Decay)
			if k := int(mode.Decay) - 1; k < Orders {
				squares[k] += value
				highest = max(highest, k+1)
			} else {
				modes.tail += value
				inverse += value / mode.Decay
			}
		}
	}
	width := variance + common + population.Spread*population.Spread
	for k, a := range coxprocess.New(population.Rate, mean, width).Coefficients(highest) {
		a *= math.Pow(variance/width, float64(k+1)/2)
		modes.coefficients[k] = a
		if population.Spread > 0 {
			modes.residual[k] = math.Max(squares[k]-a*a, 0)
		}
	}
	if inverse > 0 {
		modes.decay = modes.tail / inverse
	}
	return modes, nil
}

type threshold struct{ shift, weight float64 }

// thresholds are nodes of a trapezoid rule over the spread of thresholds.
func thresholds(spread float64) []threshold {
	if spread == 0 {
		return []threshold{{0, 1}}
	}
	const step, reach = 0.25, 6.0
	var nodes []threshold
	total := 0.0
	for z := -reach; z <= reach; z += step {
		weight := math.Exp(-z * z / 2)
		nodes = append(nodes, threshold{spread * z, weight})
		total += weight
	}
	for i := range nodes {
		nodes[i].weight /= total
	}
	return nodes
}

// sharedNoise returns U⁺ Σ_x q_x ν_x J_x J_xᵀ U⁺ᵀ over the shared sources, in the coordinates of
// the range of U, or nil if there are none.
func (s *State) sharedNoise() [][]float64 {
	var noise [][]float64
	for _, source := range s.Network.Feedforward {
		if !source.Shared {
			continue
		}
		if noise == nil {
			noise = make([][]float64, s.Rank)
			for i := range noise {
				noise[i] = make([]float64, s.Rank)
			}
		}
		j := s.Coordinates(source.Weights)
		for a := range j {
			for b := range j {
				noise[a][b] += source.Size * source.Rate.At(0) * j[a] * j[b]
			}
		}
	}
	return noise
}
