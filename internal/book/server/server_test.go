package server

import (
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOnlyLoopbackIsServed(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":8000", "192.168.1.2:0", "[::]:0", "example.org:0", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:65536", "127.0.0.1:-1", ""} {
		listener, err := Listen(address)
		if err == nil {
			listener.Close()
		}
		if !errors.As(err, new(*AddressError)) || !strings.Contains(err.Error(), `address "`+address+`"`) || !strings.Contains(err.Error(), "must be a loopback address") {
			t.Errorf("%s: error %v", address, err)
		}
	}
	for _, address := range []string{"127.0.0.1:0", "localhost:0", "127.9.9.9:0"} {
		listener, err := Listen(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if _, err := Listen(listener.Addr().String()); err == nil || !strings.Contains(err.Error(), "address ") {
			t.Errorf("%s, which is taken: error %v", listener.Addr(), err)
		}
		listener.Close()
	}
}

// bookFolderOf makes a book of files, which hold their names.
func bookFolderOf(t *testing.T, names ...string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestBookServer(t *testing.T) {
	folder := bookFolderOf(t, "index.html", "a.js", "a.wasm", "a.woff2", "a.svg", "a.png", "files.txt", "a.unknown")
	if err := os.WriteFile(filepath.Join(folder, "..", "secret.html"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../secret.html", filepath.Join(folder, "link.html")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, "folder.html"), 0o755); err != nil {
		t.Fatal(err)
	}
	server := Handler(folder)
	for _, c := range []struct {
		method, host, path string
		code               int
		contentType, body  string
	}{
		{"GET", "127.0.0.1:8000", "/", 200, "text/html; charset=utf-8", "index.html"},
		{"GET", "localhost:8000", "/index.html", 200, "text/html; charset=utf-8", "index.html"},
		{"HEAD", "[::1]:8000", "/", 200, "text/html; charset=utf-8", ""},
		{"GET", "[::1]", "/a.js", 200, "text/javascript; charset=utf-8", "a.js"},
		{"GET", "LOCALHOST", "/a.wasm", 200, "application/wasm", "a.wasm"},
		{"GET", "127.0.0.1", "/a.woff2", 200, "font/woff2", "a.woff2"},
		{"GET", "127.0.0.1", "/a.svg", 200, "image/svg+xml", "a.svg"},
		{"GET", "127.0.0.1", "/a.png", 200, "image/png", "a.png"},
		{"GET", "127.0.0.1", "/files.txt", 200, "text/plain; charset=utf-8", "files.txt"},
		{"GET", "127.0.0.1", "/none.html", 404, "", ""},
		{"GET", "127.0.0.1", "/a.unknown", 404, "", ""},
		{"GET", "127.0.0.1", "/folder.html", 404, "", ""},
		{"GET", "127.0.0.1", "/folder.html/", 404, "", ""},
		{"GET", "127.0.0.1", "/../secret.html", 404, "", ""},
		{"GET", "127.0.0.1", "/link.html", 404, "", ""},
		{"GET", "127.0.0.1", "//etc/hosts.txt", 404, "", ""},
		{"POST", "127.0.0.1", "/", 405, "", ""},
		{"GET", "attacker.example", "/", 421, "", ""},
		{"GET", "attacker.example:8000", "/a.js", 421, "", ""},
		{"GET", "localhost.attacker.example:8000", "/", 421, "", ""},
		{"GET", "192.168.1.2:8000", "/", 421, "", ""},
		{"GET", "", "/", 421, "", ""},
	} {
		request := httptest.NewRequest(c.method, "/", nil)
		request.Host, request.URL.Path = c.host, c.path
		recorder := httptest.NewRecorder()
		server.ServeHTTP(recorder, request)
		got := recorder.Result()
		if got.StatusCode != c.code {
			t.Errorf("%s %s of %q: status %d, want %d", c.method, c.path, c.host, got.StatusCode, c.code)
		}
		if c.code != 200 {
			continue
		}
		if got.Header.Get("Content-Type") != c.contentType || got.Header.Get("Cache-Control") != "no-cache" || recorder.Body.String() != c.body {
			t.Errorf("%s %s of %q: %v and %q", c.method, c.path, c.host, got.Header, recorder.Body)
		}
		policy := "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
		if strings.HasPrefix(c.contentType, "text/html") {
			policy = "frame-ancestors 'none'"
		}
		if got.Header.Get("Content-Security-Policy") != policy || got.Header.Get("Cross-Origin-Resource-Policy") != "same-origin" || got.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", c.path, got.Header)
		}
	}
}
