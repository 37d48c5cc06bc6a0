package theory

import (
	"balanced/bnn"
	"balanced/bnn/internal/equations"
)

// CorrectedRate returns Λ = F + C F‴/6, with a skewness C/K^{3/2} of 1 for larger ones, and
// held between 0 and the bound of λ. A larger skewness is one of a law that no expansion
// around a Gaussian describes: right after a start without variance, when few neurons have
// heard a spike at all.
func CorrectedRate(rate bnn.Rate, e bnn.Expectation, variance, third float64) float64 {
	return equations.CorrectedRate(rate, e, variance, third)
}
