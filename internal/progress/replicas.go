package progress

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"balanced/bnn/simulate"
)

// Replicas shows how far replicas are, inside of them too: as a bar on a
// terminal, elsewhere as lines that become rarer and rarer, so that logs stay readable.
type Replicas struct {
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

// NewReplicas begins to show the progress of an ensemble; lines go to messages.
func NewReplicas(messages io.Writer) *Replicas {
	p := &Replicas{messages: messages, begun: time.Now(), next: firstLine}
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

// Show is the Progress of an ensemble.
func (p *Replicas) Show(now simulate.Progress) {
	if p.bar != nil {
		// A terminal that cannot be written to loses the bar, not the run.
		p.bar.Describe(text(now))
		_ = p.bar.Set(int(now.Part * barParts))
		return
	}
	if elapsed := time.Since(p.begun); elapsed >= p.next && now.Finished < now.Replicas {
		fmt.Fprintln(p.messages, "bnn:", text(now))
		p.next = 2 * elapsed
	}
}

// Finish clears the bar, whether the work was finished or not.
func (p *Replicas) Finish() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// text tells in words how far an ensemble is: the replicas, and the time that the
// one under way has reached.
func text(p simulate.Progress) string {
	words := fmt.Sprintf("%d of %d replicas", p.Finished, p.Replicas)
	if p.End > 0 {
		words += fmt.Sprintf(", t = %.3g of %g at %.3g a second", p.Time, p.End, p.Speed)
	}
	if p.Left > 0 {
		words += fmt.Sprintf(", %v left", p.Left.Round(time.Second))
	}
	return words
}
