package versus

import (
	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/analysis/solvable"
	"balanced/analysis/study"
)

// Cumulants is the cumulant of an order 1 to 3 over the times of runs whose solution is known: of each population by the formula
// as a line with its name, from the first time to the last, and as simulated. Errors are those of the solution and of
// solvable.Runs.Cumulant.
func Cumulants(panel figure.Panel, runs *solvable.Runs, order int) (figure.Panel, error) {
	panel = with(panel)
	for a, name := range runs.Solution.Populations() {
		var failed error
		color := figure.PopulationColor(a)
		line := Evenly(name, color, runs.Times[0], runs.Times[len(runs.Times)-1], 201, func(t float64) float64 {
			value, err := runs.Solution.Cumulant(order, a, t)
			if err != nil {
				failed = err
			}
			return value
		})
		if failed != nil {
			return figure.Panel{}, failed
		}
		measured, err := study.Each(runs.Times, func(row int) (analysis.Estimate, error) { return runs.Cumulant(order, a, row) })
		if err != nil {
			return figure.Panel{}, err
		}
		panel.Lines, panel.Points = append(panel.Lines, line), append(panel.Points, Points("", measured, color, false))
	}
	return panel, nil
}
