package progress

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A Bar shows how far long work is, on a terminal; elsewhere it is silent, so
// that logs stay readable.
type Bar struct{ bar *progressbar.ProgressBar }

// NewBar begins a bar of so many things.
func NewBar(what string, total int) *Bar {
	if !term.IsTerminal(int(os.Stderr.Fd())) {
		return &Bar{}
	}
	return &Bar{progressbar.NewOptions(total,
		progressbar.OptionSetWriter(os.Stderr),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish(),
	)}
}

// Set moves the bar. A terminal that cannot be written to loses the bar, not the run.
func (p *Bar) Set(finished int) {
	if p.bar != nil {
		_ = p.bar.Set(finished)
	}
}

// Finish clears the bar, whether the work was finished or not.
func (p *Bar) Finish() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
