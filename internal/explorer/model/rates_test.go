package model

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"balanced/bnn"
)

// Every question is answered for every kind of rate that the page can give a population, and
// the manifold of a power, whose expectation is an integral, has points where the inputs cancel.
func TestKindsOfRates(t *testing.T) {
	for kind, rate := range map[string]func(slope, threshold float64) bnn.Rate{
		"probit": func(slope, threshold float64) bnn.Rate { return bnn.Probit{Max: 2, Slope: slope, Threshold: threshold} },
		"power": func(slope, threshold float64) bnn.Rate {
			return bnn.PowerRate{Max: 2, Gain: slope * slope / 16, Exponent: 2, Threshold: threshold - 4/slope}
		},
	} {
		network := change(t, "abstract", func(n *bnn.Network) {
			n.Populations[0].Rate, n.Populations[1].Rate = bnn.Probit{Max: 2, Slope: 0.627, Threshold: 0}, rate(3, 0.5)
		})
		limit := ask[LimitAnswer](t, "limit", object{"network": network, "to": 4, "every": 0.5, "n": 100})
		if limit.Problem != nil || limit.Verdict.Word != Balanced || len(limit.Times) != 9 {
			t.Fatalf("%s: %+v, %+v", kind, limit.Problem, limit.Verdict)
		}
		finite := ask[FiniteAnswer](t, "finite", object{"network": network, "to": 4, "every": 0.5, "n": 100_000_000})
		if finite.Problem != nil || math.Abs(finite.Mean[8][0]-limit.Mean[8][0]) > 0.02 {
			t.Errorf("%s: %+v", kind, finite)
		}
		if states := ask[StatesAnswer](t, "states", object{"network": network}); states.Problem != nil || len(states.States) == 0 {
			t.Errorf("%s: %+v", kind, states)
		}
		raster := ask[RasterAnswer](t, "raster", object{"network": network, "n": 30, "seed": 1, "to": 1, "rows": 4})
		if raster.Problem != nil || len(raster.Trains) != 8 {
			t.Errorf("%s: %+v", kind, raster)
		}
		if text := ask[TextAnswer](t, "cell", object{"network": network, "n": 30, "to": 1, "every": 0.5}); text.Problem != nil {
			t.Errorf("%s: %+v", kind, text)
		}
		var end SimulateAnswer
		shown := 0
		question := text(t, object{"network": network, "n": 50, "seed": 1, "to": 1, "every": 0.5})
		ended := Simulate(t.Context(), question, time.Hour, func(batch Batch) { shown += len(batch.Rows) })
		if err := json.Unmarshal(ended, &end); err != nil || end.Problem != nil || shown != 3 {
			t.Errorf("%s: %d rows, %+v, %v", kind, shown, end, err)
		}
		window := object{"network": network, "variance": limit.Variance[8], "time": 4, "low": []float64{-1, -1}, "high": []float64{2, 2}}
		manifold := ask[ManifoldAnswer](t, "manifold", window)
		if manifold.Problem != nil || len(manifold.Curves) != 1 || len(manifold.Curves[0].Points) < 50 {
			t.Fatalf("%s: %+v", kind, manifold)
		}
		// The weights are 1 and −1, so that the expected rates are the same.
		for _, point := range manifold.Curves[0].Points {
			expected := func(a int) float64 {
				return bnn.Expect(network.Populations[a].Rate, point[a], limit.Variance[8][a]).Value
			}
			e, i := expected(0), expected(1)
			if math.Abs(e-i) > 1e-7 {
				t.Errorf("%s: at %v the rates are %v and %v", kind, point, e, i)
			}
		}
	}
}
