package leap

import (
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/pieces"
)

// unitStep is an input of 1 from the beginning of a step: its response to the end is exact
// for small steps too.
var unitStep = bnn.ConstantStimulus{Value: 1}

// A Scheme takes the steps of the leap, for neurons or for moments. What it exports is what a
// checkpoint keeps of it.
type Scheme struct {
	network     Network
	rootN       float64
	rates       []Rate
	Populations Populations
	// distinct is 1 if the pairs of a class exclude a neuron with itself, also in the
	// noise; the finite-n equations neglect that.
	distinct float64

	laws []Law
	sums []RateSum
	// Λ at the start and end of the step, and ψ̄, the mean input during the last step.
	Before, After, Input []float64
	Previous             float64   // length of the step before, 0 if there is none in this piece
	Pending              []float64 // shifts that the next step is to give
	middle               []float64 // Λ in the middle of the step
	correction           []float64
	coupling             coupling
	// Following has the responses to stimuli that are not in closed form, nil for others.
	Following []*pieces.Response
	// draw gives a count of a mean: what a shared source sends to all in a step; without it, as
	// for moments, it sends its mean. excess is by how much the counts of the step exceed theirs.
	draw   func(mean float64) float64
	excess []float64

	// Expected is the number of spikes since time 0 that a neuron of each population and source sends
	// to each target, and after those by how much the arrivals from each shared source exceed theirs.
	Expected []float64

	Taken   int  // steps
	Stopped bool // the last step ended where the run stops
}

// NewScheme makes a scheme ready; distinct is 1 for neurons and 0 for moments. It moves the
// Populations, which are to be set.
func NewScheme(network Network, distinct float64) *Scheme {
	count := len(network.Counts)
	s := &Scheme{network: network, rates: network.Rates, rootN: math.Sqrt(float64(network.N)), distinct: distinct,
		laws: make([]Law, count), sums: make([]RateSum, count), coupling: newCoupling(network),
		Following: make([]*pieces.Response, count), excess: make([]float64, len(network.Sources)), Expected: make([]float64, count+2*len(network.Sources))}
	for _, vector := range []*[]float64{&s.Before, &s.After, &s.Input, &s.Pending, &s.middle, &s.correction} {
		*vector = make([]float64, count)
	}
	for a, population := range network.Populations {
		switch population.External().(type) {
		case bnn.ConstantStimulus, bnn.Pulse, bnn.Sine:
		default:
			s.Following[a] = pieces.NewResponse(population.External(), population.Tau)
		}
		s.laws[a].Pathways = make([]Pathway, count+len(network.Sources))
	}
	return s
}

// Begin reads the rates at time 0.
func (s *Scheme) Begin() {
	s.Populations.Evaluate(s.laws, s.Pending, s.sums)
	for b, sum := range s.sums {
		s.After[b] = sum.rate
	}
}

// Step takes one step, which next follows. A start of a run of steps is kicked by
// half a step of its own first.
func (s *Scheme) Step(now Interval, next float64, started bool) error {
	if now.First {
		s.Previous = 0
		clear(s.Input)
	}
	s.prepare(now, next)
	if !started {
		s.Populations.Kick(s.laws)
	}
	s.Populations.Advance(s.laws, s.sums)
	copy(s.Before, s.After)
	if err := s.close(now); err != nil {
		return fmt.Errorf("the leap at time %g with step %g: %w", now.End, now.Length(), err)
	}
	s.countSpikes(now)
	s.Previous = now.Length()
	return nil
}

// prepare writes the laws of a step. At this moment before holds the rates a step ago and
// after those now.
func (s *Scheme) prepare(now Interval, next float64) {
	h := now.Length()
	middle := now.Smooth.Clamp(now.Start + h/2)
	network := s.network
	start := s.correction // scratch
	for a := range network.Populations {
		start[a] = s.response(a, now.Start)
		s.middle[a] = s.middleRate(a, h)
	}
	s.drawShared(middle, h)
	for a, population := range network.Populations {
		law := &s.laws[a]
		tau := population.Tau
		law.decay = math.Exp(-h / tau)
		response := s.response(a, now.End) - law.decay*start[a]
		law.drift = law.decay*s.Pending[a] + response + unitStep.Response(h, tau)*s.Input[a]
		self := network.Weights[a][a] / s.rootN
		law.EndKick, law.StartKick = self*h/2, self*next/2

		// ∫ e^{−2(h−u)/τ} du, so that a constant rate gives the exact variance.
		square := unitStep.Response(h, tau/2)
		law.Diffusion = population.Noise * population.Noise * square
		shrink := math.Sqrt(square/h) / s.rootN
		weights := network.Weights[a]
		for b, count := range s.network.Counts {
			law.Pathways[b] = Pathway{float64(count) * s.middle[b] * h, weights[b] * shrink}
		}
		sources := float64(s.network.Counts[a])
		sources -= s.distinct
		law.Pathways[a].Mean = sources * s.middle[a] * h
		for x, source := range network.Feedforward {
			pathway := Pathway{s.sourceMean(x, middle, h), source.Weights[a] * shrink}
			if source.Shared {
				law.drift += pathway.Jump * s.excess[x]
				pathway = Pathway{}
			}
			law.Pathways[len(s.network.Counts)+x] = pathway
		}
	}
}

// response returns that of the membrane to the stimulus; the times never fall.
func (s *Scheme) response(a int, t float64) float64 {
	if s.Following[a] != nil {
		return s.Following[a].At(t)
	}
	population := s.network.Populations[a]
	return bnn.Response(population.External(), t, population.Tau)
}

// sourceMean is how many spikes a source sends to a neuron in a step.
func (s *Scheme) sourceMean(x int, middle, h float64) float64 {
	return math.Max(float64(s.network.Sources[x])*s.network.Feedforward[x].Rate.At(middle)*h, 0)
}

// drawShared draws what the shared sources send to all neurons at once. It moves the potentials at
// the start of the implicit step, which with the two-step formula gives the variance of an
// Ornstein–Uhlenbeck process of rate κ to a relative error of order (κh)².
func (s *Scheme) drawShared(middle, h float64) {
	if s.draw == nil {
		return
	}
	for x, source := range s.network.Feedforward {
		if source.Shared {
			mean := s.sourceMean(x, middle, h)
			s.excess[x] = s.draw(mean) - mean
		}
	}
}

// middleRate extrapolates Λ_b to the middle of a step.
func (s *Scheme) middleRate(b int, h float64) float64 {
	rate := s.After[b]
	if s.Previous > 0 {
		rate += (s.After[b] - s.Before[b]) * h / (2 * s.Previous)
	}
	return math.Min(math.Max(rate, 0), s.network.Populations[b].Rate.Bound())
}

// countSpikes adds the expected spikes of a step, by the trapezoid rule for the
// neurons and Simpson's for the sources.
func (s *Scheme) countSpikes(now Interval) {
	h := now.Length()
	at := func(source bnn.Source, t float64) float64 { return source.Rate.At(now.Smooth.Clamp(t)) }
	count := len(s.After)
	for b := range s.After {
		s.Expected[b] += h / 2 * math.Max(0, s.Before[b]+s.After[b])
	}
	for x, source := range s.network.Feedforward {
		s.Expected[count+x] += h / 6 * (at(source, now.Start) + 4*at(source, now.Start+h/2) + at(source, now.End))
		// One arrival a target; without draws and for other sources there is none.
		s.Expected[count+len(s.excess)+x] += s.excess[x]
	}
}

// ExpectedSpikes is how many spikes a pathway to population a has carried since time 0, recurrent ones
// first.
func (s *Scheme) ExpectedSpikes(a, pathway int) float64 {
	targets, count := float64(s.network.Counts[a]), len(s.network.Counts)
	if x := pathway - count; x >= 0 {
		return targets * (float64(s.network.Sources[x])*s.Expected[pathway] + s.Expected[pathway+len(s.excess)])
	}
	sources := float64(s.network.Counts[pathway])
	if pathway == a {
		sources--
	}
	return targets * sources * s.Expected[pathway]
}
