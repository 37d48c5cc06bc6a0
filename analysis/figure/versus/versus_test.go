package versus_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/analysis/figure/versus"
	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory"
)

var axes = figure.Panel{X: figure.Axis{Label: "n", Log: true}, Y: figure.Axis{Label: "y"}}

func TestSizes(t *testing.T) {
	e := &study.Series{N: []float64{100, 400}, Estimates: []analysis.Estimate{{Value: 3, StandardError: 0.1}, {Value: 5, StandardError: 0.2}}}
	i := &study.Series{N: []float64{400}, Estimates: []analysis.Estimate{{Value: -1, StandardError: 0.3}}}
	asked := 0
	panel := versus.Sizes(axes, []string{"E", "I"}, []*study.Series{e, i}, func(n float64) []float64 { asked++; return []float64{n, -n} })
	if len(axes.Lines) != 0 || len(panel.Lines) != 2 || len(panel.Points) != 2 || asked != 16 {
		t.Fatalf("%d lines and %d points from %d predictions", len(panel.Lines), len(panel.Points), asked)
	}
	line, points := panel.Lines[1], panel.Points[0]
	if line.Name != "I, predicted" || line.Color != figure.Inhibitory || math.Abs(line.X[0]-80) > 1e-9 || math.Abs(line.X[15]-500) > 1e-9 || line.Y[3] != -line.X[3] {
		t.Errorf("the line is %+v", line)
	}
	if points.Name != "E, simulated" || !slices.Equal(points.Error, []float64{0.1, 0.2}) || points.Color != figure.Excitatory {
		t.Errorf("the points are %+v", points)
	}
	if alone := versus.Sizes(axes, []string{"E"}, []*study.Series{e}, nil); len(alone.Lines) != 0 || len(alone.Points) != 1 {
		t.Errorf("without a prediction %+v", alone)
	}
	if _, err := figure.New("c", "a", panel); err != nil {
		t.Error(err)
	}
}

func TestSpectra(t *testing.T) {
	network := bnn.Must(bnn.ReadNetwork("../../../data/networks/abstract.json"))
	ctx := context.Background()
	measured := &analysis.Spectrum{}
	for i := range 200 {
		measured.Frequencies = append(measured.Frequencies, float64(i))
		measured.Density = append(measured.Density, analysis.Estimate{Value: 1 + float64(i), StandardError: 0.1})
	}
	panel, err := versus.Spectra(ctx, axes, network, 400, 0.5, 40, []float64{1, 0.5}, []*analysis.Spectrum{measured, measured})
	if err != nil {
		t.Fatal(err)
	}
	// Every frequency up to 6, every second up to 12, and so on, none beyond the ends.
	if x := panel.Points[1].X; !slices.Equal(x[:9], []float64{1, 2, 3, 4, 5, 6, 8, 10, 12}) || x[len(x)-1] > 40 || len(x) > 25 || panel.Points[1].Y[0] != 2 {
		t.Errorf("points at %v", x)
	}
	exact, err := theory.Spectrum(ctx, network, 400, panel.Lines[1].X[7:8])
	if err != nil || panel.Lines[1].Y[7] != real(exact.Mean[0][1][1]) || panel.Lines[1].Name != "I, predicted" {
		t.Errorf("the line has %v, not %v: %v", panel.Lines[1].Y[7], exact, err)
	}
	if alone, w := panel.Lines[3], panel.Lines[3].X[9]; math.Abs(alone.Y[9]-1/(1+w*w)) > 1e-12 { // τ = q = 1, K = 1/2
		t.Errorf("by themselves neurons have %v at ω = %v", alone.Y[9], w)
	}
	var bad *bnn.InputError
	if _, err := versus.Spectra(ctx, axes, network, 0, 0.5, 40, []float64{1, 1}, nil); !errors.As(err, &bad) {
		t.Errorf("of no neurons: %v", err)
	}
}

func TestTimes(t *testing.T) {
	network, ctx := bnn.Must(bnn.ReadNetwork("../../../data/networks/abstract.json")), context.Background()
	limit, err := theory.Limit(ctx, network, bnn.Every(0.1, 1))
	if err != nil {
		t.Fatal(err)
	}
	runs, err := simulate.Ensemble{Network: network, N: 20, Replicas: 3, Seed: 1}.Run(ctx, []float64{0.5, 1})
	if err != nil {
		t.Fatal(err)
	}
	panel, err := versus.Times(axes, bnn.Variances, "limit", &limit.Moments, runs, runs)
	if err != nil || len(panel.Lines) != 2 || len(panel.Points) != 4 {
		t.Fatalf("%+v: %v", panel, err)
	}
	p := panel.Points[3]
	if p.Name != "n = 20" || p.Y[1] != runs.Variance[1][1] || p.Error[1] != runs.StandardError.Variance[1][1] || p.Hollow || !panel.Points[2].Hollow {
		t.Errorf("the points are %+v", p)
	}
	var bad *bnn.InputError
	if _, err := versus.Times(axes, "colour", "limit", &limit.Moments); !errors.As(err, &bad) {
		t.Errorf("another quantity: %v", err)
	}
}

func TestLine(t *testing.T) {
	m := bnn.NewMoments([]string{"E", "I"}, []float64{0, 1})
	m.Rate[1][1] = 3
	line, err := versus.Line("limit", &m, bnn.Rates, 1)
	if err != nil || line.Name != "limit" || !slices.Equal(line.X, []float64{0, 1}) || !slices.Equal(line.Y, []float64{0, 3}) {
		t.Errorf("the line is %+v: %v", line, err)
	}
	if _, err := versus.Line("limit", &m, bnn.Rates, 2); err == nil {
		t.Error("there is a line of a population that there is not")
	}
}
