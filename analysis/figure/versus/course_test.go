package versus_test

import (
	"context"
	"errors"
	"testing"

	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/analysis/figure/versus"
	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory"
)

func TestCourse(t *testing.T) {
	network, ctx := bnn.Must(bnn.ReadNetwork("../../../data/networks/abstract.json")), context.Background()
	limit, err := theory.Limit(ctx, network, bnn.Every(0.1, 1))
	if err != nil {
		t.Fatal(err)
	}
	runs, err := simulate.Ensemble{Network: network, N: 20, Replicas: 3, Seed: 1}.Run(ctx, []float64{0.5, 1})
	if err != nil {
		t.Fatal(err)
	}
	look := versus.Look{Name: "small", Color: figure.Inhibitory, Second: true}
	panel, err := versus.Course(axes, look, bnn.Rates, 1, &limit.Moments, runs)
	if err != nil || len(axes.Lines) != 0 || len(panel.Lines) != 1 || len(panel.Points) != 1 {
		t.Fatalf("%+v: %v", panel, err)
	}
	line, points := panel.Lines[0], panel.Points[0]
	if line.Y[10] != limit.Rate[10][1] || !line.Dashed || line.Name != "" || line.Color != figure.Inhibitory {
		t.Errorf("the line is %+v", line)
	}
	if points.Name != "small" || points.Y[1] != runs.Rate[1][1] || points.Error[1] != runs.StandardError.Rate[1][1] || !points.Hollow {
		t.Errorf("the points are %+v", points)
	}
	var bad *bnn.InputError
	if _, err := versus.Course(axes, look, bnn.Rates, 2, &limit.Moments, runs); !errors.As(err, &bad) {
		t.Errorf("a third of two populations: %v", err)
	}
}

func TestTraces(t *testing.T) {
	traces := &simulate.TraceRecorder{Neurons: []simulate.NeuronID{{Population: 1}, {Index: 3}, {Population: 1, Index: 2}},
		Times: []float64{0, 1}, Traces: [][]float64{{1, 2}, {3, 4}, {5, 6}}}
	panel := versus.Traces(axes, []string{"E", "I"}, traces)
	for k, want := range []figure.Line{{Name: "I", Color: figure.Inhibitory}, {Name: "E", Color: figure.Excitatory}, {Color: figure.Inhibitory}} {
		if line := panel.Lines[k]; line.Name != want.Name || line.Color != want.Color || line.Y[1] != traces.Traces[k][1] {
			t.Errorf("line %d is %+v", k, line)
		}
	}
}

func TestSeries(t *testing.T) {
	series := &study.Series{N: []float64{100}, Estimates: []analysis.Estimate{{Value: 3, StandardError: 0.1}}}
	look := versus.Look{Name: "one", Color: figure.Excitatory}
	panel := versus.Series(axes, look, series, []float64{50, 200}, func(n float64) float64 { return 2 * n })
	line, points := panel.Lines[0], panel.Points[0]
	if line.Y[1] != 400 || line.X[0] != 50 || line.Name != "" || line.Dashed || points.Y[0] != 3 || points.Name != "one" || points.Hollow {
		t.Errorf("the line is %+v, the points are %+v", line, points)
	}
}
