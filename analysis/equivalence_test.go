package analysis

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

// Outcomes are where intervals are, for normal and for Student's law, and p-values are the false
// alarms at which intervals touch the ends.
func TestEquivalentIsByIntervals(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 1))
	seen := map[Outcome]int{}
	for range 300 {
		degrees := []float64{math.Inf(1), 5, 40}[random.IntN(3)]
		alpha := []float64{0.001, 0.05, 0.3}[random.IntN(3)]
		c := Near("mean", Estimate{2 * random.NormFloat64(), 0.4 * random.Float64(), degrees}, 0, 1)
		if random.IntN(4) == 0 {
			c = AtMost("bound", c.Measured, 1)
		}
		e := must(Equivalent(alpha, c))[0]
		low, high := c.Measured.Interval(alpha)
		want := Undecided
		if low >= c.Low && high <= c.High {
			want = Holds
		} else if low > c.High || high < c.Low {
			want = Fails
		}
		if e.Outcome != want || e.Low != low || e.High != high {
			t.Fatalf("%+v at %v: %+v, want %s, %v to %v", c, alpha, e, want, low, high)
		}
		if p := e.Inside; p < 1 && p > 1e-9 {
			low, high := c.Measured.Interval(p)
			if gap := min(low-c.Low, c.High-high); math.Abs(gap) > 1e-5 {
				t.Errorf("%+v: at the p-value %v the interval is %v off the end", c, p, gap)
			}
		}
		seen[want]++
	}
	if len(seen) != 3 {
		t.Errorf("outcomes %v", seen)
	}
	known := must(Equivalent(0.05, Near("in", Estimate{1, 0, 1}, 0, 1), Near("out", Estimate{1.1, 0, 1}, 0, 1)))
	if known[0].Outcome != Holds || known[1].Outcome != Fails {
		t.Errorf("without standard errors: %+v", known)
	}
}

// Where true values are at the ends of the margin, that any of 10 holds has the probability that
// is stated at most, and where they are all right that any fails; without Holm it is caught.
func TestEquivalentKeepsItsFalseAlarm(t *testing.T) {
	verification.Long(t)
	random := rand.New(rand.NewPCG(11, 1))
	const repetitions, alpha, comparisons = 800, 0.1, 10
	for _, c := range []struct {
		truth, margin float64
		wrong         Outcome
	}{{1, 1, Holds}, {0, 0, Fails}} {
		wrong, alone := 0, 0
		for range repetitions {
			var list []Comparison
			for k := range comparisons {
				list = append(list, Near(fmt.Sprint(k), must(MeanOf(replicas(20, func() float64 { return c.truth + random.NormFloat64() }))), 0, c.margin))
			}
			together := must(Equivalent(alpha, list...))
			anyone, each := false, false
			for k := range list {
				anyone = anyone || together[k].Outcome == c.wrong
				each = each || must(Equivalent(alpha, list[k]))[0].Outcome == c.wrong
			}
			if anyone {
				wrong++
			}
			if each {
				alone++
			}
		}
		limit := alpha + 4*math.Sqrt(alpha/repetitions)
		if share := float64(wrong) / repetitions; share > limit || share < alpha/4 || float64(alone)/repetitions < limit {
			t.Errorf("%s wrongly with probability %v, each alone %v", c.wrong, share, float64(alone)/repetitions)
		}
	}
}

// Holm gives the later ones a larger level: what Bonferroni leaves undecided holds.
func TestEquivalentIsHolms(t *testing.T) {
	list := must(Equivalent(0.05, Near("a", Estimate{0, 0.35, math.Inf(1)}, 0, 1), Near("b", Estimate{0, 0.47, math.Inf(1)}, 0, 1)))
	if list[0].Outcome != Holds || list[1].Outcome != Holds || list[0].High < 2.2*0.35 || list[1].High > 1.97*0.47 {
		t.Errorf("%+v", list)
	}
	for _, c := range []struct {
		path string
		err  error
	}{
		{"comparisons", second(Equivalent(0.05))},
		{"falseAlarm", second(Equivalent(0.6, Near("a", Estimate{0, 1, 1}, 0, 1)))},
		{"falseAlarm", second(Equivalent(math.NaN(), Near("a", Estimate{0, 1, 1}, 0, 1)))},
		{"comparisons[0].high", second(Equivalent(0.05, Near("a", Estimate{0, 1, 1}, 0, -1)))},
		{"terms", second(Extrapolate([]float64{1, 2, 3}, []float64{1, 2, 3}, []float64{1, 1, 1}, 3))},
		{"n", second(Extrapolate([]float64{1, 2}, []float64{1, 2}, []float64{1, 1}, 1))},
		{"x", second(PairedDifference([]float64{1}, []float64{1}))},
		{"y", second(PairedDifference([]float64{1, 2}, []float64{1}))},
		{"control", second(ControlVariate([]float64{1, 2, 3, 4}, []float64{1, 1, 1, 1}, 1))},
		{"known", second(ControlVariate([]float64{1, 2, 3, 4}, []float64{1, 1, 2, 1}, math.NaN()))},
	} {
		var input *bnn.InputError
		if !errors.As(c.err, &input) || input.Path != c.path {
			t.Errorf("%s: error %v", c.path, c.err)
		}
	}
}
