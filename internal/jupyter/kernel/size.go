package kernel

import (
	"encoding/json"
	"fmt"
	"strings"
)

// MaxOutput is the greatest number of bytes of output that one cell may have, all texts
// and displays that are left of it together.
const MaxOutput = 32 << 20

// maxOutput is MaxOutput, but for tests, which would take long with so much.
var maxOutput = MaxOutput

// ErrOutput is the error of a cell with more output than MaxOutput.
var ErrOutput = fmt.Errorf("the cell has more than %d MiB of output: must have less; large data belong into files", MaxOutput>>20)

// makeRoom counts so many more bytes of output. If they are too many, it first counts
// what is left of the output so far: less than was sent, if displays were updated or
// lines written over, as by a progress bar that runs for hours.
func (e *Execution) makeRoom(bytes int) error {
	if e.size += bytes; e.size <= maxOutput {
		return nil
	}
	e.size = bytes
	for name, text := range e.streams {
		shorter := &strings.Builder{}
		shorter.WriteString(settled(text.String()))
		e.streams[name] = shorter
		e.size += shorter.Len()
	}
	for _, display := range e.displays {
		for _, value := range display.Data {
			e.size += sizeOf(value)
		}
	}
	if e.size > maxOutput {
		return ErrOutput
	}
	return nil
}

// sizeOf is the number of bytes of a text, or of the JSON form of another value.
func sizeOf(value any) int {
	if text, isText := value.(string); isText {
		return len(text)
	}
	data, _ := json.Marshal(value) // it has come as JSON
	return len(data)
}
