package main

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"unicode/utf16"

	"balanced/internal/verification"

	"balanced/internal/book"
	"balanced/internal/browser"
)

// TestBookAsPDF prints the book of the committed notebooks as its reader does, and reads what
// came out: every chapter is in its outline, fonts are in it, and it can be sent.
func TestBookAsPDF(t *testing.T) {
	verification.Only(t)
	chromium := browser.Start(t)
	root := projectCopy(t)
	file := filepath.Join(t.TempDir(), "book.pdf")
	if messages, code := callIn(t, root, "book", "--pdf", file); code != 0 {
		t.Fatalf("exit %d: %s", code, messages)
	}
	pdf, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if pages := len(regexp.MustCompile(`/Type /Page\b`).FindAll(pdf, -1)); pages <= 50 || len(pdf) > 30_000_000 {
		t.Errorf("%d pages in %d bytes, want more than 50 in at most 30 MB", pages, len(pdf))
	}
	outline := outlineOf(t, pdf)
	titled := regexp.MustCompile(`(?s)<article id="([^"]*)">.*?<h1[^>]*>(.*?)</h1>`)
	files := bookFiles(t, root)
	articles := titled.FindAllStringSubmatch(files[book.PrintPage], -1)
	at := 0
	for _, article := range articles {
		title, _, _ := strings.Cut(files[article[1]+".html"], " · ")
		_, title, _ = strings.Cut(title, "<title>")
		place := slices.Index(outline[at:], title)
		if place < 0 && !strings.Contains(article[2], "<math") { // which the outline writes in its own way
			t.Errorf("after %d entries the outline lacks the chapter %q", at, title)
		}
		at += max(place, 0)
	}
	if chapters, _ := filepath.Glob(filepath.Join(root, "notebooks", "[0-9]*.ipynb")); len(articles) != len(chapters) {
		t.Errorf("%d chapters on the page, and %d notebooks", len(articles), len(chapters))
	}
	fonts(t, pdf)

	page := chromium.Open(t, filepath.Join(root, "out", "book", book.PrintPage), browser.View{Width: 1000, Height: 900, Offline: true})
	page.Report(browser.Links(page))
	page.Report(browser.Quiet(page))
	page.Report(browser.Print(page, ".top", ".self", ".input"))
}

// outlineOf reads the titles of an outline, which Chromium writes as text or, those with other
// letters than ASCII, as UTF-16.
func outlineOf(t *testing.T, pdf []byte) (titles []string) {
	t.Helper()
	for _, found := range regexp.MustCompile(`/Title (?:\(((?:[^()\\]|\\.)*)\)|<FEFF([0-9A-F]+)>)`).FindAllSubmatch(pdf, -1) {
		title := regexp.MustCompile(`\\(.)`).ReplaceAllString(string(found[1]), "$1")
		if found[2] != nil {
			wide, err := hex.DecodeString(string(found[2]))
			if err != nil {
				t.Fatal(err)
			}
			var units []uint16
			for i := 0; i+1 < len(wide); i += 2 {
				units = append(units, uint16(wide[i])<<8|uint16(wide[i+1]))
			}
			title = string(utf16.Decode(units))
		}
		titles = append(titles, title)
	}
	return titles
}

// fonts finds those that are named in a PDF and not in it: neither as a file nor, which Type 3
// is, as drawings.
func fonts(t *testing.T, pdf []byte) {
	t.Helper()
	drawn, described := map[string]bool{}, 0
	objects := regexp.MustCompile(`(?s)(\d+) 0 obj\s*<<(.*?)endobj`).FindAllSubmatch(pdf, -1)
	reference := regexp.MustCompile(`/FontDescriptor (\d+) 0 R`)
	for _, object := range objects {
		if font := string(object[2]); strings.Contains(font, "/Subtype /Type3") {
			if to := reference.FindStringSubmatch(font); to != nil {
				drawn[to[1]] = true
			}
		}
	}
	for _, object := range objects {
		font := string(object[2])
		if !strings.Contains(font, "/Type /FontDescriptor") {
			continue
		}
		described++
		if !strings.Contains(font, "/FontFile") && !drawn[string(object[1])] {
			t.Errorf("a font is not in the file: %.200s", font)
		}
	}
	if described < 3 || !strings.Contains(string(pdf), "LatinModernMath") {
		t.Errorf("%d fonts, want those of texts, code and formulas", described)
	}
}

// Without Chromium the book is written, and the message says how any browser prints it.
func TestBookAsPDFWithoutChromium(t *testing.T) {
	verification.Only(t)
	t.Setenv("PATH", t.TempDir())
	root, file := projectCopy(t), filepath.Join(t.TempDir(), "book.pdf")
	messages, code := callIn(t, root, "book", "--pdf", file)
	if code == 0 || !strings.Contains(messages, "no chromium") || !strings.Contains(messages, "open "+filepath.Join(root, "out", "book", book.PrintPage)) {
		t.Errorf("exit %d: %s", code, messages)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("there is a file")
	}
}
