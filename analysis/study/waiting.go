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
