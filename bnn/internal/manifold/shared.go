package manifold

import (
	"fmt"
	"math"
	"strconv"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
)

// CheckShared refuses a shared source with weights of which a part lies outside the range of the
// coupling: there nothing cancels the noise of order 1 that all neurons hear at once, so that the
// means stay random however large the network is (theory.md §12). The error is an *InputError.
func (m *Manifold) CheckShared() error {
	for x, source := range m.Network.Feedforward {
		if !source.Shared {
			continue
		}
		inside := m.Along(m.Coordinates(source.Weights))
		if outside := linear.Norm(linear.Difference(source.Weights, inside)); outside > rangeTolerance*linear.Norm(source.Weights) {
			return &bnn.InputError{Path: bnn.IndexPath("feedforward", x) + ".shared", Value: strconv.FormatBool(true), Allowed: fmt.Sprintf(
				"false, or weights in the range of those between the populations: a part of size %.3g lies outside, where the network cannot cancel the noise that all neurons hear at once, so that no equations for means and variances describe it",
				outside)}
		}
	}
	return nil
}

// SharedNoise returns Σ_x q_x ν_x J_ax J_bx over the shared sources at time t: the intensity of
// the noise that all neurons hear at once, populations × populations, row by row; nil without
// shared sources.
func (m *Manifold) SharedNoise(t float64) [][]float64 {
	var noise [][]float64
	for _, source := range m.Network.Feedforward {
		if !source.Shared {
			continue
		}
		if noise == nil {
			noise = make([][]float64, len(source.Weights))
			for a := range noise {
				noise[a] = make([]float64, len(source.Weights))
			}
		}
		strength := source.Size * math.Max(source.Rate.At(t), 0)
		for a, row := range noise {
			for b := range row {
				row[b] += strength * source.Weights[a] * source.Weights[b]
			}
		}
	}
	return noise
}
