package equations

import (
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Stationary writes the equations at rest and their Jacobian by the unknowns: those for the means in
// the complement of the range of U, where nothing is of order √n, and in the range, divided by √n,
// so that no digits are lost in large networks.
func (f *Finite) Stationary(x, value []float64, jacobian *mat.Dense) {
	d, p, r := len(x), f.populations, f.Rank
	_ = f.slope(0, x, value) // which refuses no state
	f.jacobian(0, x, jacobian)
	gains := f.addCurvature(x, jacobian)
	_, rates := f.Evaluate(0, x)
	drive := f.Drive(0)
	slow, slope := make([]float64, p), mat.NewDense(p, d, nil) // what is not of order √n
	for a, population := range f.Network.Populations {
		self := f.own(a) / f.rootN
		slow[a] = population.External().At(0) - x[a]/population.Tau - self*rates[a]
		slope.Set(a, a, -1/population.Tau)
		f.addDerivatives(slope.RawRowView(a), a, -self, gains[a])
	}
	for c := range p - r {
		value[c] = 0
		clear(jacobian.RawRowView(c))
		for a := range p {
			entry := f.Complement.At(a, c)
			value[c] += entry * (slow[a] + f.rootN*drive[a])
			floats.AddScaled(jacobian.RawRowView(c), entry, slope.RawRowView(a))
		}
	}
	range0 := f.Coordinates(drive)
	for i := range r {
		row := jacobian.RawRowView(p - r + i)
		clear(row)
		value[p-r+i] = range0[i]
		for a := range p {
			entry, weight := f.U.At(a, i)/f.rootN, f.W.At(i, a)
			value[p-r+i] += entry*slow[a] + weight*rates[a]
			floats.AddScaled(row, entry, slope.RawRowView(a))
			f.addDerivatives(row, a, weight, gains[a])
		}
	}
}
