package leap

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// Moments moves the mean, variance and third cumulant of each population by the
// same scheme as neurons: the expectations of theory.md §4 in place of averages over
// neurons. As the step shrinks they tend to FiniteSize. A mixture is moved component by
// component. What shared sources do to all at once, and so to the rates, is left out.
type Moments struct {
	network               *bnn.Network
	Mean, Variance, Third []float64
	parts                 [][]part
	owed                  []float64 // the kicks that start the next step
	gaussian              []float64 // F/Λ: the equation of the third cumulant has F for Λ
}

// A part is a component of a population: its share, its distance from the mean of the population,
// and its variance and third cumulant.
type part struct{ weight, offset, variance, third float64 }

// NewMoments is the initial law of the network, with its means at start.
func NewMoments(network *bnn.Network, start []float64) *Moments {
	count := len(start)
	m := &Moments{
		network:  network,
		Mean:     append([]float64(nil), start...),
		Variance: append([]float64(nil), network.Initial.Variances()...),
		Third:    make([]float64, count),
		parts:    make([][]part, count),
		owed:     make([]float64, count),
		gaussian: make([]float64, count),
	}
	for a := range m.parts {
		if network.Initial.Components == nil {
			m.parts[a] = []part{{weight: 1, variance: network.Initial.Variance[a]}}
			continue
		}
		for _, c := range network.Initial.Components[a] {
			m.parts[a] = append(m.parts[a], part{weight: c.Weight, offset: c.Offset, variance: c.Variance})
		}
		m.gather(a)
	}
	return m
}

// gather takes the moments of a population from its parts.
func (m *Moments) gather(a int) {
	shift := 0.0
	for _, p := range m.parts[a] {
		shift += p.weight * p.offset
	}
	m.Mean[a] += shift
	m.Variance[a], m.Third[a] = 0, 0
	for i := range m.parts[a] {
		p := &m.parts[a][i]
		p.offset -= shift
		m.Variance[a] += p.weight * (p.variance + p.offset*p.offset)
		m.Third[a] += p.weight * (p.third + p.offset*(3*p.variance+p.offset*p.offset))
	}
}

// Advance implements Populations.
func (m *Moments) Advance(laws []Law, sums []RateSum) {
	for a := range laws {
		gaussian, rate := 0.0, 0.0
		for _, p := range m.parts[a] {
			e := m.expectation(a, p, 0)
			gaussian += p.weight * e.Value
			rate += p.weight * m.rate(a, e, p)
		}
		if gaussian > 0 && rate > 0 {
			m.gaussian[a] = gaussian / rate
		}
	}
	for a := range laws {
		law := &laws[a]
		m.kick(a, m.owed[a])
		decay := law.decay
		m.Mean[a] = decay*m.Mean[a] + law.drift
		variance, third := law.Diffusion, 0.0
		for i, pathway := range law.Pathways {
			square := pathway.Mean * pathway.Jump * pathway.Jump
			variance += square
			if i < len(m.gaussian) {
				square *= m.gaussian[i]
			}
			third += square * pathway.Jump
		}
		for i := range m.parts[a] {
			p := &m.parts[a][i]
			p.offset *= decay
			p.variance = decay*decay*p.variance + variance
			p.third = decay*decay*decay*p.third + third
		}
		m.kick(a, law.EndKick)
		m.owed[a] = law.StartKick
		m.gather(a)
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
		m.kick(a, laws[a].EndKick)
	}
}

// sum returns Λ and its derivative by the mean, as far as the third cumulant allows.
func (m *Moments) sum(a int, shift float64) (sum RateSum) {
	for _, p := range m.parts[a] {
		e := m.expectation(a, p, shift)
		sum.rate += p.weight * m.rate(a, e, p)
		sum.slope += p.weight * e.First
	}
	return sum
}

func (m *Moments) expectation(a int, p part, shift float64) bnn.Expectation {
	return m.network.Populations[a].Expectation(m.Mean[a]+p.offset+shift, math.Max(p.variance, 0))
}

func (m *Moments) rate(a int, e bnn.Expectation, p part) float64 {
	return theory.CorrectedRate(m.network.Populations[a].Rate, e, p.variance, p.third)
}

// kick follows v′ = −λ(v) over a length, by the midpoint rule for the moments of each part.
func (m *Moments) kick(a int, length float64) {
	if length == 0 {
		return
	}
	for i := range m.parts[a] {
		p := &m.parts[a][i]
		start := *p
		for _, piece := range [2]float64{length / 2, length} {
			k := math.Max(p.variance, 0)
			e := m.expectation(a, *p, 0)
			change := [3]float64{m.rate(a, e, *p), 2 * k * e.First, 3 * k * k * e.Second}
			p.offset = start.offset - piece*change[0]
			p.variance = start.variance - piece*change[1]
			p.third = start.third - piece*change[2]
		}
	}
}
