package explorer

import (
	"math"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"balanced/bnn"
	"balanced/internal/browser"
	"balanced/internal/verification"
)

// A kind of rate is chosen with the keyboard. It begins like the one before, with what was changed
// of it, and goes into the network, the curves and the link; restored, everything is as it was.
func TestKindOfRate(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "#preset=abstract&I.slope=4&E.kind=probit&E.max=3")
	before := networkOf(t, page)
	if rate, want := before.Populations[0].Rate, (bnn.Probit{Max: 3, Slope: 0.6267, Threshold: 0}); rate != want {
		t.Errorf("the link gives the rate %v, want %v", rate, want)
	}
	curves := answerOf(page)
	page.Do(chromedp.Focus(`[data-key="I.kind"] select`), chromedp.KeyEvent(kb.ArrowDown+kb.ArrowDown))
	until(page, `explorer.state.changes["I.kind"] === "power" && explorer.settled`)
	rate, is := networkOf(t, page).Populations[1].Rate.(bnn.PowerRate)
	if !is {
		t.Fatalf("the rate of I is %T", networkOf(t, page).Populations[1].Rate)
	}
	old := before.Populations[1].Rate.(bnn.Logistic)
	const h = 1e-4
	steep := func(r bnn.Rate) float64 { return (r.At(old.Threshold+h) - r.At(old.Threshold-h)) / (2 * h) }
	if math.Abs(rate.At(old.Threshold)-old.Max/2) > 0.02 || math.Abs(steep(rate)-steep(old)) > 0.05 || rate.Bound() != old.Bound() {
		t.Errorf("%v is not like %v", rate, old)
	}
	if after := answerOf(page); after.Mean[160][0] == curves.Mean[160][0] || math.Abs(after.Mean[160][0]-curves.Mean[160][0]) > 0.5 {
		t.Errorf("the curve of E ends at %v, after one at %v", after.Mean[160][0], curves.Mean[160][0])
	}
	if !browser.Eval[bool](page, `document.activeElement === document.querySelector('[data-key="I.kind"] select')
		&& !!document.querySelector('[data-key="I.exponent"]')`) {
		t.Error("the choice has lost the keyboard, or there is no slider of the exponent")
	}
	until(page, `location.hash.startsWith("#preset=abstract&E.kind=probit&E.max=3&I.kind=power&")`)
	for _, name := range []string{"E", "I"} {
		browser.Eval[bool](page, `(document.querySelector('[data-key="`+name+`.kind"] .restore').click(), true)`)
	}
	settle(page)
	restored := networkOf(t, page).Populations // to the four digits that kinds are passed on with
	e, i := restored[0].Rate.(bnn.Logistic), restored[1].Rate.(bnn.Logistic)
	if e.Max != 3 || math.Abs(e.Slope-1) > 1e-3 || e.Threshold != 0 ||
		i.Max != old.Max || math.Abs(i.Slope-old.Slope) > 4e-3 || math.Abs(i.Threshold-old.Threshold) > 1e-3 {
		t.Errorf("restored, the rates are %v and %v, want E with the maximum 3 and I as it was", e, i)
	}
	click(page, "reset")
	settle(page)
	if changes := stateOf(page).Changes; len(changes) != 0 {
		t.Errorf("reset, the changes are %v", changes)
	}
	browser.Eval[bool](page, `(location.hash = "#preset=abstract&E.kind=sigmoid&I.kind=power", true)`)
	until(page, `explorer.state.changes["I.kind"] === "power" && explorer.settled`)
	if status := part(page, "status"); status != "Left out of the link, as it means nothing here: E.kind=sigmoid." {
		t.Errorf("the status line is %q", status)
	}
	page.Report(browser.Quiet(page))
}
