package figure

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"image/png"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"balanced/analysis/internal/analysistest"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/internal/verification"
)

// figures draws one of each kind, from made-up numbers.
func figures(t *testing.T) map[string]*Figure {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	runs, limit := analysistest.Summary(random, 5, 30, 0)
	finite := *limit
	network := &bnn.Network{Populations: []bnn.Population{{Name: "E"}, {Name: "I"}}}
	traces := &simulate.TraceRecorder{Neurons: []simulate.NeuronID{{Population: 0}, {Population: 1, Index: 3}}, Times: runs.Times,
		Traces: [][]float64{make([]float64, 30), make([]float64, 30)}}
	potentials := [][]float64{make([]float64, 100), make([]float64, 100)}
	for _, list := range append(potentials, traces.Traces...) {
		for i := range list {
			list[i] = random.NormFloat64()
		}
	}
	drawn := map[string]*Figure{}
	for name, draw := range map[string]func() (*Figure, error){
		"moments":       func() (*Figure, error) { return Moments(runs, limit, &finite) },
		"theory only":   func() (*Figure, error) { return Moments(nil, limit, nil) },
		"histogram":     func() (*Figure, error) { return Histogram(3, potentials, limit) },
		"traces":        func() (*Figure, error) { return Traces(network, traces, limit) },
		"panels":        func() (*Figure, error) { return New("one of each", "marks", samplePanels()...) },
		"traces, plain": func() (*Figure, error) { return Traces(network, traces, nil) },
	} {
		figure, err := draw()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		drawn[name] = figure
	}
	return drawn
}

func TestFiguresAreWholeAndTheSameAgain(t *testing.T) {
	first, second := figures(t), figures(t)
	for name, figure := range first {
		if figure.Caption == "" || figure.Alt == "" || figure.Caption != second[name].Caption || figure.Alt != second[name].Alt {
			t.Errorf("%s: caption %q, alternative text %q", name, figure.Caption, figure.Alt)
		}
		var image []byte
		for kind, encode := range map[string]func(*Figure) ([]byte, error){"SVG": (*Figure).SVG, "PNG": (*Figure).PNG} {
			if testing.Short() && kind == "PNG" && name != "panels" {
				continue // an image takes a tenth of a second
			}
			one, err1 := encode(figure)
			again, err2 := one, err1
			if kind == "SVG" {
				again, err2 = encode(figure) // drawing must not use the figure up
			}
			other, err3 := encode(second[name])
			if err1 != nil || err2 != nil || err3 != nil || !bytes.Equal(one, again) || !bytes.Equal(one, other) {
				t.Errorf("%s: not the same %s again: %v %v %v", name, kind, err1, err2, err3)
			}
			if kind == "PNG" {
				image = one
			}
		}
		if image == nil {
			continue
		}
		if decoded, err := png.Decode(bytes.NewReader(image)); err != nil || decoded.Bounds().Dx() != 7*192 {
			t.Errorf("%s: PNG %v, %v", name, decoded.Bounds(), err)
		} else if r, g, b, a := decoded.At(0, 0).RGBA(); r&g&b&a != 0xffff {
			t.Errorf("%s: the background is not white", name)
		}
	}
}

func TestSVGIsAnElementWithTexts(t *testing.T) {
	figure := figures(t)["moments"]
	figure.Alt = `less < than "n" & more`
	svg, err := figure.SVG()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(svg, []byte("<svg ")) || bytes.Contains(svg, []byte("NaN")) {
		t.Errorf("starts with %.80s, or has NaN", svg)
	}
	var texts []string
	var label string
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			for _, attribute := range token.Attr {
				if attribute.Name.Local == "aria-label" {
					label = attribute.Value
				}
			}
		case xml.CharData:
			texts = append(texts, strings.Split(strings.TrimSpace(string(token)), "\n")...)
		}
	}
	page, err := figure.HTML()
	if err != nil || !strings.Contains(page, `alt="less &lt; than &#34;n&#34; &amp; more"`) ||
		!strings.Contains(page, base64.StdEncoding.EncodeToString(svg)) || !strings.Contains(page, "<figcaption>Mean and variance") {
		t.Errorf("%v %.300s", err, page)
	}
	if label != figure.Alt {
		t.Errorf("label %q, want %q", label, figure.Alt)
	}
	for _, want := range []string{"E", "I", timeLabel, "mean potential m", "variance of potential K", "simulation, n = 100", "finite-n equations", "limit n → ∞"} {
		if !slices.Contains(texts, want) {
			t.Errorf("no text %q", want)
		}
	}
}

// A figure of so many points that a page would be slow with them is an image of them.
func TestLargeFiguresArePNG(t *testing.T) {
	verification.Long(t)
	random := rand.New(rand.NewPCG(1, 2))
	scatter := func(points int) *Figure {
		x, y := make([]float64, points), make([]float64, points)
		for i := range x {
			x[i], y[i] = random.NormFloat64(), random.NormFloat64()
		}
		const series = 8 // whose discs are filled faster than those of one
		var clouds []Points
		for k := 0; k < points; k += points / series {
			clouds = append(clouds, Points{X: x[k : k+points/series], Y: y[k : k+points/series]})
		}
		figure, err := New("many & points", `a "cloud"`, Panel{Points: clouds})
		if err != nil {
			t.Fatal(err)
		}
		return figure
	}
	for points, want := range map[int][2]string{
		1000:  {"svg+xml", `" alt="a &#34;cloud&#34;" style="max-width:100%">`},
		16000: {"png", `" alt="a &#34;cloud&#34;" width="672" style="max-width:100%;height:auto">`},
	} {
		page, err := scatter(points).HTML()
		start, rest, _ := strings.Cut(page, ";base64,")
		encoded, after, found := strings.Cut(rest, want[1])
		if err != nil || !found || !strings.HasSuffix(start, "data:image/"+want[0]) || !strings.Contains(after, "<figcaption>many &amp; points<") {
			t.Fatalf("%d points: %v %.300s", points, err, page)
		}
		drawn, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(drawn) > 1<<20 {
			t.Errorf("%d points: %d bytes, %v", points, len(drawn), err)
		}
		if image, err := png.Decode(bytes.NewReader(drawn)); want[0] == "png" && (err != nil || image.Bounds().Dx() != 2*672) {
			t.Errorf("%d points: %v", points, err)
		}
	}
}

func TestFiguresRefuse(t *testing.T) {
	runs, limit := analysistest.Summary(rand.New(rand.NewPCG(1, 2)), 5, 3, 0)
	broken, _ := analysistest.Summary(rand.New(rand.NewPCG(1, 2)), 5, 3, 0)
	broken.Mean[1][0] = math.NaN()
	many := &bnn.Trajectory{Moments: bnn.Moments{Populations: make([]string, 7), Times: []float64{0},
		Mean: [][]float64{make([]float64, 7)}, Variance: [][]float64{make([]float64, 7)}, Third: [][]float64{make([]float64, 7)}, Rate: [][]float64{make([]float64, 7)}}}
	two := []float64{1, 2}
	network := &bnn.Network{Populations: []bnn.Population{{Name: "E"}, {Name: "I"}}}
	stranger := &simulate.TraceRecorder{Neurons: []simulate.NeuronID{{Population: 2}}, Times: two, Traces: [][]float64{two}}
	unfinished := &simulate.TraceRecorder{Neurons: []simulate.NeuronID{{}}, Times: two, Traces: [][]float64{{1, math.Inf(1)}}}
	for path, draw := range map[string]func() (*Figure, error){
		"results":         func() (*Figure, error) { return Moments(nil, nil, nil) },
		"runs.mean[1][0]": func() (*Figure, error) { return Moments(broken, nil, nil) },
		"populations":     func() (*Figure, error) { return Moments(nil, many, nil) },
		"prediction":      func() (*Figure, error) { return Histogram(1, [][]float64{two, two}, nil) },
		"t:":              func() (*Figure, error) { return Histogram(0.5, [][]float64{two, two}, limit) },
		"potentials: 1":   func() (*Figure, error) { return Histogram(1, [][]float64{two}, limit) },
		"potentials[1]":   func() (*Figure, error) { return Histogram(1, [][]float64{two, {3, 3}}, limit) },
		"potentials[0]":   func() (*Figure, error) { return Histogram(1, [][]float64{{3}, two}, limit) },
		"variance": func() (*Figure, error) {
			return Histogram(1, [][]float64{two, two}, &bnn.Trajectory{Moments: runs.StandardError})
		},
		"network":             func() (*Figure, error) { return Traces(nil, stranger, nil) },
		"traces: none":        func() (*Figure, error) { return Traces(network, &simulate.TraceRecorder{}, nil) },
		"traces.neurons[0]":   func() (*Figure, error) { return Traces(network, stranger, nil) },
		"traces.traces[0][1]": func() (*Figure, error) { return Traces(network, unfinished, nil) },
	} {
		if path == "variance" {
			runs.StandardError.Variance[1][0] = 0
		}
		figure, err := draw()
		if err == nil || figure != nil || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("error %v, want one of %s", err, path)
		}
	}
}

// Labels are moved apart by the gap, no further than they must, and keep their order.
func TestApart(t *testing.T) {
	for _, row := range []struct{ positions, want []float64 }{
		{[]float64{0, 100}, []float64{0, 100}},
		{[]float64{10, 10}, []float64{5, 15}},
		{[]float64{0, 1, 2, 50}, []float64{-9, 1, 11, 50}},
		{[]float64{0, 8, 16}, []float64{-2, 8, 18}},
		{nil, nil},
	} {
		if got := apart(row.positions, 10); !slices.Equal(got, row.want) {
			t.Errorf("apart(%v) = %v, want %v", row.positions, got, row.want)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, row := range []struct {
		low, high float64
		want      string
	}{
		{0, 5, "0 1 2 3 4 5"}, {-0.3, 1.3, "0.0 0.5 1.0"}, {0, 1e-4, "0.00000 0.00002 0.00004 0.00006 0.00008 0.00010"},
		{-3, 3.2, "−2 0 2"}, {0, 1200, "0 500 1000"}, {2, 2, "2"}, {0.98, 1.02, "0.98 0.99 1.00 1.01 1.02"},
	} {
		var labels []string
		for _, tick := range (ticks{}).Ticks(row.low, row.high) {
			labels = append(labels, tick.Label)
		}
		if got := strings.Join(labels, " "); got != row.want {
			t.Errorf("ticks from %g to %g: %s, want %s", row.low, row.high, got, row.want)
		}
	}
}

// Where adding 1 does nothing to a float, the ticks still come to an end.
func TestTicksFarOut(t *testing.T) {
	if marks := (ticks{}).Ticks(1e17, 1e17+16); len(marks) > 6 {
		t.Errorf("%d ticks", len(marks))
	}
}

// The area of a histogram is 1, and no value is left out.
func TestDensity(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		sample := make([]float64, 2+random.IntN(200))
		for i := range sample {
			sample[i] = 1e3 + random.NormFloat64()
		}
		area := 0.0
		bins := density(sample)
		for _, bin := range bins {
			area += bin.Weight * (bin.Max - bin.Min)
		}
		analysistest.Near(t, "area", area, 1, 1e-9)
		if bins[0].Min > slices.Min(sample) || bins[len(bins)-1].Max < slices.Max(sample) {
			t.Error("a value outside all bins")
		}
	}
}
