package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"balanced/bnn/simulate"
)

// An ensembleProgress shows how far replicas are, inside of them too: as a bar on a
// terminal, elsewhere as lines that become rarer and rarer, so that logs stay readable.
type ensembleProgress struct {
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

func newEnsembleProgress(messages io.Writer) *ensembleProgress {
	p := &ensembleProgress{messages: messages, begun: time.Now(), next: firstLine}
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

// show is the Progress of an ensemble.
func (p *ensembleProgress) show(now simulate.Progress) {
	if p.bar != nil {
		// A terminal that cannot be written to loses the bar, not the run.
		p.bar.Describe(progressText(now))
		_ = p.bar.Set(int(now.Part * barParts))
		return
	}
	if elapsed := time.Since(p.begun); elapsed >= p.next && now.Finished < now.Replicas {
		fmt.Fprintln(p.messages, "bnn:", progressText(now))
		p.next = 2 * elapsed
	}
}

// finish clears the bar, whether the work was finished or not.
func (p *ensembleProgress) finish() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// progressText tells in words how far an ensemble is: the replicas, and the time that the
// one under way has reached.
func progressText(p simulate.Progress) string {
	text := fmt.Sprintf("%d of %d replicas", p.Finished, p.Replicas)
	if p.End > 0 {
		text += fmt.Sprintf(", t = %.3g of %g at %.3g a second", p.Time, p.End, p.Speed)
	}
	if p.Left > 0 {
		text += fmt.Sprintf(", %v left", p.Left.Round(time.Second))
	}
	return text
}
