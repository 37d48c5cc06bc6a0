package progress

import (
	"fmt"
	"io"
	"time"

	"balanced/bnn/sweep"
)

// Points shows how far the points of a sweep are.
type Points struct{ line }

// NewPoints begins to show the progress of a sweep; lines go to messages.
func NewPoints(messages io.Writer) *Points { return &Points{newLine(messages)} }

// Show is the Progress of a sweep.
func (p *Points) Show(now sweep.Progress) {
	p.show(pointsText(now), float64(now.Finished)/float64(max(1, now.Points)), now.Finished == now.Points)
}

// pointsText tells in words how far a sweep is.
func pointsText(p sweep.Progress) string {
	words := fmt.Sprintf("%d of %d points", p.Finished, p.Points)
	if p.Stored > 0 {
		words += fmt.Sprintf(", %d of them from the store", p.Stored)
	}
	if p.Left > 0 {
		words += fmt.Sprintf(", %v left", p.Left.Round(time.Second))
	}
	return words
}
