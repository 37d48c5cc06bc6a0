package book

import (
	"flag"
	"html/template"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"balanced/analysis"
	"balanced/internal/jupyter/nbformat"
)

// Remake testdata after an intended change with
//
//	go test ./internal/book -run TestGolden -update
var update = flag.Bool("update", false, "write the golden files anew")

func markdown(source string) nbformat.Cell {
	return nbformat.Cell{ID: "m", Kind: nbformat.Markdown, Source: source}
}

func code(source string, outputs ...nbformat.Output) nbformat.Cell {
	return nbformat.Cell{ID: "c", Kind: nbformat.Code, Source: source, Outputs: outputs}
}

func tagged(cell nbformat.Cell, tag string) nbformat.Cell {
	cell.Metadata = map[string]any{"tags": []any{tag}}
	return cell
}

// sampleBook has at least one of everything a book may hold.
func sampleBook() Book {
	first := &nbformat.Notebook{Cells: []nbformat.Cell{
		markdown("# The limit as $n \\to \\infty$\n\nCouplings of order $n^{-1/2}$.[^1] See [the seed](https://arxiv.org/abs/2412.17273).\n\n[^1]: A note."),
		markdown("## The claim\n\n$$\\dot m_a = -m_a/\\tau_a + I_a$$\n\nas in [the next chapter](02-second.ipynb#Some-Part).\n\n### In detail\n\n| a | b |\n|---|---|\n| 1 | $x$ |\n"),
		code("%%\n// Run it.\nfmt.Println(1)",
			nbformat.Output{Kind: nbformat.Stream, Name: "stdout", Text: "\x1b[32m1\x1b[0m\n"},
			display("image/svg+xml", plot), display("image/svg+xml", plot), display("image/png", "AAAA"),
			display("text/html", "<table><tr><td>1</td></tr></table>")),
		code("verdicts()", display("text/html", `<table class="verdicts"><thead><tr><th>claim</th></tr></thead><tbody><tr><td>1. It balances &amp; stays</td></tr><tr><td>2. It is slow</td></tr></tbody></table>`)),
		tagged(code("secret := 1"), "remove-cell"),
		tagged(code("concealed := 2", display("text/plain", "shown")), "remove-input"),
		tagged(code("folded := 3", display("text/plain", "absent")), "remove-output"),
		tagged(code("tucked := 4"), "hide-input"),
		{Kind: nbformat.Raw, Source: "unprocessed"},
	}}
	second := &nbformat.Notebook{Cells: []nbformat.Cell{
		markdown("# Second & last\n\nBack to [the claim](01-limit.ipynb#The-claim).[^1]\n\n## Some part\n\n[^1]: Another."),
		markdown("Text.[^1]\n\n[^1]: In a cell of its own."),
	}}
	verdicts := []analysis.Verdict{
		{Claim: "It balances & stays", Label: analysis.Stated, Outcome: analysis.Holds, PredictedLow: 0.25, PredictedHigh: 0.75, Measured: 0.5, Low: 0.375, High: 0.625},
		{Claim: "It is slow", Label: analysis.Derived, Outcome: analysis.Fails, PredictedLow: 1, PredictedHigh: math.Inf(1), Measured: 0.5, Low: 0.375, High: 0.625},
	}
	return Book{
		Chapters: []Chapter{{Slug: "01-limit", Notebook: first, Verdicts: verdicts}, {Slug: "02-second", Notebook: second}},
		Extras: []Extra{{
			Slug: "explorer", Title: "Play & see", Claim: "Move a slider <here>.", Body: `<p id="stage">A stage.</p>`,
			Style: "#stage { color: var(--text-main) }", Script: "document.title += 1 < 2;", Thumbnail: "data:image/png;base64,AAAA",
			Files: []File{{Name: "explorer.wasm.js", Content: []byte("x")}}, Search: "sliders\n and presets",
		}},
	}
}

func writeSample(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "book")
	if err := Write(dir, sampleBook()); err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestGolden(t *testing.T) {
	dir := writeSample(t)
	// The style sheet and the program would drown the page.
	for _, name := range []string{"01-limit.html", "index.html", "explorer.html", "search.js", "search-code.js", "print.html"} {
		got := strings.NewReplacer(string(bookStyle), "", string(program), "",
			hashes([]string{string(bookStyle)}), " STYLE", hashes([]string{string(program)}), " PROGRAM").Replace(read(t, dir, name))
		golden := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want := read(t, "testdata", name); got != want {
			t.Errorf("%s differs from %s; if that is intended, run with -update", name, golden)
		}
	}
}

func TestSameBytesTwiceAndNothingLeftBehind(t *testing.T) {
	dir, again := writeSample(t), writeSample(t)
	if err := Write(again, sampleBook()); err != nil { // over the first one
		t.Fatal(err)
	}
	names := func(dir string) string {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, entry := range entries {
			names = append(names, entry.Name())
			if read(t, dir, entry.Name()) != read(t, again, entry.Name()) {
				t.Errorf("%s differs", entry.Name())
			}
		}
		return strings.Join(names, " ")
	}
	const want = "01-limit.html 01-limit.svg 02-second.html explorer.html explorer.png explorer.wasm.js files.txt index.html latin-modern-math-licence.txt latin-modern-math.woff2 print.html search-code.js search.js"
	if got := names(dir); got != want || names(again) != want {
		t.Errorf("files are %s, want %s", got, want)
	}
	if list := strings.ReplaceAll(read(t, dir, "files.txt"), "\n", " "); list != want+" " {
		t.Errorf("the list has %s, want %s", list, want)
	}
}

// TestNothingIsFetchedFromOutside looks at the pages afresh, without the
// checks Write itself relies on.
func TestNothingIsFetchedFromOutside(t *testing.T) {
	dir := writeSample(t)
	addresses := regexp.MustCompile(`(?i)(https?:)?//[a-z]`)
	if programs := string(program) + read(t, dir, "search.js") + read(t, dir, "search-code.js"); strings.Contains(programs, "://") {
		t.Error("address in the search")
	}
	for _, name := range []string{"index.html", "01-limit.html", "02-second.html", "explorer.html", "print.html"} {
		document, err := html.Parse(strings.NewReader(read(t, dir, name)))
		if err != nil {
			t.Fatal(err)
		}
		images := 0
		_ = walk(document, func(node *html.Node) error {
			if node.Type == html.TextNode && node.Parent.Data == "style" && addresses.MatchString(node.Data) {
				t.Errorf("%s: address in the style sheet", name)
			}
			if node.Data == "script" && len(node.Attr) > 0 || node.Data == "link" && attribute(node, "rel") != "icon" || node.Data == "iframe" {
				t.Errorf("%s: <%s>", name, node.Data)
			}
			for _, attr := range node.Attr {
				isNamespace := attr.Key == "xmlns" || attr.Namespace == "xmlns"
				if addresses.MatchString(attr.Val) && !isNamespace && !(node.Data == "a" && attr.Key == "href") && !strings.HasPrefix(attr.Val, "data:") {
					t.Errorf("%s: <%s %s=%q>", name, node.Data, attr.Key, attr.Val)
				}
			}
			if node.Data == "img" || node.Data == "svg" {
				images++
				if !hasAttribute(node, "alt") && !hasAttribute(node, "aria-label") {
					t.Errorf("%s: image without text alternative", name)
				}
			}
			return nil
		})
		if name == "01-limit.html" && images != 3 {
			t.Errorf("%d images, want 3", images)
		}
	}
}

func TestCellTags(t *testing.T) {
	page := read(t, writeSample(t), "01-limit.html")
	for text, want := range map[string]bool{
		"secret": false, "concealed": false, "shown": true, "folded": true, "absent": false, "tucked": true, "unprocessed": false,
		"<summary><span class=\"what\">Run it.</span>": true, "<details open": false,
	} {
		if got := strings.Contains(page, text); got != want {
			t.Errorf("%q on the page: %v, want %v", text, got, want)
		}
	}
}

func TestPagesAreConnected(t *testing.T) {
	dir := writeSample(t)
	first, second, cover := read(t, dir, "01-limit.html"), read(t, dir, "02-second.html"), read(t, dir, "index.html")
	explorer := read(t, dir, "explorer.html")
	for _, test := range []struct{ page, want string }{
		{first, `href="02-second.html#some-part"`}, {first, `rel="next"`}, {first, `<html lang="en">`},
		{first, `<a class="skip" href="#main">`}, {first, `<a href="#the-claim">`},
		{second, `href="01-limit.html#the-claim"`}, {second, `rel="prev"`},
		{second, "<title>Second &amp; last · The balanced network laboratory</title>"},
		{cover, `<h3><a href="01-limit.html"><span class="which">1</span> The limit as <math`}, {cover, `<img src="01-limit.svg"`}, {cover, `<img src="explorer.png"`},
		{cover, `<p>Couplings of order <span class="unbroken"><math`}, {cover, "arXiv:2412.17273"}, {first, "<title>The limit as n → ∞ · "},
		{cover, `<a href="#verdicts">1 of 2 verdicts hold, 1 fails</a>`}, {cover, `<a href="01-limit.html#verdict-2">It is slow</a>`},
		{cover, ">≥\u00a01</td>"}, {cover, "✗ fails"}, {first, `<tr id="verdict-2">`},
		{second, `<a class="next" href="explorer.html" rel="next">`}, {explorer, `<a class="previous" href="02-second.html" rel="prev">`},
		{explorer, `<body class="chapter wide">`}, {explorer, "<h1>Play &amp; see</h1>"}, {explorer, "<script>document.title += 1 < 2;</script>"},
		{first, `<li class="extra"><a href="explorer.html">Play &amp; see</a>`}, {cover, "<p>Move a slider &lt;here&gt;.</p>"},
	} {
		if !strings.Contains(test.page, test.want) {
			t.Errorf("no %s", test.want)
		}
	}
	if strings.Contains(first, `rel="prev"`) || strings.Contains(explorer, `rel="next"`) {
		t.Error("neighbours beyond the ends of the book")
	}
}

func TestWriteErrorsLeaveTheBookAlone(t *testing.T) {
	chapter := func(cells ...nbformat.Cell) Book {
		return Book{Chapters: []Chapter{{Slug: "01-limit", Notebook: &nbformat.Notebook{Cells: cells}}}}
	}
	chapters := func(slugs ...string) Book {
		b := Book{}
		for _, slug := range slugs {
			b.Chapters = append(b.Chapters, Chapter{Slug: slug, Notebook: &nbformat.Notebook{Cells: []nbformat.Cell{markdown("# a")}}})
		}
		return b
	}
	extra := func(e Extra) Book {
		b := chapters("a")
		b.Extras = []Extra{e}
		return b
	}
	for reason, book := range map[string]Book{
		"no chapters": {},
		`slug "A"`:    chapters("A"),
		`"index"`:     chapters("index"),
		`"print"`:     chapters("print"),
		"taken":       chapters("a", "a"),
		"nil":         {Chapters: []Chapter{{Slug: "a"}}},
		"no heading":  chapter(markdown("text")),
		"second":      chapter(markdown("# a\n\n# b")),
		`chapter 01-limit, cell 2 (id "m"): formula \foo: Unsupported`: chapter(markdown("# a"), markdown("$\\foo$")),
		`chapter 01-limit, cell 2 (id "c"): output 1: has only`:        chapter(markdown("# a"), code("x", nbformat.Output{Kind: nbformat.DisplayData})),
		`page 01-limit.html: link "#x": page 01-limit.html has no anc`: chapter(markdown("# a\n\n[x](#x)")),
		`leads to no chapter`:                          chapter(markdown("# a\n\n[x](02.ipynb)")),
		`extra page 1: slug "a" is taken`:              extra(Extra{Slug: "a", Title: "A"}),
		`extra page b: title is empty`:                 extra(Extra{Slug: "b", Title: " "}),
		`extra page b: script: must not hold </script`: extra(Extra{Slug: "b", Title: "B", Script: "'</script>'"}),
		`extra page b: style: must not hold </style`:   extra(Extra{Slug: "b", Title: "B", Style: "</STYLE>"}),
		`extra page b: file name "../c"`:               extra(Extra{Slug: "b", Title: "B", Files: []File{{Name: "../c"}}}),
		`file name "search.js" is taken`:               extra(Extra{Slug: "b", Title: "B", Files: []File{{Name: "search.js"}}}),
		`file name "files.txt" is taken`:               extra(Extra{Slug: "b", Title: "B", Files: []File{{Name: "files.txt"}}}),
		`page b.html: id "main" occurs twice`:          extra(Extra{Slug: "b", Title: "B", Body: `<p id="main"></p>`}),
		`page b.html: element <script> with a program`: extra(Extra{Slug: "b", Title: "B", Body: `<script>1</script>`}),
		`page index.html: image "x.png" is outside`:    extra(Extra{Slug: "b", Title: "B", Thumbnail: "x.png"}),
	} {
		dir := writeSample(t)
		before := read(t, dir, "01-limit.html")
		err := Write(dir, book)
		if err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("got error %v, want %q", err, reason)
		}
		if read(t, dir, "01-limit.html") != before {
			t.Errorf("%s: page changed despite the error", reason)
		}
	}
}

// The headings of a notebook may have the names that the page has given.
func TestAHeadingMayBeCalledContents(t *testing.T) {
	n := &nbformat.Notebook{Cells: []nbformat.Cell{markdown("# Main\n\n## Contents\n\n## Search\n")}}
	dir := t.TempDir()
	if err := Write(dir, Book{Chapters: []Chapter{{Slug: "a", Notebook: n}}}); err != nil {
		t.Error(err)
	}
}

// checked makes a page of a body, with its policy, and checks it.
func checked(t testing.TB, body string, others ...File) error {
	t.Helper()
	content, err := withPolicy(page{}, func(policy template.HTMLAttr) ([]byte, error) {
		return []byte(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" ` + string(policy) +
			`></head><body><article>` + body + "</article></body></html>"), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return checkFiles(append([]File{{Name: "index.html", Content: content}}, others...), []page{{Slug: "index"}})
}

func TestCheckFilesFindsPlantedFaults(t *testing.T) {
	if err := checked(t, "<p>fine</p>"); err != nil {
		t.Fatal(err)
	}
	for fault, reason := range map[string]string{
		`<script src="a.js"></script>`:                   "<script>",
		`<script>fetch(1)</script>`:                      "not the page's own",
		`<script></script>`:                              "not the page's own",
		`<link rel="stylesheet" href="//x.org">`:         "<link>",
		`<link rel="icon" href="https://x.org/a">`:       "<link>",
		`<script rel="icon"></script>`:                   "<script>",
		`<meta http-equiv="refresh" content="0;x">`:      "http-equiv",
		`<img src="https://x.org/a.png" alt="">`:         "outside",
		`<img src="data:image/png;base64,AA==">`:         "without alt",
		`<a href="no.html">x</a>`:                        "no page",
		`<a href="#no">x</a>`:                            "no anchor",
		`<a href="javascript:x">x</a>`:                   "not allowed",
		`<p id="a"></p><p id="a"></p>`:                   "twice",
		`<style>p{background:url(http://x)}</style>`:     "<style>",
		`<p style="background:url('x.png')">`:            "style=",
		`<p style="position:fixed">`:                     "style=",
		`<p onclick="x">`:                                "onclick",
		`<p class="contents">`:                           "class=",
		`<nav></nav>`:                                    "<nav>",
		`<svg></svg>`:                                    "<svg>",
		`<math><mi href="#x"></mi></math>`:               "href=",
		`<math><annotation-xml></annotation-xml></math>`: "<annotation-xml>",
		`<img alt="" src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9IngiPjwvc3ZnPg==">`: "not clean",
	} {
		if err := checked(t, fault); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: got error %v, want %q", fault, err, reason)
		}
	}
	if err := checked(t, "", File{Name: "a.svg", Content: []byte(`<svg onload="x"></svg>`)}); err == nil || !strings.Contains(err.Error(), "a.svg: the drawing is not clean") {
		t.Errorf("a drawing with a program: %v", err)
	}
	bare := []byte(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head></html>`)
	if err := checkFiles([]File{{Name: "a.html", Content: bare}}, nil); err == nil || !strings.Contains(err.Error(), "Content Security Policy") {
		t.Errorf("a page without a policy: %v", err)
	}
}

func TestSheetsOfTheBook(t *testing.T) {
	c := checker{anchorsOf: map[string]map[string]bool{mathFont: {}}}
	if err := c.checkSheet(string(bookStyle)); err != nil {
		t.Error(err)
	}
	for _, sheet := range []string{`@IMPORT "x";`, `p{background:url(//x)}`, `p{background:\75 rl(//x)}`, `p{background:u\72l(//x)}`, `p{background:image-set("//x" 1x)}`, `p{background:url("//x`} {
		if c.checkSheet(sheet) == nil {
			t.Errorf("%s passes", sheet)
		}
	}
}
