package bnn

import (
	"math"
	"sync"
)

// A sigmoid is a standard distribution function F: the intensity is λ̄F(y) with
// y = β(v−θ), so that a candidate of bound λ̄c is accepted if U·c < F(y) for a uniform U,
// that is if y exceeds the quantile of U·c.
type sigmoid int

const (
	logisticSigmoid sigmoid = iota
	normalSigmoid
	sigmoids
)

// at returns F(y), accurate in both tails.
func (s sigmoid) at(y float64) float64 {
	if s == normalSigmoid {
		return normalDistribution(y)
	}
	return 1 / (1 + math.Exp(-y))
}

// quantile returns the y with F(y) = p, for 0 < p < 1.
func (s sigmoid) quantile(p float64) float64 {
	if s == logisticSigmoid {
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

// quantileBins is the number of bins of U. A candidate is not decided by its bin alone if
// F(y)/c is in the same bin, as happens to one in 1024, or if the bin is the first or the last.
const quantileBins = 1024

// A quantileBin decides by comparing y with the middle of the interval of quantiles of a
// bin: beyond half its width the sign of the difference decides, and within it nothing
// does. The half width includes the rounding of y and of the middle to 32 bits.
type quantileBin struct {
	middle float32
	half   uint32 // bits of a positive float32; all ones, a NaN, if nothing is decided
}

// A quantileTable serves all candidates of one bound. The bins at the two ends, where
// quantiles may be infinite, decide nothing; a bin with U·c ≥ 1 rejects whatever y, and so
// does the last, for what is beyond all bins.
type quantileTable struct {
	bins    [quantileBins + 1]quantileBin
	sigmoid sigmoid
	bound   float64 // c, relative to λ̄; more than 1 where bounds are shared
}

var (
	undecided = quantileBin{half: math.MaxUint32}
	rejecting = quantileBin{middle: math.MaxFloat32}
)

func newQuantileTable(s sigmoid, bound float64) *quantileTable {
	t := &quantileTable{sigmoid: s, bound: bound}
	quantile := func(i int) float64 {
		if p := bound * float64(i) / quantileBins; p < 1 {
			return s.quantile(p)
		}
		return math.Inf(1)
	}
	low := math.Inf(-1)
	for i := range quantileBins {
		high := quantile(i + 1)
		t.bins[i] = newQuantileBin(low, high)
		low = high
	}
	t.bins[quantileBins] = rejecting
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

// exact decides a candidate of a bin by an evaluation of F: uniform places it within
// its bin.
func (t *quantileTable) exact(y float64, bin uint64, uniform float64) bool {
	return (float64(bin)+uniform)*(t.bound/quantileBins) < t.sigmoid.at(y)
}

// Levels are the bounds that follow the state: level 0 is λ̄ itself and level l ≥ 1 is λ
// at y = −(l−1)·spacing.
const levels = 41

// levelSpacing keeps bounds of neighbouring levels within a factor of 1.65 for the
// logistic sigmoid; the normal one falls faster than an exponential.
var levelSpacing = [sigmoids]float64{0.5, 0.25}

// levelAt returns the y of a level.
func (s sigmoid) levelAt(level int) float64 {
	if level == 0 {
		return math.Inf(1)
	}
	return -float64(level-1) * levelSpacing[s]
}

// levelTables are made when first needed and kept: 8 kB each.
var levelTables [sigmoids][levels]func() *quantileTable

func init() {
	for s := range sigmoids {
		for level := range levels {
			levelTables[s][level] = sync.OnceValue(func() *quantileTable {
				bound := 1.0
				if level > 0 {
					bound = s.at(s.levelAt(level))
				}
				return newQuantileTable(s, bound)
			})
		}
	}
}

// varyingTable is for a feedforward source of varying rate, whose y is the rate when the
// polynomials started, relative to its greatest. Until they end it changes by at most
// reachOfCubic, the rate being a sine or constant between the windows.
var varyingTable = func() *quantileTable {
	t := &quantileTable{bound: 1}
	for i := range quantileBins {
		middle := (float64(i) + 0.5) / quantileBins
		t.bins[i] = newQuantileBin(middle-0.5/quantileBins-reachOfCubic, middle+0.5/quantileBins+reachOfCubic)
	}
	t.bins[quantileBins] = rejecting
	return t
}()
