package equations

import (
	"context"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/ode"
)

// How the solver sees the finite-n equations: a population acts on others by its rate Λ only, so that
// their Jacobian is that of populations by themselves and, of no larger rank than that of the
// weights, their squares and their cubes together, what is heard of rates. Shared sources, whose
// covariances are between populations, have a Jacobian without this structure.

// newtonTolerance is for what counts as 0 among weights: it serves Newton's iteration only.
const newtonTolerance = 1e-11

// couple finds out what is heard of rates: into, one row a mean, variance and third cumulant, times
// from, by population.
func (f *Finite) couple(ctx context.Context) error {
	if f.shared > 0 || f.into != nil {
		return nil
	}
	p := f.populations
	f.into = mat.NewDense(3*p, p, nil)
	for a := range p {
		for b, square := range f.Squares.RawRowView(a) {
			f.into.Set(a, b, f.rootN*f.B.At(a, b))
			f.into.Set(p+a, b, square)
			if f.skewness {
				f.into.Set(2*p+a, b, square*f.Network.Weights[a][b]/f.rootN)
			}
		}
	}
	scaled := mat.DenseCopyOf(f.into)
	for moment := range 3 {
		block := scaled.Slice(moment*p, (moment+1)*p, 0, p).(*mat.Dense)
		if size := mat.Norm(block, 2); size > 0 {
			block.Scale(1/size, block)
		}
	}
	from, err := linear.RowSpace(ctx, scaled, newtonTolerance)
	if err != nil {
		return err
	}
	if from == nil { // no weights
		from = mat.NewDense(1, p, nil)
	}
	if k, _ := from.Dims(); k < p {
		var into mat.Dense
		into.Mul(f.into, from.T())
		f.into, f.from = &into, from
	}
	return nil
}

// radau starts a solver. States beyond those of the equations are fourth cumulants, one a population.
func (f *Finite) radau(slope ode.Func, jacobian ode.JacobianFunc, t float64, state []float64) *ode.Radau {
	if f.shared > 0 {
		return ode.NewRadau(slope, jacobian, t, state, f.tolerance)
	}
	_, k := f.into.Dims()
	form := &ode.Grouped{Into: mat.NewDense(len(state), k, nil), From: f.from}
	form.Into.Copy(f.into)
	for a := range f.populations {
		group := f.components(a)
		if len(state) > f.size {
			group = append(group, f.size+a)
		}
		form.Groups = append(form.Groups, group)
	}
	return ode.NewRadauGrouped(slope, f.groupedJacobian, form, t, state, f.tolerance)
}

// groupedJacobian is jacobian, in which third cumulants change with the rate Λ instead of F.
func (f *Finite) groupedJacobian(t float64, state []float64, to *ode.Grouped) {
	e, rates := f.Evaluate(t, state)
	for a, group := range to.Groups {
		by := f.rateDerivatives(a, e[a], rates[a], state)
		size := len(group)
		clear(to.Local[a])
		clear(to.Output[a])
		f.alone(a).addDerivatives(to.Output[a], 0, 1, by)
		local := mat.NewDense(size, size, to.Local[a])
		f.localJacobian(a, e[a], by, state, local)
		if last := group[size-1]; last >= f.size {
			local.Set(size-1, size-1, -4/f.Network.Populations[a].Tau)
		}
	}
}
