package runner

import (
	"strings"
	"sync"
	"testing"
	"time"
)

// A run that takes long says now and then which cells it is at.
func TestProgressLog(t *testing.T) {
	var mutex sync.Mutex
	var lines []string
	log := NewLog(9, 5*time.Millisecond, func(line string) {
		mutex.Lock()
		defer mutex.Unlock()
		lines = append(lines, line)
	})
	log.Note(Event{Notebook: "a/two.ipynb", Cell: 1, Cells: 4})
	log.Note(Event{Notebook: "a/one.ipynb", Cell: 1, Cells: 5})
	log.Note(Event{Notebook: "a/one.ipynb", Cell: 2, Cells: 5})
	log.Note(Event{Notebook: "a/two.ipynb", Done: true})
	log.Note(Event{Notebook: "a/three.ipynb", Cell: 1, Cells: 1})
	for wait := 0; wait < 2000; wait++ {
		time.Sleep(time.Millisecond)
		mutex.Lock()
		last := ""
		if len(lines) > 0 {
			last = lines[len(lines)-1]
		}
		mutex.Unlock()
		if strings.HasSuffix(last, "cell 4 of 9; at one.ipynb cell 2 of 5, three.ipynb cell 1 of 1") {
			log.Finish()
			return
		}
	}
	t.Errorf("lines: %q", lines)
}
