package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// imbalance is Σ_b B_ab F_b + b_a, over the size of the weights.
func imbalance(network *bnn.Network, a int, t float64, mean, variance []float64) float64 {
	sum, scale := 0.0, 0.0
	for _, source := range network.Feedforward {
		sum += source.Size * source.Weights[a] * source.Rate.At(t)
	}
	for b, population := range network.Populations {
		coupling := population.Size * network.Weights[a][b]
		sum += coupling * population.Expectation(mean[b], variance[b]).Value
		scale += math.Abs(coupling) * population.Rate.Bound()
	}
	return sum / scale
}

// All points solve the equation, lie in the window and in order, and none is far from the
// next; the ends of a curve are on the border.
func TestManifoldPoints(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	drawn := 0
	for name, network := range presets(t) {
		rank, err := theory.Rank(network)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			low := []float64{-4 * random.Float64(), -4 * random.Float64()}
			high := []float64{low[0] + 0.1 + 5*random.Float64(), low[1] + 0.1 + 5*random.Float64()}
			variance := []float64{random.Float64(), random.Float64()}
			at := 4 * random.Float64()
			answer := ask[ManifoldAnswer](t, "manifold", object{"network": network, "variance": variance, "time": at, "low": low, "high": high})
			if len(answer.Curves) != rank || answer.Problem != nil {
				t.Fatalf("%s of rank %d: %d curves, %+v", name, rank, len(answer.Curves), answer.Problem)
			}
			for i, curve := range answer.Curves {
				if want := map[int]string{1: "", 2: network.Populations[i].Name}[rank]; curve.Population != want {
					t.Errorf("%s: the curve of %q, want %q", name, curve.Population, want)
				}
				if drawn += len(curve.Points); len(curve.Points) > 200 {
					t.Errorf("%s: %d points", name, len(curve.Points))
				}
				for k, point := range curve.Points {
					for a := range network.Populations {
						if off := imbalance(network, a, at, point, variance); math.Abs(off) > 1e-12 && (rank == 1 || a == i) {
							t.Errorf("%s: at %v the imbalance of %d is %g of the weights", name, point, a, off)
						}
						if point[a] < low[a] || point[a] > high[a] {
							t.Errorf("%s: the point %v is outside %v to %v", name, point, low, high)
						}
						if k > 0 && !(point[a]-curve.Points[k-1][a] <= (high[a]-low[a])/98) || k > 0 && point[a] < curve.Points[k-1][a] {
							t.Errorf("%s: from %v the curve goes to %v", name, curve.Points[k-1], point)
						}
					}
					end := k == 0 || k == len(curve.Points)-1
					if border := point[0] == low[0] || point[0] == high[0] || point[1] == low[1] || point[1] == high[1]; end && !border {
						t.Errorf("%s: the curve ends inside, at %v of %v to %v", name, point, low, high)
					}
				}
			}
		}
	}
	if drawn < 5000 {
		t.Errorf("only %d points in all", drawn)
	}
}

// The limit moves on the manifold.
func TestTrajectoryOnManifold(t *testing.T) {
	network := preset(t, "abstract")
	limit, err := theory.Limit(t.Context(), network, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	mean, variance := limit.Mean[0], limit.Variance[0]
	answer := ask[ManifoldAnswer](t, "manifold", object{"network": network, "variance": variance, "time": 1,
		"low": mean, "high": []float64{mean[0] + 1, mean[1] + 1}}) // the corner is the point itself
	if first := answer.Curves[0].Points[0]; math.Hypot(first[0]-mean[0], first[1]-mean[1]) > 1e-9 {
		t.Errorf("the curve begins at %v, the limit is at %v", first, mean)
	}
}

// Steep, flat and missing rates and weights have the curves they should.
func TestManifoldSpecialCases(t *testing.T) {
	window := func(network *bnn.Network) object {
		return object{"network": network, "variance": []float64{0, 0}, "time": 0, "low": []float64{-3, -3}, "high": []float64{3, 3}}
	}
	drive := func(weights ...float64) []bnn.Source {
		return []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: weights}}
	}
	for name, c := range map[string]struct {
		by      func(*bnn.Network)
		curves  int
		points  bool
		falling bool
	}{
		"steep":                 {func(n *bnn.Network) { n.Populations[1].Rate = bnn.Logistic{Max: 4, Slope: 1e6, Threshold: 0.5} }, 1, true, false},
		"flat":                  {func(n *bnn.Network) { n.Populations[1].Rate = bnn.ConstantRate{Value: 1} }, 1, true, false},
		"too high":              {func(n *bnn.Network) { n.Populations[1].Rate = bnn.ConstantRate{Value: 9} }, 1, false, false},
		"one source":            {func(n *bnn.Network) { n.Weights = [][]float64{{1, 0}, {2, 0}}; n.Feedforward = drive(-1, -2) }, 1, true, false},
		"nothing to hear":       {func(n *bnn.Network) { n.Weights = [][]float64{{0, 0}, {0, 0}} }, 2, false, false},
		"outside the range":     {func(n *bnn.Network) { n.Feedforward = drive(1, 0) }, 2, true, false},
		"inside the range":      {func(n *bnn.Network) { n.Feedforward = drive(0.1, 0.1) }, 1, true, false},
		"two inhibitory ones":   {func(n *bnn.Network) { n.Weights = [][]float64{{-1, -1}, {-1, -1}}; n.Feedforward = drive(3, 3) }, 1, true, true},
		"one population hears":  {func(n *bnn.Network) { n.Weights = [][]float64{{0, 0}, {1, -1}} }, 1, true, false},
		"with sizes unlike one": {func(n *bnn.Network) { n.Populations[0].Size = 2 }, 1, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			network := change(t, "abstract", c.by)
			answer := ask[ManifoldAnswer](t, "manifold", window(network))
			if len(answer.Curves) != c.curves || (len(answer.Curves[0].Points) > 1) != c.points {
				t.Fatalf("%+v", answer)
			}
			for a, curve := range answer.Curves {
				for k, point := range curve.Points {
					for b := range network.Populations {
						// A population that hears nothing has NaN here.
						if off := imbalance(network, b, 0, point, []float64{0, 0}); math.Abs(off) > 1e-9 && (b == a || len(answer.Curves) == 1) {
							t.Errorf("the imbalance at %v is %g of the weights", point, off)
						}
					}
					if k > 0 && (point[1] < curve.Points[k-1][1]) != c.falling && point[1] != curve.Points[k-1][1] {
						t.Errorf("from %v to %v", curve.Points[k-1], point)
					}
				}
			}
		})
	}
	three := preset(t, "abstract")
	three.Populations = append(three.Populations, bnn.Population{Name: "third", Tau: 1, Size: 1, Rate: bnn.ConstantRate{Value: 1}})
	three.Weights = [][]float64{{1, -1, 0}, {1, -1, 0}, {1, -1, 0}}
	three.Initial = bnn.Initial{Mean: []float64{0, 0, 0}, Variance: []float64{0, 0, 0}}
	if answer := ask[ManifoldAnswer](t, "manifold", window(three)); answer.Problem != nil || answer.Curves == nil || len(answer.Curves) != 0 {
		t.Errorf("three populations: %+v", answer)
	}
}

// Where a curve is vertical, its points are in order, too.
func TestManifoldInOrderWhereVertical(t *testing.T) {
	for _, sign := range []float64{1, -1} {
		network := change(t, "abstract", func(n *bnn.Network) {
			n.Populations[0].Rate = bnn.Logistic{Max: 2, Slope: 1e20, Threshold: 1}
			n.Weights = [][]float64{{-1, sign}, {-1, sign}}
			n.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: []float64{1 - sign, 1 - sign}}}
		})
		answer := ask[ManifoldAnswer](t, "manifold", object{"network": network, "variance": []float64{0, 0}, "time": 0, "low": []float64{-3, -3}, "high": []float64{3, 3}})
		points, vertical := answer.Curves[0].Points, 0
		for k := 1; k < len(points); k++ {
			right, up := points[k][0]-points[k-1][0], sign*(points[k][1]-points[k-1][1])
			if math.Abs(right) < 1e-15 {
				vertical++
			}
			if up < 0 || right < -1e-15 {
				t.Errorf("sign %g: from %v to %v", sign, points[k-1], points[k])
			}
		}
		if vertical < 5 {
			t.Errorf("sign %g: %d steps are vertical: %v", sign, vertical, points)
		}
	}
}
