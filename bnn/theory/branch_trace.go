package theory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"balanced/bnn/internal/continuation"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// A branchTracer follows one branch. Points z are the unknowns of its kind and the parameter.
type branchTracer struct {
	*family
	kind branchKind
	continuation.Curve[branchLabel]
	// What the equations were last asked for.
	value    float64
	manifold *manifold.Manifold
	seedSize float64 // of the means from which the branch began
	// Memory for differences.
	values []float64
	unused *mat.Dense
}

// A branchLabel is what changes at special points only: the direction of the parameter, the
// sign of det S, and how many eigenvalues have a positive real part.
type branchLabel struct {
	up, fold   bool
	fast, slow int
}

// newBranchTracer prepares for a branch through a state.
func newBranchTracer(f *family, kind branchKind, state []float64) *branchTracer {
	t := &branchTracer{family: f, kind: kind, value: math.NaN()}
	problem := &continuation.Problem{Unknowns: len(state), Equations: t.equations, ByParameter: t.byParameter}
	const longest = 0.04
	t.Curve = continuation.Curve[branchLabel]{Problem: problem, Longest: longest}
	problem.Scale = t.scaleOf(state)
	t.seedSize = floats.Max(problem.Scale[:len(f.base.Populations)])
	return t
}

// scaleOf returns what one unit of arclength is near a state: half of the range of the
// parameter, or a change of the means by the width of the law and their own size.
func (t *branchTracer) scaleOf(state []float64) []float64 {
	p := len(t.base.Populations)
	scale := make([]float64, t.Unknowns+1)
	for a := range p {
		deviation := math.Sqrt(math.Max(state[p+a], 0))
		size := 1e-3 + deviation + math.Abs(state[a])
		scale[a], scale[p+a] = size, size*(1e-3+deviation)
		if t.Unknowns > 2*p {
			scale[2*p+a] = scale[p+a] * size
		}
	}
	for i := 3 * p; i < t.Unknowns; i++ { // of spread thresholds and shared sources
		scale[i] = floats.Max(scale[p : 2*p])
	}
	scale[t.Unknowns] = t.width() / 2
	return scale
}

// rescale measures arclength anew at a point where the state has become much larger or smaller
// than where that was last done.
func (t *branchTracer) rescale(at continuation.Point[branchLabel]) (continuation.Point[branchLabel], error) {
	const much = 2
	scale := t.scaleOf(at.Z[:t.Unknowns])
	for i, size := range scale {
		if ratio := size / t.Scale[i]; ratio > much || ratio < 1/much {
			t.Scale = scale
			return t.Start(at.Z, at.Tangent)
		}
	}
	return at, nil
}

// prepare returns the network of one value of the parameter.
func (t *branchTracer) prepare(value float64) (*manifold.Manifold, error) {
	if t.value != value {
		m, err := t.kind.network(t.family, value)
		if err != nil {
			return nil, err
		}
		t.value, t.manifold = value, m
	}
	return t.manifold, nil
}

// errOutside refuses a drive that no rates balance.
var errOutside = errors.New("the drive leaves the range of the weights")

// equations are Problem.Equations.
func (t *branchTracer) equations(z, value []float64, jacobian *mat.Dense) error {
	m, err := t.prepare(z[len(value)])
	if err != nil {
		return err
	}
	for a := range m.Network.Populations {
		if z[len(m.Network.Populations)+a] < 0 {
			return errNegativeVariance
		}
	}
	if m.Unbalanceable(m.Drive(0)) > 0 && !t.finite() {
		return errOutside
	}
	t.kind.equations(m, z[:len(value)], value, jacobian)
	return nil
}

// byParameter is Problem.ByParameter, from differences.
func (t *branchTracer) byParameter(z, derivative []float64) error {
	const step = 1e-5
	d := len(derivative)
	m, err := t.prepare(z[d])
	if err != nil {
		return err
	}
	low, high := math.Min(t.from, t.to), math.Max(t.from, t.to)
	below, above := z[d]-step*t.width(), z[d]+step*t.width()
	if z[d] >= low && z[d] <= high { // where values beyond may not be allowed
		below, above = math.Max(below, low), math.Min(above, high)
	}
	if t.values == nil {
		t.values, t.unused = make([]float64, d), mat.NewDense(d, d, nil)
	}
	for i, at := range []float64{below, above} {
		near, err := t.kind.network(t.family, at)
		if err != nil {
			return err
		}
		if t.fixed == nil {
			turned, ok := near.Aligned(m)
			if !ok {
				return fmt.Errorf("the rank of the weights changes from %d to %d", m.Rank, near.Rank)
			}
			near = turned
		}
		t.kind.equations(near, z[:d], t.values, t.unused)
		for c, value := range t.values {
			if i == 0 {
				derivative[c] = -value / (above - below)
			} else {
				derivative[c] += value / (above - below)
			}
		}
	}
	return nil
}

var errNegativeVariance = errors.New("a variance would be negative")

func (t *branchTracer) finite() bool { return t.kind.hopf() == Hopf }

// label is Curve.Label.
func (t *branchTracer) label(ctx context.Context) func(z, tangent []float64) (branchLabel, float64, error) {
	return func(z, tangent []float64) (branchLabel, float64, error) {
		d := t.Unknowns
		m, err := t.prepare(z[d])
		if err != nil {
			return branchLabel{}, 0, err
		}
		fast, slow, err := t.kind.spectra(ctx, m, z[:d])
		if err != nil {
			return branchLabel{}, 0, err
		}
		result, closeness := branchLabel{up: tangent[d] > 0}, math.Inf(1)
		count := func(values []complex128) (positive int) {
			for _, value := range values {
				closeness = math.Min(closeness, math.Abs(real(value)))
				if real(value) > 0 {
					positive++
				}
			}
			return positive
		}
		result.fast, result.slow = count(fast), count(slow)
		product := complex(1, 0)
		for _, value := range fast {
			product *= value / complex(1+real(value)*real(value)+imag(value)*imag(value), 0)
		}
		result.fold = real(product) < 0
		return result, closeness, nil
	}
}

// pointKind tells what happens where a label changes, with the eigenvalues there. Two real ones
// that cross at once, as in a network of populations that are alike, are no pair.
func (t *branchTracer) pointKind(before, after branchLabel, fast, slow []complex128) PointKind {
	apart := func(a, b int) int { return max(a, b) - min(a, b) }
	switch {
	case before.up != after.up:
		return LimitPoint
	case before.fold != after.fold:
		return FastFold
	case apart(before.fast, after.fast) >= 2 && imag(nearest(fast)) != 0:
		return FastHopf
	case before.fast != after.fast:
		return FastFold
	case apart(before.slow, after.slow) >= 2 && imag(nearest(slow)) != 0:
		return t.kind.hopf()
	}
	return PlainPoint
}

// nearest returns the eigenvalue that is nearest to the imaginary axis.
func nearest(values []complex128) complex128 {
	return slices.MinFunc(values, func(a, b complex128) int {
		return cmp.Compare(math.Abs(real(a)), math.Abs(real(b)))
	})
}

// describe makes a point of the branch.
func (t *branchTracer) describe(ctx context.Context, z []float64, kind PointKind) (BranchPoint, error) {
	d, p := t.Unknowns, len(t.base.Populations)
	m, err := t.prepare(z[d])
	if err != nil {
		return BranchPoint{}, err
	}
	fast, slow, err := t.kind.spectra(ctx, m, z[:d])
	if err != nil {
		return BranchPoint{}, err
	}
	point := BranchPoint{Value: z[d], Mean: slices.Clone(z[:p]), Variance: slices.Clone(z[p : 2*p]), Kind: kind}
	t.kind.describe(m, z[:d], &point)
	if kind == FastFold {
		if slow, err = m.SlowEigenvaluesAtFold(ctx, m.Expectations(z[:p], z[p:d])); err != nil {
			return BranchPoint{}, err
		}
	}
	point.Slow = upper(linear.LeadingOf(slow))
	point.Stable = real(point.Slow) < 0
	if len(fast) > 0 {
		point.Fast = upper(linear.LeadingOf(fast))
		point.Stable = point.Stable && real(point.Fast) < 0
	}
	return point, nil
}

// upper is the eigenvalue of a pair that has an imaginary part ≥ 0.
func upper(value complex128) complex128 { return complex(real(value), math.Abs(imag(value))) }

// known tells whether a state, at the value that z would have, is on one of the branches.
func (t *branchTracer) known(branches []Branch, seed branchSeed) bool {
	p := len(t.base.Populations)
	for _, branch := range branches {
		for i, next := range branch.Points[1:] {
			last := branch.Points[i]
			if (seed.value-last.Value)*(seed.value-next.Value) > 0 {
				continue
			}
			share := 0.0
			if next.Value != last.Value {
				share = (seed.value - last.Value) / (next.Value - last.Value)
			}
			z := append(interpolated(last, next, share), seed.value)
			if t.At(z) != nil {
				continue
			}
			if (BalancedState{Mean: seed.state[:p], Variance: seed.state[p : 2*p]}).near(z[:p], z[p:2*p]) {
				return true
			}
		}
	}
	return false
}

// interpolated returns the unknowns between two points.
func interpolated(from, to BranchPoint, share float64) []float64 {
	z := slices.Concat(from.Mean, from.Variance, from.Third, from.other)
	end := slices.Concat(to.Mean, to.Variance, to.Third, to.other)
	for i := range z {
		z[i] += share * (end[i] - z[i])
	}
	return z
}
