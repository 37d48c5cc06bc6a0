// Package browser lets tests look at pages in a real Chromium, as a reader does.
//
// A package that uses it lets [Run] run its tests, so that one Chromium serves
// them all and is gone after the last one:
//
//	func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }
//
//	func TestPage(t *testing.T) {
//		page := browser.Start(t).Open(t, "out/book/index.html", browser.View{Width: 390, Height: 844, Dark: true})
//		if title := browser.Eval[string](page, "document.title"); title != "The book" {
//			t.Errorf("the title is %q", title)
//		}
//		page.Do(chromedp.KeyEvent(kb.Tab))
//		page.Report(browser.Layout(page))
//	}
//
// Where there is no Chromium such tests are skipped, unless the environment
// variable BALANCED_BROWSER is "required", as it is in CI: then they fail.
//
// What a page did, it keeps: [Page.Messages] and [Page.Requests]. What is wrong
// with it the checks tell, one line a finding: [Quiet], [Layout], [Links],
// [Keyboard], [Print] and [Accessible]. The last one needs axe-core: the
// environment variable AXE_CORE is the path of its axe.min.js.
//
// Inside, browser.go starts and stops Chromium, page.go is a tab, record.go what
// happens in it; each other file holds checks, those of checks.go with checks.js.
//
// Chromium is cut off from all other machines: no name but localhost has an
// address, no proxy is used, and what it would fetch for itself is switched
// off. A page that asks for something outside is seen asking, and gets nothing.
package browser
