package study

import (
	"math"

	"balanced/analysis"
)

// Computed is the estimate of what was computed and not sampled, as it stands in a claim about theories: its standard error is how
// far the solver may be off, > 0, and known.
func Computed(value, standardError float64) analysis.Estimate {
	return analysis.Estimate{Value: value, StandardError: standardError, DegreesOfFreedom: math.Inf(1)}
}
