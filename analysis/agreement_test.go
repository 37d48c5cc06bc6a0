package analysis

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/analysistest"
	"balanced/bnn"
)

func agreement(falseAlarm, allowance float64) Agreement {
	return Agreement{Claim: "The variances agree.", Label: Derived, Quantity: bnn.Variances, FalseAlarm: falseAlarm, Allowance: allowance}
}

// A true claim fails as often as stated, and an error of the size that the power is
// stated for is caught as often as stated: both counted over many simulations.
func TestAgreementKeepsItsProbabilities(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const replicas, times, falseAlarm = 30, 5, 0.2
	trials := 1000.0
	if testing.Short() {
		trials = 300
	}
	student := distuv.StudentsT{Sigma: 1, Nu: replicas - 1}
	critical := -student.Quantile(falseAlarm / times / 2 / 2)
	planted := shiftCaught(critical, replicas-1, power) * 0.05 / math.Sqrt(replicas)
	failed, caught := 0, 0
	for range int(trials) {
		for _, shift := range []float64{0, planted} {
			runs, prediction := analysistest.Summary(random, replicas, times, shift)
			v, err := agreement(falseAlarm, 0).Test(runs, prediction)
			if err != nil {
				t.Fatal(err)
			}
			if v.Holds() != v.meets() || !(v.Low < v.Measured && v.Measured < v.High) || v.Holds() != (v.PValue >= falseAlarm) {
				t.Fatalf("%+v contradicts itself", v)
			}
			switch {
			case shift == 0 && !v.Holds():
				failed++
			case shift != 0 && !v.Holds() && strings.Contains(v.Where, "of I, t = 4"):
				caught++
			}
		}
	}
	// Independent comparisons: 1 − (1−0.02)^10 = 0.1829; five standard deviations.
	analysistest.Near(t, "false alarms", float64(failed)/trials, 0.1829, 5*math.Sqrt(0.1829*0.8171/trials))
	// Rarely another comparison is the worst, or the shift is beaten: 0.97 at least.
	if share := float64(caught) / trials; share < 0.97 {
		t.Errorf("the planted error was caught in %g of the trials, want 0.99", share)
	}
}

// A variance that is 5 % too large is caught at the default false alarm, and the
// allowance decides whether it matters.
func TestAgreementCatchesPlantedErrors(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	good, prediction := analysistest.Summary(random, 400, 20, 0)
	for _, row := range []struct {
		name      string
		factor    float64
		shift     float64
		allowance float64
		passes    bool
	}{
		{"nothing planted", 1, 0, 0, true},
		{"5 % too large", 1.05, 0, 0, false},
		{"5 % too small", 0.95, 0, 0, false},
		{"shifted", 1, 0.03, 0, false},
		{"5 % too large, allowed", 1.05, 0, 0.025, true},
		{"5 % too large, a smaller error allowed", 1.05, 0, 0.004, false},
	} {
		bad := *good
		bad.Variance = nil
		for _, values := range good.Variance {
			bad.Variance = append(bad.Variance, []float64{values[0]*row.factor + row.shift, values[1]})
		}
		v, err := agreement(0, row.allowance).Test(&bad, prediction)
		if err != nil || v.Holds() != row.passes || v.FalseAlarm != 1e-6 {
			t.Errorf("%s: %+v, %v", row.name, v, err)
		}
	}
	onlyI := agreement(0, 0)
	onlyI.Populations = []string{"I"}
	good.Variance[3][0] = 7
	if v, err := onlyI.Test(good, prediction); err != nil || !v.Holds() {
		t.Errorf("an error in E fails the claim on I: %+v, %v", v, err)
	}
}

// Without any spread between replicas only rounding is admitted.
func TestAgreementWithoutSpread(t *testing.T) {
	runs, prediction := analysistest.Summary(rand.New(rand.NewPCG(5, 6)), 3, 2, 0)
	for row := range runs.Times {
		for a := range runs.Populations {
			runs.Variance[row][a], runs.StandardError.Variance[row][a] = 0.5+1e-9, 0
		}
	}
	if v, err := agreement(0, 0).Test(runs, prediction); err != nil || !v.Holds() || v.PValue != 1 {
		t.Errorf("rounding: %+v, %v", v, err)
	}
	runs.Variance[1][0] = 0.5001
	if v, err := agreement(0, 0).Test(runs, prediction); err != nil || v.Holds() || v.PValue != 0 {
		t.Errorf("more than rounding: %+v, %v", v, err)
	}
}
