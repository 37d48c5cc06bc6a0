package thinning

import (
	"math"
	"testing"

	"balanced/bnn"
)

// In every window every neuron keeps to its bound, now and, if nothing hits it, until
// the end of the window.
func TestReplicaKeepsBounds(t *testing.T) {
	pulsedSilent := unprojected(t, "silent")
	pulsedSilent.Populations[0].Stimulus = bnn.Pulse{Baseline: 0, Amplitude: 1.5, Start: 1, Duration: 0.5}
	pulsedSilent.Populations[1].Stimulus = bnn.Sine{Baseline: 0, Amplitude: 1, Period: 0.7, Phase: 0}
	pulsedSilent.Populations[1].Rate = bnn.Probit{Max: 2, Slope: 2, Threshold: 0.4}
	pulsedSilent.Populations[1].Tau = 0.4
	networks := map[string]*bnn.Network{"silent": unprojected(t, "silent"), "dense": unprojected(t, "dense"), "pulsed": pulsedSilent}
	if testing.Short() {
		networks = map[string]*bnn.Network{"pulsed": pulsedSilent} // which meets more than the others
	}
	for name, network := range networks {
		windows, checks, classes := map[float64]bool{}, 0, map[uint16]bool{}
		violations := func(off float64) (count int) {
			record(t, network, 60, 1, []float64{4}, func(r *Replica) {
				r.Hold(Following, Few)
				r.inspect = func() {
					windows[r.window.opened] = true
					checks++
					for j, class := range r.class {
						a := int(class / classesPerEmitter)
						p := network.Populations[a]
						for _, at := range []float64{r.sync, (r.sync + r.window.end) / 2, r.window.end} {
							v := r.x[j]*math.Exp(-(at-r.origin[a])/p.Tau) + r.steady[a].At(at) + off
							if p.Rate.At(v) > p.Rate.Bound()*r.classes[class].table.Bound*(1+1e-12) {
								count++
							}
						}
						classes[class] = true
					}
				}
			})
			return count
		}
		if count := violations(0); count > 0 {
			t.Errorf("%s: %d violations", name, count)
		}
		if len(windows) < 20 || checks < 100 || len(classes) < 5 {
			t.Errorf("%s: only %d windows, %d checks and %d classes", name, len(windows), checks, len(classes))
		}
		if violations(0.15) == 0 {
			t.Errorf("%s: potentials 0.15 too high go unseen", name)
		}
	}
}

// Windows follow the state where few candidates of flat ones are accepted, and only there.
func TestReplicaChoosesWindows(t *testing.T) {
	for name, flat := range map[string]bool{"dense": true, "silent": false} {
		wrong := 0
		record(t, unprojected(t, name), 200, 1, bnn.Every(0.5, 3), func(r *Replica) {
			r.inspect = func() {
				if r.sync > 1 && r.window.flat != flat {
					wrong++
				}
			}
		})
		if wrong > 0 {
			t.Errorf("%s: %d times in a window of the wrong kind", name, wrong)
		}
	}
}

// With spread thresholds and shared sources, too, every neuron keeps to its bound in every window
// that follows the state.
func TestSpreadNeuronsKeepBounds(t *testing.T) {
	network := unprojected(t, "silent")
	network.Populations[0].Spread, network.Populations[1].Spread = 0.4, 0.8
	network.Populations[1].Rate = bnn.PowerRate{Max: 3, Gain: 1, Exponent: 2, Threshold: 0.5}
	network.Populations[0].Stimulus = bnn.Ramp{From: 0, To: 2, Start: 0.5, Duration: 1}
	network.Feedforward = []bnn.Source{{Name: "S", Size: 1, Rate: bnn.ConstantStimulus{Value: 2}, Weights: []float64{0.5, 0.3}, Shared: true}}
	windows, checks, classes := map[float64]bool{}, 0, map[uint16]bool{}
	violations := func(off float64) (count int) {
		record(t, network, 60, 1, []float64{2}, func(r *Replica) {
			r.Hold(Following, Few)
			r.inspect = func() {
				windows[r.window.opened] = true
				checks++
				j := 0
				for a, p := range network.Populations {
					// Cubics that end before the window does are not asked beyond: only now counts.
					factor, steady := math.Exp(-(r.sync-r.origin[a])/p.Tau), r.steady[a].At(r.sync)
					for k := range r.counts[a] {
						v := (r.x[j]+r.members[a].common)*factor + steady - r.Offsets[a][k] + off
						if p.Rate.At(v) > p.Rate.Bound()*r.classes[r.class[j]].table.Bound*(1+1e-9) {
							count++
						}
						classes[r.class[j]] = true
						j++
					}
				}
			}
		})
		return count
	}
	if count := violations(0); count > 0 {
		t.Errorf("%d violations", count)
	}
	if len(windows) < 20 || checks < 100 || len(classes) < 5 {
		t.Errorf("only %d windows, %d checks and %d classes", len(windows), checks, len(classes))
	}
	if violations(0.3) == 0 {
		t.Error("potentials 0.3 too high go unseen")
	}
}
