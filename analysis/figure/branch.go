package figure

import (
	"cmp"
	"fmt"
	"slices"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// Branch draws branches of stationary states against the parameter, one panel for each
// population and each quantity; means if none are named. Lines are solid where a network stays,
// dashed where it leaves within some time constants, and dotted where balance itself is
// unstable and it leaves at rate √n; at finite n what is unstable is dashed. Special points are
// marked and named. The error is a *bnn.InputError.
func Branch(diagram *theory.BifurcationDiagram, quantities ...bnn.Quantity) (*Figure, error) {
	if err := checkColours(diagram.Populations); err != nil {
		return nil, err
	}
	if len(quantities) == 0 {
		quantities = []bnn.Quantity{bnn.Means}
	}
	var panels []Panel
	for i, quantity := range quantities {
		for a, population := range diagram.Populations {
			panel := Panel{Title: population, X: Axis{Label: diagram.Path}, Y: Axis{Label: string(quantity), Of: dimensionOf(quantity)}}
			for _, branch := range diagram.Branches {
				values, known := along(branch, quantity, a)
				if !known {
					return nil, &bnn.InputError{Path: fmt.Sprintf("quantities[%d]", i), Value: fmt.Sprintf("%q", quantity),
						Allowed: "mean, variance, rate, or for finite n third"}
				}
				panel.Lines = append(panel.Lines, stretches(branch, values, a)...)
				for k, point := range branch.Points {
					if name := specialName(point.Kind); name != "" {
						panel.Notes = append(panel.Notes, Note{X: point.Value, Y: values[k], Text: name})
					}
				}
			}
			// The key begins with what is stable.
			slices.SortStableFunc(panel.Lines, func(x, y Line) int { return cmp.Compare(x.rank(), y.rank()) })
			panels = append(panels, panel)
		}
	}
	size := "in the limit of large n"
	if diagram.Finite {
		size = fmt.Sprintf("for n = %d", diagram.N)
	}
	caption := fmt.Sprintf("Stationary states along %s, %s.", diagram.Path, size)
	alt := fmt.Sprintf("Curves of %d branches that turn at limit points and whose lines change where stability does.", len(diagram.Branches))
	return New(caption, alt, panels...)
}

// rank orders lines by how stable what they show is.
func (l Line) rank() int {
	switch {
	case l.Dashed:
		return 1
	case l.Dotted:
		return 2
	}
	return 0
}

// along are the values of a quantity, if the points of the branch have it.
func along(branch theory.Branch, quantity bnn.Quantity, a int) (values []float64, known bool) {
	for _, point := range branch.Points {
		row := map[bnn.Quantity][]float64{bnn.Means: point.Mean, bnn.Variances: point.Variance, bnn.Rates: point.Rate, bnn.ThirdCumulants: point.Third}[quantity]
		if row == nil {
			return nil, false
		}
		values = append(values, row[a])
	}
	return values, true
}

// specialName is what is written beside a point; "" for most.
func specialName(kind theory.PointKind) string {
	switch kind {
	case theory.LimitPoint, theory.FastFold:
		return string(kind)
	case theory.SlowHopf:
		return "slow Hopf"
	case theory.FastHopf:
		return "fast Hopf"
	case theory.Hopf:
		return "Hopf"
	}
	return ""
}

// stretches are the parts of a branch of one stability each, which share their ends.
func stretches(branch theory.Branch, values []float64, a int) []Line {
	var lines []Line
	style := func(i int) Line {
		line := Line{Name: "stable", Color: PopulationColor(a)}
		switch point := branch.Points[i]; {
		case real(point.Fast) > 0:
			line.Name, line.Dotted = "unstable at rate √n", true
		case !point.Stable:
			line.Name, line.Dashed = "unstable", true
		}
		return line
	}
	for i := 0; i+1 < len(branch.Points); i++ {
		at := i
		if branch.Points[i].Kind != theory.PlainPoint { // there it changes
			at = i + 1
		}
		if at == i+1 && branch.Points[i+1].Kind != theory.PlainPoint {
			at = i
		}
		next := style(at)
		if last := len(lines) - 1; last < 0 || lines[last].look() != next.look() {
			next.X, next.Y = []float64{branch.Points[i].Value}, []float64{values[i]}
			lines = append(lines, next)
		}
		line := &lines[len(lines)-1]
		line.X, line.Y = append(line.X, branch.Points[i+1].Value), append(line.Y, values[i+1])
	}
	return lines
}
