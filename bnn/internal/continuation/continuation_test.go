package continuation

import (
	"context"
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// A label of the normal forms: the direction of the parameter, and how many eigenvalues of the
// equations have a positive real part.
type label struct {
	up       bool
	unstable int
}

// labelled follows a problem whose labels come from the eigenvalues of its Jacobian.
func labelled(p *Problem, longest float64) *Curve[label] {
	return &Curve[label]{Problem: p, Longest: longest, Label: func(z, tangent []float64) (label, float64, error) {
		d := p.Unknowns
		jacobian := mat.NewDense(d, d, nil)
		if err := p.Equations(z, make([]float64, d), jacobian); err != nil {
			return label{}, 0, err
		}
		var eigen mat.Eigen
		eigen.Factorize(jacobian, mat.EigenNone)
		result, closeness := label{up: tangent[d] > 0}, math.Inf(1)
		for _, value := range eigen.Values(nil) {
			closeness = math.Min(closeness, math.Abs(real(value)))
			if real(value) > 0 {
				result.unstable++
			}
		}
		return result, closeness, nil
	}}
}

// follow takes steps from z until the parameter is beyond to, or the given number, and returns
// the last point and all events.
func follow(t *testing.T, c *Curve[label], z, direction []float64, steps int, within func(z []float64) bool) (Point[label], []Event[label]) {
	t.Helper()
	point, err := c.Start(z, direction)
	if err != nil {
		t.Fatal(err)
	}
	var events []Event[label]
	length := 0.02
	for range steps {
		next, longer, err := c.Next(t.Context(), point, length)
		if err != nil {
			t.Fatalf("at %g: %v", point.Z, err)
		}
		found, err := c.Events(t.Context(), point, next)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, found...)
		point, length = next, longer
		if !within(point.Z) {
			break
		}
	}
	return point, events
}

func ones(d int) []float64 {
	scale := make([]float64, d+1)
	for i := range scale {
		scale[i] = 1
	}
	return scale
}

// x′ = p − x²: the curve turns at the origin, where a state loses its stability.
func TestSaddleNode(t *testing.T) {
	p := &Problem{Unknowns: 1, Scale: ones(1), Equations: func(z, value []float64, jacobian *mat.Dense) error {
		value[0] = z[1] - z[0]*z[0]
		jacobian.Set(0, 0, -2*z[0])
		return nil
	}, ByParameter: func(z, derivative []float64) error {
		derivative[0] = 1
		return nil
	}}
	end, events := follow(t, labelled(p, 0.5), []float64{1, 1}, []float64{0, -1}, 200, func(z []float64) bool { return z[1] <= 1 })
	if end.Z[0] > -1 || math.Abs(end.Z[1]-end.Z[0]*end.Z[0]) > 1e-12 {
		t.Errorf("the curve ends at %g", end.Z)
	}
	if len(events) != 1 || math.Abs(events[0].Z[1]) > 1e-9 || math.Abs(events[0].Z[0]) > 1e-6 ||
		events[0].Before != (label{false, 0}) || events[0].After != (label{true, 1}) {
		t.Errorf("events %+v", events)
	}
}

// The Hopf normal form, sheared: a pair crosses at p = 0.3, and a second at 0.301, within one
// step.
func TestTwoHopfPointsInOneStep(t *testing.T) {
	p := &Problem{Unknowns: 4, Scale: ones(4), Equations: func(z, value []float64, jacobian *mat.Dense) error {
		jacobian.Zero()
		for pair, at := range []float64{0.3, 0.301} {
			i, sign := 2*pair, 1-2*float64(pair) // the second becomes stable
			mu := sign * (z[4] - at)
			value[i], value[i+1] = mu*z[i]-z[i+1], z[i]+mu*z[i+1]
			jacobian.Set(i, i, mu)
			jacobian.Set(i, i+1, -1)
			jacobian.Set(i+1, i, 1)
			jacobian.Set(i+1, i+1, mu)
		}
		return nil
	}, ByParameter: func(z, derivative []float64) error {
		copy(derivative, []float64{z[0], z[1], -z[2], -z[3]})
		return nil
	}}
	_, events := follow(t, labelled(p, 0.3), make([]float64, 5), []float64{0, 0, 0, 0, 1}, 50, func(z []float64) bool { return z[4] < 1 })
	if len(events) != 2 {
		t.Fatalf("events %+v", events)
	}
	for i, want := range []float64{0.3, 0.301} {
		if math.Abs(events[i].Z[4]-want) > 1e-9 {
			t.Errorf("event %d at %.12g, want %g", i, events[i].Z[4], want)
		}
	}
	if events[0].Before.unstable != 2 || events[0].After.unstable != 4 || events[1].After.unstable != 2 {
		t.Errorf("unstable eigenvalues %+v", events)
	}
}

// x′ = p x − x³: the curve goes straight on where another crosses it.
func TestPitchfork(t *testing.T) {
	p := &Problem{Unknowns: 1, Scale: ones(1), Equations: func(z, value []float64, jacobian *mat.Dense) error {
		value[0] = z[1]*z[0] - z[0]*z[0]*z[0]
		jacobian.Set(0, 0, z[1]-3*z[0]*z[0])
		return nil
	}, ByParameter: func(z, derivative []float64) error {
		derivative[0] = z[0]
		return nil
	}}
	end, events := follow(t, labelled(p, 0.07), []float64{0, -1}, []float64{0, 1}, 100, func(z []float64) bool { return z[1] < 1 })
	if math.Abs(end.Z[0]) > 1e-9 || end.Z[1] < 1 {
		t.Errorf("the curve ends at %g", end.Z)
	}
	if len(events) != 1 || math.Abs(events[0].Z[1]) > 1e-8 || !events[0].After.up || events[0].After.unstable != 1 {
		t.Errorf("events %+v", events)
	}
	end, _ = follow(t, labelled(p, 0.07), []float64{1, 1}, []float64{0, -1}, 200, func(z []float64) bool { return z[1] < 1.001 })
	if math.Abs(end.Z[0]+math.Sqrt(end.Z[1])) > 1e-9 {
		t.Errorf("the other curve ends at %g", end.Z)
	}
}

// A circle, x² + p² = 1, closes after 2π.
func TestCircle(t *testing.T) {
	p := &Problem{Unknowns: 1, Scale: ones(1), Equations: func(z, value []float64, jacobian *mat.Dense) error {
		value[0] = z[0]*z[0] + z[1]*z[1] - 1
		jacobian.Set(0, 0, 2*z[0])
		return nil
	}, ByParameter: func(z, derivative []float64) error {
		derivative[0] = 2 * z[1]
		return nil
	}}
	steps, turned := 0, 0.0
	_, events := follow(t, labelled(p, 0.09), []float64{1, 0}, []float64{0, 1}, 2000, func(z []float64) bool {
		steps++
		turned = math.Atan2(z[1], z[0])
		return steps < 50 || turned > 0.1 || turned < -math.Pi/2
	})
	if steps < 60 || steps > 200 || len(events) < 2 {
		t.Errorf("%d steps, events %+v", steps, events)
	}
	for i, want := range []float64{1, -1} {
		if math.Abs(events[i].Z[1]-want) > 1e-9 {
			t.Errorf("turns at %.12g", events[i].Z[1])
		}
	}
}

// What is refused ends a curve with the reason, and a context with its cause.
func TestNextEnds(t *testing.T) {
	refusal := errors.New("no equations here")
	p := &Problem{Unknowns: 1, Scale: ones(1), Equations: func(z, value []float64, jacobian *mat.Dense) error {
		if z[1] > 0.5 {
			return refusal
		}
		value[0] = z[0] - z[1]
		jacobian.Set(0, 0, 1)
		return nil
	}, ByParameter: func(z, derivative []float64) error {
		derivative[0] = -1
		return nil
	}}
	c := labelled(p, 1)
	point, err := c.Start([]float64{0, 0}, []float64{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		point, _, err = c.Next(t.Context(), point, 0.2)
	}
	if !errors.Is(err, refusal) {
		t.Errorf("error %v", err)
	}
	stop := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stop)
	if _, _, err := c.Next(ctx, Point[label]{Z: []float64{0, 0}, Tangent: []float64{1, 0}}, 0.1); !errors.Is(err, stop) {
		t.Errorf("error %v", err)
	}
	z := []float64{7, 0.25}
	if err := p.At(z); err != ErrNoSolution { // one step of more than a unit
		t.Errorf("from far away: %v, at %g", err, z)
	}
}

// A label that changes wherever it is looked at is told, and not followed to the last bit.
func TestRestlessLabel(t *testing.T) {
	p := &Problem{Unknowns: 1, Scale: ones(1), Equations: func(z, value []float64, jacobian *mat.Dense) error {
		value[0] = z[0]
		jacobian.Set(0, 0, 1)
		return nil
	}, ByParameter: func(z, derivative []float64) error {
		derivative[0] = 0
		return nil
	}}
	c := &Curve[bool]{Problem: p, Longest: 1, Label: func(z, _ []float64) (bool, float64, error) {
		return math.Sin(1e9*z[1]) > 0, 0, nil
	}}
	from, err := c.Start([]float64{0, 0.1}, []float64{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	to, _, err := c.Next(t.Context(), from, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Events(t.Context(), from, to); !errors.Is(err, ErrRestless) {
		t.Errorf("error %v", err)
	}
}
