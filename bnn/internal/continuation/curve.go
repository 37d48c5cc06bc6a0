package continuation

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// A Curve is followed from one point in one direction. Labels are of a type that the caller
// chooses.
type Curve[L comparable] struct {
	*Problem
	// Label names the kind of a point that is on the curve, from its tangent of unit length in
	// the direction in which the curve is followed. Closeness is a number that has no sign
	// where the label changes: the smallest real part, in size, of eigenvalues that are
	// counted. It is small near a change.
	Label func(z, tangent []float64) (label L, closeness float64, err error)
	// Longest is the longest step, in units of arclength.
	Longest float64
}

// A Point of a curve.
type Point[L comparable] struct {
	Z, Tangent []float64
	Label      L
	closeness  float64
}

// Start returns the point at z, which must be on the curve, with the tangent on the side of a
// direction.
func (c *Curve[L]) Start(z, direction []float64) (Point[L], error) {
	tangent, err := c.tangent(z, direction)
	if err != nil {
		return Point[L]{}, err
	}
	return c.point(z, tangent)
}

func (c *Curve[L]) point(z, tangent []float64) (Point[L], error) {
	label, closeness, err := c.Label(z, tangent)
	return Point[L]{slices.Clone(z), tangent, label, closeness}, err
}

// Steps that are shorter than this end a curve.
const shortest = 1e-7

// Next takes one step from a point, of the given length at most, and returns the next point,
// and the length to try after it. The step is shortened until the curve turns by less than a
// tenth between the two; ErrNoSolution, or the last refusal of the equations, tells that none
// was short enough.
func (c *Curve[L]) Next(ctx context.Context, from Point[L], length float64) (Point[L], float64, error) {
	const turn = 0.1
	length = math.Min(length, c.Longest)
	var refusal error = ErrNoSolution
	for ; length >= shortest; length /= 2 {
		if ctx.Err() != nil {
			return Point[L]{}, 0, context.Cause(ctx)
		}
		z := slices.Clone(from.Z)
		floats.AddScaled(z, length, from.Tangent)
		if err := c.correct(z, c.dual(from.Tangent)); err != nil {
			refusal = err
			continue
		}
		tangent, err := c.tangent(z, from.Tangent)
		if err != nil {
			refusal = err
			continue
		}
		apart := slices.Clone(tangent)
		floats.Sub(apart, from.Tangent)
		angle := c.length(apart)
		if angle > turn {
			continue
		}
		next, err := c.point(z, tangent)
		if err != nil {
			refusal = err
			continue
		}
		if angle < turn/3 {
			length *= 1.5
		}
		return next, length, nil
	}
	return Point[L]{}, 0, refusal
}

// Between returns the point of the curve halfway between two that are next to each other.
func (c *Curve[L]) Between(from, to Point[L]) (Point[L], error) {
	chord := slices.Clone(to.Z)
	floats.Sub(chord, from.Z)
	z := slices.Clone(from.Z)
	floats.AddScaled(z, 0.5, chord)
	// What the tangents say about the bend, as in Hermite's interpolation.
	apart := c.length(chord)
	floats.AddScaled(z, apart/8, from.Tangent)
	floats.AddScaled(z, -apart/8, to.Tangent)
	floats.Scale(1/apart, chord)
	if err := c.correct(z, c.dual(chord)); err != nil {
		return Point[L]{}, err
	}
	tangent, err := c.tangent(z, chord)
	if err != nil {
		return Point[L]{}, err
	}
	return c.point(z, tangent)
}
