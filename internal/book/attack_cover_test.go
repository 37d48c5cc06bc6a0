package book

import (
	"testing"

	"balanced/internal/browser"
	"balanced/internal/jupyter/nbformat"
)

// Nothing that one cell brings hides what the next ones say.
func TestNoOutputCoversTheNextCell(t *testing.T) {
	f := newField(t)
	for _, attack := range []string{
		`<div style="height:0"><div style="opacity:.99;background:white;height:900px;width:900px">x</div></div>`,
		`<div style="max-height:0"><table style="opacity:.9;background:white;height:900px"><tr><td>x</td></tr></table></div>`,
		`<div style="height:0"><img width="800" height="800" style="opacity:.99" src="` + pixel + `"></div>`,
		`<p><span style="opacity:.99;background:white;padding-bottom:900px">x</span></p>`,
		`<p style="line-height:0;font-size:900px;opacity:.99;background:white">x</p>`,
	} {
		output := nbformat.Output{Kind: nbformat.DisplayData, Data: map[string]any{"text/html": attack}}
		files, err := render(Book{Chapters: []Chapter{{Slug: "a", Notebook: &nbformat.Notebook{Cells: []nbformat.Cell{
			markdown("# Title\n\nClaim."), code("attack()", output), markdown("Seen."),
		}}}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if file.Name == "a.html" {
				f.put("/a", file.Content)
			}
		}
		if top := browser.Eval[string](f.tab, topAtSeen); top != "Seen." {
			t.Errorf("%s: where the next cell says Seen. a reader finds %q", attack, top)
		}
	}
}

// topAtSeen opens the page in a frame and gives the text of what is on top of the paragraph.
const topAtSeen = `(async () => {
	const frame = document.createElement("iframe");
	frame.width = 800; frame.height = 1000; frame.src = "/a";
	const loaded = new Promise((done) => { frame.onload = done; });
	document.body.append(frame);
	await loaded;
	const page = frame.contentDocument;
	const seen = [...page.querySelectorAll("article p")].find((p) => p.textContent === "Seen.");
	seen.scrollIntoView({ block: "center" });
	const box = seen.getBoundingClientRect();
	const top = page.elementFromPoint(box.x + 10, box.y + box.height / 2);
	frame.remove();
	return top ? top.textContent : "nothing";
})()`
