package figure

import (
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"balanced/analysis/figure/internal/pen"
	"balanced/bnn"
)

// disc is a plane with a circle of radius 2 around (1, 1), on axes that are logarithmic in x.
func disc(x, y float64) (string, error) {
	if math.Hypot(math.Log(x)-1, y-1) < 2 {
		return "inside", nil
	}
	return "outside", nil
}

// discPhases is the disc on a grid that is much too coarse for it.
func discPhases(t *testing.T, points int) (Phases, Axis, Axis) {
	t.Helper()
	var p Phases
	for i := range points {
		share := float64(i) / float64(points-1)
		p.X, p.Y = append(p.X, math.Exp(-2+6*share)), append(p.Y, -2+6*share)
	}
	for _, y := range p.Y {
		var row []string
		for _, x := range p.X {
			word, _ := disc(x, y)
			row = append(row, word)
		}
		p.Kinds = append(p.Kinds, row)
	}
	return p, Axis{Label: "x", Log: true}, Axis{Label: "y"}
}

// The boundary is where words change, not midway between points of the grid.
func TestBoundaryIsFoundByHalving(t *testing.T) {
	p, x, y := discPhases(t, 10)
	if err := p.Sharpen(x, y, disc); err != nil {
		t.Fatal(err)
	}
	if len(p.crossings) < 12 {
		t.Fatalf("%d crossings", len(p.crossings))
	}
	for e, share := range p.crossings {
		i, j := e.end()
		at := math.Hypot(math.Log(x.between(p.X[e.i], p.X[i], share))-1, y.between(p.Y[e.j], p.Y[j], share)-1)
		if math.Abs(at-2) > 1e-2 {
			t.Errorf("edge %+v crosses at distance %g from the centre, want 2", e, at)
		}
	}
	refused := errors.New("nobody knows")
	if err := p.Sharpen(x, y, func(x, y float64) (string, error) { return "", refused }); !errors.Is(err, refused) {
		t.Errorf("error %v", err)
	}
}

// Within a cell the word of a point is that of the side of the boundary on which it is.
func TestWordsWithinCells(t *testing.T) {
	at := func(x, y float64) vg.Point { return vg.Point{X: vg.Length(x), Y: vg.Length(y)} }
	c := phaseCell{words: [4]string{"a", "a", "b", "b"}, edges: [4]vg.Point{at(0.5, 0), at(1, 0.9), at(0.5, 1), at(0, 0.3)},
		changes: [4]bool{false, true, false, true}, centre: at(0.5, 0.6)}
	for k, edge := range c.edges {
		c.sections[k] = math.Atan2(float64(edge.Y-c.centre.Y), float64(edge.X-c.centre.X))
	}
	for _, place := range []struct {
		x, y float64
		want string
	}{{0.1, 0.1, "a"}, {0.9, 0.1, "a"}, {0.9, 0.75, "a"}, {0.1, 0.5, "b"}, {0.9, 0.95, "b"}, {0.5, 0.5, "a"}, {0.5, 0.7, "b"}} {
		if got := c.wordAt(at(place.x, place.y)); got != place.want {
			t.Errorf("at %g, %g: %q, want %q", place.x, place.y, got, place.want)
		}
	}
	if lines := c.boundary(); len(lines) != 2 {
		t.Errorf("boundary %v", lines)
	}
}

// A word that fits is in its region, one that does not in the key; both are in the text of the
// picture.
func TestPhaseWords(t *testing.T) {
	p, x, y := discPhases(t, 30)
	p.Kinds[0][0] = "a corner"
	figure, err := New("", "a circle", Panel{X: x, Y: y, Phases: []Phases{p}, Outcomes: []Outcomes{{X: []float64{1, 2}, Y: []float64{0, 1}, Shares: []map[string]float64{{"inside": 1}, {"inside": 0.5, "outside": 0.25}}}}})
	if err != nil {
		t.Fatal(err)
	}
	svg, err := figure.SVG()
	if err != nil {
		t.Fatal(err)
	}
	if keys := p.keys(x, y); len(keys) != 1 || keys[0].(phaseWord).word != "a corner" {
		t.Errorf("keys %+v", keys)
	}
	for _, word := range []string{"\ninside\n", "\noutside\n", "a corner"} {
		if !strings.Contains(string(svg), word) {
			t.Errorf("no %q in the picture", word)
		}
	}
}

func TestPhasesRefuse(t *testing.T) {
	p, x, y := discPhases(t, 4)
	for want, change := range map[string]func(p *Phases, o *Outcomes){
		"phases[0].kinds: 3 rows":           func(p *Phases, _ *Outcomes) { p.Kinds = p.Kinds[:3] },
		"phases[0].kinds[1]: 2 words":       func(p *Phases, _ *Outcomes) { p.Kinds[1] = p.Kinds[1][:2] },
		"phases[0].x[2]":                    func(p *Phases, _ *Outcomes) { p.X[2] = p.X[1] },
		"outcomes[0].shares[0][\"inside\"]": func(_ *Phases, o *Outcomes) { o.Shares[0]["inside"] = -1 },
		"outcomes[0].shares[0]: a sum":      func(_ *Phases, o *Outcomes) { o.Shares[0]["outside"] = 1 },
		"outcomes[0].y: 2 values":           func(_ *Phases, o *Outcomes) { o.Y = []float64{1, 2} },
	} {
		p, o := p, Outcomes{X: []float64{1}, Y: []float64{1}, Shares: []map[string]float64{{"inside": 0.5}}}
		p.X, p.Kinds = append([]float64(nil), p.X...), append([][]string(nil), p.Kinds...)
		change(&p, &o)
		_, err := New("", "", Panel{X: x, Y: y, Phases: []Phases{p}, Outcomes: []Outcomes{o}})
		var input *bnn.InputError
		if !errors.As(err, &input) || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error about %s, got %v", want, err)
		}
	}
}

// Words of regions, and the lines between them, can be read on both grounds.
func TestWordsCanBeReadOnTheirRegions(t *testing.T) {
	words := []string{"a", "b", "c", "d", "e", "f"}
	for word := range regimeColours {
		words = append(words, word)
	}
	for i, of := range phaseColours(words) {
		region := of.(pen.Color)
		light, dark := pen.Contrast(pen.Ink.Light, region.Light), pen.Contrast(pen.Ink.Dark, region.Dark)
		if light < 4.5 || dark < 4.5 {
			t.Errorf("%s: %.3g on light and %.3g on dark ground", words[i], light, dark)
		}
	}
}
