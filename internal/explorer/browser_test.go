package explorer

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/internal/browser"
	"balanced/internal/verification"
)

func TestSliderMovesTheCurves(t *testing.T) {
	t.Parallel()
	page := open(t, "")
	before, drawn := answerOf(page), picture(page, "means")
	page.Do(chromedp.Focus("#slider-E\\.slope"), chromedp.KeyEvent(strings.Repeat(kb.ArrowRight, 8)))
	settle(page)
	if changes := stateOf(page).Changes; len(changes) != 1 || changes["E.slope"] != 1.4 {
		t.Errorf("after eight keys the changes are %v, want E.slope 1.4", changes)
	}
	after := answerOf(page)
	if difference := math.Abs(after.Mean[160][0] - before.Mean[160][0]); difference < 0.01 {
		t.Errorf("the curve of E ends %g from where it did", difference)
	}
	if picture(page, "means") == drawn {
		t.Error("the plot of the means has not changed")
	}
	until(page, `location.hash === "#preset=abstract&E.slope=1.4"`)
	page.Do(chromedp.KeyEvent(strings.Repeat(kb.ArrowLeft, 8)))
	settle(page)
	if again := answerOf(page); !reflect.DeepEqual(again, before) {
		t.Error("moved back, the slider does not give the same curves")
	}
	page.Report(browser.Quiet(page))
}

func TestNumberCanBeTyped(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "")
	field := `[data-key="w.EI"] input[type=number]`
	page.Do(chromedp.Focus(field))
	browser.Eval[bool](page, fmt.Sprintf(`(document.querySelector(%q).select(), true)`, field))
	page.Do(chromedp.KeyEvent("1.0625"))
	settle(page)
	if weight := networkOf(t, page).Weights[0][1]; weight != -1.0625 {
		t.Errorf("typed 1.0625 for the weight from I to E, which is %v", weight)
	}
	page.Do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter)) // the button that restores it
	settle(page)
	if changes := stateOf(page).Changes; len(changes) != 0 {
		t.Errorf("restored, the changes are %v", changes)
	}
}

// The numbers of the page, in its table too, are those of theory.Limit.
func TestNumbersAreThoseOfLimit(t *testing.T) {
	t.Parallel()
	page := open(t, "")
	paths, err := filepath.Glob(filepath.Join(module, "data", "networks", "*.json"))
	if err != nil || len(paths) < 7 {
		t.Fatalf("%d networks, %v", len(paths), err)
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		network, err := bnn.ParseNetwork(content)
		if err != nil {
			t.Fatal(err)
		}
		browser.Eval[bool](page, fmt.Sprintf(`(location.hash = "#preset=%s", true)`, network.Name))
		until(page, fmt.Sprintf(`explorer.state.preset === %q && explorer.settled`, network.Name))
		want, _ := theory.Limit(t.Context(), network, bnn.Every(8.0/160, 8)) // with an error, the rows before it
		got := answerOf(page)
		if len(got.Times) != len(want.Times) {
			t.Errorf("%s: %d rows, want %d", network.Name, len(got.Times), len(want.Times))
			continue
		}
		for _, table := range []struct {
			name      string
			got, want [][]float64
		}{
			{"time", [][]float64{got.Times}, [][]float64{want.Times}}, {"mean", got.Mean, want.Mean}, {"variance", got.Variance, want.Variance},
			{"rate", got.Rate, want.Rate}, {"input", got.Input, want.Input}, {"stability", [][]float64{got.Stability}, [][]float64{want.Stability}},
		} {
			for i := range table.want {
				for j, value := range table.want[i] {
					if !(math.Abs(table.got[i][j]-value) <= 1e-9) {
						t.Fatalf("%s: %s %d, %d is %v, want %v", network.Name, table.name, i, j, table.got[i][j], value)
					}
				}
			}
		}
		checkTable(t, page, want)
	}
	page.Report(browser.Quiet(page))
}

func checkTable(t *testing.T, page *browser.Page, want *bnn.Trajectory) {
	t.Helper()
	if len(want.Times) == 0 {
		until(page, `document.querySelector("[data-part=numbers] tbody").textContent.startsWith("There is no limit")`)
		return
	}
	// It is filled when the sliders have come to rest.
	until(page, fmt.Sprintf(`document.querySelector("[data-part=numbers] td:nth-child(2)")?.textContent === String(explorer.answer.mean[0][0])
		&& document.querySelectorAll("[data-part=numbers] tbody tr").length === %d`, (len(want.Times)-1)/20+1))
	rows := browser.Eval[[][]string](page, `[...document.querySelectorAll("[data-part=numbers] tbody tr")].map(row => [...row.cells].map(cell => cell.textContent))`)
	for i, row := range rows {
		k := 20 * i
		values := []float64{want.Times[k]}
		for _, table := range [][][]float64{want.Mean, want.Variance, want.Rate, want.Input} {
			values = append(values, table[k]...)
		}
		for j, value := range append(values, want.Stability[k]) {
			if shown, err := strconv.ParseFloat(row[j], 64); err != nil || math.Abs(shown-value) > 1e-9 {
				t.Errorf("the table's row %d, column %d is %q, want %v", i, j, row[j], value)
			}
		}
	}
}

func TestLinkCarriesTheState(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	const hash = "#preset=steep&n=1200&seed=7&to=12.5&E.slope=1.2345678901234567&w.EI=-1.7&I.noise=0.1&I.mean=-0.25&project=false&E.pulse=1,2,3"
	page := open(t, hash)
	want := state{"steep", 1200, 7, 12.5, map[string]any{
		"E.slope": 1.2345678901234567, "w.EI": -1.7, "I.noise": 0.1, "I.mean": -0.25, "project": false, "E.pulse": []any{1.0, 2.0, 3.0},
	}}
	if got := stateOf(page); !reflect.DeepEqual(got, want) {
		t.Errorf("the link gives the state %+v, want %+v", got, want)
	}
	network := networkOf(t, page)
	if network.Weights[0][1] != -1.7 || network.Populations[0].Stimulus != (bnn.Pulse{Baseline: 0.3, Amplitude: 1, Start: 2, Duration: 3}) {
		t.Errorf("the network has weights %v and stimulus %v", network.Weights, network.Populations[0].Stimulus)
	}
	replaceClipboard(page)
	click(page, "copy-link")
	until(page, "window.copied")
	if link := browser.Eval[string](page, "copied"); !strings.HasSuffix(link, "explorer.html"+hash) {
		t.Errorf("the link is %s, want one with %s", link, hash)
	}
	// A link with what means nothing: the rest of it counts.
	browser.Eval[bool](page, `(location.hash = "#preset=steep&n=5&mood=good&w.EI=1.7&E.slope=steep&I.slope=4", true)`)
	until(page, `explorer.state.changes["I.slope"] === 4`)
	if got := stateOf(page); len(got.Changes) != 1 || got.N != 500 {
		t.Errorf("the link with mistakes gives %+v", got)
	}
	if status := part(page, "status"); !strings.Contains(status, "n=5, mood=good, w.EI=1.7, E.slope=steep") {
		t.Errorf("the status line is %q", status)
	}
	page.Report(browser.Quiet(page))
}

func TestKickAndPulse(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "")
	before := answerOf(page)
	click(page, "kick")
	settle(page)
	kicked := networkOf(t, page).Initial
	if want := before.Mean[160][0] + 1; kicked.Mean[0] != want || kicked.Mean[1] != before.Mean[160][1] || kicked.OnManifold || kicked.Variance[0] != before.Variance[160][0] {
		t.Errorf("after the kick the start is %+v, want mean %v, not projected", kicked, want)
	}
	if answerOf(page).Mean[0][0] == before.Mean[0][0] {
		t.Error("the kick moves no curve")
	}
	until(page, "explorer.simulation.done && explorer.simulation.shown > 100")
	if start := browser.Eval[float64](page, "explorer.simulation.mean[0][0]"); math.Abs(start-kicked.Mean[0]) > 0.3 {
		t.Errorf("the simulation starts at %v, want about %v, off the manifold", start, kicked.Mean[0])
	}
	click(page, "reset")
	settle(page)
	if answer := answerOf(page); !reflect.DeepEqual(answer, before) {
		t.Error("reset, the curves are others")
	}
	click(page, "pulse")
	settle(page)
	if stimulus, want := networkOf(t, page).Populations[0].Stimulus, (bnn.Pulse{Baseline: 0.5, Amplitude: 1, Start: 2, Duration: 2}); stimulus != want {
		t.Errorf("the pulse is %v, want %v", stimulus, want)
	}
	pulsed := answerOf(page)
	if pulsed.Mean[30][0] != before.Mean[30][0] || pulsed.Mean[79][0] < before.Mean[79][0]+0.1 {
		t.Error("the pulse does not raise the mean of E from t = 2 to 4 alone")
	}
	click(page, "pulse")
	settle(page)
	if len(stateOf(page).Changes) != 0 {
		t.Error("pressed again, the pulse is not taken away")
	}
	page.Report(browser.Quiet(page))
}

func TestCopies(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "#preset=tipping&E.slope=2.5&n=40&seed=3&to=4")
	click(page, "pulse")
	settle(page)
	want := networkOf(t, page)
	for _, clipboard := range []bool{false, true} {
		take := `document.querySelector("[data-part=dialog]").open && document.activeElement.value`
		if clipboard {
			replaceClipboard(page)
			take = "window.copied"
		} else {
			browser.Eval[bool](page, `(Object.defineProperty(navigator, "clipboard", {value: undefined, configurable: true}), true)`)
		}
		click(page, "copy-file")
		until(page, take)
		text := browser.Eval[string](page, take)
		network, err := bnn.ParseNetwork([]byte(text))
		if err != nil || !reflect.DeepEqual(network, want) {
			t.Errorf("the copied file: %v\n%s", err, text)
		}
		browser.Eval[bool](page, `(document.querySelector("[data-part=dialog]").close(), window.copied = "", true)`)
		click(page, "copy-cell")
		until(page, take)
		text = browser.Eval[string](page, take)
		for _, needed := range []string{"theory.Limit(", "Seed: 3", "40", "tipping-explored", "2.5"} {
			if !strings.Contains(text, needed) {
				t.Errorf("the copied cell lacks %s:\n%s", needed, text)
			}
		}
		browser.Eval[bool](page, `(document.querySelector("[data-part=dialog]").close(), true)`)
	}
	page.Report(browser.Quiet(page))
}

// Of a network that is none the page says what is wrong with it.
func TestMistakesAreSaid(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "#preset=abstract&E.tau=-1")
	until(page, `document.querySelector(".verdict .word").textContent === "Not a network"`)
	if text := browser.Eval[string](page, `document.querySelector(".verdict .text").textContent`); !strings.Contains(text, "tau") {
		t.Errorf("the text is %q", text)
	}
	click(page, "copy-file")
	until(page, `document.querySelector("[data-part=status]").textContent.startsWith("Nothing copied")`)
	page.Report(browser.Quiet(page))
}

// Where the start cannot be moved onto a manifold, the simulation shows what becomes of it.
func TestSilenceIsSimulated(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "#preset=abstract&n=50&w.EI=-1.3")
	until(page, "explorer.simulation.done && explorer.simulation.shown > 100 && explorer.finite?.mean && explorer.raster")
	if verdict := browser.Eval[string](page, `document.querySelector(".verdict .word").textContent`); verdict != "Silent" {
		t.Errorf("the verdict is %q", verdict)
	}
	if status := part(page, "status"); !strings.HasPrefix(status, "Nothing balances at the start") {
		t.Errorf("the status line is %q", status)
	}
	if start := browser.Eval[float64](page, "explorer.simulation.mean[0][0]"); math.Abs(start-1) > 0.5 {
		t.Errorf("the simulation starts at %v, want about 1, where the network file has it", start)
	}
}
