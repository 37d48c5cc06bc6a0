package book

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"balanced/internal/browser"
	"balanced/internal/verification"
)

func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }

//go:embed testdata/visit.js
var visit string

// A field of attacks is Chromium between two servers: one has the pages, the other is
// elsewhere, and no page of the book asks it for anything.
type field struct {
	sync.Mutex
	pages map[string][]byte // by path
	asked map[string]bool   // by path, of the server elsewhere
	here  *httptest.Server
	there *httptest.Server
	tab   *browser.Page
}

func newField(t testing.TB) *field {
	chromium := browser.Start(t)
	f := &field{pages: map[string][]byte{"/": []byte("<!DOCTYPE html><title>frames</title><body>")}, asked: map[string]bool{}}
	f.here = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		f.Lock()
		defer f.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(f.pages[request.URL.Path])
	}))
	f.there = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		f.Lock()
		defer f.Unlock()
		f.asked[request.URL.Path] = true
	}))
	t.Cleanup(f.here.Close)
	t.Cleanup(f.there.Close)
	f.tab = chromium.Open(t, f.here.URL+"/", browser.View{Width: 800, Height: 600})
	return f
}

// put serves a page at a path.
func (f *field) put(path string, content []byte) {
	f.Lock()
	defer f.Unlock()
	f.pages[path] = content
}

// visit opens the pages at some paths and gives the paths of those whose attack has run,
// or has asked the server elsewhere for the same path.
func (f *field) visit(t testing.TB, paths []string) (acted []string) {
	t.Helper()
	for some := range slices.Chunk(paths, 10) {
		list, err := json.Marshal(some)
		if err != nil {
			t.Fatal(err)
		}
		acted = append(acted, browser.Eval[[]string](f.tab, "("+visit+")("+string(list)+")")...)
	}
	f.Lock()
	defer f.Unlock()
	for _, path := range paths {
		if f.asked[path] && !slices.Contains(acted, path) {
			acted = append(acted, path)
		}
	}
	return acted
}

// Each attack is opened in Chromium three times, with the network and its program watched:
// as the book shows it; as it is, in a page with the book's policy, which stops it alone;
// and as it is in a page without: what stops it is not the test. In a short run only the
// first.
func TestAttacksInABrowser(t *testing.T) {
	verification.Only(t)
	f := newField(t)
	var paths []string
	for i, attack := range attacks {
		source := func(kind string) (path, html string) {
			path = fmt.Sprintf("/%s/%d", kind, i)
			paths = append(paths, path)
			return path, strings.NewReplacer("RUN", "window.ran=1", "OUT", f.there.URL+path, "PNG", pixel).Replace(attack.source)
		}
		path, html := source("shown")
		if files, err := render(Book{Chapters: []Chapter{{Slug: "a", Notebook: attacked(attack.mime, html)}}}); err == nil {
			for _, file := range files {
				if file.Name == "a.html" {
					f.put(path, file.Content)
				}
			}
		}
		if testing.Short() {
			continue
		}
		path, html = source("policy")
		content, err := renderPage([]page{{Slug: "a", Title: "a", Body: template.HTML(html)}}, 0)
		if err != nil {
			t.Fatal(err)
		}
		f.put(path, content)
		path, html = source("bare")
		f.put(path, []byte("<!DOCTYPE html>\n<body>"+html))
	}
	acted := f.visit(t, paths)
	for i, attack := range attacks {
		did := func(kind string) bool { return slices.Contains(acted, fmt.Sprintf("/%s/%d", kind, i)) }
		if did("shown") {
			t.Errorf("%s acts in the book", attack.source)
		}
		if did("policy") && !attack.unstopped {
			t.Errorf("%s acts under the policy alone", attack.source)
		}
		if !testing.Short() && did("bare") != attack.acts {
			t.Errorf("%s acts without cleaner and policy: %v, want %v", attack.source, did("bare"), attack.acts)
		}
	}
}
