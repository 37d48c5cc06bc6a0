package explorer

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/browser"
	"balanced/internal/verification"
)

func TestFromAServer(t *testing.T) {
	t.Parallel()
	chromium := browser.Start(t)
	places := http.NewServeMux()
	places.Handle("/", http.FileServer(http.Dir(bookFolder(t))))
	places.HandleFunc("/favicon.ico", func(http.ResponseWriter, *http.Request) {}) // which browsers ask for by themselves
	server := httptest.NewServer(places)
	defer server.Close()
	page := chromium.Open(t, server.URL+"/explorer.html", desk)
	settle(page)
	if verdict := browser.Eval[string](page, `document.querySelector(".verdict .word").textContent`); verdict != "Balanced" {
		t.Errorf("the verdict is %q", verdict)
	}
	for _, request := range page.Requests() {
		if !strings.HasPrefix(request.URL, server.URL) && !strings.HasPrefix(request.URL, "blob:") && !strings.HasPrefix(request.URL, "data:") {
			t.Errorf("the page asks for %s", request.URL)
		}
	}
	page.Report(browser.Quiet(page))
}

// spoil replaces the content of a file of the book.
func spoil(t *testing.T, folder, file string, by func(content string) string) {
	t.Helper()
	path := filepath.Join(folder, file)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(by(string(content))), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Where the program cannot run the page says so and leads on.
func TestWithoutProgram(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	spoilers := map[string]func(t *testing.T, folder string){
		"explorer.wasm.js": func(t *testing.T, folder string) {
			if err := os.Remove(filepath.Join(folder, programFile)); err != nil {
				t.Fatal(err)
			}
		},
		"damaged": func(t *testing.T, folder string) {
			spoil(t, folder, programFile, func(content string) string { return content[:len(content)/2] })
		},
		"broken worker": func(t *testing.T, folder string) {
			spoil(t, folder, programFile, func(content string) string {
				return strings.Replace(content, `"worker":"`, `"worker":"throw new Error('broken worker');`, 1)
			})
		},
	}
	for _, name := range []string{"WebAssembly", "Worker", "DecompressionStream"} {
		spoilers[name] = func(t *testing.T, folder string) {
			spoil(t, folder, "explorer.html", func(content string) string {
				// Before the page's policy, which lets nothing else run.
				return strings.Replace(content, "<head>", "<head><script>delete globalThis."+name+"</script>", 1)
			})
		}
	}
	for name, prepare := range spoilers {
		t.Run(name, func(t *testing.T) {
			chromium := browser.Start(t)
			folder := t.TempDir()
			if err := os.CopyFS(folder, os.DirFS(bookFolder(t))); err != nil {
				t.Fatal(err)
			}
			prepare(t, folder)
			page := chromium.Open(t, "file://"+filepath.Join(folder, "explorer.html"), desk)
			until(page, `!document.querySelector("[data-part=missing]").hidden`)
			if text := part(page, "missing-text"); !strings.Contains(text, name) {
				t.Errorf("the page says %q", text)
			}
			if !browser.Eval[bool](page, `document.querySelector("[data-part=missing] a").href.endsWith("/11-a-balanced-network.html")`) {
				t.Error("no link to the first chapter")
			}
			if !browser.Eval[bool](page, `document.querySelector("[data-part=reload] button").checkVisibility()`) {
				t.Error("no button to load again")
			}
			if browser.Eval[bool](page, `document.querySelector(".bench").checkVisibility()`) {
				t.Error("sliders that move nothing are shown")
			}
		})
	}
}

// looks are the widths and lights that the page is made for.
var looks = []browser.View{{Width: 1440, Height: 900}, {Width: 1024, Height: 768, Dark: true}, {Width: 390, Height: 844}, {Width: 390, Height: 844, Dark: true}}

func TestLooks(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "#preset=tipping&E.threshold=0.6")
	until(page, "explorer.simulation.done")
	for _, view := range looks {
		page.Look(view)
		page.Report(browser.Layout(page))
		page.Report(browser.Structure(page))
		page.Report(browser.Keyboard(page))
	}
	page.Report(browser.Quiet(page))
}

func TestAccessible(t *testing.T) {
	t.Parallel()
	page := open(t, "")
	browser.Eval[bool](page, `(document.querySelectorAll("details").forEach(details => { details.open = true; }), true)`)
	until(page, "explorer.simulation.done")
	for _, view := range looks {
		page.Look(view)
		page.Report(browser.Accessible(page))
	}
}
