package leap

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
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
	correction           []float64
	coupling             [][]float64 // √n B
	// The linear system of the implicit equation; solution is its right side too.
	matrix, solution blas64.General
	pivots           []int
	// Following has the responses to stimuli that are not in closed form, nil for others.
	Following []*pieces.Response
	// draw gives a count of a mean: what a shared source sends to all in a step; without it, as
	// for moments, it sends its mean. excess is by how much the counts of the step exceed theirs.
	draw   func(mean float64) float64
	excess []float64

	// Expected spikes since time 0 by pathway, recurrent ones first.
	Expected [][]float64

	Taken   int  // steps
	Stopped bool // the last step ended where the run stops
}

// NewScheme makes a scheme ready; distinct is 1 for neurons and 0 for moments. It moves the
// Populations, which are to be set.
func NewScheme(network Network, distinct float64) *Scheme {
	count := len(network.Counts)
	s := &Scheme{network: network, rates: network.Rates, Following: make([]*pieces.Response, count), excess: make([]float64, len(network.Sources)), rootN: math.Sqrt(float64(network.N)), distinct: distinct,
		laws: make([]Law, count), sums: make([]RateSum, count),
		Before: make([]float64, count), After: make([]float64, count), Input: make([]float64, count),
		Pending: make([]float64, count), correction: make([]float64, count),
		coupling: numbers.Table(count, count), pivots: make([]int, count),
		matrix:   blas64.General{Rows: count, Cols: count, Stride: count, Data: make([]float64, count*count)},
		solution: blas64.General{Rows: count, Cols: 1, Stride: 1, Data: make([]float64, count)},
		Expected: numbers.Table(count, count+len(network.Sources))}
	for a, population := range network.Populations {
		switch population.External().(type) {
		case bnn.ConstantStimulus, bnn.Pulse, bnn.Sine:
		default:
			s.Following[a] = pieces.NewResponse(population.External(), population.Tau)
		}
		s.laws[a].Pathways = make([]Pathway, count+len(network.Sources))
		for b := range network.Counts {
			s.coupling[a][b] = network.Weights[a][b] * float64(network.Counts[b]) / s.rootN
		}
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
	start := s.solution.Data // scratch
	for a := range network.Populations {
		start[a] = s.response(a, now.Start)
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
		for b, count := range s.network.Counts {
			sources := float64(count)
			if a == b {
				sources -= s.distinct
			}
			law.Pathways[b] = Pathway{sources * s.middleRate(b, h) * h, network.Weights[a][b] * shrink}
		}
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

// The linearised rates are good enough once the correction, times the slope of the
// sigmoid, is this small: its square is what is neglected. Hardly any step but the
// first after a jump needs a second evaluation.
const (
	newtonStep        = 0.02
	newtonEvaluations = 100
)

// close finds the shift that solves the implicit equation at the end of the step, and
// leaves what of it has not been given to the neurons in pending.
func (s *Scheme) close(now Interval) error {
	clear(s.Pending)
	for evaluation := range newtonEvaluations {
		if err := s.solve(now, evaluation < newtonEvaluations/2); err != nil {
			return err
		}
		far := 0.0
		for a, delta := range s.solution.Data {
			s.correction[a] = delta
			s.Pending[a] += delta
			far = math.Max(far, math.Abs(delta)*s.rates[a].steepness)
		}
		if !(far > newtonStep) {
			for a, population := range s.network.Populations {
				s.After[a] = s.sums[a].rate + s.sums[a].slope*s.correction[a]
				s.Input[a] += s.Pending[a] / unitStep.Response(now.Length(), population.Tau)
			}
			if !numbers.Finite(s.After...) || !numbers.Finite(s.Input...) {
				return fmt.Errorf("the rates %g and inputs %g are no longer finite", s.After, s.Input)
			}
			return nil
		}
		s.Populations.Evaluate(s.laws, s.Pending, s.sums)
	}
	return fmt.Errorf("the implicit equation of the means was not solved in %d iterations; a smaller step may help", newtonEvaluations)
}

// solve linearises
//
//	(1+ω)ψ̄ − ω ψ̄_before = √n (B Λ + b), ω = h/(h + h_before),
//
// at the rates just evaluated: the left side is the input at the end of the step,
// extrapolated from its means over this step and the one before. Where Newton's method jumps
// to and fro, because excitation is steeper than the step can follow, the slopes of what
// excites are left out (excited is false): such an iteration climbs to the next solution.
func (s *Scheme) solve(now Interval, excited bool) error {
	h := now.Length()
	weight := 0.0
	if s.Previous > 0 {
		weight = h / (h + s.Previous)
	}
	end := now.Smooth.Clamp(now.End)
	network := s.network
	for a, population := range network.Populations {
		response := unitStep.Response(h, population.Tau)
		row := s.matrix.Data[a*s.matrix.Stride:][:len(s.sums)]
		// The neurons were given the input before as a prediction; pending comes on top.
		right := -s.Input[a] - (1+weight)*s.Pending[a]/response
		for b, sum := range s.sums {
			coupling := s.coupling[a][b]
			right += coupling * sum.rate
			row[b] = -coupling * sum.slope
			if coupling > 0 && !excited {
				row[b] = 0
			}
		}
		for x, source := range network.Feedforward {
			right += float64(s.network.Sources[x]) / s.rootN * source.Weights[a] * source.Rate.At(end)
		}
		s.solution.Data[a] = right
		row[a] += (1 + weight) / response
	}
	regular := lapack64.Getrf(s.matrix, s.pivots)
	if regular {
		lapack64.Getrs(blas.NoTrans, s.matrix, s.solution, s.pivots)
	}
	if !regular || !numbers.Finite(s.solution.Data...) {
		return fmt.Errorf("the implicit equation of the means has no finite solution; a smaller step may help")
	}
	return nil
}

// countSpikes adds the expected spikes of a step, by the trapezoid rule for the
// neurons and Simpson's for the sources.
func (s *Scheme) countSpikes(now Interval) {
	h := now.Length()
	at := func(source bnn.Source, t float64) float64 { return source.Rate.At(now.Smooth.Clamp(t)) }
	for a, targets := range s.network.Counts {
		for b, count := range s.network.Counts {
			pairs := float64(targets) * float64(count)
			if a == b {
				pairs -= float64(count)
			}
			s.Expected[a][b] += pairs * h / 2 * math.Max(0, s.Before[b]+s.After[b])
		}
		for x, source := range s.network.Feedforward {
			pairs := float64(targets) * float64(s.network.Sources[x])
			s.Expected[a][len(s.network.Counts)+x] += pairs * h / 6 * (at(source, now.Start) + 4*at(source, now.Start+h/2) + at(source, now.End))
			// One arrival a target; without draws and for other sources there is none.
			s.Expected[a][len(s.network.Counts)+x] += float64(targets) * s.excess[x]
		}
	}
}
