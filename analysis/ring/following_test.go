package ring_test

import (
	"errors"
	"math"
	"math/cmplx"
	"testing"

	"balanced/analysis/ring"
	"balanced/bnn"
)

// It starts a quarter behind, obeys D′ = −D + e^{iωt}, and settles behind its stimulus.
func TestFollowing(t *testing.T) {
	const omega, h = 1.3, 1e-5
	d := func(t float64) complex128 { return ring.Following(omega, t) * cmplx.Exp(complex(0, omega*t)) }
	for _, at := range []float64{0, 0.5, 2} {
		slope, want := (d(at+h)-d(at-h))/complex(2*h, 0), cmplx.Exp(complex(0, omega*at))-d(at)
		if cmplx.Abs(slope-want) > 1e-8 {
			t.Errorf("at %v its slope is %v, and not %v", at, slope, want)
		}
	}
	if start, late := ring.Following(omega, 0), ring.Following(omega, 50); start != -1i || cmplx.Abs(late-1/(1+1.3i)) > 1e-12 {
		t.Errorf("it goes from %v to %v", start, late)
	}
}

// Bumps of three populations with centres at 0.1, −0.2 and 0.3.
func TestWandered(t *testing.T) {
	moments := &bnn.Moments{Times: []float64{0, 1, 2}}
	for _, centre := range []float64{0.1, -0.2, 0.3} {
		var row []float64
		for k := range 3 {
			row = append(row, math.Cos(2*math.Pi*float64(k)/3-centre))
		}
		moments.Mean = append(moments.Mean, row)
	}
	for rows, want := range []float64{10 * (0.01 + 0.04 + 0.09) / 3, 10 * (-0.02 - 0.06) / 2, 10 * 0.03} {
		if got, err := (ring.Bump{1}).Wandered(moments, 10, rows); err != nil || math.Abs(got-want) > 1e-12 {
			t.Errorf("%d rows later it is %v, and not %v: %v", rows, got, want, err)
		}
	}
	var bad *bnn.InputError
	if _, err := (ring.Bump{1}).Wandered(moments, 10, 3); !errors.As(err, &bad) {
		t.Errorf("later than all: %v", err)
	}
}
