package bnn

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"balanced/internal/verification"
)

// stimulusExamples has every kind, with jumps before, at and after time 0.
var stimulusExamples = []Stimulus{
	ConstantStimulus{Value: 0.7},
	ConstantStimulus{},
	Pulse{Baseline: 0.2, Amplitude: 1.5, Start: 1, Duration: 2},
	Pulse{Baseline: -0.2, Amplitude: -1.5, Start: 0, Duration: 0.5},
	Pulse{Baseline: 0.1, Amplitude: 2, Start: -1, Duration: 1.5},
	Pulse{Baseline: 0.1, Amplitude: 2, Start: -3, Duration: 1},
	Pulse{Baseline: 0.1, Amplitude: 2, Start: 1, Duration: 0},
	Pulse{Amplitude: 1, Start: 0.5, Duration: 100},
	Sine{Baseline: 1, Amplitude: 0.3, Period: 4, Phase: 0},
	Sine{Baseline: -1, Amplitude: -2, Period: 0.05, Phase: 1},
	Sine{Amplitude: 2, Period: 300, Phase: -5},
	Steps{Values: []float64{0.4}},
	Steps{Times: []float64{-2, -0.5, 0, 0.5, 1.25, 3}, Values: []float64{9, 1, 2, -0.5, 0.25, 0.25, 1}},
	Samples{Start: -1, Step: 0.75, Values: []float64{1, 2, 2, -1, 0.5}},
	Samples{Start: 0.5, Step: 1, Values: []float64{0.3}},
	Samples{Start: 0, Step: 0.015625, Values: []float64{1, 0, 1, 3, 0}},
	Ramp{From: 0.2, To: 1, Start: 0.5, Duration: 1.5},
	Ramp{From: 1, To: -1, Start: -0.5, Duration: 1.5},
	Ramp{From: 1, To: 2, Start: 0.75, Duration: 0},
	Sum{Of: []Stimulus{Pulse{0.2, 1.5, 1, 2}, Steps{[]float64{0.75}, []float64{0, -1}}}},
	Sum{Of: []Stimulus{ConstantStimulus{0.5}, Sum{Of: []Stimulus{Sine{0, 0.5, 3, 1}, Ramp{1, 0, 1, 1}}}}},
}

// gaussLegendre integrates a smooth function to rounding error.
func gaussLegendre(f func(float64) float64, from, to float64) float64 {
	nodes := []float64{0, 0.5384693101056831, -0.5384693101056831, 0.9061798459386640, -0.9061798459386640}
	weights := []float64{0.5688888888888889, 0.4786286704993665, 0.4786286704993665, 0.2369268850561891, 0.2369268850561891}
	const panels = 2000
	half := (to - from) / (2 * panels)
	sum := 0.0
	for i := range panels {
		middle := from + half*float64(2*i+1)
		for k, node := range nodes {
			sum += weights[k] * f(middle+half*node)
		}
	}
	return sum * half
}

func TestStimulusResponseIsTheIntegral(t *testing.T) {
	verification.Long(t)
	for _, stimulus := range stimulusExamples {
		for _, tau := range []float64{0.1, 0.5, 1, 20} {
			for _, end := range []float64{0, 0.01, 0.4, 1, 2.2, 3, 7} {
				want := 0.0
				from := 0.0
				for _, jump := range append(stimulus.Jumps(), end) {
					to := math.Min(jump, end)
					want += gaussLegendre(func(s float64) float64 {
						return math.Exp(-(end-s)/tau) * stimulus.At(s)
					}, from, to)
					from = to
				}
				got := Response(stimulus, end, tau)
				if math.Abs(got-want) > 1e-13*math.Max(end, 1) {
					t.Errorf("%#v: response at %v, tau %v: %v, integral %v", stimulus, end, tau, got, want)
				}
			}
		}
	}
}

// laterStimulus is the same stimulus on a clock that starts at time t.
func laterStimulus(stimulus Stimulus, t float64) Stimulus {
	switch s := stimulus.(type) {
	case Pulse:
		s.Start -= t
		return s
	case Sine:
		s.Phase += 2 * math.Pi * t / s.Period
		return s
	case Steps:
		s.Times = slices.Clone(s.Times)
		for i := range s.Times {
			s.Times[i] -= t
		}
		return s
	case Samples:
		s.Start -= t
		return s
	case Ramp:
		s.Start -= t
		return s
	case Sum:
		later := Sum{}
		for _, summand := range s.Of {
			later.Of = append(later.Of, laterStimulus(summand, t))
		}
		return later
	}
	return stimulus
}

// The solution of x' = −x/τ + I over t + u is the one over t, decayed over u, plus
// the one over u of the stimulus seen from t: the identity that makes it a
// solution of the differential equation, without any difference quotient.
func TestStimulusResponseIsASolution(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		stimulus := stimulusExamples[random.IntN(len(stimulusExamples))]
		tau := math.Exp(4 * random.NormFloat64())
		first, second := math.Exp(2*random.NormFloat64()), math.Exp(2*random.NormFloat64())
		whole := Response(stimulus, first+second, tau)
		parts := math.Exp(-second/tau)*Response(stimulus, first, tau) + Response(laterStimulus(stimulus, first), second, tau)
		least, greatest := stimulus.Range()
		scale := math.Max(math.Abs(least), math.Abs(greatest)) * math.Min(tau, first+second)
		// The phase of the shifted sine is rounded, by up to 1e-16 of its size.
		turns := 1.0
		if sine, is := stimulus.(Sine); is {
			turns += (first + second) / sine.Period
		}
		if math.Abs(whole-parts) > 1e-14*turns*scale {
			t.Fatalf("%#v, tau %v: response at %v + %v is %v, in two parts %v", stimulus, tau, first, second, whole, parts)
		}
	}
}

func TestStimulusResponseAtShortTimes(t *testing.T) {
	const t0 = 1e-7
	cases := []struct {
		stimulus Stimulus
		want     float64 // to relative order t0²
	}{
		{ConstantStimulus{Value: 3}, 3 * t0 * (1 - t0/(2*0.5))},
		{Pulse{Amplitude: 2, Start: -1, Duration: 9}, 2 * t0 * (1 - t0/(2*0.5))},
		{Pulse{Amplitude: 2, Start: t0 / 2, Duration: 9}, t0 * (1 - t0/(4*0.5))},
		// ∫ (1 − (t−s)/τ) ωs ds: the constant term vanishes and must not leave
		// rounding errors behind.
		{Sine{Amplitude: 1, Period: 2 * math.Pi, Phase: 0}, t0 * t0 / 2 * (1 - t0/(3*0.5))},
	}
	for _, c := range cases {
		got := Response(c.stimulus, t0, 0.5)
		if math.Abs(got/c.want-1) > 1e-13 {
			t.Errorf("%#v: response %v, want %v", c.stimulus, got, c.want)
		}
	}
}

func TestStimulusDerivative(t *testing.T) {
	const h = 1e-6
	for _, stimulus := range stimulusExamples {
		for _, at := range []float64{-2.3, 0, 0.1, 0.77, 1, 2.9, 3, 11} {
			// From the right, where it is not centred: right-continuity is tested too.
			got := Slope(stimulus, at)
			want := (-3*stimulus.At(at) + 4*stimulus.At(at+h) - stimulus.At(at+2*h)) / (2 * h)
			if math.Abs(got-want) > 1e-4*(1+math.Abs(got)) {
				t.Errorf("%#v: derivative at %v is %v, difference quotient %v", stimulus, at, got, want)
			}
		}
	}
}

func TestStimulusJumpsAndRange(t *testing.T) {
	for _, stimulus := range stimulusExamples {
		jumps := stimulus.Jumps()
		if !slices.IsSorted(jumps) {
			t.Errorf("%#v: jumps %v are not sorted", stimulus, jumps)
		}
		least, greatest := stimulus.Range()
		seenLeast, seenGreatest := math.Inf(1), math.Inf(-1)
		previous := stimulus.At(0)
		const step = 1.0 / 4096
		for i := -4 * 4096; i <= 12*4096; i++ {
			at := float64(i) * step
			value := stimulus.At(at)
			seenLeast, seenGreatest = math.Min(seenLeast, value), math.Max(seenGreatest, value)
			if Stepped(stimulus) && at > 0 {
				if jumped := value != previous; jumped != slices.Contains(jumps, at) {
					t.Errorf("%#v: value %v after %v at %v, but jumps are %v", stimulus, value, previous, at, jumps)
				}
			}
			previous = value
		}
		if seenLeast < least || seenGreatest > greatest {
			t.Errorf("%#v: values from %v to %v leave the range %v to %v", stimulus, seenLeast, seenGreatest, least, greatest)
		}
		if long, is := stimulus.(Sine); is && long.Period > 10 {
			continue // does not come round in the time looked at
		}
		if seenLeast > least+1e-3 || seenGreatest < greatest-1e-3 {
			t.Errorf("%#v: values from %v to %v, but the range is %v to %v", stimulus, seenLeast, seenGreatest, least, greatest)
		}
	}
}

func TestStimulusJumpTimes(t *testing.T) {
	cases := []struct {
		pulse Pulse
		want  []float64
	}{
		{Pulse{Amplitude: 1, Start: 1, Duration: 2}, []float64{1, 3}},
		{Pulse{Amplitude: 1, Start: 0, Duration: 2}, []float64{2}},
		{Pulse{Amplitude: 1, Start: -1, Duration: 2}, []float64{1}},
		{Pulse{Amplitude: 1, Start: -5, Duration: 2}, nil},
		{Pulse{Amplitude: 0, Start: 1, Duration: 2}, nil},
		{Pulse{Amplitude: 1, Start: 1e20, Duration: 1}, nil}, // start + duration is start
		{Pulse{Amplitude: 1, Start: 1e308, Duration: 1e308}, []float64{1e308}},
	}
	for _, c := range cases {
		if got := c.pulse.Jumps(); !slices.Equal(got, c.want) {
			t.Errorf("%#v: jumps %v, want %v", c.pulse, got, c.want)
		}
	}
}

func TestStimulusRest(t *testing.T) {
	for stimulus, want := range map[Stimulus]float64{
		ConstantStimulus{Value: 2}:                                     2,
		Pulse{Baseline: 3, Amplitude: 1, Start: -1, Duration: 100}:     3,
		Sine{Baseline: 4, Amplitude: 1, Period: 1, Phase: math.Pi / 2}: 4,
	} {
		if got := stimulus.Rest(); got != want {
			t.Errorf("%#v: rest %v, want %v", stimulus, got, want)
		}
	}
}

func TestStimulusExtremesAreNumbers(t *testing.T) {
	sizes := []float64{5e-324, 1e-300, 1e-8, 1, 1e8, 1e150}
	for _, scale := range sizes {
		for _, other := range sizes {
			for _, tau := range sizes {
				for _, at := range append([]float64{0}, sizes...) {
					for _, stimulus := range []Stimulus{
						ConstantStimulus{Value: scale},
						Pulse{Baseline: scale, Amplitude: -scale, Start: other, Duration: scale},
						Pulse{Baseline: 1, Amplitude: 1, Start: -other, Duration: 2 * other},
						Sine{Baseline: scale, Amplitude: scale, Period: other, Phase: 1},
						Sine{Amplitude: 0, Period: other, Phase: scale},
					} {
						for _, value := range []float64{
							stimulus.At(at), Slope(stimulus, at), Response(stimulus, at, tau),
						} {
							if math.IsNaN(value) {
								t.Fatalf("%#v gives NaN at %v, tau %v", stimulus, at, tau)
							}
						}
					}
				}
			}
		}
	}
}

func TestSineKeepsItsPhase(t *testing.T) {
	sine := Sine{Amplitude: 1, Period: 0.75, Phase: 0.3}
	for _, turns := range []float64{1, 1000, 1 << 40} {
		if got, want := sine.At(0.25+turns*0.75), sine.At(0.25); math.Abs(got-want) > 1e-14 {
			t.Errorf("after %v turns: %v, want %v", turns, got, want)
		}
	}
}
