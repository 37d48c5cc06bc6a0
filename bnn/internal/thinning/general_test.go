package thinning

import (
	"math"
	"testing"

	"balanced/bnn"
)

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
			r.Hold(Following)
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
