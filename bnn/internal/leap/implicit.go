package leap

import (
	"fmt"
	"math"

	"balanced/bnn/internal/numbers"
)

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
		for a, delta := range s.correction {
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
	c := &s.coupling
	c.drive(s.sums, s.correction)
	for a, population := range s.network.Populations {
		// The neurons were given the input before as a prediction; pending comes on top.
		c.diagonal[a] = (1 + weight) / unitStep.Response(h, population.Tau)
		s.correction[a] -= s.Input[a] + c.diagonal[a]*s.Pending[a]
	}
	for x, source := range s.network.Feedforward {
		rate := float64(s.network.Sources[x]) / s.rootN * source.Rate.At(end)
		for a := range s.correction {
			s.correction[a] += rate * source.Weights[a]
		}
	}
	if !c.solve(s.sums, s.correction, excited) || !numbers.Finite(s.correction...) {
		return fmt.Errorf("the implicit equation of the means has no finite solution; a smaller step may help")
	}
	return nil
}
