package explorer

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"balanced/bnn"
	"balanced/internal/browser"
	"balanced/internal/explorer/model"
	"balanced/internal/verification"
)

type axis struct {
	Key   string
	Value float64
	At    []float64
}

type regimeMap struct {
	Words      []*string
	Count      int
	Done       bool
	WordHere   string
	Across, Up axis
}

func mapOf(page *browser.Page) regimeMap { return browser.Eval[regimeMap](page, "explorer.map") }

// reveal scrolls the map into sight, before which nothing is asked about it.
func reveal(page *browser.Page) {
	browser.Eval[bool](page, `(document.querySelector("[data-part=map]").scrollIntoView({block: "center"}), true)`)
}

// checkMap compares the words of a map with those of the networks of its cells; set gives a
// network the values of a cell.
func checkMap(t *testing.T, got regimeMap, network *bnn.Network, set func(n *bnn.Network, across, up float64)) {
	t.Helper()
	var cells []int
	var networks []json.RawMessage
	for cell, word := range got.Words {
		if word == nil || len(cells) == 60 {
			continue
		}
		changed := network.Clone()
		set(changed, got.Across.At[cell%len(got.Across.At)], got.Up.At[cell/len(got.Across.At)])
		text, err := changed.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		cells, networks = append(cells, cell), append(networks, text)
	}
	want, err := model.RegimesQuestion{Networks: networks, To: 8}.Answer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for i, cell := range cells {
		found[*got.Words[cell]] = true
		if *got.Words[cell] != string(want.Words[i]) {
			t.Errorf("cell %d is %q, want %q", cell, *got.Words[cell], want.Words[i])
		}
	}
	if len(found) < 2 {
		t.Errorf("only %v are found", found)
	}
}

// The map has the regimes of networks that differ in the two chosen sliders. Its own sliders move
// the cross alone; another one begins it anew.
func TestMap(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "#preset=tipping")
	if got := mapOf(page); got.Count != 0 || got.Across.Key != "E.slope" || got.Up.Key != "I.tau" {
		t.Errorf("before it is in sight the map is %+v", got)
	}
	reveal(page)
	until(page, "explorer.map.count >= 24")
	network := networkOf(t, page)
	checkMap(t, mapOf(page), network, func(n *bnn.Network, across, up float64) {
		rate := n.Populations[0].Rate.(bnn.Logistic)
		rate.Slope = across
		n.Populations[0].Rate, n.Populations[1].Tau = rate, up
	})
	drawn, count := picture(page, "map"), mapOf(page).Count
	move := func(key string, steps int) {
		browser.Eval[bool](page, fmt.Sprintf(`((slider) => {
			slider.value = Number(slider.value) + %d * slider.step;
			slider.dispatchEvent(new Event("input", {bubbles: true}));
			return true;
		})(document.getElementById("slider-%s"))`, steps, key))
	}
	move("E.slope", 40)
	if got := mapOf(page); got.Count < count || got.Across.Value != stateOf(page).Changes["E.slope"] {
		t.Errorf("a slider of the map gives %d cells after %d, and the cross %v", got.Count, count, got.Across.Value)
	}
	if picture(page, "map") == drawn {
		t.Error("the cross has not moved")
	}
	move("I.threshold", 5)
	if got := mapOf(page); got.Count >= count && got.Count > 8 {
		t.Errorf("another slider leaves %d cells of %d", got.Count, count)
	}
	page.Do(chromedp.Focus("#explorer-up"), chromedp.KeyEvent(kb.ArrowDown))
	until(page, `explorer.map.up.key !== "I.tau" && location.hash.includes("&map=E.slope,")`)
	page.Report(browser.Quiet(page))
}

func TestMapInTheLink(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "#preset=abstract&map=w.EI,I.max")
	if got := mapOf(page); got.Across.Key != "w.EI" || got.Across.At[0] >= 0 || got.Up.Key != "I.max" {
		t.Errorf("the map is of %+v and %+v", got.Across, got.Up)
	}
	// Chosen for the other axis, a slider changes places.
	browser.Eval[bool](page, `((select) => { select.value = "I.max"; return select.dispatchEvent(new Event("change")); })(
		document.getElementById("explorer-across"))`)
	until(page, `location.hash === "#preset=abstract&map=I.max,w.EI"`)
	for _, nonsense := range []string{"I.max", "I.max,I.max", "I.max,I.mood"} {
		browser.Eval[bool](page, fmt.Sprintf(`(location.hash = "#preset=steep&map=%s", true)`, nonsense))
		until(page, `location.hash === "#preset=steep" && document.querySelector("[data-part=status]").textContent.endsWith("`+nonsense+`.")`)
	}
	page.Report(browser.Quiet(page))
}

// The whole map comes while the page goes on answering, and is told in words.
func TestWholeMap(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "#preset=tipping")
	reveal(page)
	until(page, "explorer.map.count > 4")
	browser.Eval[bool](page, `(location.hash = "#preset=tipping&I.slope=3", true)`) // in the middle of it
	until(page, `explorer.state.changes["I.slope"] === 3 && explorer.settled && explorer.map.done`)
	got := mapOf(page)
	if len(got.Words) != 24*16 || got.Count != len(got.Words) {
		t.Fatalf("%d words, %d cells", len(got.Words), got.Count)
	}
	words := browser.Eval[string](page, `document.querySelector("[data-part=map]").getAttribute("aria-label")`)
	for _, part := range []string{"slope of E from 0 to 12 across", "time constant of I from 0.1 to 5 up", "Balanced: ", "in a cell that is: "} {
		if !strings.Contains(words, part) {
			t.Errorf("the map is told as %q, without %q", words, part)
		}
	}
	page.Report(browser.Quiet(page))
}
