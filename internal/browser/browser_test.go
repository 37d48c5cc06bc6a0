package browser

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/verification"
)

func TestMain(m *testing.M) { os.Exit(Run(m)) }

var phone = View{Width: 390, Height: 844}

// planted opens a page, a file, with the given content of its body.
func planted(t *testing.T, body string, view View) *Page {
	t.Helper()
	return Start(t).Open(t, plantedFile(t, body), view)
}

func plantedFile(t *testing.T, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "planted.html")
	if err := os.WriteFile(path, []byte(document(body)), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func document(body string) string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Planted</title>` +
		`<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"></head><body>` + body + `</body></html>`
}

func TestViews(t *testing.T) {
	t.Parallel()
	page := start(t).Open(t, plantedFile(t, "<h1>Views</h1>"), phone)
	for _, c := range []struct {
		view View
		want string
	}{
		{View{Width: 1440, Height: 900, Dark: true, Offline: true}, "1440 900 true false false"},
		{View{Width: 700, Height: 900, Print: true}, "700 900 false true true"},
		{phone, "390 844 false false true"},
	} {
		page.Look(c.view)
		if got := Eval[string](page, `[innerWidth, innerHeight, matchMedia("(prefers-color-scheme: dark)").matches,
			matchMedia("print").matches, navigator.onLine].join(" ")`); got != c.want {
			t.Errorf("%v: the page sees %s, want %s", c.view, got, c.want)
		}
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	page := planted(t, "<h1>Pictures</h1>", phone)
	path := filepath.Join(t.TempDir(), "page.png")
	page.Screenshot(path)
	if content, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(content), "\x89PNG") || len(content) < 1000 {
		t.Errorf("%d bytes, error %v", len(content), err)
	}
}

func TestRecord(t *testing.T) {
	verification.Long(t)
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		switch request.URL.Path {
		case "/":
			_, _ = answer.Write([]byte(document(`<script>
				console.log("fine"); console.warn("careful", 3); console.error("bad", {a: 1}); console.assert(false, "untrue");
				Promise.reject(new Error("rejected")); fetch("moved"); fetch("data:,x"); throw new Error("thrown")</script>`)))
		case "/moved":
			http.Redirect(answer, request, "/gone", http.StatusFound)
		default:
			http.NotFound(answer, request)
		}
	}))
	defer server.Close()
	page := start(t).Open(t, server.URL+"/", phone)
	messages := strings.Join(page.Messages(), "\n")
	for _, want := range []string{"warning: careful 3", "error: bad Object", "assert: untrue", "exception: Uncaught Error: thrown", "exception: Uncaught (in promise) Error: rejected", "status of 404"} {
		if !strings.Contains(messages, want) {
			t.Errorf("no %q among\n%s", want, messages)
		}
	}
	if strings.Contains(messages, "fine") {
		t.Errorf("a message of no level among\n%s", messages)
	}
	var requests []string
	for _, request := range page.Requests() {
		requests = append(requests, strings.TrimPrefix(request.String(), server.URL))
	}
	if got, want := strings.Join(requests, ", "), "/: status 200, /moved: status 302, /gone: status 404"; got != want {
		t.Errorf("requests %s, want %s", got, want)
	}
	page.Look(View{Width: 390, Height: 844, Offline: true})
	if got := Eval[string](page, `fetch("/").then(() => "an answer", () => "none")`); got != "none" {
		t.Errorf("offline there is %s", got)
	}
}
