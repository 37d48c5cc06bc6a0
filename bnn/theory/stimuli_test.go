package theory

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// solutions are the limit and the finite-n equations with other stimuli.
func solutions(t *testing.T, input, source bnn.Stimulus, times []float64) [2]*bnn.Trajectory {
	t.Helper()
	network := networktest.ReadNetwork(t, "feedforward")
	network.Populations[0].Stimulus, network.Feedforward[0].Rate = input, source
	return [2]*bnn.Trajectory{bnn.Must(Limit(t.Context(), network, times)), bnn.Must(FiniteSize(t.Context(), network, 400, times))}
}

// wave is a stimulus that only has values.
type wave struct{ height float64 }

func (w wave) At(t float64) float64      { return 1 + w.height*math.Cos(3*t) }
func (wave) Jumps() []float64            { return nil }
func (w wave) Range() (float64, float64) { return 1 - w.height, 1 + w.height }
func (wave) Rest() float64               { return 1 }
func (w wave) Key() string               { return fmt.Sprint("wave of ", w.height) }

// Stimuli that are the same function are the same stimulus, also where the slope of a drive counts.
func TestStimuliThatAreTheSameFunction(t *testing.T) {
	verification.Long(t)
	times := bnn.Every(0.25, 3)
	ramp := bnn.Ramp{From: 1, To: 1.2, Start: 0.5, Duration: 1}
	traced := bnn.Samples{Start: 0.5, Step: 0.25, Values: []float64{1, 1.05, 1.1, 1.15, 1.2}}
	pulse := bnn.Pulse{Baseline: 1, Amplitude: 0.1, Start: 0.7, Duration: 0.8}
	steps := bnn.Steps{Times: []float64{0.7, 1.5}, Values: []float64{1, 1.1, 1}}
	sine := bnn.Sine{Baseline: 1, Amplitude: 0.1, Period: 2 * math.Pi / 3, Phase: math.Pi / 2}
	for name, c := range map[string]struct {
		a, b bnn.Stimulus
		near float64
	}{
		"a ramp and its samples":      {ramp, traced, 1e-10},
		"a pulse and steps":           {pulse, steps, 0},
		"a pulse and a sum of one":    {pulse, bnn.Sum{Of: []bnn.Stimulus{pulse}}, 0},
		"a ramp and a sum of halves":  {ramp, bnn.Sum{Of: []bnn.Stimulus{bnn.Ramp{From: 0.5, To: 0.6, Start: 0.5, Duration: 1}, bnn.Ramp{From: 0.5, To: 0.6, Start: 0.5, Duration: 1}}}, 1e-10},
		"a sine and one of one's own": {sine, wave{0.1}, 1e-9},
		"a sine and its sum":          {sine, bnn.Sum{Of: []bnn.Stimulus{bnn.ConstantStimulus{Value: 1}, bnn.Sine{Amplitude: 0.1, Period: sine.Period, Phase: sine.Phase}}}, 1e-9},
	} {
		a, b := solutions(t, c.a, c.a, times), solutions(t, c.b, c.b, times)
		for i, what := range []string{"limit", "n = 400"} {
			if d := farthest(a[i], b[i]); d > c.near {
				t.Errorf("%s, %s: off by %g", name, what, d)
			}
		}
	}
}

// Fast sines are seen inside of sums: their response is taken in closed form, so that the steps
// are those of what is slow, and too many periods are refused with the path.
func TestFastSinesInsideOfSums(t *testing.T) {
	alone := networktest.ReadCase(t, "sine-short-period")
	summed := alone.Clone()
	inside := func(s bnn.Stimulus) bnn.Stimulus {
		return bnn.Sum{Of: []bnn.Stimulus{bnn.ConstantStimulus{Value: 0.25}, bnn.Sum{Of: []bnn.Stimulus{s, bnn.ConstantStimulus{Value: -0.25}}}}}
	}
	for a := range summed.Populations {
		summed.Populations[a].Stimulus = inside(summed.Populations[a].Stimulus)
	}
	want, got := bnn.Must(FiniteSize(t.Context(), alone, 10, []float64{2})), bnn.Must(FiniteSize(t.Context(), summed, 10, []float64{2}))
	if d := farthest(want, got); d > 1e-10 || got.Stats.Steps > 1000 {
		t.Errorf("off by %g in %d steps", d, got.Stats.Steps)
	}
	var input *bnn.InputError
	if _, err := FiniteSize(t.Context(), summed, 10, []float64{1e4}); !errors.As(err, &input) || input.Path != "times" || !strings.Contains(input.Allowed, ".stimulus.of[1].of[0]") {
		t.Error(err)
	}
	network := networktest.ReadNetwork(t, "abstract")
	network.Populations[0].Stimulus = inside(bnn.Sine{Amplitude: 0.1, Period: 1e-3})
	if _, err := Limit(t.Context(), network, []float64{1e3}); !errors.As(err, &input) || input.Path != "times" {
		t.Error(err)
	}
}

// unknown is a stimulus without its derivative and its response.
type unknown struct{ bnn.Stimulus }

// Samples by the thousand cost in proportion to their number, and no more.
func TestManySamples(t *testing.T) {
	verification.Long(t)
	took := func(count int) time.Duration {
		values := make([]float64, count)
		for i := range values {
			values[i] = 1 + 0.05*math.Sin(float64(i))
		}
		network := networktest.ReadNetwork(t, "feedforward")
		network.Feedforward[0].Rate = bnn.Samples{Step: 3e-3, Values: values}
		began := time.Now()
		bnn.Must(Limit(t.Context(), network, []float64{3e-3 * float64(count)}))
		network.Feedforward[0].Rate = unknown{network.Feedforward[0].Rate}
		bnn.Must(Limit(t.Context(), network, []float64{3e-3 * float64(count)}))
		bnn.Must(FiniteSize(t.Context(), network, 400, []float64{3e-3 * float64(count)}))
		return time.Since(began)
	}
	few, many := took(500), took(4000)
	t.Logf("500 samples %v, 4000 samples %v", few, many)
	if many > 30*few {
		t.Errorf("500 samples take %v, 4000 take %v", few, many)
	}
}

// At rest the last of samples stays, and stationary states are those of it.
func TestSamplesComeToRest(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	constant := bnn.Must(StationaryStates(t.Context(), network))
	network.Feedforward[0].Rate = bnn.Samples{Step: 0.5, Values: []float64{1.1, 0.9, network.Feedforward[0].Rate.Rest()}}
	if states := bnn.Must(StationaryStates(t.Context(), network)); !reflect.DeepEqual(states, constant) {
		t.Errorf("%+v, want %+v", states, constant)
	}
	end := bnn.Must(Limit(t.Context(), network, []float64{30}))
	if networktest.DistanceOf(end.Mean[0], constant[0].Mean) > 1e-9 {
		t.Errorf("ends at %g, want %g", end.Mean[0], constant[0].Mean)
	}
}
