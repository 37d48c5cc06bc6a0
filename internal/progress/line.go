package progress

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A line tells in words how far long work is: as a bar on a terminal, elsewhere as lines that
// become rarer and rarer, so that logs stay readable.
type line struct {
	bar      *progressbar.ProgressBar // nil elsewhere
	messages io.Writer
	begun    time.Time
	next     time.Duration // when the next line is due
}

// firstLine is how long a run is silent where there is no terminal; from one line to the
// next the time doubles.
const firstLine = 10 * time.Second

// barParts is how finely a bar follows the work.
const barParts = 1000

func newLine(messages io.Writer) line {
	p := line{messages: messages, begun: time.Now(), next: firstLine}
	if term.IsTerminal(int(os.Stderr.Fd())) {
		p.bar = progressbar.NewOptions(barParts,
			progressbar.OptionSetWriter(os.Stderr),
			progressbar.OptionSetPredictTime(false),
			progressbar.OptionSetElapsedTime(true),
			progressbar.OptionClearOnFinish(),
		)
	}
	return p
}

// show tells how far the work is, and which part of it that is; lines tell nothing once it is
// done.
func (p *line) show(words string, part float64, done bool) {
	if p.bar != nil {
		// A terminal that cannot be written to loses the bar, not the run.
		p.bar.Describe(words)
		_ = p.bar.Set(int(part * barParts))
		return
	}
	if elapsed := time.Since(p.begun); elapsed >= p.next && !done {
		fmt.Fprintln(p.messages, "bnn:", words)
		p.next = 2 * elapsed
	}
}

// Finish clears the bar, whether the work was finished or not.
func (p *line) Finish() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
