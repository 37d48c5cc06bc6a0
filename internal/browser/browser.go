package browser

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"balanced/internal/browser/chromium"

	"github.com/chromedp/chromedp"
)

// patience is how long anything asked of Chromium may take; a machine busy with
// other tests needs a part of it.
const patience = 60 * time.Second

// A Browser is a running Chromium. Its methods may be called side by side.
type Browser struct {
	context context.Context
}

// shared is the Chromium of the test binary, which the first Start starts.
var shared struct {
	sync.Mutex
	running bool // within Run
	browser *Browser
	stop    func()
	err     error
}

// Run runs the tests of m, then stops the Chromium that they started, if any,
// and removes what it left. It returns the exit code, as [testing.M.Run] does.
func Run(m *testing.M) int {
	shared.Lock()
	shared.running = true
	shared.Unlock()
	code := m.Run()
	shared.Lock()
	defer shared.Unlock()
	shared.running = false
	if shared.stop != nil {
		shared.stop()
	}
	return code
}

// Start returns the Chromium of the test binary, which runs until [Run] ends. If
// none is installed it skips the test, or fails it if the environment variable
// BALANCED_BROWSER is "required". A short run has no tests in a browser but two of this
// package, since a browser takes seconds and memory.
func Start(t testing.TB) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("in a browser; the tests of package browser start one in short runs too")
	}
	return start(t)
}

func start(t testing.TB) *Browser {
	t.Helper()
	program, err := chromium.Find()
	if err != nil {
		missing(t, err.Error())
	}
	shared.Lock()
	defer shared.Unlock()
	if !shared.running {
		t.Fatal("browser.Start: TestMain of this package does not let browser.Run run its tests")
	}
	if shared.browser == nil && shared.err == nil {
		shared.browser, shared.stop, shared.err = launch(program)
	}
	if shared.err != nil {
		t.Fatal("Chromium does not start: ", shared.err)
	}
	return shared.browser
}

// missing ends a test for which the machine lacks something.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("BALANCED_BROWSER") == "required" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// launch starts Chromium with a new profile, which chromedp removes in the end.
// A Chromium whose tests die is killed by the kernel.
func launch(program string) (*Browser, func(), error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.Flag("headless", "new"),
		chromedp.NoSandbox, // which needs privileges that containers lack
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"),
	)
	allocator, release := chromedp.NewExecAllocator(context.Background(), options...)
	root, cancel := chromedp.NewContext(allocator)
	// The first run starts Chromium, and its context is Chromium's life.
	started := make(chan error, 1)
	go func() { started <- chromedp.Do(root) }()
	var err error
	select {
	case err = <-started:
	case <-time.After(patience):
		err = errors.New("it did not answer in time")
	}
	stop := func() {
		// Asked to close, it removes its own temporary files.
		closing, done := context.WithTimeout(root, 10*time.Second)
		_ = chromedp.Cancel(closing)
		done()
		cancel()
		release()
	}
	if err != nil {
		stop()
		return nil, nil, err
	}
	return &Browser{root}, stop, nil
}
