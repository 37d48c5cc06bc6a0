package random

import (
	"math"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
)

// rising is a rate by a function that never falls, or says so.
type rising func(v float64) float64

func (r rising) At(v float64) float64 { return r(v) }
func (rising) Bound() float64         { return 2 }
func (rising) Key() string            { return "rising" }
func (rising) Increasing() bool       { return true }

var risingRates = map[string]bnn.Rate{
	"logistic": rising(bnn.Logistic{Max: 2, Slope: 3, Threshold: 40}.At),
	"steep":    rising(bnn.Logistic{Max: 2, Slope: 1e4, Threshold: -7}.At),
	"jump": rising(func(v float64) float64 {
		if v < 0.3 {
			return 0.2
		}
		return 1.5
	}),
	"slow":     rising(func(v float64) float64 { return 1 + v/math.Sqrt(1+v*v) }),
	"power":    bnn.PowerRate{Max: 2, Gain: 0.5, Exponent: 2, Threshold: 1},
	"table":    bnn.Must(bnn.NewTableRate([]float64{-1, 0, 0.5, 3}, []float64{0, 0.5, 0.5, 2})),
	"constant": rising(func(float64) float64 { return 0.7 }),
}

// wrongOwnDecisions counts what the tables of a curve decide against the rate, at potentials of all
// kinds, and how many candidates they leave open.
func wrongOwnDecisions(c *Curve) (wrong int, open float64) {
	source := rand.New(rand.NewPCG(1, 2))
	draws := 0
	for _, level := range []int{0, 1, 3, 8} {
		table := c.LevelTable(level)
		top := min(c.LevelAt(level), 30)
		for range 20_000 {
			y := top - 15*source.Float64()*source.Float64()
			bin := source.Uint64N(QuantileBins)
			draws++
			switch table.decides(y, bin) {
			case 1:
				// Nearer to 1 the place in the bin would round to its end, which F may just reach.
				if !table.Exact(y, bin, 1-0x1p-40) {
					wrong++
				}
			case 0:
				if table.Exact(y, bin, 0) {
					wrong++
				}
			default:
				open++
			}
		}
	}
	return wrong, open / float64(draws)
}

func TestTablesOfRisingRates(t *testing.T) {
	for name, rate := range risingRates {
		c, slope, threshold := NewCurve(rate)
		if !c.HasLevels() {
			t.Errorf("%s: no levels", name)
			continue
		}
		for _, y := range []float64{-20, -3, -0.5, 0, 0.1, 2, 30} {
			if got, want := c.at(y), rate.At(threshold+y/slope)/rate.Bound(); got != want {
				t.Errorf("%s at y = %g: %g, want %g", name, y, got, want)
			}
		}
		for level := 1; level < Levels; level++ {
			y := c.LevelAt(level)
			if bound := c.levelBound(level); c.at(y) > bound || bound <= 0 || c.TableOf(bound) == nil {
				t.Errorf("%s: level %d bounds by %g where the rate is %g", name, level, bound, c.at(y))
			}
		}
		wrong, open := wrongOwnDecisions(c)
		if wrong > 0 || open > 0.02 {
			t.Errorf("%s: %d wrong decisions, and %.3f are left open", name, wrong, open)
		}
	}
}

// A table decides wrongly if the rate falls: then it is not trusted to rise.
func TestFallingRatesAreNotTrusted(t *testing.T) {
	falling := rising(func(v float64) float64 { return 1 + math.Sin(v)/(1+v*v) })
	if c, _, _ := NewCurve(falling); c.HasLevels() {
		t.Error("a rate that falls is trusted to rise")
	}
	wrong := 0
	c, slope, threshold := NewCurve(risingRates["slow"])
	planted := &Curve{at: func(y float64) float64 { return falling(threshold+y/slope) / 2 }, quantiles: c.quantiles, spacing: c.spacing}
	wrong, _ = wrongOwnDecisions(planted.withTables())
	if wrong == 0 {
		t.Error("tables of another rate go unseen")
	}
}
