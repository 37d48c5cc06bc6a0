package theory

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"balanced/bnn"
	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/manifold"
)

// A Correction is one of the things that a finite network adds to the limit at order
// n^{-1/2} (theory.md §4).
type Correction string

const (
	// OwnInput is what a neuron misses because it does not hear itself: the terms in
	// J_aa of the equations for m, K and C.
	OwnInput Correction = "own input"
	// Skewness is the third cumulant C, and its effect on the rates.
	Skewness Correction = "skewness"
)

// FiniteSize solves the finite-n equations for the means, variances and third
// cumulants of a network of size n, at the given times (theory.md §4). With
// Λ_b = F_b + C_b F_b‴/6, where a skewness C_b/K_b^{3/2} beyond 1 counts as 1 and Λ_b is held
// between 0 and the bound of the rate, they are
//
//	m_a′ = −m_a/τ_a + I_a + √n ( Σ_b B_ab Λ_b + b_a ) − n^{-1/2} J_aa Λ_a
//	K_a′ = −2K_a/τ_a + D_a² + Σ_b q_b J_ab² Λ_b + Σ_x q_x J_ax² ν_x − 2 n^{-1/2} J_aa K_a F_a′
//	C_a′ = −3C_a/τ_a + n^{-1/2} ( Σ_b q_b J_ab³ F_b + Σ_x q_x J_ax³ ν_x − 3 J_aa K_a² F_a″ )
//
// where q_b = N_b/n and q_x = N_x/n with the whole numbers of neurons that the network has at
// size n (Network.Count), also in B and b. They tend to those of Limit at rate n^{-1/2}. Third holds the cumulants, Rate
// is Λ, and Input √n(Σ_b B_ab Λ_b + b_a) − n^{-1/2}J_aaΛ_a. The start is the initial
// law, projected onto the balanced manifold if the network asks for it. A network
// without balance has a solution too: it runs away like √n.
//
// Spread thresholds and shared sources add unknowns, three a population and P(P+1)/2 (theory.md
// §14 and §12). With a spread s, c = Cov(v, δ) and the joint third cumulants E and G of potentials
// and thresholds F is taken at the variance K + s² − 2c and C − 3E + 3G takes the place of C in Λ.
// With shared sources V, what all potentials of a population have in common varies by V_aa, is
// added to that variance, and their terms leave K′ and C′. Variance is always that within a
// population, K, to which the unbiased variance of simulated neurons tends; one potential by itself
// varies by K + V_aa. A mixture is solved for component by component, as in Limit.
//
// The corrections named in without are left out, to show what each is worth: without
// OwnInput the terms in J_aa are gone, c, E and G with them, without Skewness C, E and G are zero
// and Λ is F. The
// finite strength of the cancelled input always stays.
//
// The method is Radau IIA of order 13, whose step is not shortened by the relaxation
// at rate √n; the cost hardly depends on n. To a time of a few τ it is some 2 milliseconds
// for two populations and 60 for 64, where weights have a low rank, and then grows like P² for P
// populations; three times as much and P³ where not, P⁶ with shared sources (FiniteSizeCost). The error is an *InputError,
// also for a shared source that Limit refuses, a *NotBalancedError when the
// start cannot be projected, or the cause of the context, which is looked at within the steps
// too; there is no trajectory then. Otherwise it tells the time and the state at which the
// integration failed, and the trajectory holds the rows before it. More than a million
// periods of a sine are refused at once, for times.
func FiniteSize(ctx context.Context, network *bnn.Network, n int, times []float64, without ...Correction) (*bnn.Trajectory, error) {
	finite, start, err := newFiniteEquations(ctx, network, n, times, without...)
	if err != nil {
		return nil, newMixture(network).tell(err)
	}
	result, err := finite.Trajectory(ctx, times, start)
	return newMixture(network).gather(result, err)
}

// newFiniteEquations checks the input of FiniteSize, and returns the state at time 0
// as well. Of a start that is a mixture they are those of its components, see mixture.
func newFiniteEquations(ctx context.Context, network *bnn.Network, n int, times []float64, without ...Correction) (*equations.Finite, []float64, error) {
	if err := network.Validate(); err != nil {
		return nil, nil, err
	}
	if err := bnn.CheckTimes(times); err != nil {
		return nil, nil, err
	}
	for i, correction := range without {
		if correction != OwnInput && correction != Skewness {
			return nil, nil, &bnn.InputError{Path: bnn.IndexPath("without", i), Value: strconv.Quote(string(correction)),
				Allowed: fmt.Sprintf("the correction %q or %q", OwnInput, Skewness)}
		}
	}
	sized, err := network.AtSize(n)
	if err != nil {
		return nil, nil, err
	}
	if err := equations.CheckPeriods(network, times[len(times)-1]); err != nil {
		return nil, nil, err
	}
	m, err := manifold.New(ctx, newMixture(sized).parts)
	if err != nil {
		return nil, nil, err
	}
	if err := m.CheckShared(); err != nil {
		return nil, nil, err
	}
	// The start is that of the limit, whose manifold is the same where no size is rounded.
	limit := m
	if network.Initial.OnManifold && resized(network, sized) != nil {
		if limit, err = manifold.New(ctx, newMixture(network).parts); err != nil {
			return nil, nil, err
		}
	}
	mean, err := startOn(ctx, limit)
	if err != nil {
		return nil, nil, err
	}
	finite := equations.NewFinite(m, n, times[len(times)-1], !slices.Contains(without, OwnInput), !slices.Contains(without, Skewness))
	return finite, finite.Start(mean, m.Network.Initial.Variance), nil
}
