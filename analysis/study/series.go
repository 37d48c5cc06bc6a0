package study

import (
	"fmt"
	"math"

	"balanced/analysis"
)

// A Series is a quantity at several sizes, one estimate each, independent of each other. Over names what N is, where that
// is no size, as in Lagged and Spectral, whose estimates depend on each other.
type Series struct {
	N         []float64
	Estimates []analysis.Estimate
	Over      string
}

func (s *Series) add(n int, e analysis.Estimate) {
	s.N, s.Estimates = append(s.N, float64(n)), append(s.Estimates, e)
}

// Values are the estimates without their errors, by size.
func (s *Series) Values() []float64 {
	values := make([]float64, len(s.Estimates))
	for i, e := range s.Estimates {
		values[i] = e.Value
	}
	return values
}

// Errors are the standard errors, by size.
func (s *Series) Errors() []float64 {
	values := make([]float64, len(s.Estimates))
	for i, e := range s.Estimates {
		values[i] = e.StandardError
	}
	return values
}

// Less is the series without what a function of n says, such as a theory: its bias.
func (s *Series) Less(of func(n float64) float64) *Series {
	return s.each(func(n float64, e analysis.Estimate) analysis.Estimate {
		e.Value -= of(n)
		return e
	})
}

// RelativeTo is the series divided by what a function of n says, such as a theory: 1 where they agree.
// The function must not be 0.
func (s *Series) RelativeTo(of func(n float64) float64) *Series {
	return s.each(func(n float64, e analysis.Estimate) analysis.Estimate {
		unit := of(n)
		e.Value, e.StandardError = e.Value/unit, e.StandardError/math.Abs(unit)
		return e
	})
}

// Scaled is the series times n^power.
func (s *Series) Scaled(power float64) *Series {
	return s.each(func(n float64, e analysis.Estimate) analysis.Estimate {
		e.Value, e.StandardError = e.Value*math.Pow(n, power), e.StandardError*math.Pow(n, power)
		return e
	})
}

// Transformed is the series under a smooth function of n and the value, whose standard errors are
// those of its tangent, by a central difference of a hundredth of the standard error.
func (s *Series) Transformed(f func(n, value float64) float64) *Series {
	return s.each(func(n float64, e analysis.Estimate) analysis.Estimate {
		if e.StandardError > 0 {
			h := e.StandardError / 100
			e.StandardError *= math.Abs(f(n, e.Value+h)-f(n, e.Value-h)) / (2 * h)
		}
		e.Value = f(n, e.Value)
		return e
	})
}

// Absolute is the series of absolute values, for logarithmic axes and exponents.
func (s *Series) Absolute() *Series {
	return s.each(func(_ float64, e analysis.Estimate) analysis.Estimate {
		e.Value = math.Abs(e.Value)
		return e
	})
}

// UpTo is the part of the series with n ≤ largest.
func (s *Series) UpTo(largest float64) *Series {
	return s.where(func(n float64) bool { return n <= largest })
}

// From is the part of the series with n ≥ least.
func (s *Series) From(least float64) *Series {
	return s.where(func(n float64) bool { return n >= least })
}

func (s *Series) where(kept func(n float64) bool) *Series {
	part := &Series{Over: s.Over}
	for i, n := range s.N {
		if kept(n) {
			part.N, part.Estimates = append(part.N, n), append(part.Estimates, s.Estimates[i])
		}
	}
	return part
}

func (s *Series) each(f func(n float64, e analysis.Estimate) analysis.Estimate) *Series {
	changed := &Series{N: s.N, Over: s.Over}
	for i, e := range s.Estimates {
		changed.Estimates = append(changed.Estimates, f(s.N[i], e))
	}
	return changed
}

// Trend fits Σ_i c_i n^{p_i} by weighted least squares, as analysis.Trend does: powers 0, −0.5 and
// −1 give the value at infinite n first, and −0.5, −1 the size of what vanishes there.
func (s *Series) Trend(powers ...float64) (analysis.LinearFit, error) {
	return analysis.Trend(s.N, s.Values(), s.Errors(), powers...)
}

// AtInfinity is the value at infinite n, with so many terms in powers of n^{−1/2} beyond it: 1 or 2.
// It is that of analysis.Extrapolate, which has the χ² of the fit too.
func (s *Series) AtInfinity(terms int) (analysis.Estimate, error) {
	fit, err := analysis.Extrapolate(s.N, s.Values(), s.Errors(), terms)
	return fit.Limit, err
}

// CompareAtInfinity lays AtInfinity(2) beside a predicted value, within a margin, and a rival's.
func (s *Series) CompareAtInfinity(where string, predicted, margin, rival float64) (analysis.Comparison, error) {
	limit, err := s.AtInfinity(2)
	return analysis.Near(where+", n → ∞", limit, predicted, margin).Against(rival), err
}

// Exponent is p of a power law C n^p (1 + d n^next), next < 0, as analysis.PowerLawNext fits it; all
// values must be > 0.
func (s *Series) Exponent(next float64) (analysis.Estimate, error) {
	fit, err := analysis.PowerLawNext(s.N, s.Values(), s.Errors(), next)
	return fit.Exponent, err
}

// PowerLaw is p of a power law C n^p alone, as analysis.PowerLaw fits it; all values must be > 0.
func (s *Series) PowerLaw() (analysis.Estimate, error) {
	fit, err := analysis.PowerLaw(s.N, s.Values(), s.Errors())
	return fit.Exponent, err
}

// Compare lays each estimate beside what a theory predicts at its size, within a margin, and what a
// rival does, which may be nil. What is compared is named by where, and its size or what the series is over.
func (s *Series) Compare(where string, margin float64, predicted, rival func(n float64) float64) []analysis.Comparison {
	var comparisons []analysis.Comparison
	for i, n := range s.N {
		at := fmt.Sprintf("n = %g", n)
		if s.Over != "" {
			at = fmt.Sprintf("%s = %.3g", s.Over, n)
		}
		comparison := analysis.Near(where+", "+at, s.Estimates[i], predicted(n), margin)
		if rival != nil {
			comparison = comparison.Against(rival(n))
		}
		comparisons = append(comparisons, comparison)
	}
	return comparisons
}

// Constant is the function of n that has one value.
func Constant(value float64) func(n float64) float64 { return func(float64) float64 { return value } }

// Of is the part of population a, counted from 0, of a function of n that has a value for each population, such as a theory's.
func Of(a int, values func(n float64) []float64) func(n float64) float64 {
	return func(n float64) float64 { return values(n)[a] }
}
