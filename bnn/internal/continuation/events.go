package continuation

import (
	"context"
	"errors"
	"math"

	"gonum.org/v1/gonum/floats"
)

// An Event is a place where the label of a curve changes.
type Event[L comparable] struct {
	Point[L]
	Before, After L
}

// ErrRestless tells that a label changes wherever it is looked at, as by rounding.
var ErrRestless = errors.New("what is special about points changes wherever it is looked at")

// together is the arclength within which changes of the label count as one event.
const together = 1e-8

// Events returns what happens between two points that are next to each other, in order: each
// change of the label, within an arclength of 1e-12 units. Changes that are less than 1e-8
// units apart are one event, since rounding does not put at the same place what happens there
// at once. The middle is always looked at, and where labels are equal but eigenvalues so near the
// axis that they may have crossed it and come back, parts down to a thousandth. ErrRestless tells
// that this took too long.
func (c *Curve[L]) Events(ctx context.Context, from, to Point[L]) ([]Event[L], error) {
	looks := 10_000
	all, err := c.events(ctx, from, to, 0, 0, &looks)
	if err != nil {
		return nil, err
	}
	var events []Event[L]
	for _, event := range all {
		if last := len(events) - 1; last >= 0 && c.distance(events[last].Point, event.Point) < together {
			events[last].After = event.After
			continue
		}
		events = append(events, event)
	}
	return events, nil
}

// events is Events between two points of a part that was halved so many times, in which the
// closeness was seen to change by so much in a unit of arclength, with so many points left to look
// at.
func (c *Curve[L]) events(ctx context.Context, from, to Point[L], halved int, slope float64, left *int) ([]Event[L], error) {
	const width, looks = 1e-12, 10
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	apart := c.distance(from, to)
	slope = math.Max(slope, math.Abs(to.closeness-from.closeness)/apart)
	switch {
	case from.Label != to.Label && apart <= width*(1+c.length(to.Z)):
		return []Event[L]{{to, from.Label, to.Label}}, nil
	case from.Label == to.Label && halved > 0 && (halved >= looks || apart < together || from.closeness+to.closeness > 2*slope*apart):
		return nil, nil
	}
	if *left--; *left < 0 {
		return nil, ErrRestless
	}
	middle, err := c.Between(from, to)
	if err != nil {
		return nil, err
	}
	if apart < together && middle.Label != from.Label && middle.Label != to.Label {
		return []Event[L]{{middle, from.Label, to.Label}}, nil
	}
	slope = math.Max(slope, math.Abs(middle.closeness-from.closeness)/(apart/2))
	first, err := c.events(ctx, from, middle, halved+1, slope, left)
	if err != nil {
		return nil, err
	}
	second, err := c.events(ctx, middle, to, halved+1, slope, left)
	return append(first, second...), err
}

func (c *Curve[L]) distance(a, b Point[L]) float64 {
	apart := make([]float64, len(a.Z))
	floats.SubTo(apart, b.Z, a.Z)
	return c.length(apart)
}
