package leap

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// Moments moves the mean, variance and third cumulant of each population by the
// same scheme as neurons: the expectations of theory.md §4 in place of averages over
// neurons. As the step shrinks they tend to FiniteSize.
type Moments struct {
	network               *bnn.Network
	Mean, Variance, Third []float64
	owed                  []float64 // the kicks that start the next step
	gaussian              []float64 // F/Λ: the equation of the third cumulant has F for Λ
}

// NewMoments is the initial law of the network, with its means at start.
func NewMoments(network *bnn.Network, start []float64) *Moments {
	count := len(start)
	return &Moments{
		network:  network,
		Mean:     append([]float64(nil), start...),
		Variance: append([]float64(nil), network.Initial.Variances()...),
		Third:    make([]float64, count),
		owed:     make([]float64, count),
		gaussian: make([]float64, count),
	}
}

// Advance implements Populations.
func (m *Moments) Advance(laws []Law, sums []RateSum) {
	for a := range laws {
		if e := m.expectation(a, 0); e.Value > 0 {
			if rate := theory.CorrectedRate(m.network.Populations[a].Rate, e, m.Variance[a], m.Third[a]); rate > 0 {
				m.gaussian[a] = e.Value / rate
			}
		}
	}
	for a := range laws {
		law := &laws[a]
		m.kickOne(a, m.owed[a])
		decay := law.decay
		m.Mean[a] = decay*m.Mean[a] + law.drift
		m.Variance[a] = decay*decay*m.Variance[a] + law.Diffusion
		m.Third[a] *= decay * decay * decay
		for i, pathway := range law.Pathways {
			square := pathway.Mean * pathway.Jump * pathway.Jump
			m.Variance[a] += square
			if i < len(m.gaussian) {
				square *= m.gaussian[i]
			}
			m.Third[a] += square * pathway.Jump
		}
		m.kickOne(a, law.EndKick)
		m.owed[a] = law.StartKick
		sums[a] = m.sum(a, 0)
	}
}

// Evaluate implements Populations.
func (m *Moments) Evaluate(_ []Law, shift []float64, sums []RateSum) {
	for a := range sums {
		sums[a] = m.sum(a, shift[a])
	}
}

// Settle implements Populations.
func (m *Moments) Settle(shift []float64) {
	for a := range shift {
		m.Mean[a] += shift[a]
	}
}

// Kick implements Populations.
func (m *Moments) Kick(laws []Law) {
	for a := range laws {
		m.kickOne(a, laws[a].EndKick)
	}
}

// sum returns Λ and its derivative by the mean, as far as the third cumulant allows.
func (m *Moments) sum(a int, shift float64) RateSum {
	e := m.expectation(a, shift)
	return RateSum{theory.CorrectedRate(m.network.Populations[a].Rate, e, m.Variance[a], m.Third[a]), e.First}
}

func (m *Moments) expectation(a int, shift float64) bnn.Expectation {
	return m.network.Populations[a].Expectation(m.Mean[a]+shift, math.Max(m.Variance[a], 0))
}

// kickOne follows v′ = −λ(v) over a length, by the midpoint rule for the moments.
func (m *Moments) kickOne(a int, length float64) {
	if length == 0 {
		return
	}
	mean, variance, third := m.Mean[a], m.Variance[a], m.Third[a]
	for _, part := range [2]float64{length / 2, length} {
		k := math.Max(m.Variance[a], 0)
		e := m.expectation(a, 0)
		change := [3]float64{theory.CorrectedRate(m.network.Populations[a].Rate, e, m.Variance[a], m.Third[a]), 2 * k * e.First, 3 * k * k * e.Second}
		m.Mean[a] = mean - part*change[0]
		m.Variance[a] = variance - part*change[1]
		m.Third[a] = third - part*change[2]
	}
}
