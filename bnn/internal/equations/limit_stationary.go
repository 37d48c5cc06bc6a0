package equations

import (
	"gonum.org/v1/gonum/mat"

	"balanced/bnn/internal/manifold"
)

// StationaryLimit writes the limit equations at rest and their Jacobian by (m, K): −m/τ + I in
// the complement of the range of U, where ψ is not seen, then W F + β, then K′.
func StationaryLimit(m *manifold.Manifold, x, value []float64, jacobian *mat.Dense) {
	p, r := len(x)/2, m.Rank
	mean, variance := x[:p], x[p:]
	e := m.Expectations(mean, variance)
	jacobian.Zero()
	for c := range p - r {
		value[c] = 0
		for a, population := range m.Network.Populations {
			entry := m.Complement.At(a, c)
			value[c] += entry * (population.External().At(0) - mean[a]/population.Tau)
			jacobian.Set(c, a, -entry/population.Tau)
		}
	}
	copy(value[p-r:], m.Imbalance(e, m.Drive(0)))
	for i := range r {
		for b, entry := range m.W.RawRowView(i) {
			jacobian.Set(p-r+i, b, entry*e[b].First)
			jacobian.Set(p-r+i, p+b, entry*e[b].Second/2)
		}
	}
	noise := value[p:]
	for a, population := range m.Network.Populations {
		noise[a] = -2 * variance[a] / population.Tau
		for b, square := range m.Squares.RawRowView(a) {
			jacobian.Set(p+a, b, square*e[b].First)
			jacobian.Set(p+a, p+b, square*e[b].Second/2)
		}
		jacobian.Set(p+a, p+a, jacobian.At(p+a, p+a)-2/population.Tau)
	}
	m.AddNoise(noise, 0, func(b int) float64 { return e[b].Value })
}
