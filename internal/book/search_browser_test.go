package book

import (
	"fmt"
	"path/filepath"
	"testing"

	"balanced/internal/browser"
)

// typed is what the search lists for a query: where and excerpt of each entry.
const typed = `(async query => {
	const input = document.querySelector("#search");
	input.focus();
	const before = [...document.scripts].filter(script => script.src).length;
	input.value = query;
	input.dispatchEvent(new Event("input"));
	for (let i = 0; i < 200 && !(globalThis.bookCode && document.querySelector(".matches.open")); i++)
		await new Promise(done => setTimeout(done, 20));
	const entries = [...document.querySelectorAll(".matches li")].map(entry =>
		[entry.querySelector("a").getAttribute("href"), entry.querySelector(".excerpt").className, entry.querySelector(".excerpt").textContent].join(" | "));
	return [before + " programs were loaded", document.querySelector(".matches [role=status]").textContent, ...entries];
})(%q)`

// A search loads nothing before the first letter, and finds words of text, of tables and of
// code, which it shows as what they are.
func TestSearchInABrowser(t *testing.T) {
	page := browser.Start(t).Open(t, filepath.Join(writeSample(t), "index.html"), browser.View{Width: 1000, Height: 800, Offline: true})
	for i, c := range []struct{ query, want string }{
		{"fmt.println", `1 match 01-limit.html#in-detail | excerpt of-code | // Run it. fmt.Println(1) verdicts() folded := 3 tucked := 4`},
		{"couplings order", `1 match 01-limit.html | excerpt | Couplings of order n^(−1/2). See the seed. A note.`},
		{"balances folded", `1 match 01-limit.html#in-detail | excerpt | a b 1 x 1 claim 1. It balances & stays 2. It is slow`},
		{"nowhere", `No matches`},
	} {
		got := browser.Eval[[]string](page, fmt.Sprintf(typed, c.query))
		if want := fmt.Sprintf("%d programs were loaded", min(2*i, 2)); got[0] != want {
			t.Errorf("before %q %s, want %s", c.query, got[0], want)
		}
		all := got[1]
		for _, entry := range got[2:] {
			all += " " + entry
		}
		if all != c.want {
			t.Errorf("%q gives %q, want %q", c.query, all, c.want)
		}
	}
	page.Report(browser.Quiet(page))
}
