package theory

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// FourthCumulant solves for the fourth cumulants c_4 of the potentials in a network of
// size n, one row a time and one column a population (theory.md §4):
//
//	c_4′ = −4c_4/τ_a + n^{-1} ( Σ_b q_b J_ab⁴ F_b + Σ_x q_x J_ax⁴ ν_x ) − 4 n^{-1/2} J_aa K_a³ F_a‴
//
// from c_4 = 0, a Gaussian start, with m and K as FiniteSize gives them. The excess
// kurtosis is c_4/K². The first part are the jumps of finite size; the second is the
// input that a neuron misses because it does not hear itself, and is the larger one.
//
// Each part is there to its leading order. Left out are the effects of skewness, and
// the J_aa⁴F_a/n² by which the jumps of the N_a − 1 neurons heard are fewer than those
// of N_a = q_a n (q as in FiniteSize): both are of higher order. With constant rates the latter is all that
// is missing. The equation itself is solved within 1e-8, by the method and at about the
// cost of FiniteSize, whose errors it shares.
func FourthCumulant(ctx context.Context, network *bnn.Network, n int, times []float64) ([][]float64, error) {
	equations, start, err := newFiniteEquations(ctx, network, n, times)
	if err != nil {
		return nil, err
	}
	p := len(network.Populations)
	result := numbers.Table(len(times), p)
	withFourth := fourthEquations{equations}
	rows, _, err := equations.solve(ctx, times, slices.Concat(start, make([]float64, p)), withFourth.slope, withFourth.jacobian,
		func(row int, _ float64, state []float64) error { copy(result[row], state[3*p:]); return nil })
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return result[:rows], err
}

// fourthEquations are the finite-n equations with the P fourth cumulants as further
// states, which act on nothing else.
type fourthEquations struct{ *finiteEquations }

func (f fourthEquations) slope(t float64, state, slope []float64) error {
	p := len(state) / 4
	if err := f.finiteEquations.slope(t, state[:3*p], slope[:3*p]); err != nil {
		return err
	}
	e := f.Expectations(f.means(t, state), state[p:2*p])
	t = f.Clamp(t)
	n := f.rootN * f.rootN
	for a, population := range f.Network.Populations {
		sum := -4*state[3*p+a]/population.Tau - 4*f.own(a)/f.rootN*math.Pow(state[p+a], 3)*e[a].Third
		for b, source := range f.Network.Populations {
			sum += source.Size * math.Pow(f.Network.Weights[a][b], 4) * e[b].Value / n
		}
		for _, source := range f.Network.Feedforward {
			sum += source.Size * math.Pow(source.Weights[a], 4) * source.Rate.At(t) / n
		}
		slope[3*p+a] = sum
	}
	return nil
}

// jacobian leaves out how c_4′ changes with m and K. Nothing depends on c_4, so that
// this costs Newton's iteration one more round.
func (f fourthEquations) jacobian(t float64, state []float64, jacobian *mat.Dense) {
	p := len(state) / 4
	jacobian.Zero()
	f.finiteEquations.jacobian(t, state[:3*p], jacobian.Slice(0, 3*p, 0, 3*p).(*mat.Dense))
	for a, population := range f.Network.Populations {
		jacobian.Set(3*p+a, 3*p+a, -4/population.Tau)
	}
}
