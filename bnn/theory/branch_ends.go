package theory

import (
	"context"
	"fmt"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/continuation"

	"gonum.org/v1/gonum/floats"
)

// A branchSeed is a state at one value of the parameter.
type branchSeed struct {
	value float64
	state []float64
}

// mostSteps are those that a branch may take in one direction.
const mostSteps = 20_000

// branch follows the branch through a seed, in both directions unless the seed is at an end of
// the range; nil if the seed turns out to be no regular state.
func (t *branchTracer) branch(ctx context.Context, seed branchSeed) (*Branch, error) {
	t.Label = t.label(ctx)
	z := append(slices.Clone(seed.state), seed.value)
	if t.At(z) != nil {
		return nil, nil
	}
	inwards := math.Copysign(1, t.to-t.from)
	if seed.value == t.to {
		inwards = -inwards
	}
	ahead, ends, err := t.oneWay(ctx, z, inwards)
	if err != nil || ahead == nil {
		return nil, err
	}
	branch := &Branch{Points: ahead, Begins: t.rangeEnds(seed.value), Ends: ends}
	if seed.value != t.from && seed.value != t.to && ends != closed {
		back, begins, err := t.oneWay(ctx, z, -inwards)
		if err != nil {
			return nil, err
		}
		if len(back) > 0 {
			slices.Reverse(back)
			branch.Points, branch.Begins = append(back, ahead[1:]...), begins
		}
	} else if ends == closed {
		branch.Begins = closed
	}
	if len(branch.Points) == 1 { // a state that no other is next to
		branch.Points = append(branch.Points, branch.Points[0])
	}
	first, last := &branch.Points[0], &branch.Points[len(branch.Points)-1]
	if math.Abs(last.Value-t.from) < math.Abs(first.Value-t.from) {
		slices.Reverse(branch.Points)
		branch.Begins, branch.Ends = branch.Ends, branch.Begins
		first, last = last, first
		first, last = &branch.Points[0], &branch.Points[len(branch.Points)-1]
	}
	first.Kind, last.Kind = StartPoint, EndPoint
	return branch, nil
}

const closed = "the curve closes"

func (t *branchTracer) rangeEnds(value float64) string {
	return fmt.Sprintf("the parameter is %g", value)
}

// oneWay follows the curve from z, the parameter rising or falling at first, and returns its
// points, z first, and why it ended; no points if z is no regular point.
func (t *branchTracer) oneWay(ctx context.Context, z []float64, direction float64) ([]BranchPoint, string, error) {
	d := t.Unknowns
	along := make([]float64, d+1)
	along[d] = direction * t.Scale[d]
	at, err := t.Start(z, along)
	if err != nil {
		return nil, "", notStopped(ctx, err)
	}
	first, err := t.describe(ctx, z, PlainPoint)
	if err != nil {
		return nil, "", notStopped(ctx, err)
	}
	points, length := []BranchPoint{first}, t.Longest/4
	for step := range mostSteps {
		next, longer, reason, err := t.advance(ctx, at, length)
		if err != nil {
			if stopped := notStopped(ctx, err); stopped != nil {
				return nil, "", stopped
			}
			return points, t.stops(at.Z, "no step is short enough", err), nil
		}
		if step > 2 && t.passes(at, next, z) {
			return append(points, points[0]), closed, nil
		}
		events, err := t.Events(ctx, at, next)
		if err != nil {
			if stopped := notStopped(ctx, err); stopped != nil {
				return nil, "", stopped
			}
			return points, t.stops(at.Z, "the curve cannot be followed between two points", err), nil
		}
		for _, event := range events {
			if points, err = t.append(ctx, points, event); err != nil {
				return nil, "", err
			}
		}
		point, err := t.describe(ctx, next.Z, PlainPoint)
		if err != nil {
			return nil, "", err
		}
		points = append(points, point)
		if reason != "" {
			return points, reason, nil
		}
		if reason := t.dead(next, step); reason != "" {
			return points, reason, nil
		}
		if at, err = t.rescale(next); err != nil {
			return points, fmt.Sprintf("no step goes on: %v", err), nil
		}
		length = longer
	}
	return points, fmt.Sprintf("it was followed for %d steps", mostSteps), nil
}

// stops tells why a curve cannot be followed from a point: that a rate is near its bound, where all
// equations lose their digits, or what failed.
func (t *branchTracer) stops(z []float64, what string, err error) string {
	const near = 1e-5
	p := len(t.base.Populations)
	if m, err := t.prepare(z[t.Unknowns]); err == nil {
		for a, e := range m.Expectations(z[:p], z[p:2*p]) {
			if reason := atBound(m.Network.Populations[a], e.Value, near); reason != "" {
				return reason
			}
		}
	}
	return fmt.Sprintf("%s: %v", what, err)
}

// atBound tells that a rate which can change is so near its bound or 0, as a part of the bound.
func atBound(population bnn.Population, rate, near float64) string {
	bound := population.Rate.Bound()
	switch {
	case !bnn.Listens(population.Rate):
	case rate < near*bound:
		return fmt.Sprintf("the rate of population %s dies out", population.Name)
	case rate > (1-near)*bound:
		return fmt.Sprintf("the rate of population %s is at its bound", population.Name)
	}
	return ""
}

// notStopped is the cause of the context if that has ended, and nil for an error of the curve.
func notStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// append adds a special point.
func (t *branchTracer) append(ctx context.Context, points []BranchPoint, event continuation.Event[branchLabel]) ([]BranchPoint, error) {
	m, err := t.prepare(event.Z[t.Unknowns])
	if err != nil {
		return nil, err
	}
	fast, slow, err := t.kind.spectra(ctx, m, event.Z[:t.Unknowns])
	if err != nil {
		return nil, err
	}
	kind := t.pointKind(event.Before, event.After, fast, slow)
	if kind == PlainPoint {
		return points, nil // where branches cross
	}
	point, err := t.describe(ctx, event.Z, kind)
	return append(points, point), err
}

// advance takes a step, or the last one up to the end of the range, and tells then so.
func (t *branchTracer) advance(ctx context.Context, at continuation.Point[branchLabel], length float64) (next continuation.Point[branchLabel], longer float64, reason string, err error) {
	d := t.Unknowns
	for ; ; length /= 2 {
		end, beyond := t.beyond(at.Z[d] + length*at.Tangent[d])
		if beyond {
			share := (end - at.Z[d]) / (length * at.Tangent[d])
			z := slices.Clone(at.Z)
			floats.AddScaled(z, share*length, at.Tangent)
			z[d] = end
			if t.At(z) == nil {
				if last, err := t.Start(z, at.Tangent); err == nil && last.Tangent[d]*at.Tangent[d] > 0 {
					return last, length, t.rangeEnds(end), nil
				}
			}
			if length > 1e-6 {
				continue
			}
		}
		next, longer, err = t.Next(ctx, at, length)
		if err == nil {
			if _, beyond := t.beyond(next.Z[d]); beyond && length > 1e-6 {
				continue
			}
		}
		return next, longer, "", err
	}
}

// beyond returns the end of the range that a value lies beyond.
func (t *branchTracer) beyond(value float64) (end float64, beyond bool) {
	low, high := math.Min(t.from, t.to), math.Max(t.from, t.to)
	switch {
	case value < low:
		return low, true
	case value > high:
		return high, true
	}
	return 0, false
}

// passes tells whether a step comes past the point from which the branch began.
func (t *branchTracer) passes(from, to continuation.Point[branchLabel], z []float64) bool {
	chord, way := slices.Clone(to.Z), slices.Clone(z)
	floats.Sub(chord, from.Z)
	floats.Sub(way, from.Z)
	product, length, off := 0.0, 0.0, 0.0
	for i := range chord {
		square := t.Scale[i] * t.Scale[i]
		product += chord[i] * way[i] / square
		length += chord[i] * chord[i] / square
		off += way[i] * way[i] / square
	}
	share := product / length
	return share > 0 && share <= 1 && off-share*share*length < 0.04*length
}

// dead tells why a state is none that is worth following further: means go beyond all bounds, or
// the parameter stands still while a rate comes so near its bound that it is no longer told apart
// from it, or all rates do.
func (t *branchTracer) dead(at continuation.Point[branchLabel], step int) string {
	const far, least, still = 1e3, 1e-12, 1e-6
	d, p := t.Unknowns, len(t.base.Populations)
	for a, population := range t.base.Populations {
		if math.Abs(at.Z[a]) > far*(1+t.seedSize) {
			return fmt.Sprintf("the mean of population %s goes to %g", population.Name, at.Z[a])
		}
	}
	asymptote := math.Abs(at.Tangent[d]) < still*t.Scale[d]
	if step%4 != 0 && !asymptote {
		return ""
	}
	m, err := t.prepare(at.Z[d])
	if err != nil {
		return err.Error()
	}
	dies, saturates := true, true
	for a, e := range m.Expectations(at.Z[:p], at.Z[p:2*p]) {
		population := m.Network.Populations[a]
		bound := population.Rate.Bound()
		if reason := atBound(population, e.Value, least); asymptote && reason != "" {
			return reason
		}
		dies, saturates = dies && e.Value < least*bound, saturates && e.Value > (1-least)*bound
	}
	switch {
	case dies:
		return "the rates die out"
	case saturates:
		return "the rates are at their bounds"
	}
	return ""
}
