package study_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"balanced/analysis"
	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

func TestWaiting(t *testing.T) {
	// Counted from 5 on: 1 and 3 by those that left, 15 by the one that nobody saw leave.
	few := &simulate.Escapes{Times: []float64{2, 5, 6, 8, 20}, Left: []bool{true, true, true, true, false}}
	mean, err := study.Waiting(few, 5)
	if err != nil || mean.Value != 9.5 || math.Abs(mean.StandardError-9.5/math.Sqrt2) > 1e-12 {
		t.Errorf("%v, %v", mean, err)
	}
	var input *bnn.InputError
	if _, err := study.Waiting(few, 8); !errors.As(err, &input) || input.Path != "escapes" {
		t.Errorf("nobody left after 8: %v", err)
	}
	// Exponential times of mean 10 that are watched for 15, after a start of 5 in which half leave:
	// to count that start would be seen.
	random := rand.New(rand.NewPCG(3, 4))
	many := &simulate.Escapes{}
	for range 4000 {
		at := 5 * random.Float64()
		if random.Float64() < 0.5 {
			at = 5 + 10*random.ExpFloat64()
		}
		many.Times, many.Left = append(many.Times, min(at, 20)), append(many.Left, at < 20)
	}
	after, err := study.Waiting(many, 5)
	if err != nil || math.Abs(after.Value-10) > 4*after.StandardError || after.StandardError > 0.3 {
		t.Errorf("mean 10: %v, %v", after, err)
	}
	if all, err := study.Waiting(many, 0); err != nil || math.Abs(all.Value-10) < 4*all.StandardError {
		t.Errorf("a start in which half leave made no difference: %v, %v", all, err)
	}
}

// A third of the way, with the errors of each to first order; what has no way is refused.
func TestMiddle(t *testing.T) {
	three := &study.Series{N: []float64{1, 2, 3}, Estimates: []analysis.Estimate{
		{Value: 1, StandardError: 0.3}, {Value: 2, StandardError: 0.1}, {Value: 4, StandardError: 0.6},
	}}
	middle, err := three.Middle()
	if err != nil || math.Abs(middle.Value-1./3) > 1e-15 || math.Abs(middle.StandardError-math.Sqrt(0.01+0.04+0.04)/3) > 1e-15 {
		t.Errorf("%+v, %v", middle, err)
	}
	three.Estimates[2].Value = 1
	var input *bnn.InputError
	if _, err := three.Middle(); !errors.As(err, &input) {
		t.Errorf("no way at all: %v", err)
	}
}
