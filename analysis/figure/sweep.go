package figure

import (
	"context"
	"fmt"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/sweep"
)

// Sweep draws the table of a sweep, as its axes and measures allow: over two axes a
// PhaseDiagram if the regime was measured, with simulations of the same sweep left out, or else
// a map of the rate of the first population; over one axis the means, a panel for each population, theory
// as lines and simulation as points. Anything else is a *bnn.InputError.
func Sweep(ctx context.Context, table *sweep.Table) (*Figure, error) {
	axes := table.Design().Axes
	if err := CheckSweep(table.Design(), table.Columns); err != nil {
		return nil, err
	}
	switch {
	case table.Design().Points == 0 && len(axes) == 2 && hasColumn(table, regimeColumn):
		return PhaseDiagram(ctx, table)
	case table.Design().Points == 0 && len(axes) == 2:
		return sweepMap(table)
	}
	return sweepLines(table)
}

// CheckSweep refuses a sweep that Sweep cannot draw, before its points are computed: by its
// design, and the columns that it will have.
func CheckSweep(design sweep.Design, columns []sweep.Column) error {
	axes := len(design.Axes)
	if axes > 2 || axes == 2 && design.Points > 0 {
		return &bnn.InputError{Path: "plot", Value: fmt.Sprintf("a sweep over %d axes", axes), Allowed: "a grid of one or two axes, or one axis at random places"}
	}
	drawn := "_mean_"
	if axes == 2 {
		drawn = "_rate_"
	}
	drawn += design.Network.PopulationNames()[0]
	if !slices.ContainsFunc(columns, func(c sweep.Column) bool {
		return axes == 2 && c.Name == regimeColumn || slices.ContainsFunc(append(slices.Clone(theories), simulation), func(measure string) bool { return c.Name == measure+drawn })
	}) {
		return errNothingToDraw
	}
	return nil
}

func hasColumn(table *sweep.Table, name string) bool {
	return slices.ContainsFunc(table.Columns, func(c sweep.Column) bool { return c.Name == name })
}

// theories and simulation are the measures whose numbers are drawn, as columns begin.
var theories = []string{"limit", "stationary", "finite"}

const simulation = "simulation"

// sweepMap is the rate of the first population by the first measure that has it.
func sweepMap(table *sweep.Table) (*Figure, error) {
	names := []string{table.Columns[1].Name, table.Columns[2].Name}
	population := table.Design().Network.PopulationNames()[0]
	for _, measure := range append(slices.Clone(theories), simulation) {
		column := measure + "_rate_" + population
		if !hasColumn(table, column) {
			continue
		}
		rates, err := table.Numbers(column)
		if err != nil {
			return nil, err
		}
		grid, err := gridOf(table, names)
		if err != nil {
			return nil, err
		}
		values := make([][]float64, len(grid.Y))
		for i := range grid.X {
			for j := range grid.Y {
				values[j] = append(values[j], rates[i*len(grid.Y)+j])
			}
		}
		axes := table.Design().Axes
		return New(fmt.Sprintf("Rate of population %s by %s and %s (%s). Hatched: no number.", population, names[0], names[1], measure),
			"A map of one rate over two parameters.",
			Panel{X: Axis{Label: names[0], Log: axes[0].Log}, Y: Axis{Label: names[1], Log: axes[1].Log},
				Maps: []Map{{X: grid.X, Y: grid.Y, Values: values, Label: "rate of " + population, Of: Rate}}})
	}
	return nil, errNothingToDraw
}

var errNothingToDraw = &bnn.InputError{Path: "plot", Value: "a sweep without states", Allowed: "one that measures the regime, the limit, stationary states, finite n or simulations"}

// sweepLines are the means along one axis.
func sweepLines(table *sweep.Table) (*Figure, error) {
	name := table.Columns[1].Name
	at, err := table.Numbers(name)
	if err != nil {
		return nil, err
	}
	var panels []Panel
	for a, population := range table.Design().Network.PopulationNames() {
		panel := Panel{Title: population, X: Axis{Label: name, Log: table.Design().Axes[0].Log}, Y: Axis{Label: string(bnn.Means), Of: Potential}}
		for k, measure := range theories {
			if !hasColumn(table, measure+"_mean_"+population) {
				continue
			}
			means, err := table.Numbers(measure + "_mean_" + population)
			if err != nil {
				return nil, err
			}
			panel.Lines = append(panel.Lines, Line{Name: measure, X: at, Y: means, Color: PopulationColor(a), Dotted: k == 1, Dashed: k == 2})
		}
		if hasColumn(table, simulation+"_mean_"+population) {
			means, err := table.Numbers(simulation + "_mean_" + population)
			if err != nil {
				return nil, err
			}
			bars, err := table.Numbers(simulation + "_se_mean_" + population)
			if err != nil {
				return nil, err
			}
			if simulated := measured(Points{Name: simulation, X: at, Y: means, Error: bars, Color: PopulationColor(a)}); len(simulated.X) > 0 {
				panel.Points = append(panel.Points, simulated)
			}
		}
		if len(panel.Lines)+len(panel.Points) > 0 {
			panels = append(panels, panel)
		}
	}
	if len(panels) == 0 {
		return nil, errNothingToDraw
	}
	return New(fmt.Sprintf("Means of the populations along %s; bars ±2 standard errors.", name), "Curves of means along one parameter.", panels...)
}

// measured leaves out points that have no value: a simulation may end numerically, which the
// table tells.
func measured(p Points) Points {
	kept := p
	kept.X, kept.Y, kept.Error = nil, nil, nil
	for i, y := range p.Y {
		if !math.IsNaN(y) {
			kept.X, kept.Y, kept.Error = append(kept.X, p.X[i]), append(kept.Y, y), append(kept.Error, p.Error[i])
		}
	}
	return kept
}
