package main

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A progressBar shows how far long work is, on a terminal; elsewhere it is silent, so
// that logs stay readable.
type progressBar struct{ bar *progressbar.ProgressBar }

func newProgressBar(what string, total int) *progressBar {
	if !term.IsTerminal(int(os.Stderr.Fd())) {
		return &progressBar{}
	}
	return &progressBar{progressbar.NewOptions(total,
		progressbar.OptionSetWriter(os.Stderr),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish(),
	)}
}

// set moves the bar. A terminal that cannot be written to loses the bar, not the run.
func (p *progressBar) set(finished int) {
	if p.bar != nil {
		_ = p.bar.Set(finished)
	}
}

// finish clears the bar, whether the work was finished or not.
func (p *progressBar) finish() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
