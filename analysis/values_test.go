package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"balanced/analysis/internal/analysistest"
)

func claimed(falseAlarm float64) Values {
	return Values{Claim: "The values are as predicted.", Label: Derived, FalseAlarm: falseAlarm}
}

// A single comparison with a known standard error is the z test: 1.96 standard errors.
func TestValuesAgainstTheNormalLaw(t *testing.T) {
	known := func(value float64) Estimate { return Estimate{value, 2, math.Inf(1)} }
	for _, row := range []struct {
		name       string
		comparison Comparison
		passes     bool
		pValue     float64
	}{
		{"near", Near("x", known(13.91), 10, 0), true, 0.05058},
		{"not near", Near("x", known(13.93), 10, 0), false, 0.04943},
		{"not near, from below", Near("x", known(6.07), 10, 0), false, 0.04943},
		{"near with an allowance", Near("x", known(14.91), 10, 1), true, 0.05058},
		{"within the allowance", Near("x", known(10.5), 10, 1), true, 1},
		{"at most", AtMost("x", known(13.91), 10), true, 0.05058},
		{"more", AtMost("x", known(13.93), 10), false, 0.04943},
		{"far below", AtMost("x", known(-1e9), 10), true, 1},
		{"less", AtLeast("x", known(6.07), 10), false, 0.04943},
		{"far above", AtLeast("x", known(1e9), 10), true, 1},
	} {
		v, err := claimed(0.05).Test(row.comparison)
		if err != nil || v.Holds() != row.passes {
			t.Errorf("%s: %+v, %v", row.name, v, err)
		}
		analysistest.Near(t, row.name, v.PValue, row.pValue, 2e-5)
		if v.PredictedLow != row.comparison.Low || v.PredictedHigh != row.comparison.High || v.Measured != row.comparison.Measured.Value {
			t.Errorf("%s: %+v", row.name, v)
		}
		analysistest.Near(t, row.name+": interval", v.High-v.Low, 4*1.959964, 1e-5)
	}
}

// Without a standard error there is no chance to appeal to.
func TestValuesWithoutStandardError(t *testing.T) {
	exactly := func(value float64) Estimate { return Estimate{value, 0, 9} }
	for value, passes := range map[float64]bool{10: true, 10.5: true, 11: true, 11.000001: false, 9: true, 8.999999: false} {
		v, err := claimed(0).Test(Near("x", exactly(value), 10, 1), Near("y", Estimate{10, 1, 9}, 10, 0))
		if err != nil || v.Holds() != passes || v.PValue != map[bool]float64{true: 1, false: 0}[passes] {
			t.Errorf("%g: %+v, %v", value, v, err)
		}
		if !passes && v.Where != "x" {
			t.Errorf("%g: worst at %s", value, v.Where)
		}
	}
	if v, err := claimed(0).Test(Near("x", exactly(10), 10, 0)); err != nil || !v.Holds() {
		t.Errorf("exactly as predicted: %+v, %v", v, err)
	}
}

// The worst comparison is that of the least p-value, not of the largest distance, and
// several failures are counted.
func TestValuesFindsTheWorst(t *testing.T) {
	comparisons := []Comparison{
		Near("many degrees", Estimate{5, 1, 1000}, 0, 0),
		Near("few degrees", Estimate{6, 1, 2}, 0, 0),
		Near("large units", Estimate{1000, 1000, 1000}, 0, 0),
	}
	v, err := claimed(1e-3).Test(comparisons...)
	if err != nil || v.Holds() || v.Where != "many degrees" || strings.Contains(v.Test, "fail") {
		t.Errorf("%+v, %v", v, err)
	}
	if v.Test != "3 comparisons, Student's t with 2 to 1000 degrees of freedom, Bonferroni" || !strings.Contains(v.Power, "in any one comparison, with probability 0.99") {
		t.Errorf("%q, %q", v.Test, v.Power)
	}
	// p-values 0.001, 0.015 and 0.02 at 0.05: two by Bonferroni, all by Holm.
	normal := func(z float64) Comparison { return Near(fmt.Sprint(z), Estimate{z, 1, math.Inf(1)}, 0, 0) }
	v, err = claimed(0.05).Test(normal(2.3263), normal(2.4324), normal(-3.2905))
	if err != nil || v.Where != "-3.2905" || v.Test != "3 comparisons, normal law, Bonferroni; 2 of them fail, 3 by Holm's correction" {
		t.Errorf("%+v, %v", v, err)
	}
	analysistest.Near(t, "p-value", v.PValue, 0.003, 1e-5)
	inside, nearest := Near("inside", Estimate{1, 1, 5}, 0, 3), Near("nearest", Estimate{2.5, 1, 5}, 0, 3)
	for _, comparisons := range [][]Comparison{{inside, nearest}, {nearest, inside}} {
		v, err = claimed(0.05).Test(comparisons...)
		if err != nil || v.Where != "nearest" || v.PValue != 1 {
			t.Errorf("%+v, %v", v, err)
		}
	}
}

// Ten comparisons that are true fail together as often as stated or a little less, and
// one that is off by as much as the power says is caught as often as that says.
func TestValuesKeepTheirProbabilities(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	const trials, count, replicas, falseAlarm = 700, 10, 8, 0.05
	detectable := shiftCaught(criticalValue(falseAlarm/count, replicas-1), replicas-1, power) / math.Sqrt(replicas)
	failed, caught := 0, 0
	for range trials {
		for _, shift := range []float64{0, detectable} {
			comparisons := make([]Comparison, count)
			for k := range comparisons {
				sample := make([]float64, replicas)
				for i := range sample {
					sample[i] = 1 + random.NormFloat64()
				}
				mean, err := MeanOf(sample)
				if err != nil {
					t.Fatal(err)
				}
				comparisons[k] = Near(fmt.Sprint(k), mean, 1, 0)
			}
			comparisons[3].Low, comparisons[3].High = 1+shift, 1+shift
			v, err := claimed(falseAlarm).Test(comparisons...)
			if err != nil || v.Holds() != v.meets() || v.Holds() != (v.PValue >= falseAlarm) {
				t.Fatalf("%+v, %v", v, err)
			}
			switch {
			case shift == 0 && !v.Holds():
				failed++
			case shift != 0 && !v.Holds():
				caught++
			}
		}
	}
	// Independent comparisons: 1 − (1 − 0.005)^10 = 0.0489; five standard deviations.
	analysistest.Near(t, "false alarms", float64(failed)/trials, 0.0489, 5*math.Sqrt(0.0489/trials))
	analysistest.Near(t, "caught", float64(caught)/trials, 0.9905, 5*math.Sqrt(0.0095/trials))
}

func TestValuesRefuseBadInput(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	good := Near("x", Estimate{1, 1, 5}, 1, 0)
	test := func(v Values, comparisons ...Comparison) func() error {
		return func() error { _, err := v.Test(comparisons...); return err }
	}
	refused(t, "claim", test(Values{Label: Stated}, good))
	refused(t, "label", test(Values{Claim: "c"}, good))
	refused(t, "falseAlarm", test(claimed(0.7), good))
	refused(t, "comparisons: none", test(claimed(0)))
	refused(t, "comparisons[1].where", test(claimed(0), good, Near("", good.Measured, 1, 0)))
	for path, e := range map[string]Estimate{
		"value": {nan, 1, 5}, "value: +Inf": {inf, 1, 5}, "standardError": {1, nan, 5}, "standardError: -1": {1, -1, 5},
		"degreesOfFreedom: 0": {1, 1, 0}, "degreesOfFreedom: NaN": {1, 1, nan},
	} {
		refused(t, "comparisons[1].measured."+path, test(claimed(0), good, Near("x", e, 1, 0)))
	}
	refused(t, "comparisons[0].low: NaN", test(claimed(0), Near("x", good.Measured, nan, 0)))
	refused(t, "comparisons[0].high", test(claimed(0), Near("x", good.Measured, 1, -1)))
	refused(t, "comparisons[0].high: +Inf", test(claimed(0), AtMost("x", good.Measured, inf)))
	refused(t, "comparisons[0].low: +Inf", test(claimed(0), AtLeast("x", good.Measured, inf)))
}

// What is known without error is told apart from any other value.
func TestPowerWithoutError(t *testing.T) {
	counted := Estimate{Value: 0, StandardError: 0, DegreesOfFreedom: math.Inf(1)}
	v, err := (Values{Claim: "No network disagrees.", Label: Derived}).Test(AtMost("networks", counted, 0))
	if err != nil || !v.Holds() || v.Power != "any true value outside its range" {
		t.Errorf("%+v, %v", v, err)
	}
}
