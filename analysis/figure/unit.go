package figure

import (
	"math"
	"strings"

	"gonum.org/v1/plot"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// A Dimension is what the numbers of an axis measure, for Figure.In: the name of its unit in a
// laboratory, which is made of powers of mV and of ms, or for inverse times of seconds.
type Dimension struct {
	name            string
	potential, time int
}

// What axes measure. An axis without a dimension keeps its numbers.
var (
	Time             = Dimension{"ms", 0, 1}
	Rate             = Dimension{"Hz", 0, -1}
	AngularFrequency = Dimension{"rad/s", 0, -1}
	Potential        = Dimension{"mV", 1, 0}
	Variance         = Dimension{"mV²", 2, 0}
	ThirdCumulant    = Dimension{"mV³", 3, 0}

	perPotential   = Dimension{"1/mV", -1, 0}
	meanSpectrum   = Dimension{"mV²·ms", 2, 1}
	rateCovariance = Dimension{"Hz²", 0, -2}
)

// dimensionOf is the dimension of a moment.
func dimensionOf(q bnn.Quantity) Dimension {
	return map[bnn.Quantity]Dimension{bnn.Means: Potential, bnn.Variances: Variance, bnn.ThirdCumulants: ThirdCumulant, bnn.Rates: Rate}[q]
}

// in tells what the number 1 is in a unit, and the name of that; 1 and "" where the unit does not say.
func (d Dimension) in(unit bnn.Unit) (factor float64, name string) {
	if d.name == "" || d.potential != 0 && unit.PotentialMV == 0 || d.time != 0 && unit.TimeMS == 0 {
		return 1, ""
	}
	time := unit.TimeMS
	if d.time < 0 {
		time /= 1000
	}
	return math.Pow(unit.PotentialMV, float64(d.potential)) * math.Pow(time, float64(d.time)), d.name
}

// say writes numbers with a word between them, and their unit.
func (d Dimension) say(unit bnn.Unit, digits int, between string, values ...float64) string {
	factor, name := d.in(unit)
	var texts []string
	for _, value := range values {
		texts = append(texts, number.Short(value*factor, digits))
	}
	return strings.TrimSpace(strings.Join(texts, between) + " " + name)
}

// In is the figure in the units of a laboratory, those of Network.Unit: the numbers and labels of
// axes that have a dimension are in ms, Hz and mV, and so are the texts of figures that come from
// results; so are the bars of maps that have one. What the unit does not say stays as it is. Change texts
// after it; a second In changes nothing.
func (f *Figure) In(unit bnn.Unit) *Figure {
	panels := make([]*plot.Plot, len(f.panels))
	for i, panel := range f.panels {
		converted := *panel
		for _, axis := range []*plot.Axis{&converted.X, &converted.Y} {
			marker := axis.Tick.Marker.(ticks)
			marker.length = 0 // which depends on the numbers beside the axis
			factor, name := marker.of.in(unit)
			if name != "" && marker.factor == 0 {
				marker.factor = factor
				if axis.Label.Text != "" {
					axis.Label.Text = strings.TrimSuffix(axis.Label.Text, timeUnit) + " (" + name + ")"
				}
			}
			if marker.unit == (bnn.Unit{}) {
				marker.unit = unit
			}
			axis.Tick.Marker = marker
		}
		panels[i] = &converted
	}
	converted := newFigure(f.columns, panels, f.keys, f.Caption, f.Alt)
	if f.texts != nil {
		converted.Caption, converted.Alt = f.texts(unit)
	}
	return converted
}
