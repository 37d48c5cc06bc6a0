package figure

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"balanced/bnn"
)

// A Raster shows spike trains: one row a train, a small vertical tick at each of its
// times. The rows are numbered from 1, upwards; those of a further raster of the same
// panel follow. A figure grows by about 25 bytes a spike.
type Raster struct {
	// Name is the name in the key; without one the raster has no key.
	Name   string
	Trains [][]float64
	Color  Color
}

// rasterLook is how spikes look.
type rasterLook struct{ color Color }

func (r rasterLook) style() draw.LineStyle { return draw.LineStyle{Color: r.color.pen(), Width: 0.8} }

// Thumbnail implements plot.Thumbnailer: three spikes.
func (r rasterLook) Thumbnail(c *draw.Canvas) {
	for _, at := range []vg.Length{-6, -2, 6} {
		c.StrokeLine2(r.style(), c.Center().X+at, c.Min.Y+1, c.Center().X+at, c.Max.Y-1)
	}
}

// stacked is a raster above a number of other trains.
type stacked struct {
	Raster
	below int
}

func (s stacked) kind() string { return "rasters" }

func (s stacked) label() (string, plot.Thumbnailer) { return s.Name, rasterLook{s.Color} }

func (s stacked) check(path string, x, y Axis) error {
	if err := checkColor(path, s.Color); err != nil {
		return err
	}
	if y.Log {
		return &bnn.InputError{Path: path, Value: "a logarithmic y axis", Allowed: "rows on a linear one"}
	}
	for i, train := range s.Trains {
		if err := checkValues(fmt.Sprintf("%s.trains[%d]", path, i), train, x, false); err != nil {
			return err
		}
	}
	return nil
}

func (s stacked) extend(x, y *extent) {
	for i, train := range s.Trains {
		x.include(train...)
		y.include(float64(s.below+i)+0.5, float64(s.below+i)+1.5)
	}
}

// paint draws all spikes as one path. A spike fills 0.8 of the height of its row, and
// of few rows a height that still looks like one.
func (s stacked) paint(f frame) {
	half := min(0.4*(f.y(1)-f.y(0)), 6)
	var spikes [][]vg.Point
	for i, train := range s.Trains {
		middle := f.y(float64(s.below + i + 1))
		for _, t := range train {
			spikes = append(spikes, []vg.Point{{X: f.x(t), Y: middle - half}, {X: f.x(t), Y: middle + half}})
		}
	}
	f.stroke(rasterLook{s.Color}.style(), spikes...)
}
