package figure

import (
	"errors"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"balanced/bnn"
	"balanced/internal/verification"
)

// samplePanels have one or more of everything.
func samplePanels() []Panel {
	decades := []float64{1, 10, 100, 1000}
	falling := []float64{1, 0.1, 0.01, 0.001}
	return []Panel{
		{Title: "logarithmic", X: Axis{Label: "size n", Log: true}, Y: Axis{Label: "error", Log: true},
			Lines:  []Line{{Name: "theory", X: decades, Y: falling, Color: Excitatory}, {Name: "theory", X: decades, Y: decades, Color: Inhibitory, Dashed: true}},
			Points: []Points{{Name: "simulation", X: decades, Y: falling, Error: []float64{0.1, 0.2, 0, math.NaN()}, Color: Excitatory, Hollow: true}},
			Slopes: []Slope{{Exponent: -1, X: 10, Y: 1, Name: "slope −1"}}, HorizontalAt: []float64{0.5}},
		{Title: "map", Maps: []Map{{X: []float64{0, 1, 2}, Y: []float64{0, 1}, Values: [][]float64{{-1, 0, 2}, {1, math.NaN(), 1}}, Label: "value", Zero: true}},
			Points: []Points{{Name: "blew up", X: []float64{1, 2}, Y: []float64{0, 0.5}}}},
		{Title: "spikes", Rasters: []Raster{{Name: "E", Trains: [][]float64{{0, 1, 2}, {}, {0.5, 1.5}}, Color: Excitatory}, {Name: "I", Trains: [][]float64{{1}}, Color: Inhibitory}}},
		{Title: "band", Bands: []Band{{Name: "spread", X: []float64{0, 1, 2, 3, 4}, Low: []float64{0, 0, math.NaN(), 0, 0}, High: []float64{1, 2, 2, 2, 1}}},
			Lines: []Line{{Name: "broken", X: []float64{0, 1, 2, 3, 4}, Y: []float64{1, 2, math.NaN(), 3, 4}, Color: Grey}}},
	}
}

func svgOf(t *testing.T, panels ...Panel) string {
	t.Helper()
	figure, err := New("caption", "text", panels...)
	if err != nil {
		t.Fatal(err)
	}
	svg, err := figure.SVG()
	if err != nil {
		t.Fatal(err)
	}
	return string(svg)
}

// drawnPaths are the paths of an SVG that have all of a list of declarations, colours as
// attributes.
func drawnPaths(svg, style string) []string {
	var found []string
	for _, path := range regexp.MustCompile(`<path d="([^"]*)"\s+([^>]*)/>`).FindAllStringSubmatch(svg, -1) {
		missing := func(declaration string) bool {
			property, hex, isColour := strings.Cut(declaration, ":#")
			return isColour && !strings.Contains(path[2], property+`="#`+hex+`"`) || !isColour && !strings.Contains(path[2], declaration)
		}
		if !slices.ContainsFunc(strings.Split(style, ";"), missing) {
			found = append(found, path[1])
		}
	}
	return found
}

func TestMarksAreDrawn(t *testing.T) {
	panels := samplePanels()
	for i := range panels { // without a key only the marks in the panel are left
		for _, list := range []func(*Panel){
			func(p *Panel) {
				for k := range p.Lines {
					p.Lines[k].Name = ""
				}
			}, func(p *Panel) {
				for k := range p.Points {
					p.Points[k].Name = ""
				}
			}, func(p *Panel) {
				for k := range p.Rasters {
					p.Rasters[k].Name = ""
				}
			}, func(p *Panel) {
				for k := range p.Bands {
					p.Bands[k].Name = ""
				}
			}} {
			list(&panels[i])
		}
	}
	for _, row := range []struct {
		what         string
		panel        int
		style        string
		paths, moves int
	}{
		{"solid line", 0, "stroke:#D55E00;stroke-width:1.6", 1, 1},
		{"dashed line", 0, "stroke:#0072B2;stroke-width:1.6;stroke-dasharray:5,3", 1, 1},
		{"bars, none of 0 or NaN", 0, "stroke:#D55E00;stroke-width:0.9", 1, 2},
		{"rims of hollow points", 0, "fill:none;stroke:#D55E00;stroke-width:1\"", 0, 0},
		{"slope and horizontal line", 0, "stroke:#707070;stroke-width:0.8", 2, 2},
		{"points and their rims", 1, "fill:#262626", 1, 2},
		{"spikes of E", 2, "stroke:#D55E00;stroke-width:0.8", 1, 5},
		{"spikes of I", 2, "stroke:#0072B2;stroke-width:0.8", 1, 1},
		{"pieces of a band", 3, "fill-opacity", 2, 2},
		{"pieces of a line", 3, "stroke:#707070;stroke-width:1.6", 1, 2},
	} {
		svg := svgOf(t, panels[row.panel])
		paths := drawnPaths(svg, row.style)
		if moves := strings.Count(strings.Join(paths, ""), "M"); len(paths) != row.paths || moves != row.moves {
			t.Errorf("%s: %d paths with %d pieces, want %d with %d", row.what, len(paths), moves, row.paths, row.moves)
		}
	}
}

// Each name is in the key once, with all its looks; long keys take more lines.
func TestKey(t *testing.T) {
	var keys []key
	for _, panel := range append(samplePanels(), samplePanels()...) {
		for _, m := range panel.marks() {
			keys = addKey(keys, m)
		}
	}
	var texts []string
	for _, k := range keys {
		texts = append(texts, k.text)
	}
	if got := strings.Join(texts, ", "); got != "theory, simulation, blew up, E, I, spread, broken" || len(keys[0].marks) != 2 {
		t.Errorf("keys %s, %d looks of theory", got, len(keys[0].marks))
	}
	heights := map[int]vg.Length{}
	for _, count := range []int{0, 1, 20} {
		panel := Panel{Lines: []Line{{X: []float64{0, 1}, Y: []float64{0, 1}}}}
		for i := range count {
			panel.Lines = append(panel.Lines, Line{Name: "name of a line " + string(rune('A'+i))})
		}
		figure, err := New("", "", panel)
		if err != nil {
			t.Fatal(err)
		}
		heights[count] = figure.height
		lines := keyLines(panelKeys(panel), width-50)
		for _, line := range lines {
			used := -vg.Length(betweenKey)
			for _, k := range line {
				used += k.width() + betweenKey
			}
			if used > width-50 {
				t.Errorf("a line of keys of %g points", used)
			}
		}
	}
	if !(heights[0] < heights[1] && heights[1] < heights[20]) {
		t.Errorf("heights %v", heights)
	}
}

func panelKeys(panel Panel) []key {
	var keys []key
	for _, m := range panel.marks() {
		keys = addKey(keys, m)
	}
	return keys
}

func TestNewRefuses(t *testing.T) {
	two, nan, inf := []float64{1, 2}, math.NaN(), math.Inf(1)
	log := Axis{Log: true}
	grid := [][]float64{{1, 2}, {3, 4}}
	for want, panel := range map[string]Panel{
		`panels[0].x: an axis`:                                {},
		`panels[0] "E".y.low: 2 is not allowed: must be at m`: {Title: "E", Y: Axis{Low: 2, High: 1}},
		`panels[0].x.low: 0`:                                  {X: Axis{Log: true, High: 1}},
		`panels[0].x.low: NaN`:                                {X: Axis{Low: nan, High: nan}},
		`panels[0].x.high: +Inf`:                              {X: Axis{High: inf}},
		`panels[0].lines[1] "limit".y: 1 values`:              {Lines: []Line{{}, {Name: "limit", X: two, Y: two[:1]}}},
		`panels[0].lines[0].y[1]: +Inf`:                       {Lines: []Line{{X: two, Y: []float64{1, inf}}}},
		`panels[0].lines[0].x[0]: 0`:                          {X: log, Lines: []Line{{X: []float64{0, 1}, Y: two}}},
		`panels[0].lines[0].color: 99`:                        {Lines: []Line{{Color: 99}}},
		`panels[0].bands[0].low: 1 values`:                    {Bands: []Band{{X: two, Low: two[:1], High: two}}},
		`panels[0].bands[0].high[0]: -1`:                      {Y: log, Bands: []Band{{X: two, Low: two, High: []float64{-1, 1}}}},
		`panels[0].horizontalAt[0]: 0`:                        {Y: log, HorizontalAt: []float64{0}},
		`panels[0].points[0] "n = 9".error: 1 values`:         {Points: []Points{{Name: "n = 9", X: two, Y: two, Error: two[:1]}}},
		`panels[0].points[0].error[1]: -1`:                    {Points: []Points{{X: two, Y: two, Error: []float64{1, -1}}}},
		`panels[0].points[0].y[0]: NaN`:                       {Points: []Points{{X: two, Y: []float64{nan, 1}}}},
		`panels[0].points[0].y[1]: -1`:                        {Y: log, Points: []Points{{X: two, Y: []float64{1, -1}}}},
		`panels[0].slopes[0]: a linear axis`:                  {X: log, Slopes: []Slope{{X: 1, Y: 1}}},
		`panels[0].slopes[0].exponent: NaN`:                   {X: log, Y: log, Slopes: []Slope{{X: 1, Y: 1, Exponent: nan}}},
		`panels[0].slopes[0].y: 0`:                            {X: log, Y: log, Slopes: []Slope{{X: 1}}},
		`panels[0].rasters[0].trains[1][0]: NaN`:              {Rasters: []Raster{{Trains: [][]float64{two, {nan}}}}},
		`panels[0].rasters[0]: a logarithmic`:                 {Y: log, Rasters: []Raster{{Trains: grid}}},
		`panels[0].maps: 2 maps`:                              {Maps: make([]Map, 2)},
		`panels[0].maps[0].x: 0 values`:                       {Maps: make([]Map, 1)},
		`panels[0].maps[0].y[1]: 1`:                           {Maps: []Map{{X: two, Y: []float64{1, 1}, Values: grid}}},
		`panels[0].maps[0].values: 1 rows`:                    {Maps: []Map{{X: two, Y: two, Values: grid[:1]}}},
		`panels[0].maps[0].values[1]: 1 values`:               {Maps: []Map{{X: two, Y: two, Values: [][]float64{two, {1}}}}},
		`panels[0].maps[0].values[0][1]: +Inf`:                {Maps: []Map{{X: two, Y: two, Values: [][]float64{{1, inf}, two}}}},
		`panels[0].maps[0].values: all NaN`:                   {Maps: []Map{{X: two, Y: two, Values: [][]float64{{nan, nan}, {nan, nan}}}}},
	} {
		figure, err := New("", "", panel)
		var input *bnn.InputError
		if figure != nil || !errors.As(err, &input) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if _, err := New("", ""); err == nil || !strings.HasPrefix(err.Error(), "panels: none") {
		t.Errorf("no panels: error %v", err)
	}
}

// Whatever the numbers, a figure that is not refused is drawn without NaN.
func TestFiguresOfExtremeNumbers(t *testing.T) {
	verification.Long(t)
	random := rand.New(rand.NewPCG(7, 8))
	number := func() float64 {
		choices := []float64{0, 1, -1, 1e300, -1e300, 1e-300, 5e-324, math.NaN(), 1 + 1e-15, random.NormFloat64(), math.Exp(50 * random.NormFloat64())}
		return choices[random.IntN(len(choices))]
	}
	list := func() []float64 { return []float64{number(), number(), number()} }
	images := regexp.MustCompile("base64,[^\"]*") // in which any letters may be
	drawn, panels := 0, 250
	for range panels {
		panel := Panel{X: Axis{Log: random.IntN(2) == 0}, Y: Axis{Log: random.IntN(2) == 0}, Lines: []Line{{X: list(), Y: list()}}}
		switch random.IntN(6) {
		case 0:
			panel.Points = []Points{{X: list(), Y: list(), Error: list()}}
		case 1:
			panel.Bands = []Band{{X: list(), Low: list(), High: list()}}
		case 2:
			panel.Maps = []Map{{X: []float64{1, 2, 1e9}, Y: []float64{1, 2, 3}, Values: [][]float64{list(), list(), list()}, Zero: random.IntN(2) == 0}}
		case 3:
			panel.Slopes = []Slope{{Exponent: number(), X: number(), Y: number(), Name: "slope"}}
		case 4:
			panel.X.Low, panel.X.High = number(), number()
			panel.Y.Low, panel.Y.High = number(), number()
		}
		figure, err := New("", "", panel)
		if err != nil {
			continue
		}
		drawn++
		svg, err := figure.SVG()
		drawing := images.ReplaceAllString(string(svg), "")
		if err != nil || strings.Contains(drawing, "NaN") || strings.Contains(drawing, "Inf") {
			t.Fatalf("%+v: %v", panel, err)
		}
	}
	if drawn < 20 {
		t.Errorf("%d figures", drawn)
	}
}
