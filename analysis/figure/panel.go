package figure

import (
	"fmt"

	"gonum.org/v1/plot"

	"balanced/bnn"
)

// A Panel is one drawing of a figure: any number of the things below on a pair of axes.
// They are drawn in this order, what comes later over what comes before. Numbers must be
// finite, but NaN breaks a line or a band, is a point without a bar, and hatches a cell
// of a map; on a logarithmic axis they must be positive. What is beyond given ends of an
// axis is not drawn.
type Panel struct {
	// Title is set above the panel; it may be empty.
	Title string
	X, Y  Axis
	// Maps has at most one map. Its cells fill the panel.
	Maps []Map
	// Phases has at most one, which fills the panel too.
	Phases []Phases
	Bands  []Band
	// HorizontalAt has the heights of thin grey lines across the panel, which the
	// caption should explain.
	HorizontalAt []float64
	Rasters      []Raster
	Slopes       []Slope
	Lines        []Line
	Points       []Points
	Outcomes     []Outcomes
	Notes        []Note
}

// New draws one or more panels, in rows of one, two or three (with maps, two at
// most). The names of what is drawn, each once, make the key above the panels; what has
// the same name in several looks, such as the colours of two populations, shows them
// side by side. The caption says what is drawn, the alternative text what is to be
// seen. The error is a *bnn.InputError that names the panel and the thing in it, such
// as panels[0].lines[1] "limit".y[3].
func New(caption, alt string, panels ...Panel) (*Figure, error) {
	if len(panels) == 0 {
		return nil, &bnn.InputError{Path: "panels", Value: "none", Allowed: "1 or more panels"}
	}
	columns := columns(len(panels))
	var plots []*plot.Plot
	var keys []key
	for i, panel := range panels {
		path := fmt.Sprintf("panels[%d]", i)
		if panel.Title != "" {
			path += fmt.Sprintf(" %q", panel.Title)
		}
		drawn, err := panel.plot(path)
		if err != nil {
			return nil, err
		}
		plots = append(plots, drawn)
		if len(panel.Maps) > 0 { // which need room for their bars
			columns = min(columns, 2)
		}
		for _, m := range panel.marks() {
			keys = addKey(keys, m)
		}
	}
	return newFigure(columns, plots, keys, caption, alt), nil
}

// A mark is something to be drawn in a panel.
type mark interface {
	// kind is the name of the field of Panel that it is in.
	kind() string
	// label is its name and how it looks in the key; neither if it has no key.
	label() (string, plot.Thumbnailer)
	// check refuses what cannot be drawn on the axes. The error has the path.
	check(path string, x, y Axis) error
	// extend takes what is drawn into the ranges of the axes.
	extend(x, y *extent)
	// paint draws it.
	paint(f frame)
}

// marks are all marks of the panel in the order of drawing.
func (p Panel) marks() []mark {
	var list []mark
	for _, m := range p.Maps {
		list = append(list, m)
	}
	for _, q := range p.Phases {
		list = append(append(list, q), q.keys(p.X, p.Y)...)
	}
	for _, b := range p.Bands {
		list = append(list, b)
	}
	for _, y := range p.HorizontalAt {
		list = append(list, horizontal(y))
	}
	trains := 0
	for _, r := range p.Rasters {
		list = append(list, stacked{r, trains})
		trains += len(r.Trains)
	}
	for _, s := range p.Slopes {
		list = append(list, s)
	}
	for i, l := range p.Lines {
		list = append(list, layered{l, p.Lines[i+1:]})
	}
	for _, q := range p.Points {
		list = append(list, q)
	}
	for _, o := range p.Outcomes {
		list = append(list, o)
	}
	if len(p.Notes) > 0 {
		list = append(list, notes{p.Notes, p.Lines})
	}
	return list
}

// plot checks the panel and makes it a plot.
func (p Panel) plot(path string) (*plot.Plot, error) {
	if err := p.check(path); err != nil {
		return nil, err
	}
	x, y := newExtent(p.X.Log), newExtent(p.Y.Log)
	for _, m := range p.marks() {
		m.extend(&x, &y)
	}
	for _, axis := range []struct {
		key  string
		of   Axis
		data extent
	}{{"x", p.X, x}, {"y", p.Y, y}} {
		if axis.of.Low == axis.of.High && axis.data.empty() {
			return nil, &bnn.InputError{Path: path + "." + axis.key, Value: "an axis without ends or data",
				Allowed: "an axis with low and high, or something to draw on it"}
		}
	}
	room := 0.04
	if len(p.Maps)+len(p.Phases)+len(p.Rasters) > 0 { // these have edges of their own
		room = 0
	}
	drawn := newPanel(p.X, p.Y)
	p.X.apply(&drawn.X, x, 0)
	p.Y.apply(&drawn.Y, y, room)
	drawn.Add(panelPlotter{p})
	return drawn, nil
}

func (p Panel) check(path string) error {
	if err := p.X.check(path + ".x"); err != nil {
		return err
	}
	if err := p.Y.check(path + ".y"); err != nil {
		return err
	}
	if len(p.Maps) > 1 {
		return &bnn.InputError{Path: path + ".maps", Value: fmt.Sprintf("%d maps", len(p.Maps)), Allowed: "0 or 1 map"}
	}
	if len(p.Phases) > 1 {
		return &bnn.InputError{Path: path + ".phases", Value: fmt.Sprintf("%d phases", len(p.Phases)), Allowed: "0 or 1"}
	}
	count := map[string]int{}
	for _, m := range p.marks() {
		at := fmt.Sprintf("%s.%s[%d]", path, m.kind(), count[m.kind()])
		if name, _ := m.label(); name != "" {
			at += fmt.Sprintf(" %q", name)
		}
		if err := m.check(at, p.X, p.Y); err != nil {
			return err
		}
		count[m.kind()]++
	}
	return nil
}
