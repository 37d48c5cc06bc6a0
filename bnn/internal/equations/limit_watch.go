package equations

import (
	"context"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/ode"
)

// A balanceWatch follows the largest real part of the eigenvalues of S along a solution,
// from step to step (theory.md §8).
type balanceWatch struct {
	value  float64 // where it was last computed: at the end of the last step, or certified since
	change float64 // by which that step changed it, without its sign
}

// A Crossing is the moment at which an eigenvalue of S, or a pair, reaches the imaginary axis.
type Crossing struct {
	Time           float64
	Leading        complex128 // its real part is 0 up to rounding; it is real at a fold
	Mean, Variance []float64  // on the manifold
}

// Lost looks for the moment of the last step at which balance is lost, with the
// expectations at its end; nil if it is kept. It looks inside a step if only what the
// value changes by in a step separates it from 0, for a pair of eigenvalues
// that crosses the axis and returns. The moment is where the dense output, moved onto the
// manifold, has the largest real part 0: to rounding.
func (l *Limit) Lost(ctx context.Context, solver *ode.DormandPrince, from float64, e []bnn.Expectation) (*Crossing, error) {
	to := solver.Time()
	if l.Rank >= manyRanks && l.certificate.holds(e, l.watch.value/2) {
		return nil, nil
	}
	end, err := linear.Patiently(ctx, l.Rank, func() complex128 { return l.Leading(e) })
	if err != nil {
		return nil, err
	}
	start, before := l.watch.value, l.watch.change
	l.watch = balanceWatch{value: real(end), change: math.Abs(real(end) - start)}
	upper, high := to, real(end)
	if high <= 0 {
		if math.Max(start, high)+math.Max(before, l.watch.change) < 0 {
			return nil, l.certify(ctx, e)
		}
		if upper, high, err = l.highest(ctx, solver, from, to, high); err != nil || high <= 0 {
			return nil, err
		}
	}
	// Regula falsi between a stable and an unstable moment, with halved values at an end
	// that stays (the Illinois method).
	lower, low := from, start
	side := 0
	for range 200 {
		t := lower + (upper-lower)*low/(low-high)
		if !(t > lower && t < upper) {
			t = lower + (upper-lower)/2
		}
		if !(t > lower && t < upper) {
			break
		}
		_, _, value, err := l.within(ctx, solver, t)
		if err != nil {
			return nil, err
		}
		if real(value) >= 0 {
			upper, high = t, real(value)
			if side > 0 {
				low /= 2
			}
			side = 1
		} else {
			lower, low = t, real(value)
			if side < 0 {
				high /= 2
			}
			side = -1
		}
		if upper-lower <= 1e-14*math.Max(1, upper) {
			break
		}
	}
	mean, variance, value, err := l.within(ctx, solver, upper)
	if err != nil {
		return nil, err
	}
	return &Crossing{Time: upper, Leading: value, Mean: mean, Variance: variance}, nil
}

// within returns the state at a time within the last step, on the manifold, and the
// leading eigenvalue of S there.
func (l *Limit) within(ctx context.Context, solver *ode.DormandPrince, t float64) (mean, variance []float64, leading complex128, err error) {
	p := len(l.Network.Populations)
	state := make([]float64, 2*p)
	solver.Interpolate(t, state)
	mean, variance = state[:p], state[p:]
	if polished, ok := l.Polish(l.Drive(l.Clamp(t)), mean, variance); ok {
		mean = polished
	}
	e := l.Expectations(mean, variance)
	leading, err = linear.Patiently(ctx, l.Rank, func() complex128 { return l.Leading(e) })
	return mean, variance, leading, err
}

// highest looks for the largest real part within a step by the golden section, and stops
// where it is positive. End is its value at the end, which is not.
func (l *Limit) highest(ctx context.Context, solver *ode.DormandPrince, from, to, end float64) (at, value float64, err error) {
	const narrowings = 30 // to a millionth of the step
	golden := (math.Sqrt(5) - 1) / 2
	at, value = to, end
	look := func(t float64) float64 {
		if value > 0 || err != nil {
			return value
		}
		var leading complex128
		_, _, leading, err = l.within(ctx, solver, t)
		if real(leading) > value {
			at, value = t, real(leading)
		}
		return real(leading)
	}
	a, b := from, to
	c, d := b-golden*(b-a), a+golden*(b-a)
	atC, atD := look(c), look(d)
	for range narrowings {
		if atC > atD {
			b, d, atD = d, c, atC
			c = b - golden*(b-a)
			atC = look(c)
		} else {
			a, c, atC = c, d, atD
			d = a + golden*(b-a)
			atD = look(d)
		}
	}
	return at, value, err
}
