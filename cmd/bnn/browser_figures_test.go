package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"balanced/internal/browser"
)

var svgOutput = regexp.MustCompile(`data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)`)

// textsOfFigure finds texts of an SVG that overlap one another or leave the picture, and
// texts that wait for a font. A text is a group of letters that gives its colour.
const textsOfFigure = `(() => {
	const found = [...document.querySelectorAll("text")].map(text => "a text in a font of the reader: " + text.textContent);
	const picture = document.documentElement.getBoundingClientRect();
	const texts = [...document.querySelectorAll("g[fill]")].map(text => text.getBoundingClientRect());
	if (texts.length < 4) found.push(texts.length + " texts");
	texts.forEach((a, i) => {
		const name = "text " + i + " at " + Math.round(a.left) + ", " + Math.round(a.top);
		if (a.left < picture.left - 0.5 || a.top < picture.top - 0.5 || a.right > picture.right + 0.5 || a.bottom > picture.bottom + 0.5)
			found.push(name + " leaves the picture");
		texts.slice(0, i).forEach((b, k) => {
			const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
			const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
			if (wide > 0.5 && high > 0.5) found.push(name + " overlaps text " + k);
		});
	});
	return found;
})()`

// TestFiguresNeedNoFont opens the figures of all notebooks as Chromium draws them on a
// machine that has the fonts it happens to have.
func TestFiguresNeedNoFont(t *testing.T) {
	chromium := browser.Start(t)
	p, err := findProject()
	if err != nil {
		t.Fatal(err)
	}
	folder, figures := t.TempDir(), 0
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
			name := fmt.Sprintf("%s-%d.svg", filepath.Base(notebook), i+1)
			path := filepath.Join(folder, name)
			if err := os.WriteFile(path, svg, 0o666); err != nil {
				t.Fatal(err)
			}
			t.Run(name, func(t *testing.T) {
				page := chromium.Open(t, path, browser.View{Width: 800, Height: 900})
				page.Report(browser.Eval[[]string](page, textsOfFigure))
			})
		}
	}
	if figures < 20 {
		t.Errorf("%d figures in all notebooks", figures)
	}
}
