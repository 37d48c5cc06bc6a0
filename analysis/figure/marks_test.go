package figure

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/png"
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"balanced/analysis/internal/analysistest"
)

// A bar that reaches zero ends at the lower end of a logarithmic axis, which it does not
// stretch; one that does not ends where it should.
func TestBarsOnLogarithmicAxis(t *testing.T) {
	panel := Panel{Y: Axis{Log: true, Low: 1, High: 100}, Points: []Points{{X: []float64{0, 1}, Y: []float64{10, 10}, Error: []float64{6, 4.5}}}}
	f := panelFrame(t, panel)
	bars := f.ClipLinesXY(panel.Points[0].bars(f)...)
	analysistest.Near(t, "cut off", float64(bars[0][0].Y), 0, 1e-9)
	analysistest.Near(t, "not cut off", float64(bars[1][0].Y), 0, 1e-9) // 10 − 9 = 1 is the end of the axis
	analysistest.Near(t, "top", float64(bars[0][1].Y), 100*math.Log10(22)/2, 1e-9)
	panel.Y = Axis{Log: true}
	if f = panelFrame(t, panel); f.plot.Y.Min < 0 {
		t.Errorf("the axis starts at %g", math.Pow(10, f.plot.Y.Min))
	}
}

// panelFrame is a panel on 200 times 100 points.
func panelFrame(t *testing.T, panel Panel) frame {
	t.Helper()
	drawn, err := panel.plot("panel")
	if err != nil {
		t.Fatal(err)
	}
	return frame{draw.Canvas{Rectangle: vg.Rectangle{Max: vg.Point{X: 200, Y: 100}}}, drawn, panel}
}

// All of a slope is where y = Y (x/X)^exponent, over the data and within the panel.
func TestSlopeFollowsItsPower(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		slope := Slope{Exponent: 3 * random.NormFloat64(), X: math.Exp(random.NormFloat64()), Y: math.Exp(random.NormFloat64())}
		panel := Panel{X: Axis{Log: true, Low: 1e-3, High: 1e3}, Y: Axis{Log: true, Low: 1e-2, High: 1e4}, Slopes: []Slope{slope},
			Points: []Points{{X: []float64{0.01, 50}, Y: []float64{1, 1}}}}
		f := panelFrame(t, panel)
		line := slope.line(f)
		if len(line) < 2 {
			t.Fatalf("%+v: no line", slope)
		}
		for _, at := range line {
			x, y := math.Pow(10, -3+6*float64(at.X)/200), math.Pow(10, -2+6*float64(at.Y)/100)
			analysistest.Near(t, "logarithm of y", math.Log(y), math.Log(slope.Y)+slope.Exponent*math.Log(x/slope.X), 1e-6)
			if x < 0.01*(1-1e-9) || x > 50*(1+1e-9) || !f.Contains(vg.Point{X: at.X, Y: min(max(at.Y, 0), 100)}) {
				t.Errorf("%+v: at x = %g, y = %g", slope, x, y)
			}
		}
	}
}

// The first row of a map is at the bottom; the colour of 0 is neither warm nor cool.
func TestMapColours(t *testing.T) {
	values := [][]float64{{-1, 0, 1}, {1, 1, -1}}
	svg := svgOf(t, Panel{Maps: []Map{{X: []float64{0, 1, 2}, Y: []float64{0, 1}, Values: values, Zero: true}}})
	images := regexp.MustCompile(`<image [^>]*preserveAspectRatio="none" href="data:image/png;base64,([^"]*)"`).FindAllStringSubmatch(svg, -1)
	if len(images) != 4 || strings.Contains(svg, "xlink") {
		t.Fatalf("%d images, want the map and its bar, for light and dark ground", len(images))
	}
	for k, ground := range []string{"light", "dark"} {
		if !strings.Contains(images[k][0], `class="on-`+ground+`"`) {
			t.Errorf("image %d is not for %s ground", k, ground)
		}
		content, err := base64.StdEncoding.DecodeString(images[k][1])
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		size := picture.Bounds().Size()
		for j, row := range values {
			for i, value := range row {
				r, _, b, _ := picture.At((2*i+1)*size.X/6, (3-2*j)*size.Y/4).RGBA()
				warm := (float64(r) - float64(b)) / 0xffff
				if value == 0 && math.Abs(warm) > 0.05 || value != 0 && warm*value < 0.2 {
					t.Errorf("%s ground, cell %d of row %d, %g: %.2f warm", ground, i, j, value, warm)
				}
			}
		}
	}
}

func TestCellEdges(t *testing.T) {
	for _, row := range []struct {
		log           bool
		middles, want []float64
	}{
		{false, []float64{0, 1, 3}, []float64{-0.5, 0.5, 2, 4}},
		{true, []float64{1, 100}, []float64{0.1, 10, 1000}},
	} {
		for i, edge := range cellEdges(row.middles, row.log) {
			analysistest.Near(t, "edge", edge, row.want[i], 1e-9*row.want[len(row.want)-1])
		}
	}
}

// Trains have rows of their own from 1 on, also those of a second raster.
func TestRastersAreStacked(t *testing.T) {
	panel := samplePanels()[2]
	f := panelFrame(t, panel)
	analysistest.Near(t, "lower end", f.plot.Y.Min, 0.5, 0)
	analysistest.Near(t, "upper end", f.plot.Y.Max, 4.5, 0)
	spikes := drawnPaths(svgOf(t, panel), "stroke:#0072B2;stroke-width:0.8")
	below := drawnPaths(svgOf(t, panel), "stroke:#D55E00;stroke-width:0.8")
	height := func(path string) float64 {
		var x, y float64
		if _, err := fmt.Sscanf(path, "M%g,%gL", &x, &y); err != nil {
			t.Fatal(err)
		}
		return y
	}
	if last, lastBelow := height(spikes[0]), height(below[0]); last <= lastBelow {
		t.Errorf("spikes of the second raster start at %g, those of the first at %g", last, lastBelow)
	}
}

// Cells without a value are hatched, all of them and nothing else.
func TestHatch(t *testing.T) {
	panel := samplePanels()[1]
	m := panel.Maps[0]
	f := panelFrame(t, panel)
	lines := m.hatch(f, cellEdges(m.X, false), cellEdges(m.Y, false))
	cell := vg.Rectangle{Min: vg.Point{X: 200. / 3, Y: 50}, Max: vg.Point{X: 400. / 3, Y: 100}}
	length := 0.0
	for _, line := range lines {
		for _, at := range line {
			if at.X < cell.Min.X-1e-6 || at.X > cell.Max.X+1e-6 || at.Y < cell.Min.Y-1e-6 || at.Y > cell.Max.Y+1e-6 {
				t.Errorf("a line to %v", at)
			}
		}
		length += float64(line[len(line)-1].X - line[0].X)
	}
	// Lines 5 points apart horizontally cover that part of the area.
	analysistest.Near(t, "length", length*5, 50*200./3, 200)
}
