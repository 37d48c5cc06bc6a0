package equations

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn/internal/numbers"
)

// Fourth solves for the fourth cumulants too, from 0, and returns one row a time: with an error
// those before it.
func (f *Finite) Fourth(ctx context.Context, times, start []float64) ([][]float64, error) {
	p := len(f.Network.Populations)
	result := numbers.Table(len(times), p)
	withFourth := fourthEquations{f}
	rows, _, err := f.solve(ctx, times, slices.Concat(start, make([]float64, p)), withFourth.slope, withFourth.jacobian,
		func(row int, _ float64, state []float64) error { copy(result[row], state[f.size:]); return nil })
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return result[:rows], err
}

// fourthEquations are the finite-n equations with the P fourth cumulants as further
// states, which act on nothing else.
type fourthEquations struct{ *Finite }

func (f fourthEquations) slope(t float64, state, slope []float64) error {
	p, own := f.populations, f.size
	if err := f.Finite.slope(t, state[:own], slope[:own]); err != nil {
		return err
	}
	e := f.Expectations(f.means(t, state), f.widths(state))
	t = f.Clamp(t)
	n := f.rootN * f.rootN
	for a, population := range f.Network.Populations {
		sum := -4*state[own+a]/population.Tau - 4*f.own(a)/f.rootN*math.Pow(state[p+a], 3)*e[a].Third
		for b, source := range f.Network.Populations {
			sum += source.Size * math.Pow(f.Network.Weights[a][b], 4) * e[b].Value / n
		}
		for _, source := range f.Network.Feedforward {
			if source.Shared {
				continue
			}
			sum += source.Size * math.Pow(source.Weights[a], 4) * source.Rate.At(t) / n
		}
		slope[own+a] = sum
	}
	return nil
}

// jacobian leaves out how c_4′ changes with m and K. Nothing depends on c_4, so that
// this costs Newton's iteration one more round.
func (f fourthEquations) jacobian(t float64, state []float64, jacobian *mat.Dense) {
	own := f.size
	jacobian.Zero()
	f.Finite.jacobian(t, state[:own], jacobian.Slice(0, own, 0, own).(*mat.Dense))
	for a, population := range f.Network.Populations {
		jacobian.Set(own+a, own+a, -4/population.Tau)
	}
}
