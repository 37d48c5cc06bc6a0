package pieces

import (
	"math"
	"testing"

	"balanced/bnn"
)

// plain hides what a stimulus knows of itself.
type plain struct{ bnn.Stimulus }

// A response that is followed is the one in closed form, and its cubics are, for as long as they
// hold.
func TestResponseIsFollowed(t *testing.T) {
	for name, s := range map[string]bnn.Stimulus{
		"constant": bnn.ConstantStimulus{Value: 2}, "none": bnn.ConstantStimulus{},
		"sine":    bnn.Sine{Baseline: -0.4, Amplitude: 3, Period: 0.9, Phase: 2},
		"fast":    bnn.Sine{Amplitude: 3, Period: 0.01},
		"pulse":   bnn.Pulse{Baseline: 0.3, Amplitude: -2, Start: 1, Duration: 3},
		"steps":   bnn.Steps{Times: []float64{0.5, 0.51, 2}, Values: []float64{1, -1, 3, 0}},
		"samples": bnn.Samples{Start: -0.2, Step: 0.13, Values: []float64{1, 3, -2, 0.5, 2, 2, 0}},
		"ramp":    bnn.Ramp{From: 1, To: 1e3, Start: 0.3, Duration: 2},
	} {
		least, greatest := s.Range()
		for _, tau := range []float64{0.05, 0.7, 30} {
			most := 2e-12*tau*math.Max(math.Abs(least), math.Abs(greatest)) + 1e-300
			r := NewResponse(plain{s}, tau)
			for at := 0.0; at < 5; at += 0.0137 {
				want := bnn.Response(s, at, tau)
				if got := r.At(at); math.Abs(got-want) > most {
					t.Fatalf("%s, τ = %g: %.15g at %g, want %.15g", name, tau, got, at, want)
				}
				c, end := r.Cubic(at)
				since := 0.999 * (end - at)
				want = bnn.Response(s, at+since, tau)
				if got := c[0] + since*(c[1]+since*(c[2]+since*c[3])); math.Abs(got-want) > 2*most {
					t.Fatalf("%s, τ = %g: the cubic of %g is %.15g at %g, want %.15g", name, tau, at, got, at+since, want)
				}
			}
		}
	}
}

func BenchmarkResponse(b *testing.B) {
	s := plain{bnn.Sine{Amplitude: 1, Period: 1}}
	for b.Loop() {
		r := NewResponse(s, 1)
		r.At(10)
	}
}
