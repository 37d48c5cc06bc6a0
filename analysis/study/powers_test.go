package study_test

import (
	"errors"
	"math"
	"testing"

	"balanced/analysis"
	"balanced/analysis/study"
	"balanced/bnn"
)

// A power law without noise is found whatever the errors, and values that are none are refused.
func TestPowerLaw(t *testing.T) {
	series := &study.Series{}
	for _, n := range []float64{10, 100, 1000} {
		series.N = append(series.N, n)
		series.Estimates = append(series.Estimates, analysis.Estimate{Value: 3 * math.Pow(n, -0.75), StandardError: 0.01 * n, DegreesOfFreedom: 10})
	}
	power, err := series.PowerLaw()
	if err != nil || math.Abs(power.Value+0.75) > 1e-12 || power.StandardError <= 0 {
		t.Errorf("the power is %+v: %v", power, err)
	}
	series.Estimates[1].Value = 0
	var input *bnn.InputError
	if _, err := series.PowerLaw(); !errors.As(err, &input) {
		t.Errorf("a value of 0: %v", err)
	}
}

// The series has at each size what the replicas have, and a quantity with its negative the opposite of its variance.
func TestRunsCovariance(t *testing.T) {
	runs := &study.Runs[float64]{Sizes: []study.Size{{N: 10, Replicas: 3}, {N: 20, Replicas: 2}}, Replicas: [][]float64{{1, 2, 4}, {0, 3}}}
	itself, negative := func(x float64) float64 { return x }, func(x float64) float64 { return -x }
	variance, err := runs.Covariance(itself, itself)
	if err != nil {
		t.Fatal(err)
	}
	opposite, err := runs.Covariance(itself, negative)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{7.0 / 3, 4.5} {
		if got := variance.Estimates[i].Value; math.Abs(got-want) > 1e-14 || opposite.Estimates[i].Value != -got || variance.N[i] != float64(10*(i+1)) {
			t.Errorf("at n = %v the variance is %v, not %v, and with the negative it is %v", variance.N[i], got, want, opposite.Estimates[i].Value)
		}
	}
}
