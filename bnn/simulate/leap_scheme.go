package simulate

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// unitStep is an input of 1 from the beginning of a step: its response to the end is exact
// for small steps too.
var unitStep = bnn.ConstantStimulus{Value: 1}

// A leapScheme takes the steps of the leap (see Leap), for neurons or for moments.
type leapScheme struct {
	plan        *plan
	rootN       float64
	rates       []tabulatedRate
	populations leapPopulations
	// distinct is 1 if the pairs of a class exclude a neuron with itself, also in the
	// noise; the finite-n equations neglect that.
	distinct float64

	laws []leapLaw
	sums []rateSum
	// Λ at the start and end of the step, and ψ̄, the mean input during the last step.
	before, after, input []float64
	previous             float64 // length of the step before, 0 if there is none in this piece
	pending              []float64
	correction           []float64
	coupling             [][]float64 // √n B
	// The linear system of the implicit equation; solution is its right side too.
	matrix, solution blas64.General
	pivots           []int

	// Expected spikes since time 0 by pathway, recurrent ones first.
	expected [][]float64

	taken   int      // steps
	stopped bool     // the last step ended where the run stops
	replica *leapRun // what a checkpoint keeps; nil where moments stand for neurons
}

func newLeapScheme(p *plan, distinct float64) (*leapScheme, error) {
	count := len(p.counts)
	s := &leapScheme{plan: p, rootN: math.Sqrt(float64(p.n)), distinct: distinct,
		laws: make([]leapLaw, count), sums: make([]rateSum, count),
		before: make([]float64, count), after: make([]float64, count), input: make([]float64, count),
		pending: make([]float64, count), correction: make([]float64, count),
		coupling: numbers.Table(count, count), pivots: make([]int, count),
		matrix:   blas64.General{Rows: count, Cols: count, Stride: count, Data: make([]float64, count*count)},
		solution: blas64.General{Rows: count, Cols: 1, Stride: 1, Data: make([]float64, count)},
		expected: numbers.Table(count, count+len(p.sources))}
	for a, population := range p.network.Populations {
		rate, err := tabulate(population.Rate)
		if err != nil {
			return nil, err
		}
		s.rates = append(s.rates, rate)
		s.laws[a].pathways = make([]leapPathway, count+len(p.sources))
		for b := range p.counts {
			s.coupling[a][b] = p.network.Weights[a][b] * float64(p.counts[b]) / s.rootN
		}
	}
	return s, nil
}

// begin reads the rates at time 0.
func (s *leapScheme) begin() {
	s.populations.evaluate(s.laws, s.pending, s.sums)
	for b, sum := range s.sums {
		s.after[b] = sum.rate
	}
}

// step takes one step, which next follows. A start of a run of steps is kicked by
// half a step of its own first.
func (s *leapScheme) step(now leapInterval, next float64, started bool) error {
	if now.first {
		s.previous = 0
		clear(s.input)
	}
	s.prepare(now, next)
	if !started {
		s.populations.kick(s.laws)
	}
	s.populations.advance(s.laws, s.sums)
	copy(s.before, s.after)
	if err := s.close(now); err != nil {
		return fmt.Errorf("the leap at time %g with step %g: %w", now.end, now.length(), err)
	}
	s.countSpikes(now)
	s.previous = now.length()
	return nil
}

// prepare writes the laws of a step. At this moment before holds the rates a step ago and
// after those now.
func (s *leapScheme) prepare(now leapInterval, next float64) {
	h := now.length()
	middle := now.smooth.Clamp(now.start + h/2)
	network := s.plan.network
	for a, population := range network.Populations {
		law := &s.laws[a]
		tau := population.Tau
		law.decay = math.Exp(-h / tau)
		response := population.External().Response(now.end, tau) - law.decay*population.External().Response(now.start, tau)
		law.drift = law.decay*s.pending[a] + response + unitStep.Response(h, tau)*s.input[a]
		self := network.Weights[a][a] / s.rootN
		law.endKick, law.startKick = self*h/2, self*next/2

		// ∫ e^{−2(h−u)/τ} du, so that a constant rate gives the exact variance.
		square := unitStep.Response(h, tau/2)
		law.diffusion = population.Noise * population.Noise * square
		shrink := math.Sqrt(square/h) / s.rootN
		for b, count := range s.plan.counts {
			sources := float64(count)
			if a == b {
				sources -= s.distinct
			}
			law.pathways[b] = leapPathway{sources * s.middleRate(b, h) * h, network.Weights[a][b] * shrink}
		}
		for x, source := range network.Feedforward {
			mean := float64(s.plan.sources[x]) * source.Rate.At(middle) * h
			law.pathways[len(s.plan.counts)+x] = leapPathway{math.Max(mean, 0), source.Weights[a] * shrink}
		}
	}
}

// middleRate extrapolates Λ_b to the middle of a step.
func (s *leapScheme) middleRate(b int, h float64) float64 {
	rate := s.after[b]
	if s.previous > 0 {
		rate += (s.after[b] - s.before[b]) * h / (2 * s.previous)
	}
	return math.Min(math.Max(rate, 0), s.plan.network.Populations[b].Rate.Bound())
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
func (s *leapScheme) close(now leapInterval) error {
	clear(s.pending)
	for evaluation := range newtonEvaluations {
		if err := s.solve(now, evaluation < newtonEvaluations/2); err != nil {
			return err
		}
		far := 0.0
		for a, delta := range s.solution.Data {
			s.correction[a] = delta
			s.pending[a] += delta
			far = math.Max(far, math.Abs(delta)*s.rates[a].scale/rateCellsPerUnit)
		}
		if !(far > newtonStep) {
			for a, population := range s.plan.network.Populations {
				s.after[a] = s.sums[a].rate + s.sums[a].slope*s.correction[a]
				s.input[a] += s.pending[a] / unitStep.Response(now.length(), population.Tau)
			}
			if !numbers.Finite(s.after...) || !numbers.Finite(s.input...) {
				return fmt.Errorf("the rates %g and inputs %g are no longer finite", s.after, s.input)
			}
			return nil
		}
		s.populations.evaluate(s.laws, s.pending, s.sums)
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
func (s *leapScheme) solve(now leapInterval, excited bool) error {
	h := now.length()
	weight := 0.0
	if s.previous > 0 {
		weight = h / (h + s.previous)
	}
	end := now.smooth.Clamp(now.end)
	network := s.plan.network
	for a, population := range network.Populations {
		response := unitStep.Response(h, population.Tau)
		row := s.matrix.Data[a*s.matrix.Stride:][:len(s.sums)]
		// The neurons were given the input before as a prediction; pending comes on top.
		right := -s.input[a] - (1+weight)*s.pending[a]/response
		for b, sum := range s.sums {
			coupling := s.coupling[a][b]
			right += coupling * sum.rate
			row[b] = -coupling * sum.slope
			if coupling > 0 && !excited {
				row[b] = 0
			}
		}
		for x, source := range network.Feedforward {
			right += float64(s.plan.sources[x]) / s.rootN * source.Weights[a] * source.Rate.At(end)
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
func (s *leapScheme) countSpikes(now leapInterval) {
	h := now.length()
	at := func(source bnn.Source, t float64) float64 { return source.Rate.At(now.smooth.Clamp(t)) }
	for a, targets := range s.plan.counts {
		for b, count := range s.plan.counts {
			pairs := float64(targets) * float64(count)
			if a == b {
				pairs -= float64(count)
			}
			s.expected[a][b] += pairs * h / 2 * math.Max(0, s.before[b]+s.after[b])
		}
		for x, source := range s.plan.network.Feedforward {
			pairs := float64(targets) * float64(s.plan.sources[x])
			s.expected[a][len(s.plan.counts)+x] += pairs * h / 6 * (at(source, now.start) + 4*at(source, now.start+h/2) + at(source, now.end))
		}
	}
}
