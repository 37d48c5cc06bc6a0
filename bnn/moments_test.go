package bnn

import (
	"fmt"
	"math"
	"reflect"
	"testing"
)

func TestEvery(t *testing.T) {
	for _, c := range []struct {
		step, end float64
		want      []float64
	}{
		{0.1, 0.5, []float64{0, 0.1, 0.2, 0.3, 0.4, 0.5}},
		{0.25, 1, []float64{0, 0.25, 0.5, 0.75, 1}},
		{0.3, 1, []float64{0, 0.3, 0.6, 0.9, 1}},
		{2, 1, []float64{0, 1}},
		{1, 0, []float64{0}},
		{1.0 / 3, 1, []float64{0, 0.333333333333, 0.666666666667, 1}},
		{0, 1, nil}, {-1, 1, nil}, {1, -1, nil}, {1, math.Inf(1), nil}, {math.NaN(), 1, nil}, {1, math.NaN(), nil}, {1e-9, 1, nil},
	} {
		if got := Every(c.step, c.end); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Every(%g, %g) = %v, want %v", c.step, c.end, got, c.want)
		}
	}
	for row, at := range Every(0.05, 5) {
		if want := fmt.Sprintf("%.2f", float64(row)*0.05); fmt.Sprintf("%.2f", at) != want || len(fmt.Sprint(at)) > 4 {
			t.Errorf("row %d is at %v", row, at)
		}
	}
}

func TestMust(t *testing.T) {
	if Must(3, nil) != 3 {
		t.Error("Must changes the value")
	}
	defer func() {
		if recover() == nil {
			t.Error("Must hides the error")
		}
	}()
	Must(3, fmt.Errorf("no"))
}
