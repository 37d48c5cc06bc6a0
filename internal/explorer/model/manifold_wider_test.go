package model

import (
	"math"
	"strings"
	"testing"

	"balanced/bnn"
)

// The curves of spread thresholds are those of the flatter probits that they are on the average, a
// rate that falls and a mixture are refused by name, and what the others answer holds them too.
func TestManifoldOfWiderNetworks(t *testing.T) {
	window := func(network *bnn.Network) ManifoldAnswer {
		return ask[ManifoldAnswer](t, "manifold", object{"network": network, "variance": []float64{1, 1}, "time": 0, "low": []float64{-1, -1}, "high": []float64{2, 2}})
	}
	const spread = 0.7
	probits := func(spread float64, slope func(float64) float64) *bnn.Network {
		return change(t, "abstract", func(n *bnn.Network) {
			for a := range n.Populations {
				n.Populations[a].Rate, n.Populations[a].Spread = bnn.Probit{Max: 2, Slope: slope(1 + 2*float64(a)), Threshold: 0.2}, spread
			}
		})
	}
	spreadCurves := window(probits(spread, func(slope float64) float64 { return slope })).Curves
	flatCurves := window(probits(0, func(slope float64) float64 { return slope / math.Sqrt(1+slope*slope*spread*spread) })).Curves
	if len(spreadCurves) != 1 || len(spreadCurves[0].Points) < 10 || len(spreadCurves[0].Points) != len(flatCurves[0].Points) {
		t.Fatalf("%v, %v", spreadCurves, flatCurves)
	}
	for k, point := range spreadCurves[0].Points {
		if other := flatCurves[0].Points[k]; math.Hypot(point[0]-other[0], point[1]-other[1]) > 1e-9 {
			t.Errorf("%v, want %v", point, other)
		}
	}
	falling := change(t, "abstract", func(n *bnn.Network) {
		n.Populations[1].Rate = bnn.Must(bnn.NewTableRate([]float64{-1, 0, 1}, []float64{1, 3, 2}))
	})
	mixed := change(t, "abstract", func(n *bnn.Network) {
		n.Initial.Variance = nil
		for range n.Populations {
			n.Initial.Components = append(n.Initial.Components, []bnn.Component{{Weight: 0.5, Offset: -1, Variance: 0.1}, {Weight: 0.5, Offset: 1, Variance: 0.1}})
		}
	})
	for path, network := range map[string]*bnn.Network{"populations[1].rate": falling, "initial.components": mixed} {
		if answer := window(network); answer.Problem == nil || answer.Problem.Kind != "input" || !strings.HasPrefix(answer.Problem.Text, path) {
			t.Errorf("%s: %+v", path, answer.Problem)
		}
	}
	if answer := ask[LimitAnswer](t, "limit", object{"network": mixed, "to": 1, "every": 0.5}); answer.Problem != nil || len(answer.Mean) != 3 || len(answer.Mean[0]) != 2 {
		t.Errorf("%+v", answer)
	}
	shared := change(t, "abstract", func(n *bnn.Network) {
		n.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 0.1}, Weights: []float64{0.2, 0.1}, Shared: true}}
	})
	if answer := ask[LimitAnswer](t, "limit", object{"network": shared, "to": 1, "every": 0.5}); answer.Problem == nil || !strings.HasPrefix(answer.Problem.Text, "feedforward[0].shared") {
		t.Errorf("%+v", answer.Problem)
	}
}
