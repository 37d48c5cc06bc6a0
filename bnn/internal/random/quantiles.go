package random

import (
	"math"
	"sync"

	"balanced/bnn/internal/normal"
)

// A Curve is an intensity relative to its bound, F(y) with y = β(v−θ): a candidate of bound λ̄c is
// accepted if U·c < F(y) for a uniform U. If F never falls, that is if y exceeds the quantile of
// U·c.
type Curve struct {
	at func(y float64) float64
	// quantiles returns a y at or below which F ≤ p, and one at or above which F ≥ p, as close to
	// each other as they are known; infinite if there is none, and nil if F may fall.
	quantiles func(p float64) (low, high float64)
	spacing   float64 // of levels
	own       bool    // the curve may jump, and vanish
	tables    [Levels]func() *QuantileTable
}

// The curves of bnn.Logistic and bnn.Probit. The spacing keeps bounds of neighbouring levels
// within a factor of 1.65 for the logistic; the normal one falls faster than an exponential.
var (
	LogisticCurve = newCurve(func(y float64) float64 { return 1 / (1 + math.Exp(-y)) }, exactly(func(p float64) float64 {
		return math.Log(p) - math.Log1p(-p)
	}), 0.5)
	NormalCurve = newCurve(normal.Distribution, exactly(func(p float64) float64 {
		low, high := -40.0, 40.0
		for range 50 {
			if middle := (low + high) / 2; normal.Distribution(middle) < p {
				low = middle
			} else {
				high = middle
			}
		}
		return (low + high) / 2
	}), 0.25)
)

func newCurve(at func(float64) float64, quantiles func(float64) (low, high float64), spacing float64) *Curve {
	return (&Curve{at: at, quantiles: quantiles, spacing: spacing}).withTables()
}

func (c *Curve) withTables() *Curve {
	for level := range Levels {
		c.tables[level] = sync.OnceValue(func() *QuantileTable { return newQuantileTable(c, c.levelBound(level)) })
	}
	return c
}

// exactly makes both quantiles of one, for 0 < p < 1.
func exactly(quantile func(p float64) float64) func(p float64) (low, high float64) {
	return func(p float64) (low, high float64) {
		switch {
		case p <= 0:
			return math.Inf(-1), math.Inf(-1)
		case !(p < 1):
			return math.Inf(1), math.Inf(1)
		}
		y := quantile(p)
		return y, y
	}
}

// QuantileBins is the number of bins of U. A candidate is not decided by its bin alone if
// F(y)/c is in the same bin, as happens to one in 1024, or if the bin is the first or the last.
const QuantileBins = 1024

// A quantileBin decides by comparing y with the middle of the interval of quantiles of a
// bin: beyond half its width the sign of the difference decides, and within it nothing
// does. The half width includes the rounding of y and of the middle to 32 bits.
type quantileBin struct {
	Middle float32
	Half   uint32 // bits of a positive float32; all ones, a NaN, if nothing is decided
}

// A QuantileTable serves all candidates of one bound. Bins whose quantiles are infinite, such as
// those at the two ends for the sigmoids, decide nothing; a bin with U·c ≥ 1 rejects whatever y,
// and so does the last, for what is beyond all bins.
type QuantileTable struct {
	Bins  [QuantileBins + 1]quantileBin
	curve *Curve
	Bound float64 // c, relative to λ̄; more than 1 where bounds are shared
}

var (
	undecided = quantileBin{Half: math.MaxUint32}
	rejecting = quantileBin{Middle: math.MaxFloat32}
	accepting = quantileBin{Middle: -math.MaxFloat32}
)

// TableFor returns the table of a bound relative to λ̄.
func (c *Curve) TableFor(bound float64) *QuantileTable {
	if bound == 1 {
		return c.LevelTable(0)
	}
	return newQuantileTable(c, bound)
}

func newQuantileTable(c *Curve, bound float64) *QuantileTable {
	t := &QuantileTable{curve: c, Bound: bound}
	for i := range QuantileBins {
		t.Bins[i] = undecided
		if c.quantiles != nil {
			low, _ := c.quantiles(bound * float64(i) / QuantileBins)
			_, high := c.quantiles(bound * float64(i+1) / QuantileBins)
			t.Bins[i] = newQuantileBin(low, high)
		}
	}
	t.Bins[QuantileBins] = rejecting
	return t
}

// farthest is a potential, in units of y, that none exceeds.
const farthest = 1e24

func newQuantileBin(low, high float64) quantileBin {
	switch {
	case low >= farthest:
		return rejecting
	case high <= -farthest:
		return accepting
	case math.IsInf(low, -1) || math.IsInf(high, 1):
		return undecided
	}
	middle := float32((low + high) / 2)
	half := math.Max(high-float64(middle), float64(middle)-low)
	// Rounding of y, of the difference, of half, and of the quantiles themselves.
	half += 0x1p-21 * (math.Abs(float64(middle)) + half)
	return quantileBin{middle, math.Float32bits(float32(half))}
}

// Exact decides a candidate of a bin by an evaluation of F: uniform places it within
// its bin.
func (t *QuantileTable) Exact(y float64, bin uint64, uniform float64) bool {
	return (float64(bin)+uniform)*(t.Bound/QuantileBins) < t.curve.at(y)
}

// Levels are the bounds that follow the state: level 0 is λ̄ itself and level l ≥ 1 is λ
// at y = −(l−1)·spacing.
const Levels = 41

// HasLevels tells whether F is known not to fall, so that a potential bounds it.
func (c *Curve) HasLevels() bool { return c.quantiles != nil }

// Spacing is the distance of levels.
func (c *Curve) Spacing() float64 { return c.spacing }

// LevelAt returns the y of a level.
func (c *Curve) LevelAt(level int) float64 {
	if level == 0 {
		return math.Inf(1)
	}
	return -float64(level-1) * c.spacing
}

// leastBound is one that a class has at least: where F vanishes there has to be a rate of
// candidates, and a greater bound is one, too. beyond is what a potential may miss a level by, in
// rounding.
const (
	leastBound = 0x1p-30
	beyond     = 1e-9
)

func (c *Curve) levelBound(level int) float64 {
	switch {
	case level == 0:
		return 1
	case c.own:
		return math.Max(c.at(c.LevelAt(level)+beyond), leastBound)
	}
	return c.at(c.LevelAt(level))
}

// LevelTable returns the table of a level, which is made when first needed and kept: 8 kB each.
func (c *Curve) LevelTable(level int) *QuantileTable { return c.tables[level]() }

// TableOf returns the table of the level of a bound, nil if there is none.
func (c *Curve) TableOf(bound float64) *QuantileTable {
	for level := range Levels {
		if bound == c.levelBound(level) {
			return c.tables[level]()
		}
	}
	return nil
}

// CertainCurve is 1 whatever y, for constant rates.
var CertainCurve = newCurve(func(float64) float64 { return 1 }, exactly(func(float64) float64 { return math.Inf(-1) }), 1)

// VaryingCurve is for a feedforward source of varying rate, whose y is the rate when the
// polynomials started, relative to its greatest. Until they end it changes by at most
// ReachOfCubic, the rate being a sine or constant between the windows. An evaluation takes y as it
// is then.
var VaryingCurve = newCurve(identity, func(p float64) (low, high float64) {
	if !(p < 1) {
		return math.Inf(1), math.Inf(1)
	}
	return p - ReachOfCubic, p + ReachOfCubic
}, 1)

// EvaluatedCurve decides nothing by a table: it is for a source whose rate changes otherwise.
var EvaluatedCurve = newCurve(identity, nil, 1)

func identity(y float64) float64 { return y }

// ReachOfCubic is how far, in units of the time constant, the cubic Taylor polynomial of
// an exponential is taken: its error there is 2⁻⁴⁸/24 = 1.5e-16. With factors no smaller than
// e⁻², as windows and renew keep them, rounding adds no more than 8e-16.
const ReachOfCubic = 0x1p-12

// ReachOfQuartic is that of the polynomial of degree 4, of half the error.
const ReachOfQuartic = 0x1.ap-10
