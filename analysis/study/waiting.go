package study

import (
	"fmt"
	"math"

	"balanced/analysis"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Waiting is the mean time after which replicas leave a state, counted from a time ≥ 0 at which
// their start is forgotten and of those that had not left by then: the time that they spent
// together over the number of those that left, analysis.WaitingTime, which takes the time to be
// exponential. The standard error is a 1/√(number left) of it, to be trusted from about 20 on. The
// error, if none left after that time, is a *bnn.InputError.
func Waiting(escapes *simulate.Escapes, from float64) (analysis.Estimate, error) {
	left, exposure := 0, 0.0
	for i, t := range escapes.Times {
		exposure += max(t-from, 0)
		if escapes.Left[i] && t > from {
			left++
		}
	}
	if left == 0 {
		return analysis.Estimate{}, &bnn.InputError{Path: "escapes", Value: fmt.Sprintf("none of %d after %g", len(escapes.Times), from), Allowed: "1 or more"}
	}
	mean, err := analysis.WaitingTime(left, exposure, 0.95)
	if err != nil {
		return analysis.Estimate{}, err
	}
	return analysis.Estimate{Value: mean.Value, StandardError: mean.Value / math.Sqrt(float64(left)), DegreesOfFreedom: math.Inf(1)}, nil
}

// Middle is where the second of three estimates stands on the way from the first, at 0, to the third, at 1: at 1/2 if they are on
// a straight line over three places that are as far apart, so that it tells one law from another. The standard error is that of
// first order in those of the three, which are independent. The error, if there are not three of which the outer two differ, is
// a *bnn.InputError.
func (s *Series) Middle() (analysis.Estimate, error) {
	if len(s.Estimates) != 3 || s.Estimates[0].Value == s.Estimates[2].Value {
		return analysis.Estimate{}, &bnn.InputError{Path: "series", Value: fmt.Sprint(s.Values()), Allowed: "three values of which the outer two differ"}
	}
	first, second, third := s.Estimates[0], s.Estimates[1], s.Estimates[2]
	whole := third.Value - first.Value
	place := (second.Value - first.Value) / whole
	off := math.Hypot(second.StandardError, math.Hypot((1-place)*first.StandardError, place*third.StandardError)) / math.Abs(whole)
	return analysis.Estimate{Value: place, StandardError: off, DegreesOfFreedom: math.Inf(1)}, nil
}
