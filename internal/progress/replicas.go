package progress

import (
	"fmt"
	"io"
	"time"

	"balanced/bnn/simulate"
)

// Replicas shows how far replicas are, inside of them too.
type Replicas struct{ line }

// NewReplicas begins to show the progress of an ensemble; lines go to messages.
func NewReplicas(messages io.Writer) *Replicas { return &Replicas{newLine(messages)} }

// Show is the Progress of an ensemble.
func (p *Replicas) Show(now simulate.Progress) {
	p.show(text(now), now.Part, now.Finished == now.Replicas)
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
