package runner

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Log says every now and then how far a run of notebooks is and what it is at: a cell may
// take minutes.
type Log struct {
	begin time.Time
	cells int
	say   func(string)
	stop  chan struct{}
	ended sync.WaitGroup

	mutex sync.Mutex
	begun int
	at    map[string]Event // the cell that each notebook is at
}

// NewLog begins to log a run of so many cells, a line for each of the times; never if that
// is 0.
func NewLog(cells int, every time.Duration, say func(string)) *Log {
	l := &Log{begin: time.Now(), cells: cells, say: say, stop: make(chan struct{}), at: map[string]Event{}}
	if every == 0 {
		return l
	}
	l.ended.Go(func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				l.line()
			case <-l.stop:
				return
			}
		}
	})
	return l
}

// Note takes an event of the run.
func (l *Log) Note(event Event) {
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
func (l *Log) line() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	var at []string
	for _, event := range l.at {
		at = append(at, fmt.Sprintf("%s cell %d of %d", filepath.Base(event.Notebook), event.Cell, event.Cells))
	}
	slices.Sort(at)
	l.say(fmt.Sprintf("after %v: cell %d of %d; at %s", time.Since(l.begin).Round(time.Second), l.begun, l.cells, strings.Join(at, ", ")))
}

// Finish ends the log.
func (l *Log) Finish() {
	close(l.stop)
	l.ended.Wait()
}
