package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"balanced/bnn/store"
	"balanced/internal/jupyter/runner"

	"golang.org/x/term"
)

// announce says what is being done if it is not done within a second. The function it
// returns is called when it is.
func announce(messages io.Writer, text string) (done func()) {
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

// betweenLines is the time between two lines of a progressLog.
var betweenLines = 20 * time.Second

// A progressLog says every now and then how far a run of notebooks is and what it is at,
// where there is no terminal to show a progressBar: a cell may simulate for minutes.
type progressLog struct {
	begin time.Time
	cells int
	say   func(string, ...any)
	stop  chan struct{}
	ended sync.WaitGroup

	mutex sync.Mutex
	begun int
	at    map[string]runner.Event // the cell that each notebook is at
}

// newProgressLog begins to log, unless standard error is a terminal.
func newProgressLog(cells int, say func(string, ...any)) *progressLog {
	log := &progressLog{begin: time.Now(), cells: cells, say: say, stop: make(chan struct{}), at: map[string]runner.Event{}}
	if term.IsTerminal(int(os.Stderr.Fd())) {
		return log
	}
	log.ended.Go(func() {
		ticker := time.NewTicker(betweenLines)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				log.line()
			case <-log.stop:
				return
			}
		}
	})
	return log
}

// note takes an event of the run.
func (l *progressLog) note(event runner.Event) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if event.Done {
		delete(l.at, event.Notebook)
		return
	}
	l.begun++
	l.at[event.Notebook] = event
}

// line says how far the run is.
func (l *progressLog) line() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	var at []string
	for _, event := range l.at {
		at = append(at, fmt.Sprintf("%s cell %d of %d", filepath.Base(event.Notebook), event.Cell, event.Cells))
	}
	slices.Sort(at)
	l.say("after %v: cell %d of %d; at %s", time.Since(l.begin).Round(time.Second), l.begun, l.cells, strings.Join(at, ", "))
}

// finish ends the log.
func (l *progressLog) finish() {
	close(l.stop)
	l.ended.Wait()
}
