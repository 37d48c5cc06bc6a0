package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"balanced/internal/jupyter/runner"
)

// A run that takes long says now and then which cells it is at.
func TestProgressLog(t *testing.T) {
	defer func(before time.Duration) { betweenLines = before }(betweenLines)
	betweenLines = 5 * time.Millisecond
	var mutex sync.Mutex
	var lines []string
	log := newProgressLog(9, func(format string, values ...any) {
		mutex.Lock()
		defer mutex.Unlock()
		lines = append(lines, fmt.Sprintf(format, values...))
	})
	log.note(runner.Event{Notebook: "a/two.ipynb", Cell: 1, Cells: 4})
	log.note(runner.Event{Notebook: "a/one.ipynb", Cell: 1, Cells: 5})
	log.note(runner.Event{Notebook: "a/one.ipynb", Cell: 2, Cells: 5})
	log.note(runner.Event{Notebook: "a/two.ipynb", Done: true})
	log.note(runner.Event{Notebook: "a/three.ipynb", Cell: 1, Cells: 1})
	for wait := 0; wait < 2000; wait++ {
		time.Sleep(time.Millisecond)
		mutex.Lock()
		last := ""
		if len(lines) > 0 {
			last = lines[len(lines)-1]
		}
		mutex.Unlock()
		if strings.HasSuffix(last, "cell 4 of 9; at one.ipynb cell 2 of 5, three.ipynb cell 1 of 1") {
			log.finish()
			return
		}
	}
	t.Errorf("lines: %q", lines)
}

func TestAnnounce(t *testing.T) {
	var text lockedText
	announce(&text, "quick")()
	done := announce(&text, "slow")
	for wait := 0; text.String() == "" && wait < 3000; wait++ {
		time.Sleep(time.Millisecond)
	}
	done()
	if text.String() != "slow\n" {
		t.Errorf("%q", text.String())
	}
}

// lockedText is what is written to it, by whomever.
type lockedText struct {
	mutex sync.Mutex
	text  string
}

func (l *lockedText) Write(data []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.text += string(data)
	return len(data), nil
}

func (l *lockedText) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text
}
