package analysis

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

func claim() Claim {
	return Claim{Says: "The mean is 1", Label: Derived, Because: "0.1 is below what a plot shows", Rival: "the mean of another theory", Data: "40 values, seed 1"}
}

// countOutcomes counts what becomes of a claim about as many means, of values around a truth.
func countOutcomes(t *testing.T, random *rand.Rand, repetitions, means, values int, truth, margin float64) map[Outcome]int {
	t.Helper()
	counts := map[Outcome]int{}
	for range repetitions {
		var comparisons []Comparison
		for range means {
			sample := make([]float64, values)
			for i := range sample {
				sample[i] = truth + random.NormFloat64()
			}
			measured, err := MeanOf(sample)
			if err != nil {
				t.Fatal(err)
			}
			comparisons = append(comparisons, Near("one mean", measured, 1, margin).Against(1.5))
		}
		verdict, err := claim().Test(comparisons...)
		if err != nil {
			t.Fatal(err)
		}
		counts[verdict.Outcome]++
	}
	return counts
}

// The operating characteristics: at the planned size a true claim holds in 95 % and never fails but
// by the stated chance; on the rival it holds in 0.1 % at most, whatever the size; with few data
// it is undecided.
func TestClaimOperatingCharacteristics(t *testing.T) {
	verification.Long(t)
	random := rand.New(rand.NewPCG(7, 8))
	const repetitions = 2000
	for _, c := range []struct {
		name             string
		means, values    int
		truth            float64
		least, most      int // that hold
		mostFail, leastU int
	}{
		{"true, planned size", 1, 900, 1, repetitions * 95 / 100, repetitions, 8, 0},
		{"true, planned size, ten means", 10, 1500, 1, repetitions * 95 / 100, repetitions, 8, 0},
		{"true, a tenth of the data", 1, 90, 1, 0, repetitions / 5, 8, repetitions / 2},
		{"the rival", 1, 900, 1.5, 0, 2, repetitions, 0},
		{"the rival, few data", 1, 20, 1.5, 0, 2, repetitions, 0},
		{"the rival, ten means", 10, 100, 1.5, 0, 2, repetitions, 0},
		{"at the margin", 1, 900, 1.2, 0, 5, 8, repetitions - 13},
		{"beyond the margin", 1, 3000, 1.4, 0, 0, repetitions, 0},
	} {
		counts := countOutcomes(t, random, repetitions, c.means, c.values, c.truth, 0.2)
		if counts[Holds] < c.least || counts[Holds] > c.most || counts[Fails] > c.mostFail || counts[Undecided] < c.leastU {
			t.Errorf("%s: %v", c.name, counts)
		}
	}
}

// A margin that does not tell the claim from its rival never lets it hold.
func TestClaimNeedsItsRivalRejected(t *testing.T) {
	exact := Estimate{Value: 1, StandardError: 0.001, DegreesOfFreedom: math.Inf(1)}
	for _, c := range []struct {
		rival float64
		want  Outcome
	}{{1.5, Holds}, {1.002, Undecided}, {1.004, Holds}} {
		verdict, err := claim().Test(Near("here", exact, 1, 0.1).Against(c.rival))
		if err != nil || verdict.Outcome != c.want {
			t.Errorf("rival %v: %v (p = %v), want %v; %v", c.rival, verdict.Outcome, verdict.RivalP, c.want, err)
		}
	}
	// A rival that says the same in one place is rejected by another.
	verdict, err := claim().Test(Near("here", exact, 1, 0.1), Near("there", exact, 1, 0.1).Against(2))
	if err != nil || !verdict.Holds() || !strings.HasPrefix(verdict.RivalWhere, "there") {
		t.Errorf("%+v, %v", verdict, err)
	}
}

// Standard errors that are too small by 1.5 are seen in the sum of squared z, though every
// interval lies within the margins.
func TestClaimPoolsSquares(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	const many = 120
	for _, c := range []struct {
		factor float64
		seen   bool
	}{{1, false}, {1 / 1.5, true}} {
		var comparisons []Comparison
		for range many {
			comparisons = append(comparisons, Near("here", Estimate{random.NormFloat64(), c.factor, math.Inf(1)}, 0, 50).Against(200))
		}
		verdict, err := claim().Test(comparisons...)
		if err != nil || !verdict.Holds() || verdict.Degrees != many || (verdict.PValue < 1e-3) != c.seen {
			t.Errorf("factor %v: %v, χ² %v of %d, p = %v; %v", c.factor, verdict.Outcome, verdict.ChiSquare, verdict.Degrees, verdict.PValue, err)
		}
	}
}

func TestClaimRefuses(t *testing.T) {
	good := Near("here", Estimate{1, 0.1, 10}, 1, 1).Against(5)
	for _, c := range []struct {
		path        string
		change      func(*Claim)
		comparisons []Comparison
	}{
		{"says", func(c *Claim) { c.Says = "" }, []Comparison{good}},
		{"label", func(c *Claim) { c.Label = "[X]" }, []Comparison{good}},
		{"because", func(c *Claim) { c.Because = "" }, []Comparison{good}},
		{"rival", func(c *Claim) { c.Rival = "" }, []Comparison{good}},
		{"data", func(c *Claim) { c.Data = "" }, []Comparison{good}},
		{"comparisons", func(*Claim) {}, nil},
		{"comparisons", func(*Claim) {}, []Comparison{Near("here", Estimate{1, 0.1, 10}, 1, 1)}},
		{"comparisons[1].rival", func(*Claim) {}, []Comparison{good, good.Against(math.NaN())}},
		{"comparisons[0].measured.standardError", func(*Claim) {}, []Comparison{Near("here", Estimate{1, -1, 10}, 1, 1).Against(2)}},
	} {
		broken := claim()
		c.change(&broken)
		_, err := broken.Test(c.comparisons...)
		var input *bnn.InputError
		if !errors.As(err, &input) || input.Path != c.path {
			t.Errorf("error %v, want one for %s", err, c.path)
		}
	}
}

func TestClaimTables(t *testing.T) {
	holds, err := claim().Test(Near("a < b", Estimate{1.02, 0.01, math.Inf(1)}, 1, 0.1).Against(1.5))
	if err != nil {
		t.Fatal(err)
	}
	undecided, err := claim().Test(AtMost("c", Estimate{1.02, 0.1, math.Inf(1)}, 1).Against(3))
	if err != nil {
		t.Fatal(err)
	}
	verdicts := []Verdict{holds, undecided}
	page := strings.ReplaceAll(VerdictHTML(verdicts), noBreak, " ")
	for _, part := range []string{"a &lt; b", "✓ holds", "? undecided", "1 ± 0.1", "1.02 ± 0.01 (z = 2.0)", "≤ 1", "1 of 2 hold, 1 undecided", "below what a plot shows", "data:image/svg+xml"} {
		if !strings.Contains(page, part) {
			t.Errorf("no %q in %s", part, page)
		}
	}
	frame := ComparisonFrame(verdicts)
	if frame.Err != nil || frame.Nrow() != 2 || frame.Col("rival").Elem(0).Float() != 1.5 || frame.Col("predicted_low").Elem(1).Float() != math.Inf(-1) {
		t.Errorf("%v", frame)
	}
	if VerdictFrame(verdicts).Err != nil || ComparisonFrame(nil).Err == nil {
		t.Error("frames")
	}
}
