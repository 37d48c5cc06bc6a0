package random

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// decides returns 1 or 0 if the table decides by the bin that y is accepted or not, and
// −1 if it does not decide; it is what the inner loops do.
func (t *QuantileTable) decides(y float64, bin uint64) int {
	b := t.Bins[min(bin, QuantileBins)]
	difference := math.Float32bits(b.Middle - float32(y))
	if difference&math.MaxInt32 <= b.Half {
		return -1
	}
	return int(difference >> 31)
}

// wrongDecisions counts what a table decides against the exact evaluation at some
// place of the bin, for y all around the quantiles of its ends.
func wrongDecisions(t *QuantileTable) (wrong int) {
	for bin := range uint64(QuantileBins + 1) {
		for _, end := range []float64{float64(bin), float64(bin) + 1} {
			p := end / QuantileBins * t.Bound
			if p <= 0 || p >= 1 {
				continue
			}
			at, _ := t.curve.quantiles(p)
			for _, off := range []float64{0, 1e-16, 1e-15, 1e-12, 1e-9, 1e-8, 1e-7, 3e-7, 1e-6, 1e-5, 1e-3, 1e-2, 1, 50} {
				for _, y := range []float64{at + off, at - off, at * (1 + off), at * (1 - off)} {
					if bin == QuantileBins && t.curve.at(y) > t.Bound {
						continue // beyond the bound, where no neuron of the class is
					}
					switch t.decides(y, bin) {
					case 1:
						// Certain only if the highest place in the bin is accepted.
						if !t.Exact(y, bin, 1-0x1p-53) {
							wrong++
						}
					case 0:
						if t.Exact(y, bin, 0) {
							wrong++
						}
					}
				}
			}
		}
	}
	return wrong
}

func TestQuantileTablesDecideAsTheEvaluation(t *testing.T) {
	verification.Long(t)
	var tables []*QuantileTable
	for _, c := range []*Curve{LogisticCurve, NormalCurve} {
		for _, level := range []int{0, 1, 2, 7, 15, Levels - 1} {
			tables = append(tables, c.LevelTable(level))
		}
		tables = append(tables, c.TableFor(1.5), c.TableFor(3), c.TableFor(1+1e-9))
	}
	for i, table := range tables {
		name := fmt.Sprintf("table %d, bound %g", i, table.Bound)
		if wrong := wrongDecisions(table); wrong > 0 {
			t.Errorf("%s: %d wrong decisions", name, wrong)
		}
		// All but about one in 1024 are decided; the two ends add one each.
		random := rand.New(rand.NewPCG(1, 2))
		const draws = 20_000
		open, accepted := 0, 0
		for range draws {
			y, _ := table.curve.quantiles(min(1, table.Bound) * (random.Float64() + 0x1p-60))
			switch bin := random.Uint64N(QuantileBins); table.decides(y, bin) {
			case -1:
				open++
			case 1:
				accepted++
			}
		}
		if share := float64(open) / draws; share > 5.0/QuantileBins {
			t.Errorf("%s: %.4f undecided", name, share)
		}
		if share, want := float64(accepted)/draws, 0.5*min(1, 1/table.Bound); math.Abs(share-want) > 0.02 {
			t.Errorf("%s: %.3f accepted, want %.3f", name, share, want)
		}
		planted := *table
		for i := range planted.Bins {
			planted.Bins[i].Half = math.Float32bits(0.5 * math.Float32frombits(planted.Bins[i].Half))
		}
		if wrongDecisions(&planted) == 0 {
			t.Errorf("%s: intervals of half the width go unseen", name)
		}
	}
}

// The rate of a source must be decided rightly wherever it may have gone since the
// polynomials started.
func TestVaryingTable(t *testing.T) {
	for _, bound := range []float64{1, 1.4, 30} {
		table := VaryingCurve.TableFor(bound)
		for bin := range uint64(QuantileBins) {
			low, high := float64(bin)*bound/QuantileBins, float64(bin+1)*bound/QuantileBins
			for i := range 2000 {
				then := float64(i) / 1999
				for _, now := range []float64{then - ReachOfCubic, then, min(then+ReachOfCubic, 1)} {
					decision := table.decides(then, bin)
					if decision == 1 && high > now || decision == 0 && low < now {
						t.Fatalf("bound %g, bin %d, rate %g then and %g now: %d", bound, bin, then, now, decision)
					}
				}
			}
		}
	}
}

func TestExponentialZiggurat(t *testing.T) {
	verification.Long(t)
	if top := exponentialDensity[exponentialLayers-1] + exponentialArea/exponentialEdge[exponentialLayers-1]; math.Abs(top-1) > 1e-9 {
		t.Errorf("the layers end at %g, not at the top of the density", top)
	}
	// Equal probabilities of 200 bins by chi-square, and the rare variates of the tail.
	const draws, bins = 4_000_000, 200
	stream := NewStream(rand.New(rand.NewPCG(3, 4)))
	variate := func() float64 { return stream.Exponential() }
	chi := func(variate func() float64) float64 {
		counts := [bins]float64{}
		for range draws {
			counts[int(bins*-math.Expm1(-variate()))]++
		}
		return networktest.ChiSquareZ(counts[:])
	}
	if z := chi(variate); z > 6 {
		t.Errorf("exponential variates: z = %.1f", z)
	}
	if z := chi(func() float64 { return 1.01 * variate() }); z <= 6 {
		t.Errorf("variates 1 %% too long go unseen: z = %.1f", z)
	}
	beyond, low := 0.0, 0.0
	for range draws {
		if x := variate(); x > 8 {
			beyond++
			if x > 9.5 {
				low++
			}
		}
	}
	for _, c := range []struct{ got, want float64 }{{beyond, draws * math.Exp(-8)}, {low, draws * math.Exp(-9.5)}} {
		if z := (c.got - c.want) / math.Sqrt(c.want); math.Abs(z) > 6 {
			t.Errorf("%g variates in the tail, want %.0f", c.got, c.want)
		}
	}
}
