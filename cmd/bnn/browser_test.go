package main

import (
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"balanced/internal/book"
	"balanced/internal/book/server"
	"balanced/internal/browser"
	"balanced/internal/verification"
)

// largestPage is what a page may weigh, in bytes, with the font of its formulas and
// without the program of the explorer, which is held to its size where it is compiled.
const largestPage = 1_500_000

// committedBook writes the book of the notebooks as they are committed. Its pages are those
// to be read; TestBookAsPDF looks at the one to be printed.
func committedBook(t *testing.T) (folder string, pages []string) {
	t.Helper()
	p, err := findProject()
	if err != nil {
		t.Fatal(err)
	}
	p.Out = t.TempDir()
	cover, err := writeBook(t.Context(), io.Discard, p)
	if err != nil {
		t.Fatal(err)
	}
	folder = filepath.Dir(cover)
	if pages, err = filepath.Glob(filepath.Join(folder, "*.html")); err != nil {
		t.Fatal(err)
	}
	pages = slices.DeleteFunc(pages, func(path string) bool { return filepath.Base(path) == book.PrintPage })
	if len(pages) != len(p.Run)+2 {
		t.Fatalf("%d pages for %d notebooks, a cover and the explorer", len(pages), len(p.Run))
	}
	return folder, pages
}

// TestBookInABrowser looks at every page of the book as its readers do: from a server
// and from a file without network, on a phone and on a desk, in light and dark, with
// the keyboard alone, and on paper.
func TestBookInABrowser(t *testing.T) {
	verification.Only(t)
	chromium := browser.Start(t)
	folder, pages := committedBook(t)
	local := httptest.NewServer(server.Handler(folder))
	t.Cleanup(local.Close)
	phone, desk := browser.View{Width: 390, Height: 844}, browser.View{Width: 1440, Height: 900}
	darkPhone, darkDesk := phone, desk
	darkPhone.Dark, darkDesk.Dark = true, true
	views := []browser.View{phone, darkPhone, darkDesk, desk}
	for _, path := range pages {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			if name != "index.html" && name != "11-a-balanced-network.html" {
				verification.Only(t) // seconds each, and they are made in the same way
			}
			t.Parallel()
			served := chromium.Open(t, local.URL+"/"+name, phone)
			for _, view := range views {
				served.Look(view)
				served.Report(browser.Layout(served))
			}
			served.Report(browser.Quiet(served))

			offline := phone
			offline.Offline = true
			page := chromium.Open(t, path, offline)
			page.Report(browser.Structure(page))
			page.Report(browser.Links(page))
			page.Report(browser.Keyboard(page))
			page.Unfold()
			for _, view := range views {
				view.Offline = true
				page.Look(view)
				page.Report(browser.Layout(page))
			}
			page.Report(browser.Print(page, ".skip", ".top", ".contents", ".turn", ".self", ".input"))
			page.Report(browser.Quiet(page))
			weigh(t, page)

			// Contrast does not depend on the width, nor structure on colours: each of both is enough. The code is
			// still unfolded on the phone.
			page.Look(darkPhone)
			page.Report(browser.Accessible(page))
			served.Look(desk)
			served.Report(browser.Accessible(served))
		})
	}
}

// weigh adds up the files that a page, itself a file, has read.
func weigh(t *testing.T, page *browser.Page) {
	t.Helper()
	weight := int64(0)
	for _, request := range page.Requests() {
		if strings.HasSuffix(request.URL, "/explorer.wasm.js") {
			continue
		}
		info, err := os.Stat(strings.TrimPrefix(request.URL, "file://"))
		if err != nil {
			t.Fatal(err)
		}
		weight += info.Size()
	}
	if weight > largestPage {
		t.Errorf("it weighs %d bytes with all that it reads, want at most %d", weight, largestPage)
	}
}
