package versus

import (
	"balanced/analysis/figure"
	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// A Look is how one thing of several appears in a panel: the name of its points, the colour of them and of its line, and whether the
// line is dashed and the points hollow, as a second kind.
type Look struct {
	Name   string
	Color  figure.Color
	Second bool
}

// Course is a quantity of one population, counted from 0, over time: of a theory as a line, and of a summary as points. The error is
// a *bnn.InputError for a quantity or a population that one of the two does not have.
func Course(panel figure.Panel, look Look, quantity bnn.Quantity, population int, theory *bnn.Moments, runs *simulate.Summary) (figure.Panel, error) {
	panel = with(panel)
	predicted, err := theory.Series(quantity, population)
	if err != nil {
		return figure.Panel{}, err
	}
	values, err := runs.Series(quantity, population)
	if err != nil {
		return figure.Panel{}, err
	}
	errors, err := runs.StandardError.Series(quantity, population)
	if err != nil {
		return figure.Panel{}, err
	}
	panel.Lines = append(panel.Lines, figure.Line{X: theory.Times, Y: predicted, Color: look.Color, Dashed: look.Second})
	panel.Points = append(panel.Points, figure.Points{Name: look.Name, X: runs.Times, Y: values, Error: errors, Color: look.Color, Hollow: look.Second})
	return panel, nil
}

// Traces are potentials of single neurons of one run as lines, in the colours of their populations: the first of each population has
// its name, one of names a population, and the others have none.
func Traces(panel figure.Panel, names []string, traces *simulate.TraceRecorder) figure.Panel {
	panel = with(panel)
	named := make([]bool, len(names))
	for k, neuron := range traces.Neurons {
		a := neuron.Population
		line := figure.Line{X: traces.Times, Y: traces.Traces[k], Color: figure.PopulationColor(a)}
		if !named[a] {
			line.Name, named[a] = names[a], true
		}
		panel.Lines = append(panel.Lines, line)
	}
	return panel
}

// Series is one series by size as points, and a function of the size at the sizes x as a line of the same colour, without a name.
func Series(panel figure.Panel, look Look, series *study.Series, x []float64, predicted func(n float64) float64) figure.Panel {
	panel = with(panel)
	line := figure.Line{X: x, Color: look.Color, Dashed: look.Second}
	for _, n := range x {
		line.Y = append(line.Y, predicted(n))
	}
	panel.Lines = append(panel.Lines, line)
	panel.Points = append(panel.Points, Points(look.Name, series, look.Color, look.Second))
	return panel
}
