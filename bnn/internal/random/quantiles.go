package random

import (
	"math"
	"sync"

	"balanced/bnn/internal/normal"
)

// A Sigmoid is a standard distribution function F: the intensity is λ̄F(y) with
// y = β(v−θ), so that a candidate of bound λ̄c is accepted if U·c < F(y) for a uniform U,
// that is if y exceeds the quantile of U·c.
type Sigmoid int

// The sigmoids of bnn.Logistic and bnn.Probit.
const (
	LogisticSigmoid Sigmoid = iota
	NormalSigmoid
	sigmoids
)

// at returns F(y), accurate in both tails.
func (s Sigmoid) at(y float64) float64 {
	if s == NormalSigmoid {
		return normal.Distribution(y)
	}
	return 1 / (1 + math.Exp(-y))
}

// quantile returns the y with F(y) = p, for 0 < p < 1.
func (s Sigmoid) quantile(p float64) float64 {
	if s == LogisticSigmoid {
		return math.Log(p) - math.Log1p(-p)
	}
	low, high := -40.0, 40.0
	for range 50 {
		if middle := (low + high) / 2; s.at(middle) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
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

// A QuantileTable serves all candidates of one bound. The bins at the two ends, where
// quantiles may be infinite, decide nothing; a bin with U·c ≥ 1 rejects whatever y, and so
// does the last, for what is beyond all bins.
type QuantileTable struct {
	Bins    [QuantileBins + 1]quantileBin
	sigmoid Sigmoid
	Bound   float64 // c, relative to λ̄; more than 1 where bounds are shared
}

var (
	undecided = quantileBin{Half: math.MaxUint32}
	rejecting = quantileBin{Middle: math.MaxFloat32}
)

// NewQuantileTable makes the table of a bound relative to λ̄.
func NewQuantileTable(s Sigmoid, bound float64) *QuantileTable {
	t := &QuantileTable{sigmoid: s, Bound: bound}
	quantile := func(i int) float64 {
		if p := bound * float64(i) / QuantileBins; p < 1 {
			return s.quantile(p)
		}
		return math.Inf(1)
	}
	low := math.Inf(-1)
	for i := range QuantileBins {
		high := quantile(i + 1)
		t.Bins[i] = newQuantileBin(low, high)
		low = high
	}
	t.Bins[QuantileBins] = rejecting
	return t
}

func newQuantileBin(low, high float64) quantileBin {
	if math.IsInf(low, 1) {
		return rejecting
	}
	if math.IsInf(low, -1) || math.IsInf(high, 1) {
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
	return (float64(bin)+uniform)*(t.Bound/QuantileBins) < t.sigmoid.at(y)
}

// Levels are the bounds that follow the state: level 0 is λ̄ itself and level l ≥ 1 is λ
// at y = −(l−1)·spacing.
const Levels = 41

// LevelSpacing keeps bounds of neighbouring levels within a factor of 1.65 for the
// logistic sigmoid; the normal one falls faster than an exponential.
var LevelSpacing = [sigmoids]float64{0.5, 0.25}

// LevelAt returns the y of a level.
func (s Sigmoid) LevelAt(level int) float64 {
	if level == 0 {
		return math.Inf(1)
	}
	return -float64(level-1) * LevelSpacing[s]
}

// LevelTables are made when first needed and kept: 8 kB each.
var LevelTables [sigmoids][Levels]func() *QuantileTable

func init() {
	for s := range sigmoids {
		for level := range Levels {
			LevelTables[s][level] = sync.OnceValue(func() *QuantileTable {
				bound := 1.0
				if level > 0 {
					bound = s.at(s.LevelAt(level))
				}
				return NewQuantileTable(s, bound)
			})
		}
	}
}

// VaryingTable is for a feedforward source of varying rate, whose y is the rate when the
// polynomials started, relative to its greatest. Until they end it changes by at most
// ReachOfCubic, the rate being a sine or constant between the windows.
var VaryingTable = func() *QuantileTable {
	t := &QuantileTable{Bound: 1}
	for i := range QuantileBins {
		middle := (float64(i) + 0.5) / QuantileBins
		t.Bins[i] = newQuantileBin(middle-0.5/QuantileBins-ReachOfCubic, middle+0.5/QuantileBins+ReachOfCubic)
	}
	t.Bins[QuantileBins] = rejecting
	return t
}()

// ReachOfCubic is how far, in units of the time constant, the cubic Taylor polynomial of
// an exponential is taken: its error there is 2⁻⁴⁸/24 = 1.5e-16. With factors no smaller than
// e⁻², as windows and renew keep them, rounding adds no more than 8e-16.
const ReachOfCubic = 0x1p-12

// TableOf returns the table of the level of a bound, nil if there is none.
func (s Sigmoid) TableOf(bound float64) *QuantileTable {
	for level := range Levels {
		if level == 0 && bound == 1 || level > 0 && bound == s.at(s.LevelAt(level)) {
			return LevelTables[s][level]()
		}
	}
	return nil
}
