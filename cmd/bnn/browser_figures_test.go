package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"balanced/internal/browser"
)

var svgOutput = regexp.MustCompile(`<img src=\\"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)`)

// textsOfFigures finds texts of each SVG of a page that overlap one another or leave the
// picture, and texts that wait for a font. A text is a group of letters that gives its colour.
const textsOfFigures = `[...document.querySelectorAll("body > figure")].map(figure => {
	const found = [...figure.querySelectorAll("text")].map(text => "a text in a font of the reader: " + text.textContent);
	const picture = figure.querySelector("svg").getBoundingClientRect();
	const texts = [...figure.querySelectorAll("g[fill]")].map(text => text.getBoundingClientRect());
	if (texts.length < 4) found.push(texts.length + " texts");
	texts.forEach((a, i) => {
		const name = "text " + i + " at " + Math.round(a.left - picture.left) + ", " + Math.round(a.top - picture.top);
		if (a.left < picture.left - 0.5 || a.top < picture.top - 0.5 || a.right > picture.right + 0.5 || a.bottom > picture.bottom + 0.5)
			found.push(name + " leaves the picture");
		texts.slice(0, i).forEach((b, k) => {
			const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
			const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
			if (wide > 0.5 && high > 0.5) found.push(name + " overlaps text " + k);
		});
	});
	return found.map(text => figure.title + ": " + text);
})`

// TestFiguresNeedNoFont opens the figures of all notebooks, in one page, as Chromium draws
// them on a machine that has the fonts it happens to have.
func TestFiguresNeedNoFont(t *testing.T) {
	chromium := browser.Start(t)
	p, err := findProject()
	if err != nil {
		t.Fatal(err)
	}
	html, figures := "<!doctype html><title>figures</title>\n", 0
	for _, notebook := range p.Run {
		content, err := os.ReadFile(notebook)
		if err != nil {
			t.Fatal(err)
		}
		for i, output := range svgOutput.FindAllSubmatch(content, -1) {
			figures++
			svg, err := base64.StdEncoding.DecodeString(string(output[1]))
			if err != nil {
				t.Fatal(err)
			}
			html += fmt.Sprintf("<figure title=\"%s-%d.svg\">%s</figure>\n", filepath.Base(notebook), i+1, svg[max(0, bytes.Index(svg, []byte("<svg"))):])
		}
	}
	path := filepath.Join(t.TempDir(), "figures.html")
	if err := os.WriteFile(path, []byte(html), 0o666); err != nil {
		t.Fatal(err)
	}
	page := chromium.Open(t, path, browser.View{Width: 800, Height: 900})
	found := browser.Eval[[][]string](page, textsOfFigures)
	if figures < 20 || len(found) != figures {
		t.Errorf("%d figures in all notebooks, %d in the page", figures, len(found))
	}
	page.Report(slices.Concat(found...))
}
