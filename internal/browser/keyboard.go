package browser

import (
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keyboard walks through the page with Tab, and opens with Enter what is folded on
// the way. It finds what a reader without a mouse would miss: an element that the
// walk does not come to, one that is out of sight or without an outline when it has
// the focus, and a folded part that does not open. It leaves the parts open. A page
// of a hundred stops takes a second.
func Keyboard(p *Page) []string {
	p.t.Helper()
	var findings []string
	look[bool](p, "beginWalk()")
	for {
		p.Do(chromedp.KeyEvent(kb.Tab))
		stop := look[stop](p, "step()")
		if stop.Ended {
			break
		}
		if !stop.OnScreen {
			findings = append(findings, "out of sight with the focus: "+stop.Name)
		}
		if !stop.Ring {
			findings = append(findings, "no outline with the focus: "+stop.Name)
		}
		if stop.Folds && !stop.Open {
			p.Do(chromedp.KeyEvent(kb.Enter))
			if !Eval[bool](p, "document.activeElement.parentElement.open === true") {
				findings = append(findings, "Enter does not open: "+stop.Name)
			}
		}
	}
	for _, name := range look[[]string](p, "missed()") {
		findings = append(findings, "Tab does not come to "+name)
	}
	return findings
}

// A stop of the walk.
type stop struct {
	Ended          bool
	Name           string
	OnScreen, Ring bool
	Folds, Open    bool // of a summary: whether its details are open
}
