package coxprocess

import (
	"fmt"
	"math"
	"testing"

	"balanced/bnn"
)

// own is a rate of which nothing is known but its values.
type own struct{ bnn.Rate }

func (r own) Key() string { return fmt.Sprintf("own %s", r.Rate.Key()) }

// A rate that only has values has the statistics of the sigmoid that it mimics.
func TestOwnRateHasTheStatisticsOfWhatItMimics(t *testing.T) {
	for _, rate := range []bnn.Rate{bnn.Logistic{Max: 2, Slope: 3, Threshold: 0.4}, bnn.Probit{Max: 3, Slope: 1, Threshold: -1}, bnn.Logistic{Max: 2, Slope: 200, Threshold: 0.1}} {
		known, mimic := New(rate, 0.2, 0.8), New(own{rate}, 0.2, 0.8)
		mean, variance := known.Moments()
		if m, v := mimic.Moments(); math.Abs(m-mean) > 1e-12*mean || math.Abs(v-variance) > 1e-12*variance {
			t.Errorf("%+v: moments %g, %g, want %g, %g", rate, m, v, mean, variance)
		}
		modes := bnn.Must(known.Modes())
		got := bnn.Must(mimic.Modes())
		if len(got) != len(modes) {
			t.Fatalf("%+v: %d modes, want %d", rate, len(got), len(modes))
		}
		for k := range modes {
			if math.Abs(got[k].Variance-modes[k].Variance) > 1e-11*variance {
				t.Errorf("%+v, mode %d: %g, want %g", rate, k+1, got[k].Variance, modes[k].Variance)
			}
		}
		wait := bnn.Must(known.ExpectedWait(1.5, mean))
		if w := bnn.Must(mimic.ExpectedWait(1.5, mean)); math.Abs(w-wait) > 1e-9*wait {
			t.Errorf("%+v: waits %g, want %g", rate, w, wait)
		}
	}
}

// step is 0 below a threshold and 1 from it on; kinked tells where.
type step struct{ threshold float64 }

func (s step) At(v float64) float64 {
	if v < s.threshold {
		return 0
	}
	return 1
}
func (step) Bound() float64 { return 1 }
func (s step) Key() string  { return fmt.Sprintf("step at %g", s.threshold) }

type kinked struct{ step }

func (k kinked) Kinks() []float64 { return []float64{k.threshold} }

// A power rate, a table and a step, told and not, have modes that add up to the variance and to
// the correlation time, which is found by itself. A step has the variance Φ(1−Φ).
func TestModesOfKinkedRatesAddUp(t *testing.T) {
	table := bnn.Must(bnn.Tabulate(bnn.Logistic{Max: 2, Slope: 3, Threshold: 0.4}, -4, 4, 60))
	for _, rate := range []bnn.Rate{bnn.PowerRate{Max: 3, Gain: 1, Exponent: 1.5, Threshold: 0.2}, bnn.PowerRate{Max: 3, Gain: 1, Exponent: 1}, table,
		step{0.5}, kinked{step{0.5}}} {
		p := New(rate, 0.1, 0.8)
		modes, err := p.Modes()
		if err != nil {
			t.Fatal(err)
		}
		mean, variance := p.Moments()
		whole, err := p.correlationTime(mean, math.Sqrt(variance))
		if err != nil {
			t.Fatal(err)
		}
		sum, integral := 0.0, 0.0
		for _, mode := range modes {
			sum += mode.Variance
			integral += mode.Variance / mode.Decay
		}
		if math.Abs(sum-variance) > 1e-10*variance || math.Abs(integral-whole) > 1e-8*whole {
			t.Errorf("%T %+v: modes add up to %.12g and %.12g, want %.12g and %.12g", rate, rate, sum, integral, variance, whole)
		}
		if e := bnn.Expect(rate, 0.1, 0.8); math.Abs(e.Value-mean) > 1e-10*rate.Bound() {
			t.Errorf("%T: rate %.12g, expectation %.12g", rate, mean, e.Value)
		}
	}
	known, unknown := New(kinked{step{0.5}}, 0.1, 0.8), New(step{0.5}, 0.1, 0.8)
	mean, _ := known.Moments()
	if a, b := bnn.Must(known.ExpectedWait(1, mean)), bnn.Must(unknown.ExpectedWait(1, mean)); math.Abs(a-b) > 1e-8*a {
		t.Errorf("a step that is told waits %.12g, one that is not %.12g", a, b)
	}
}
