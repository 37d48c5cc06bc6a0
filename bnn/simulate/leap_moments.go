package simulate

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// leapMoments moves the mean, variance and third cumulant of each population by the
// same scheme as neurons: the expectations of theory.md §4 in place of averages over
// neurons. As the step shrinks they tend to FiniteSize.
type leapMoments struct {
	network               *bnn.Network
	mean, variance, third []float64
	owed                  []float64 // the kicks that start the next step
	gaussian              []float64 // F/Λ: the equation of the third cumulant has F for Λ
}

func newLeapMoments(p *plan) *leapMoments {
	count := len(p.counts)
	return &leapMoments{
		network:  p.network,
		mean:     append([]float64(nil), p.startMean...),
		variance: append([]float64(nil), p.network.Initial.Variance...),
		third:    make([]float64, count),
		owed:     make([]float64, count),
		gaussian: make([]float64, count),
	}
}

func (m *leapMoments) advance(laws []leapLaw, sums []rateSum) {
	for a := range laws {
		if e := m.expectation(a, 0); e.Value > 0 {
			if rate := theory.CorrectedRate(m.network.Populations[a].Rate, e, m.variance[a], m.third[a]); rate > 0 {
				m.gaussian[a] = e.Value / rate
			}
		}
	}
	for a := range laws {
		law := &laws[a]
		m.kickOne(a, m.owed[a])
		decay := law.decay
		m.mean[a] = decay*m.mean[a] + law.drift
		m.variance[a] = decay*decay*m.variance[a] + law.diffusion
		m.third[a] *= decay * decay * decay
		for i, pathway := range law.pathways {
			square := pathway.mean * pathway.jump * pathway.jump
			m.variance[a] += square
			if i < len(m.gaussian) {
				square *= m.gaussian[i]
			}
			m.third[a] += square * pathway.jump
		}
		m.kickOne(a, law.endKick)
		m.owed[a] = law.startKick
		sums[a] = m.sum(a, 0)
	}
}

func (m *leapMoments) evaluate(_ []leapLaw, shift []float64, sums []rateSum) {
	for a := range sums {
		sums[a] = m.sum(a, shift[a])
	}
}

func (m *leapMoments) settle(shift []float64) {
	for a := range shift {
		m.mean[a] += shift[a]
	}
}

func (m *leapMoments) kick(laws []leapLaw) {
	for a := range laws {
		m.kickOne(a, laws[a].endKick)
	}
}

// sum returns Λ and its derivative by the mean, as far as the third cumulant allows.
func (m *leapMoments) sum(a int, shift float64) rateSum {
	e := m.expectation(a, shift)
	return rateSum{theory.CorrectedRate(m.network.Populations[a].Rate, e, m.variance[a], m.third[a]), e.First}
}

func (m *leapMoments) expectation(a int, shift float64) bnn.Expectation {
	return m.network.Populations[a].Rate.Expectation(m.mean[a]+shift, math.Max(m.variance[a], 0))
}

// kickOne follows v′ = −λ(v) over a length, by the midpoint rule for the moments.
func (m *leapMoments) kickOne(a int, length float64) {
	if length == 0 {
		return
	}
	mean, variance, third := m.mean[a], m.variance[a], m.third[a]
	for _, part := range [2]float64{length / 2, length} {
		k := math.Max(m.variance[a], 0)
		e := m.expectation(a, 0)
		change := [3]float64{theory.CorrectedRate(m.network.Populations[a].Rate, e, m.variance[a], m.third[a]), 2 * k * e.First, 3 * k * k * e.Second}
		m.mean[a] = mean - part*change[0]
		m.variance[a] = variance - part*change[1]
		m.third[a] = third - part*change[2]
	}
}
