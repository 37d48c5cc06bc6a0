package theory

import (
	"context"
	"errors"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/internal/equations"
)

// A BifurcationDiagram holds branches of stationary states along one parameter.
type BifurcationDiagram struct {
	Path        string // of the parameter in a network file
	Populations []string
	// Finite tells that the states are those of a network of size N, and not of the limit.
	Finite bool
	N      int
	// Resizes tells that the path changes sizes q, which are real numbers along finite-n branches:
	// a network has round(q n) neurons, and is on the branch where q n is whole.
	Resizes  bool
	Branches []Branch
}

// A Branch is a curve of stationary states. It starts and ends with a point of its own kind,
// for a reason that Begins and Ends tell in words.
type Branch struct {
	Points       []BranchPoint
	Begins, Ends string
}

// A PointKind tells what is special about a point of a branch.
type PointKind string

const (
	StartPoint PointKind = "start"
	EndPoint   PointKind = "end"
	PlainPoint PointKind = ""
	// LimitPoint is where the branch turns back and a slow eigenvalue is 0.
	LimitPoint PointKind = "limit point"
	// SlowHopf is where a complex pair of slow eigenvalues crosses the imaginary axis.
	SlowHopf PointKind = "slow hopf"
	// FastFold is where det S = 0.
	FastFold PointKind = "fast fold"
	// FastHopf is where a complex pair of eigenvalues of S crosses the imaginary axis.
	FastHopf PointKind = "fast hopf"
	// Hopf is where a complex pair of eigenvalues of the finite-n equations does.
	Hopf PointKind = "hopf"
)

// A BranchPoint is a stationary state at one value of the parameter. Slices have one entry a
// population.
type BranchPoint struct {
	Value float64 // of the parameter
	// Third are third cumulants, nil in the limit. Rate is F, or Λ at finite n.
	Mean, Variance, Third, Rate []float64
	// Fast is the leading eigenvalue of S: that of the largest real part, with an imaginary
	// part ≥ 0. It is 0 at finite n and without weights, where there is no S.
	Fast complex128
	// Slow is the leading one of the limit equations along the balanced manifold, per synaptic
	// time constant; at a fast fold that of those that are finite. At finite n it is the leading
	// eigenvalue of the finite-n equations, which holds both.
	Slow complex128
	// Stable tells whether a network stays in the state: all eigenvalues have negative real parts.
	Stable bool
	Kind   PointKind

	other []float64 // unknowns of spread thresholds and shared sources
}

// Branches follows the stationary states of the limit equations along one parameter, the
// number at a path of the network file (Network.Set; [*] gives several numbers one value),
// from a value to another, which may be smaller, with all stimuli at rest (theory.md §9):
//
//	−m_a/τ_a + I_a + (Uψ)_a = 0,   −2K_a/τ_a + D_a² + Σ_b q_b J_ab² F_b + Σ_x q_x J_ax² ν_x = 0,   W F + β = 0
//
// by pseudo-arclength in (m, K) and the parameter, so that a branch goes on around limit
// points and through states that are not stable. Eigenvalues of S (fast) and of the limit
// equations along the manifold (slow) are counted at every point and between points, and where
// a count or the direction changes the place is found by bisection, within 1e-10 of the range:
// limit points, slow Hopf points, fast folds and fast Hopf points. A real pair ±μ and an
// eigenvalue that passes through infinity are none of them.
//
// Branches begin at the states that StationaryStates finds at nine values from one end of the
// range to the other; one that does not pass through any of these is not found. They come in
// the order of those values, each from the end that is nearer to from, and end where the range
// does, where a rate comes to its bound or dies out while the parameter stands still, where all
// rates have, where the curve closes, or where
// no step is short enough.
//
// Errors are *InputErrors for the path and the two values, *NotBalancedErrors when no value of
// the nine has a drive in the range of the weights, and the cause of the context. That there is
// no branch is none. A step takes some ten solutions for 2P unknowns, of order P³, and as many
// sets of eigenvalues: a quarter of a millisecond for two populations. A branch has 50 steps or
// more.
func Branches(ctx context.Context, network *bnn.Network, path string, from, to float64) (*BifurcationDiagram, error) {
	family, err := newFamily(network, path, from, to)
	if err != nil {
		return nil, err
	}
	diagram := &BifurcationDiagram{Path: path, Populations: network.PopulationNames(), Resizes: family.resizes != nil}
	diagram.Branches, err = follow(ctx, family, limitBranch{})
	return diagram, err
}

// FiniteSizeBranches is Branches for the finite-n equations of a network of size n (FiniteSize,
// theory.md §4 and §9). Their eigenvalues, of the whole Jacobian of 3P rows (more with spread
// thresholds or shared sources, of which FiniteSize tells), are one spectrum,
// fast and slow together: special points are limit points and Hopf points. Branches begin at
// the states of the limit, which are followed along n^{-1/2} to the size n, and at states that
// Newton's method finds from 40 points at each value: these may have no limit, such as silence.
// Kept are those of a skewness below 1 with rates that are not all at their bounds. Sizes are N/n with whole numbers N of
// neurons, but for those that the path changes: along it they are real numbers q, since whole
// numbers have no neighbours to go to, and the branch goes through the states of the networks
// with whole q n. Both ends must have 2 neurons or more, and each source one.
//
// Errors are those of Branches, and an *InputError for n.
func FiniteSizeBranches(ctx context.Context, network *bnn.Network, n int, path string, from, to float64) (*BifurcationDiagram, error) {
	family, err := newFamily(network, path, from, to)
	if err != nil {
		return nil, err
	}
	for _, end := range family.ends {
		if _, err := end.AtSize(n); err != nil {
			return nil, err
		}
	}
	if equations.Unknowns(family.ends[0]) != equations.Unknowns(family.ends[1]) {
		return nil, &bnn.InputError{Path: "path", Value: fmt.Sprintf("%q", path),
			Allowed: "of a number that is not 0 at one of its ends, where thresholds are not spread and the finite-n equations have fewer unknowns"}
	}
	diagram := &BifurcationDiagram{Path: path, Populations: network.PopulationNames(), Finite: true, N: n, Resizes: family.resizes != nil}
	diagram.Branches, err = follow(ctx, family, newFiniteBranch(n))
	return diagram, err
}

// follow finds the states from which branches begin, and follows each that is not on a branch
// already.
func follow(ctx context.Context, f *family, kind branchKind) ([]Branch, error) {
	const values = 9
	var branches []Branch
	var refused error
	balanced := false
	for i := range values {
		value := f.from + (f.to-f.from)*float64(i)/(values-1)
		seeds, err := kind.seeds(ctx, f, value)
		if err != nil {
			var none *NotBalancedError
			if !errors.As(err, &none) {
				return nil, err
			}
			refused = err
			continue
		}
		balanced = true
		for _, state := range seeds {
			t, seed := newBranchTracer(f, kind, state), branchSeed{value, state}
			if t.known(branches, seed) {
				continue
			}
			branch, err := t.branch(ctx, seed)
			if err != nil {
				return nil, err
			}
			if branch != nil {
				branches = append(branches, *branch)
			}
		}
	}
	if !balanced {
		return nil, refused
	}
	return branches, nil
}
