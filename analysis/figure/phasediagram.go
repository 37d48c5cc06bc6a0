package figure

import (
	"context"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/sweep"
)

// PhaseDiagram draws the regimes of a sweep over the plane of its two axes, a grid with both
// increasing, the first from left to right: its column regime (sweep.Regime). Boundaries are
// drawn where the regime changes, which is found by asking for six more points between each two
// neighbours that differ (Phases.Sharpen). Tables of sweeps over the same axes with a measure
// sweep.Simulation are laid over it, each point as a disc that shows what shares of the replicas
// were balanced, running away or silent.
//
// The error is a *bnn.InputError for a table that has no such column or no such axes, and what
// those points give.
func PhaseDiagram(ctx context.Context, regimes *sweep.Table, simulated ...*sweep.Table) (*Figure, error) {
	axes := regimes.Design().Axes
	if regimes.Design().Points > 0 || len(axes) != 2 {
		return nil, &bnn.InputError{Path: "regimes", Value: fmt.Sprintf("a sweep over %d axes", len(axes)), Allowed: "a grid of two axes"}
	}
	names := []string{regimes.Columns[1].Name, regimes.Columns[2].Name}
	x, y := Axis{Label: names[0], Log: axes[0].Log}, Axis{Label: names[1], Log: axes[1].Log}
	phases, err := phasesOf(regimes, names)
	if err != nil {
		return nil, err
	}
	if err := phases.check("regimes", x, y); err != nil {
		return nil, err
	}
	err = phases.Sharpen(x, y, func(x, y float64) (string, error) {
		cell, err := regimes.Cell(ctx, regimeColumn, x, y)
		word, _ := cell.(string)
		return word, err
	})
	if err != nil {
		return nil, err
	}
	panel := Panel{X: x, Y: y, Phases: []Phases{phases}}
	caption := fmt.Sprintf("What becomes of the network %s, by %s and %s, in the limit of large n.", regimes.Design().Network.Name, names[0], names[1])
	for i, table := range simulated {
		outcomes, err := outcomesOf(table, names)
		if err != nil {
			return nil, fmt.Errorf("simulated[%d]: %w", i, err)
		}
		panel.Outcomes = append(panel.Outcomes, outcomes)
	}
	if len(simulated) > 0 {
		caption += " Discs: simulations, in the colours of what became of the shares of their replicas."
	}
	return New(caption, "Regions of a plane with their names in them.", panel)
}

const regimeColumn = "regime"

// gridOf are the values of a grid of two axes, whose last is the fastest.
func gridOf(table *sweep.Table, names []string) (Phases, error) {
	var p Phases
	xs, err := table.Numbers(names[0])
	if err != nil {
		return p, err
	}
	ys, err := table.Numbers(names[1])
	if err != nil {
		return p, err
	}
	for i := 0; i < len(xs) && xs[i] == xs[0]; i++ {
		p.Y = append(p.Y, ys[i])
	}
	for i := 0; i < len(xs); i += len(p.Y) {
		p.X = append(p.X, xs[i])
	}
	return p, nil
}

// phasesOf puts the regimes of a grid into rows of the picture.
func phasesOf(table *sweep.Table, names []string) (Phases, error) {
	words, err := table.Texts(regimeColumn)
	if err != nil {
		return Phases{}, err
	}
	p, err := gridOf(table, names)
	if err != nil {
		return p, err
	}
	p.Kinds = make([][]string, len(p.Y))
	for i := range p.X {
		for j := range p.Y {
			p.Kinds[j] = append(p.Kinds[j], words[i*len(p.Y)+j])
		}
	}
	return p, nil
}

// outcomesOf are the shares of the replicas of simulated points.
func outcomesOf(table *sweep.Table, names []string) (Outcomes, error) {
	var o Outcomes
	var err error
	if o.X, err = table.Numbers(names[0]); err != nil {
		return o, err
	}
	if o.Y, err = table.Numbers(names[1]); err != nil {
		return o, err
	}
	o.Shares = make([]map[string]float64, len(o.X))
	for i := range o.Shares {
		o.Shares[i] = make(map[string]float64)
	}
	for _, word := range []string{"balanced", "runaway", "silent"} {
		shares, err := table.Numbers("simulation_" + word)
		if err != nil {
			return o, err
		}
		for i, share := range shares {
			o.Shares[i][word] = share
		}
	}
	return o, nil
}
