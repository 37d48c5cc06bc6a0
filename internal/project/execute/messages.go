package execute

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"balanced/bnn/store"
	"balanced/internal/jupyter/runner"

	"golang.org/x/term"
)

// Announce says what is being done if it is not done within a second. The function it
// returns is called when it is.
func Announce(messages io.Writer, text string) (done func()) {
	patience := time.AfterFunc(time.Second, func() { fmt.Fprintln(messages, text) })
	return func() { patience.Stop() }
}

// sayWhatRuns says what a run of notebooks is about to do, and why that takes minutes if
// they are of the project and nothing has been simulated yet.
func sayWhatRuns(say func(string, ...any), notebooks, cells int, ours bool) {
	say("executing %s of %s, %d at a time", counted(cells, "code cell"), counted(notebooks, "notebook"), min(runtime.GOMAXPROCS(0), notebooks))
	kept, err := store.Default()
	if err != nil || !ours {
		return // cells that need it will say so
	}
	if _, err := os.Stat(kept.Path()); err != nil {
		say("no replica has been simulated yet, which takes minutes; they are kept in %s, so that later runs take one", kept.Path())
	}
}

// counted is a number of things.
func counted(count int, thing string) string {
	if count != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", count, thing)
}

// newProgressLog says every 20 seconds how far a run of notebooks is, unless there is a
// terminal to show a progress.Bar.
func newProgressLog(cells int, say func(string, ...any)) *runner.Log {
	every := 20 * time.Second
	if term.IsTerminal(int(os.Stderr.Fd())) {
		every = 0
	}
	return runner.NewLog(cells, every, func(line string) { say("%s", line) })
}
