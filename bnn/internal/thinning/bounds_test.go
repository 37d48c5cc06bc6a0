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
				r.Hold(Following)
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
