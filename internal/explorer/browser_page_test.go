package explorer

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"balanced/bnn"
	"balanced/internal/book"
	"balanced/internal/browser"
	"balanced/internal/jupyter/nbformat"
)

func TestMain(m *testing.M) {
	code := browser.Run(m)
	if bookParent != "" {
		os.RemoveAll(bookParent)
	}
	os.Exit(code)
}

const firstChapter = "11-a-balanced-network"

// bookParent is the folder, for TestMain to remove, in which the book is; empty while there is none.
var bookParent string

// writeBook writes a book of one short chapter and the explorer, once for all tests.
var writeBook = sync.OnceValues(func() (folder string, err error) {
	program, err := compiled()
	if err != nil {
		return "", err
	}
	page, err := Page(module, program, firstChapter)
	if err != nil {
		return "", err
	}
	if bookParent, err = os.MkdirTemp("", "explorer-"); err != nil {
		return "", err
	}
	folder = filepath.Join(bookParent, "book")
	chapter := &nbformat.Notebook{Cells: []nbformat.Cell{{ID: "a", Kind: nbformat.Markdown, Source: "# A balanced network\n\nIt is short."}}}
	return folder, book.Write(folder, book.Book{
		Chapters: []book.Chapter{{Slug: firstChapter, Notebook: chapter}},
		Extras:   []book.Extra{page},
	})
})

// bookFolder is the folder of that book, which no test may change.
func bookFolder(t *testing.T) string {
	t.Helper()
	folder, err := writeBook()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

var desk = browser.View{Width: 1440, Height: 900}

// open shows the explorer from a file, with a link's hash, and waits for its first answer.
func open(t *testing.T, hash string) *browser.Page {
	t.Helper()
	chromium := browser.Start(t)
	page := chromium.Open(t, "file://"+filepath.Join(bookFolder(t), "explorer.html")+hash, desk)
	settle(page)
	return page
}

// until waits for a condition in the page.
func until(page *browser.Page, condition string) {
	browser.Eval[bool](page, fmt.Sprintf(`new Promise(done => {
		const look = () => %s ? done(true) : setTimeout(look, 20);
		look();
	})`, condition))
}

// settle waits until the answer is that to the newest question.
func settle(page *browser.Page) { until(page, "window.explorer?.ready && explorer.settled") }

func click(page *browser.Page, part string) {
	browser.Eval[bool](page, fmt.Sprintf(`(document.querySelector('[data-part=%q]').click(), true)`, part))
}

func part(page *browser.Page, name string) string {
	return browser.Eval[string](page, fmt.Sprintf(`document.querySelector('[data-part=%q]').textContent`, name))
}

// picture is what a canvas shows.
func picture(page *browser.Page, name string) string {
	return browser.Eval[string](page, fmt.Sprintf(`new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
		() => done(document.querySelector('[data-part=%q]').toDataURL()))))`, name))
}

type trajectory struct {
	Times                       []float64
	Mean, Variance, Rate, Input [][]float64
	Stability, Residual         []float64
}

type state struct {
	Preset  string
	N, Seed int
	To      float64
	Changes map[string]any
}

func answerOf(page *browser.Page) trajectory {
	return browser.Eval[trajectory](page, "explorer.answer")
}

func stateOf(page *browser.Page) state { return browser.Eval[state](page, "explorer.state") }

func networkOf(t *testing.T, page *browser.Page) *bnn.Network {
	t.Helper()
	text := browser.Eval[string](page, "JSON.stringify(explorer.network)")
	network, err := bnn.ParseNetwork([]byte(text))
	if err != nil {
		t.Fatalf("the network of the page: %v\n%s", err, text)
	}
	return network
}

// replaceClipboard keeps what is copied in window.copied.
func replaceClipboard(page *browser.Page) {
	browser.Eval[bool](page, `(Object.defineProperty(navigator, "clipboard", {value: {writeText: async text => { window.copied = text; }}}), true)`)
}
