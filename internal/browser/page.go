package browser

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// A View is how a page is looked at.
type View struct {
	Width, Height int  // in CSS pixels; a view below 600 is that of a phone
	Dark          bool // the reader prefers dark pages
	Print         bool // on paper
	Offline       bool // without network, loopback included
}

// String names the view in a few words.
func (v View) String() string {
	words := fmt.Sprintf("%d px", v.Width)
	for _, property := range []struct {
		holds bool
		word  string
	}{{v.Dark, "dark"}, {v.Print, "print"}, {v.Offline, "offline"}} {
		if property.holds {
			words += ", " + property.word
		}
	}
	return words
}

// A Page is a tab that shows a page for one test, and is closed when the test
// ends. Each has a profile of its own: storage and cache are empty at first.
// Whatever fails in Chromium or takes longer than a minute fails the test.
type Page struct {
	t       testing.TB
	context context.Context
	record  *record
	view    View
}

// Open shows what is at address, a path or a URL, in a new tab, and returns when
// the page has settled: everything is loaded, decoded and drawn.
func (b *Browser) Open(t testing.TB, address string, view View) *Page {
	t.Helper()
	if !strings.Contains(address, "://") {
		path, err := filepath.Abs(address)
		if err != nil {
			t.Fatal(err)
		}
		address = (&url.URL{Scheme: "file", Path: path}).String()
	}
	p := &Page{t: t, record: &record{byID: map[network.RequestID]*Request{}}}
	var closeTab context.CancelFunc
	p.context, closeTab = chromedp.NewContext(b.context,
		chromedp.WithNewBrowserContext(), chromedp.WithListener(p.record.note))
	t.Cleanup(closeTab)
	// The tab lives as long as the context of its first run.
	if err := chromedp.Do(p.context); err != nil {
		t.Fatal("no new tab: ", err)
	}
	p.emulate(view)
	p.Do(chromedp.Navigate(address))
	p.settle()
	return p
}

// Look changes the view of the page, without loading it again.
func (p *Page) Look(view View) {
	p.t.Helper()
	p.emulate(view)
	p.settle()
}

func (p *Page) emulate(view View) {
	p.t.Helper()
	p.view = view
	scheme, media := "light", ""
	if view.Dark {
		scheme = "dark"
	}
	if view.Print {
		media = "print"
	}
	var phone []chromedp.EmulateViewportOption
	if view.Width < 600 && !view.Print {
		phone = append(phone, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	unlimited := &network.Conditions{Offline: view.Offline, DownloadThroughput: -1, UploadThroughput: -1}
	p.Do(
		chromedp.EmulateViewport(int64(view.Width), int64(view.Height), phone...),
		call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}}),
		// Of the tabs side by side each believes that it is the one in use.
		call(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}),
		call(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{unlimited}}),
		call(network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: view.Offline, DownloadThroughput: -1, UploadThroughput: -1}),
	)
}

// call makes a command of Chromium's protocol an action.
func call[P, R any](command cdp.Command[P, R], parameters P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, command, parameters)
		return err
	})
}

// settle waits until the page has drawn what it has, and no request is under way.
func (p *Page) settle() {
	p.t.Helper()
	for deadline := time.Now().Add(patience); ; {
		Eval[bool](p, `(async () => {
			await document.fonts.ready;
			for (const image of document.images) image.loading = "eager";
			await Promise.allSettled([...document.images].map(image => image.decode()));
			await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
			return true;
		})()`)
		if !p.record.pending() {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("requests of the page do not end: %v", p.Requests())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Do lets Chromium do something in the page, such as [chromedp.Click] or
// [chromedp.KeyEvent].
func (p *Page) Do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ask(p, "actions", chromedp.Steps(actions...))
}

// Eval evaluates an expression of JavaScript in the page, awaits it if it is a
// promise, and returns its value, which has to go through JSON.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	return ask(p, expression, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

func ask[T any](p *Page, what string, action chromedp.Action[T]) T {
	p.t.Helper()
	limited, cancel := context.WithTimeout(p.context, patience)
	defer cancel()
	value, err := chromedp.Run(limited, action)
	if err != nil {
		p.t.Fatalf("%v, of %s", err, what)
	}
	return value
}

// Screenshot writes what the view shows to a PNG file. A view may be as high as a
// page, up to some 16000 pixels.
func (p *Page) Screenshot(path string) {
	p.t.Helper()
	p.write(path, ask(p, "a screenshot", chromedp.CaptureScreenshot()))
}

func (p *Page) write(path string, content []byte) {
	p.t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// Report fails the test for each finding of a check, saying what view it is of.
func (p *Page) Report(findings []string) {
	p.t.Helper()
	for _, finding := range findings {
		p.t.Errorf("%v: %s", p.view, finding)
	}
}
