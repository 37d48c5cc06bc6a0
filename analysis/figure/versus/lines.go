package versus

import (
	"math"

	"balanced/analysis/figure"
	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Evenly is a function, such as a theory, as a line: at so many points, 2 or more, evenly from low to high.
func Evenly(name string, color figure.Color, low, high float64, points int, of func(x float64) float64) figure.Line {
	x, y := study.Curve(low, high, points, of)
	return figure.Line{Name: name, X: x, Y: y, Color: color}
}

// OverSizes is a function of n as a line, evenly in log n from the least n > 0 to the largest.
func OverSizes(name string, color figure.Color, least, largest float64, points int, of func(n float64) float64) figure.Line {
	n, y := study.OverSizes(least, largest, points, of)
	return figure.Line{Name: name, X: n, Y: y, Color: color}
}

// Straight is the line from (x0, y0) to (x1, y1).
func Straight(name string, color figure.Color, x0, y0, x1, y1 float64) figure.Line {
	return figure.Line{Name: name, X: []float64{x0, x1}, Y: []float64{y0, y1}, Color: color}
}

// Dashed is a line with dashes.
func Dashed(line figure.Line) figure.Line {
	line.Dashed = true
	return line
}

// OverTime is a quantity of one population, counted from 0, over the times of moments. The error is a *bnn.InputError for a
// quantity or a population that they do not have.
func OverTime(name string, color figure.Color, moments *bnn.Moments, quantity bnn.Quantity, population int) (figure.Line, error) {
	values, err := moments.Series(quantity, population)
	if err != nil {
		return figure.Line{}, err
	}
	return figure.Line{Name: name, X: moments.Times, Y: values, Color: color}, nil
}

// Simulated is a quantity of one population, counted from 0, over the times of a summary, with its errors, as points in the
// colour of the population named "simulation". The error is that of OverTime.
func Simulated(runs *simulate.Summary, quantity bnn.Quantity, population int) (figure.Points, error) {
	values, err := runs.Series(quantity, population)
	if err != nil {
		return figure.Points{}, err
	}
	errors, err := runs.StandardError.Series(quantity, population)
	if err != nil {
		return figure.Points{}, err
	}
	color := figure.PopulationColor(population)
	return figure.Points{Name: "simulation", X: runs.Times, Y: values, Error: errors, Color: color}, nil
}

// Shares are the shares q of trials that succeed at each x, with the standard errors √(q(1−q)/trials). There must be as many
// counts as x, and a trial for each.
func Shares(name string, color figure.Color, x []float64, successes, trials []int) figure.Points {
	points := figure.Points{Name: name, X: x, Color: color}
	for i, count := range successes {
		q := float64(count) / float64(trials[i])
		points.Y, points.Error = append(points.Y, q), append(points.Error, math.Sqrt(q*(1-q)/float64(trials[i])))
	}
	return points
}
