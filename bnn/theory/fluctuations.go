package theory

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/noise"
	"balanced/bnn/internal/numbers"
)

// An UnstableError tells that a network comes to no stable state, about which it could fluctuate.
type UnstableError struct{ Reason string }

// Error says so.
func (e *UnstableError) Error() string { return "there is no stable state: " + e.Reason }

// horizons are the times, in units of the longest time constant, after which a solution is looked
// at: whether it is near a state at rest that is stable.
var horizons = []float64{20, 60, 200, 600}

// near is how far a solution may be from the state that it comes to.
const near = 0.02

// fluctuationsAt is the linear noise theory at the stationary state that the finite-n equations
// reach from the start of a network, or for n = 0 those of the limit, with all stimuli at rest.
func fluctuationsAt(ctx context.Context, network *bnn.Network, n int) (*noise.State, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	rest := network.AtRest()
	sized := *rest
	if n > 0 {
		whole, err := rest.AtSize(n)
		if err != nil {
			return nil, err
		}
		sized = *whole
	}
	// A state does not know of the start, that of a mixture neither.
	sized.Initial = bnn.Initial{Mean: rest.Initial.Mean, Variance: rest.Initial.Variances()}
	m, err := manifold.New(ctx, &sized)
	if err != nil {
		return nil, err
	}
	if err := m.CheckShared(); err != nil {
		return nil, err
	}
	around := resting{n: n, manifold: m}
	for _, horizon := range horizons {
		if err := around.follow(ctx, rest, horizon); err != nil {
			return nil, err
		}
		if x, ok := around.settle(); ok {
			return around.state(ctx, x)
		}
	}
	return nil, &UnstableError{"the equations come to no rest within " + numbers.Text(horizons[len(horizons)-1]) + " time constants"}
}

// A resting network of size n, or of the limit for n = 0, comes to its stationary state.
type resting struct {
	n        int
	manifold *manifold.Manifold
	x        []float64 // where the equations have come to: m, K and, at finite n, C and what follows
}

// follow solves the equations up to a horizon.
func (r *resting) follow(ctx context.Context, network *bnn.Network, horizon float64) error {
	longest := 0.0
	for _, population := range network.Populations {
		longest = math.Max(longest, population.Tau)
	}
	times := []float64{horizon * longest}
	trajectory, err := r.roughly(ctx, network, times)
	if err != nil {
		return r.unstable(ctx, err)
	}
	r.x = slices.Concat(trajectory.Mean[0], trajectory.Variance[0])
	if r.n > 0 {
		r.x = append(slices.Concat(r.x, trajectory.Third[0]), make([]float64, equations.Unknowns(r.manifold.Network)-3*len(network.Populations))...)
	}
	return nil
}

// roughly solves the equations, of finite n with few digits.
func (r *resting) roughly(ctx context.Context, network *bnn.Network, times []float64) (*bnn.Trajectory, error) {
	if r.n == 0 {
		return Limit(ctx, network, times)
	}
	finite, start, err := newFiniteEquations(ctx, network, r.n, times)
	if err != nil {
		return nil, newMixture(network).tell(err)
	}
	finite.Roughly()
	trajectory, err := finite.Trajectory(ctx, times, start)
	return newMixture(network).gather(trajectory, err)
}

// unstable makes a numerical end the reason why there is no state; bad input and the cause of the
// context stay what they are.
func (r *resting) unstable(ctx context.Context, err error) error {
	var input *bnn.InputError
	if ctx.Err() != nil || errors.As(err, &input) {
		return err
	}
	return &UnstableError{err.Error()}
}

// settle finds the stationary state by Newton's method, if it is near.
func (r *resting) settle() (x []float64, ok bool) {
	const most, enough = 40, 1e-12
	d := len(r.x)
	x = slices.Clone(r.x)
	value, jacobian := make([]float64, d), mat.NewDense(d, d, nil)
	for range most {
		if r.n > 0 {
			equations.NewFiniteAtRest(r.manifold, math.Sqrt(float64(r.n))).Stationary(x, value, jacobian)
		} else {
			equations.StationaryLimit(r.manifold, x, value, jacobian)
		}
		var step mat.VecDense
		if step.SolveVec(jacobian, mat.NewVecDense(d, value)) != nil {
			return nil, false
		}
		change := 0.0
		for i := range x {
			x[i] -= step.AtVec(i)
			change = math.Max(change, math.Abs(step.AtVec(i))/(1+math.Abs(x[i])))
		}
		if !numbers.Finite(x...) {
			return nil, false
		}
		if change <= enough {
			break
		}
	}
	p := len(r.manifold.Network.Populations)
	for i := range 2 * p {
		if !(math.Abs(x[i]-r.x[i]) <= near*(1+math.Abs(x[i]))) || i >= p && x[i] <= 0 {
			return nil, false
		}
	}
	return x, true
}

// state is the linear noise theory at a stationary state, which must be stable.
func (r *resting) state(ctx context.Context, x []float64) (*noise.State, error) {
	p := len(r.manifold.Network.Populations)
	mean, variance, common := x[:p], x[p:2*p], make([]float64, p)
	if r.n == 0 {
		return noise.NewState(r.manifold, 0, mean, variance, common, r.manifold.Expectations(mean, variance))
	}
	rootN := math.Sqrt(float64(r.n))
	finite := equations.NewFiniteAtRest(r.manifold, rootN)
	leading, err := linear.Patiently(ctx, len(x), func() complex128 { return linear.LeadingEigenvalue(finite.ExactJacobian(x)) })
	if err != nil {
		return nil, err
	}
	if !(real(leading) < 0) {
		return nil, &UnstableError{fmt.Sprintf("the one at which the finite-n equations rest is left at the rate %g", real(leading))}
	}
	finite.Common(x, common)
	expectations, _ := finite.Evaluate(0, x)
	return noise.NewState(r.manifold, 1/rootN, mean, variance, common, expectations)
}
