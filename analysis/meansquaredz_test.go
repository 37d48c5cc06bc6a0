package analysis

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"balanced/bnn"
)

// tenEach are many comparisons, each of a mean of ten normal numbers with its true value, with
// standard errors off by a factor.
func tenEach(count int, factor float64) (comparisons []Comparison) {
	random := rand.New(rand.NewPCG(1, 2))
	for range count {
		sample := make([]float64, 10)
		for i := range sample {
			sample[i] = 3 + 2*random.NormFloat64()
		}
		e := bnn.Must(MeanOf(sample))
		e.StandardError /= factor
		comparisons = append(comparisons, Near("a mean", e, 3, 0))
	}
	return comparisons
}

func TestMeanSquaredZ(t *testing.T) {
	for _, c := range []struct {
		factor float64
		want   Outcome
	}{{1, Holds}, {1.5, Fails}, {1 / 1.5, Fails}} {
		e, err := MeanSquaredZ(tenEach(400, c.factor)...)
		if err != nil {
			t.Fatal(err)
		}
		if expected := c.factor * c.factor; math.Abs(e.Value-expected) > 5*e.StandardError || e.StandardError > 0.15*expected {
			t.Errorf("errors off by %.2f: the mean of z² is %v ± %v, want %v", c.factor, e.Value, e.StandardError, expected)
		}
		claim := Claim{Says: "Standard errors are right", Label: Derived, Because: "a fifth of an error bar is not seen", Rival: "too small by 1.5", Data: "400 means of 10"}
		verdict, err := claim.Test(Near("mean of z²", e, 1, 0.44).Against(2.25))
		if err != nil || verdict.Outcome != c.want {
			t.Errorf("errors off by %.2f: the claim that they are right %s, %v", c.factor, verdict.Outcome, err)
		}
	}
}

func TestMeanSquaredZRefuses(t *testing.T) {
	good := tenEach(2, 1)
	few, sure, bound := good[0], good[0], good[0]
	few.Measured.DegreesOfFreedom, sure.Measured.StandardError, bound.High = 4, 0, math.Inf(1)
	for want, c := range map[string]Comparison{"degreesOfFreedom": few, "comparisons[1]": sure, "without a z": bound} {
		if _, err := MeanSquaredZ(good[0], c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if _, err := MeanSquaredZ(good[0]); err == nil {
		t.Error("one comparison is enough")
	}
}
