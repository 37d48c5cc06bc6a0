package kernel

import (
	"errors"
	"time"
)

// ErrInput is the error of a cell that asks for input or waits for it.
var ErrInput = errors.New("the cell waits for input, which nobody is there to give")

// A program that waits for input is taken to do nothing else once it was seen to so many
// times in a row, without output or use of the processor in between.
const (
	inputInterval  = 500 * time.Millisecond
	inputSightings = 4
)

// inputWatch notices cells that read their standard input.
type inputWatch struct {
	process *process
	reader  string // the program that was seen to wait, and its use of the processor
	seen    int    // in a row
}

// output says that the cell is not merely waiting.
func (w *inputWatch) output() { w.seen = 0 }

// waits looks once more, and tells whether the cell is to be given up.
func (w *inputWatch) waits() bool {
	reader, waits := w.process.inputReader()
	if !waits || reader != w.reader {
		w.seen = 0
	}
	if w.reader = reader; waits {
		w.seen++
	}
	return w.seen >= inputSightings
}
