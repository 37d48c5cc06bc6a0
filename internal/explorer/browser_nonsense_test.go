package explorer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"balanced/internal/browser"
	"balanced/internal/verification"
)

func verdictOfPage(page *browser.Page) string {
	return browser.Eval[string](page, `document.querySelector(".verdict .line .word").textContent`)
}

// A question that takes too long is given up, and the next one is answered.
func TestNoAnswerIsWaitedForInVain(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "")
	browser.Eval[bool](page, `(location.hash = "#E.pulse=1e308,0,1", true)`)
	until(page, `document.querySelector(".verdict").getAttribute("aria-busy") === "true"`)
	until(page, `explorer.answer.problem`)
	if word, text := verdictOfPage(page), browser.Eval[string](page, `explorer.answer.problem.text`); word != "No answer" || !strings.Contains(text, "5 seconds") {
		t.Errorf("the verdict is %q, %s", word, text)
	}
	browser.Eval[bool](page, `(location.hash = "#preset=steep", true)`)
	until(page, `explorer.state.preset === "steep" && explorer.settled`)
	if word := verdictOfPage(page); word != "Balanced" {
		t.Errorf("after that the verdict is %q", word)
	}
	page.Report(browser.Quiet(page))
}

func TestNonsenseInTheLink(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "")
	long := strings.Repeat("y", 10_000)
	browser.Eval[bool](page, fmt.Sprintf(`(location.hash = "#__proto__=1&toString=2&%%&preset=constructor&E.pulse=1,2&%s=1&I.slope=4", true)`, long))
	until(page, `explorer.state.changes["I.slope"] === 4`)
	status := part(page, "status")
	if !strings.Contains(status, "__proto__=1, toString=2") || !strings.HasSuffix(status, "and 1 more.") || len(status) > 300 {
		t.Errorf("the status line has %d bytes: %.300q", len(status), status)
	}
	browser.Eval[bool](page, `(location.hash = "#preset=steep", true)`)
	until(page, `explorer.state.preset === "steep" && explorer.settled`)
	if status := part(page, "status"); status != "" {
		t.Errorf("for a good link the status line is %q", status)
	}
	// Potentials so large that an axis cannot count by ones.
	browser.Eval[bool](page, `(location.hash = "#E.mean=1e16&I.mean=1e16&project=false", true)`)
	until(page, `explorer.simulation.shown > 10`)
	page.Report(browser.Quiet(page))
}

// A link that comes is taken, even if that of a change before it is written into the address first.
func TestLinkAfterAChange(t *testing.T) {
	t.Parallel()
	page := open(t, "")
	got := browser.Eval[string](page, `new Promise(done => {
		location.hash = "#preset=steep";
		history.replaceState(null, "", "#preset=abstract"); // as the page does a while after a change
		addEventListener("hashchange", () => setTimeout(() => done(explorer.state.preset), 50));
	})`)
	if got != "steep" {
		t.Errorf("the state is that of %q", got)
	}
	page.Report(browser.Quiet(page))
}

// A field in which nothing of use was typed shows the value again, and is right again.
func TestNonsenseInAField(t *testing.T) {
	t.Parallel()
	page := open(t, "")
	const field = `[data-key="E.tau"] input[type=number]`
	browser.Eval[bool](page, fmt.Sprintf(`(document.querySelector(%q).focus(), document.activeElement.select(), true)`, field))
	page.Do(chromedp.KeyEvent("e"))
	shown := fmt.Sprintf(`[document.querySelector(%q).value, document.querySelector(%q).getAttribute("aria-invalid")].join()`, field, field)
	if now := browser.Eval[string](page, shown); now != ",true" {
		t.Errorf("while it is wrong the field has %q", now)
	}
	page.Do(chromedp.KeyEvent("\t"))
	if now := browser.Eval[string](page, shown); now != "1,false" {
		t.Errorf("when it is left the field has %q", now)
	}
	page.Report(browser.Quiet(page))
}
