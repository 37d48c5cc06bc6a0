package ode

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// A problem has a known solution.
type problem struct {
	name     string
	f        Func
	jacobian JacobianFunc
	solution func(t float64) []float64
	end      float64
}

var problems = []problem{
	{"decay", func(_ float64, y, d []float64) error { d[0] = -y[0]; return nil },
		func(_ float64, _ []float64, j *mat.Dense) { j.Set(0, 0, -1) },
		func(t float64) []float64 { return []float64{math.Exp(-t)} }, 2},
	{"rotation", func(_ float64, y, d []float64) error { d[0], d[1] = -y[1], y[0]; return nil },
		func(_ float64, _ []float64, j *mat.Dense) { j.Set(0, 1, -1); j.Set(1, 0, 1) },
		func(t float64) []float64 { return []float64{math.Cos(t), math.Sin(t)} }, 3},
	{"logistic growth, driven clock", func(t float64, y, d []float64) error {
		d[0] = y[0] * math.Cos(t)
		d[1] = y[1] * (1 - y[1])
		return nil
	},
		func(t float64, y []float64, j *mat.Dense) { j.Set(0, 0, math.Cos(t)); j.Set(1, 1, 1-2*y[1]) },
		func(t float64) []float64 {
			return []float64{math.Exp(math.Sin(t)), 1 / (1 + 9*math.Exp(-t))}
		}, 3},
}

func distance(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum = math.Hypot(sum, a[i]-b[i])
	}
	return sum
}

// orderOf fits the slope of log error against log step for fixed steps, so many and twice as many.
func orderOf(t *testing.T, name string, want float64, steps int, errorAt func(steps int) float64) {
	t.Helper()
	coarse, fine := errorAt(steps), errorAt(2*steps)
	if order := math.Log2(coarse / fine); math.Abs(order-want) > 0.35 {
		t.Errorf("%s: order %.2f (errors %.2e, %.2e), want %g", name, order, coarse, fine, want)
	}
}

// A fixed step is had by allowing any error and ending each step where it is due.
func TestOrderOfDormandPrince(t *testing.T) {
	for _, p := range problems {
		run := func(steps int) (end, between float64) {
			solver := NewDormandPrince(p.f, 0, p.solution(0), Tolerance{Absolute: 1e6})
			middle := make([]float64, len(p.solution(0)))
			for i := 1; i <= steps; i++ {
				stop := p.end * float64(i) / float64(steps)
				solver.h = 2 * p.end
				if err := solver.Step(stop); err != nil {
					t.Fatal(err)
				}
				m := stop - 0.37*p.end/float64(steps)
				solver.Interpolate(m, middle)
				between = math.Max(between, distance(middle, p.solution(m)))
			}
			return distance(solver.State(), p.solution(p.end)), between
		}
		orderOf(t, p.name+", end", 5, 16, func(steps int) float64 { end, _ := run(steps); return end })
		// The extension is of order 4: between the steps its error is O(h⁵) as well.
		orderOf(t, p.name+", dense output", 5, 16, func(steps int) float64 { _, between := run(steps); return between })
	}
}

// Steps have to be long for an error of order 13 to be seen at all, too long for Newton's iteration to converge
// where the Jacobian changes: the problems are the linear ones.
func TestOrderOfRadau(t *testing.T) {
	for _, p := range problems[:2] {
		orderOf(t, p.name, 2*stages-1, 3, func(steps int) float64 {
			// The Newton iteration is held to the tolerance, so that is set and the
			// step length forced.
			solver := NewRadau(p.f, p.jacobian, 0, p.solution(0), Tolerance{Absolute: 1e-10})
			for i := 1; i <= steps; i++ {
				if err := solver.forced(10 * float64(i) / float64(steps)); err != nil {
					t.Fatal(err)
				}
			}
			return distance(solver.State(), p.solution(10))
		})
	}
}

// The stages of a step are predicted by the polynomial of the last one, which is the solution if that is a polynomial.
func TestStagesArePredicted(t *testing.T) {
	f := func(t float64, _, d []float64) error { d[0] = 4 * t * t * t; return nil }
	solver := NewRadau(f, func(_ float64, _ []float64, j *mat.Dense) { j.Zero() }, 0, []float64{0}, Tolerance{1e-9, 1e-9})
	for solver.Time() < 0.5 {
		if err := solver.Step(context.Background(), 0.5); err != nil {
			t.Fatal(err)
		}
	}
	h := 1.5 * solver.length
	solver.predictStages(h)
	for i, node := range radau.nodes {
		at := solver.Time()
		if want := math.Pow(at+node*h, 4) - math.Pow(at, 4); math.Abs(solver.z[i]-want) > 1e-9 {
			t.Errorf("stage %d is predicted at %g, want %g", i, solver.z[i], want)
		}
	}
}

// forced takes one step to end whatever its estimated error.
func (s *Radau) forced(end float64) error {
	if err := s.f(s.t, s.y, s.slope); err != nil {
		return err
	}
	s.newton.linearise(s.t, s.y)
	if err := s.newton.prepare(context.Background(), end-s.t); err != nil {
		panic(err) // no context ends here
	}
	s.length = 0
	s.predictStages(end - s.t)
	if iterations, err := s.solveStages(context.Background(), end-s.t); err != nil || iterations == 0 {
		return fmt.Errorf("Newton's iteration did not converge: %v", err)
	}
	copy(s.y, s.next)
	s.t = end
	return nil
}

// Both solvers keep the error near the tolerance asked for.
func TestTolerance(t *testing.T) {
	for _, p := range problems {
		for _, tolerance := range []float64{1e-4, 1e-7, 1e-10} {
			explicit := NewDormandPrince(p.f, 0, p.solution(0), Tolerance{tolerance, tolerance})
			for explicit.Time() < p.end {
				if err := explicit.Step(p.end); err != nil {
					t.Fatal(err)
				}
			}
			implicit := NewRadau(p.f, p.jacobian, 0, p.solution(0), Tolerance{tolerance, tolerance})
			for implicit.Time() < p.end {
				if err := implicit.Step(context.Background(), p.end); err != nil {
					t.Fatal(err)
				}
			}
			for name, state := range map[string][]float64{"Dormand–Prince": explicit.State(), "Radau": implicit.State()} {
				if d := distance(state, p.solution(p.end)); d > 20*tolerance {
					t.Errorf("%s, %s at tolerance %g: error %g", p.name, name, tolerance, d)
				}
			}
		}
	}
}

// Prothero and Robinson's problem y′ = −k(y − cos t) − sin t is stiff for large k, with
// the solution cos t whatever k is. An L-stable method does not feel k.
func TestRadauDoesNotFeelStiffness(t *testing.T) {
	steps := func(k float64) int {
		f := func(t float64, y, d []float64) error { d[0] = -k*(y[0]-math.Cos(t)) - math.Sin(t); return nil }
		jacobian := func(_ float64, _ []float64, j *mat.Dense) { j.Set(0, 0, -k) }
		solver := NewRadau(f, jacobian, 0, []float64{1.5}, Tolerance{1e-8, 1e-8})
		for solver.Time() < 10 {
			if err := solver.Step(context.Background(), 10); err != nil {
				t.Fatal(err)
			}
		}
		if got := solver.State()[0]; math.Abs(got-math.Cos(10)) > 1e-6 {
			t.Errorf("k = %g: %g, want %g", k, got, math.Cos(10))
		}
		return solver.Counts().Steps
	}
	mild, stiff := steps(10), steps(1e9)
	if stiff > 2*mild {
		t.Errorf("%d steps for k = 10⁹, %d for k = 10", stiff, mild)
	}
}

// The van der Pol oscillator in the scaling of Hairer and Wanner, section IV.10 (vdpol,
// ε = 10⁻⁶): the reference at t = 2 is theirs.
func TestRadauVanDerPol(t *testing.T) {
	const epsilon = 1e-6
	f := func(_ float64, y, d []float64) error {
		d[0] = y[1]
		d[1] = ((1-y[0]*y[0])*y[1] - y[0]) / epsilon
		return nil
	}
	jacobian := func(_ float64, y []float64, j *mat.Dense) {
		j.Set(0, 0, 0)
		j.Set(0, 1, 1)
		j.Set(1, 0, (-2*y[0]*y[1]-1)/epsilon)
		j.Set(1, 1, (1-y[0]*y[0])/epsilon)
	}
	solver := NewRadau(f, jacobian, 0, []float64{2, 0}, Tolerance{1e-9, 1e-9})
	for solver.Time() < 2 {
		if err := solver.Step(context.Background(), 2); err != nil {
			t.Fatal(err)
		}
	}
	if want := []float64{1.706167732170469, -0.8928097010248125}; distance(solver.State(), want) > 1e-7 {
		t.Errorf("%v, want %v", solver.State(), want)
	}
}

// The Arenstorf orbit of Hairer, Nørsett and Wanner, section II.0, closes.
func TestDormandPrinceArenstorf(t *testing.T) {
	const mu, period = 0.012277471, 17.0652165601579625588917206249
	f := func(_ float64, y, d []float64) error {
		d1 := math.Pow((y[0]+mu)*(y[0]+mu)+y[1]*y[1], 1.5)
		d2 := math.Pow((y[0]-1+mu)*(y[0]-1+mu)+y[1]*y[1], 1.5)
		d[0], d[1] = y[2], y[3]
		d[2] = y[0] + 2*y[3] - (1-mu)*(y[0]+mu)/d1 - mu*(y[0]-1+mu)/d2
		d[3] = y[1] - 2*y[2] - (1-mu)*y[1]/d1 - mu*y[1]/d2
		return nil
	}
	start := []float64{0.994, 0, 0, -2.00158510637908252240537862224}
	solver := NewDormandPrince(f, 0, start, Tolerance{1e-12, 1e-12})
	for solver.Time() < period {
		if err := solver.Step(period); err != nil {
			t.Fatal(err)
		}
	}
	if d := distance(solver.State()[:2], start[:2]); d > 1e-5 {
		t.Errorf("the orbit misses its start by %g", d)
	}
}

// y′ = −1/(2y) from 1 ends at t = 1, where y = √(1−t) = 0: the end is a typed error
// with its time, and so is a right-hand side that refuses to go on.
func TestEndOfSolution(t *testing.T) {
	refuse := errors.New("beyond the end")
	for name, f := range map[string]Func{
		"singular": func(_ float64, y, d []float64) error { d[0] = -1 / (2 * y[0]); return nil },
		"refused": func(_ float64, y, d []float64) error {
			if y[0] <= 0 {
				return refuse
			}
			d[0] = -1 / (2 * y[0])
			return nil
		},
	} {
		solver := NewDormandPrince(f, 0, []float64{1}, Tolerance{1e-10, 1e-10})
		var err error
		for err == nil && solver.Time() < 2 {
			err = solver.Step(2)
		}
		var short *StepSizeError
		if !errors.As(err, &short) || math.Abs(short.Time-1) > 1e-6 {
			t.Errorf("%s: %v, want a StepSizeError at time 1", name, err)
		}
		if name == "refused" && !errors.Is(err, refuse) {
			t.Errorf("%s: %v does not tell the cause", name, err)
		}
	}
}

func ExampleDormandPrince() {
	decay := func(_ float64, y, slope []float64) error {
		slope[0] = -y[0]
		return nil
	}
	solver := NewDormandPrince(decay, 0, []float64{1}, Tolerance{Relative: 1e-9, Absolute: 1e-12})
	for solver.Time() < 1 {
		if err := solver.Step(1); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Printf("%.8f\n", solver.State()[0])
	// Output: 0.36787944
}
