package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// cover is the page that is shown first.
const cover = "index.html"

// An AddressError refuses an address to listen on.
type AddressError struct{ Address, Reason string }

// Error quotes the address and says what it must be.
func (e *AddressError) Error() string {
	return fmt.Sprintf("address %q: %s: must be a loopback address and a port, such as 127.0.0.1:8000, [::1]:8000 or localhost:0", e.Address, e.Reason)
}

// Listen listens on an address, host:port, which no other machine may reach; one that others
// may is an *AddressError.
func Listen(address string) (net.Listener, error) {
	refuse := func(reason string) (net.Listener, error) { return nil, &AddressError{address, reason} }
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return refuse("is not a host and a port")
	}
	if !isLoopback(host) {
		return refuse(fmt.Sprintf("the host %q is not on loopback", host))
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return refuse(fmt.Sprintf("the port %q is not a number from 0 to 65535", port))
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("address %q: %w", address, err)
	}
	if bound, ok := listener.Addr().(*net.TCPAddr); !ok || !bound.IP.IsLoopback() { // localhost may be named otherwise
		_ = listener.Close() // nobody has connected
		return refuse(fmt.Sprintf("it means %s, which is not on loopback", listener.Addr()))
	}
	return listener, nil
}

// isLoopback tells whether a host, without port, is this machine to itself.
func isLoopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}

// Serve answers requests until the context ends, and returns its cause.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return context.Cause(ctx)
}

// contentTypes are those of the files in a book, whatever the machine has been told.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".txt": "text/plain; charset=utf-8",
	".css": "text/css; charset=utf-8", ".json": "application/json", ".wasm": "application/wasm", ".woff2": "font/woff2",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
}

// servedPolicy is the Content Security Policy that is sent with a file, by the ending of its
// name. A page has its own, and may not be shown in one of somebody else; what is no page,
// a drawing say, runs and loads nothing when it is opened by itself.
func servedPolicy(ending string) string {
	if ending == ".html" {
		return "frame-ancestors 'none'"
	}
	return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
}

// Handler answers with the files of the book in a folder. A request that names a host
// other than loopback comes from a page of somebody who made his name lead here, and is
// refused.
func Handler(folder string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		host := request.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if !isLoopback(strings.Trim(host, "[]")) {
			http.Error(w, "this server answers to loopback names only", http.StatusMisdirectedRequest)
			return
		}
		if request.Method != http.MethodGet && request.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "a book can only be read", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(request.URL.Path, "/")
		if name == "" {
			name = cover
		}
		contentType, known := contentTypes[filepath.Ext(name)]
		file, err := os.OpenInRoot(folder, name)
		if err != nil || !known {
			http.Error(w, "the book has no such page", http.StatusNotFound)
			return
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil || !info.Mode().IsRegular() {
			http.Error(w, "the book has no such page", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Content-Security-Policy", servedPolicy(filepath.Ext(name)))
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, request, name, info.ModTime(), file)
	})
}
