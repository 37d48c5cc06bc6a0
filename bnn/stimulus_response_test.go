package bnn

import (
	"math"
	"testing"
)

// plainStimulus hides all but the methods of a Stimulus.
type plainStimulus struct{ Stimulus }

func (s plainStimulus) Key() string { return "plain " + s.Stimulus.Key() }

// A stimulus of the caller's own that mimics a built-in one has its response and its slope.
func TestOwnStimulusMimics(t *testing.T) {
	for _, built := range stimulusExamples {
		if sine, is := built.(Sine); is && sine.Period < 1 {
			continue // its slope changes over less than the step of the differences
		}
		own := plainStimulus{built}
		least, greatest := built.Range()
		size := math.Max(math.Abs(least), math.Abs(greatest))
		for _, tau := range []float64{0.02, 0.5, 1, 20} {
			for _, at := range []float64{0, 0.01, 0.75, 2.2, 7} {
				if got, want := Response(own, at, tau), Response(built, at, tau); math.Abs(got-want) > 1e-11*size*tau {
					t.Errorf("%#v: response at %v, tau %v: %v, want %v", built, at, tau, got, want)
				}
				from := at / 3
				want := Response(built, at, tau) - math.Exp((from-at)/tau)*Response(built, from, tau)
				for _, s := range []Stimulus{own, built} {
					if got := ResponseSince(s, from, at, tau); math.Abs(got-want) > 1e-11*size*tau {
						t.Errorf("%#v: response from %v to %v, tau %v: %v, want %v", s, from, at, tau, got, want)
					}
				}
				if got, want := Slope(own, at), Slope(built, at); math.Abs(got-want) > 1e-9*size {
					t.Errorf("%#v: slope at %v: %v, want %v", built, at, got, want)
				}
			}
		}
	}
}

// What lies more than forty time constants back is forgotten, and costs nothing.
func TestResponseForgets(t *testing.T) {
	values := make([]float64, 100_001)
	for i := range values {
		values[i] = math.Sin(float64(i))
	}
	s := Samples{Step: 1e-2, Values: values}
	if allocations := testing.AllocsPerRun(3, func() { s.Response(1000, 0.1) }); allocations > 0 {
		t.Errorf("%v allocations", allocations)
	}
	late := Response(s, 1000, 0.1)
	if alone := Response(Samples{Start: 990, Step: 1e-2, Values: values[99_000:]}, 1000, 0.1); math.Abs(late-alone) > 1e-9 {
		t.Errorf("response %v, without the past %v", late, alone)
	}
}
