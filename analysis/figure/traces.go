package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"

	"balanced/analysis/figure/internal/pen"
	"balanced/analysis/internal/check"
	"balanced/analysis/internal/results"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Traces draws the membrane potentials of single neurons of one run over time,
// one panel for each population that has a neuron among them. Where a prediction is
// given (it may be nil) a line shows its mean and a band two standard deviations to
// each side, where 95 of 100 potentials of a normal law are. The network names the
// populations.
//
// The traces are those of a finished run. The error is a *bnn.InputError. The size of
// the figure grows with the number of times: some thousand are more than can be seen.
func Traces(network *bnn.Network, traces *simulate.TraceRecorder, prediction *bnn.Trajectory) (*Figure, error) {
	names, err := checkTraces(network, traces)
	if err != nil {
		return nil, err
	}
	if err := checkColours(names); err != nil {
		return nil, err
	}
	if prediction != nil {
		result := results.Result{Name: "prediction", Column: "prediction", Moments: &prediction.Moments}
		if err := results.CheckSame([]results.Result{result}); err != nil {
			return nil, err
		}
		if !slices.Equal(names, prediction.Populations) {
			return nil, &bnn.InputError{Path: "prediction.populations", Value: fmt.Sprintf("%q", prediction.Populations),
				Allowed: fmt.Sprintf("those of the network, %q", names)}
		}
		for _, q := range []bnn.Quantity{bnn.Means, bnn.Variances} {
			if err := results.CheckFinite(result, q); err != nil {
				return nil, err
			}
		}
	}
	var panels []*plot.Plot
	var counts []string
	for a, name := range names {
		panel, count, err := tracePanel(a, name, traces, prediction)
		if err != nil {
			return nil, err
		}
		if count > 0 {
			panels = append(panels, panel)
			counts = append(counts, fmt.Sprintf("%d of %s", count, name))
		}
	}
	unifyY(panels)
	low, high := panels[0].Y.Min, panels[0].Y.Max
	for _, panel := range panels {
		widen(panel)
	}
	caption := fmt.Sprintf("Membrane potentials of single neurons in one run (%s).", strings.Join(counts, ", "))
	keys := []key{{"single neurons", []plot.Thumbnailer{newLine(nil, pen.Ink.Faded(0.6), 0.8, nil)}}}
	if prediction != nil {
		caption += " Thick line: predicted mean m; band: m ± 2√K, which holds 95 of 100 potentials."
		keys = append(keys, key{"predicted mean m", []plot.Thumbnailer{newLine(nil, pen.Ink, 2, nil)}},
			key{"m ± 2√K", []plot.Thumbnailer{area(pen.Ink.Faded(0.15))}})
	}
	last := len(traces.Times) - 1
	return withTexts(columns(len(panels)), panels, keys, func(unit bnn.Unit) (_, alt string) {
		return caption, fmt.Sprintf("Irregular curves of the membrane potential against time, from t = %s, between %s.",
			Time.say(unit, 4, " to ", traces.Times[0], traces.Times[last]), Potential.say(unit, 3, " and ", low, high))
	}), nil
}

// checkTraces refuses traces that are not of a run of the network, and names its
// populations.
func checkTraces(network *bnn.Network, traces *simulate.TraceRecorder) ([]string, error) {
	if network == nil {
		return nil, &bnn.InputError{Path: "network", Value: "nil", Allowed: "a network"}
	}
	if traces == nil || len(traces.Times) == 0 || len(traces.Neurons) == 0 || len(traces.Traces) != len(traces.Neurons) {
		return nil, &bnn.InputError{Path: "traces", Value: "none", Allowed: "a recorder of 1 or more neurons, after a run"}
	}
	for i, neuron := range traces.Neurons {
		if neuron.Population < 0 || neuron.Population >= len(network.Populations) {
			return nil, &bnn.InputError{Path: fmt.Sprintf("traces.neurons[%d]", i), Value: fmt.Sprintf("%+v", neuron),
				Allowed: fmt.Sprintf("a neuron of one of the %d populations", len(network.Populations))}
		}
		if len(traces.Traces[i]) != len(traces.Times) {
			return nil, &bnn.InputError{Path: fmt.Sprintf("traces.traces[%d]", i), Value: fmt.Sprintf("%d values", len(traces.Traces[i])),
				Allowed: fmt.Sprintf("one value for each of the %d times", len(traces.Times))}
		}
		if len(traces.Times) > 1 {
			if err := check.Sample(fmt.Sprintf("traces.traces[%d]", i), traces.Traces[i]); err != nil {
				return nil, err
			}
		}
	}
	var names []string
	for _, population := range network.Populations {
		names = append(names, population.Name)
	}
	return names, nil
}

func tracePanel(a int, name string, traces *simulate.TraceRecorder, prediction *bnn.Trajectory) (panel *plot.Plot, count int, err error) {
	panel = newPanel(Axis{Label: timeLabel, Of: Time}, Axis{Label: "membrane potential v of " + name, Of: Potential})
	var means, variances []float64
	if prediction != nil {
		if means, err = prediction.Series(bnn.Means, a); err != nil {
			return nil, 0, err
		}
		if variances, err = prediction.Series(bnn.Variances, a); err != nil {
			return nil, 0, err
		}
		panel.Add(&plotter.Polygon{XYs: []plotter.XYs{band(prediction.Times, means, variances)}, Color: pen.Palette[a].Faded(0.15)})
	}
	strengths := []float64{0.9, 0.65, 0.45} // to tell neighbours apart
	for i, neuron := range traces.Neurons {
		if neuron.Population == a {
			panel.Add(newLine(xys(traces.Times, traces.Traces[i]), pen.Palette[a].Faded(strengths[count%3]), 0.8, nil))
			count++
		}
	}
	if prediction != nil {
		panel.Add(newLine(xys(prediction.Times, means), pen.Palette[a], 2, nil))
	}
	return panel, count, nil
}

// band is the outline of m ± 2√K.
func band(times, means, variances []float64) plotter.XYs {
	var above, below plotter.XYs
	for i, t := range times {
		m, spread := means[i], 2*math.Sqrt(variances[i])
		above = append(above, plotter.XY{X: t, Y: m + spread})
		below = append(below, plotter.XY{X: t, Y: m - spread})
	}
	slices.Reverse(below)
	return append(above, below...)
}
