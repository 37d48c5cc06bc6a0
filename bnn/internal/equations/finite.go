package equations

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/ode"
	"balanced/bnn/internal/pieces"
)

// Finite is the finite-n equations between two jumps of the stimuli, written out at
// theory.FiniteSize. The states are the P means less their ripple, the P variances, the P third
// cumulants and what spread thresholds and shared sources add to them, see layout.
type Finite struct {
	*manifold.Manifold
	pieces.Interval
	layout
	rootN              float64
	ownInput, skewness bool // whether these corrections are made
	// ripple is the part of the stimulus of each population whose response is added to the
	// mean in closed form.
	ripple  []bnn.Stimulus
	periods float64 // of the fastest stimulus up to the end

	tolerance  ode.Tolerance
	into, from *mat.Dense // see couple
}

// NewFinite are the equations of a network of size n up to an end, with the sizes that it has
// there; CheckPeriods tells whether that is not too long.
func NewFinite(m *manifold.Manifold, n int, end float64, ownInput, skewness bool) *Finite {
	periods, _ := countPeriods(m.Network, end)
	f := newFinite(m, math.Sqrt(float64(n)))
	f.ripple, f.periods, f.ownInput, f.skewness = ripples(m.Network), periods, ownInput, skewness
	return f
}

// NewFiniteAtRest are those of a network at rest.
func NewFiniteAtRest(m *manifold.Manifold, rootN float64) *Finite { return newFinite(m, rootN) }

// means returns the means at time t.
func (f *Finite) means(t float64, state []float64) []float64 {
	means := make([]float64, len(f.Network.Populations))
	for a, population := range f.Network.Populations {
		means[a] = state[a] + bnn.Response(f.ripple[a], t, population.Tau)
	}
	return means
}

// Evaluate returns the expectations and the corrected rates Λ.
func (f *Finite) Evaluate(t float64, state []float64) (e []bnn.Expectation, rates []float64) {
	e = f.Expectations(f.means(t, state), f.widths(state))
	rates = make([]float64, f.populations)
	for a, population := range f.Network.Populations {
		variance, third := f.width(a, state) // C stays 0 without skewness
		rates[a] = CorrectedRate(population.Rate, e[a], variance+population.Spread*population.Spread, third)
	}
	return e, rates
}

// SkewnessOne is the third cumulant at which the skewness is 1.
func SkewnessOne(variance float64) float64 {
	variance = math.Max(variance, 0)
	return variance * math.Sqrt(variance)
}

// own returns the weight J_aa with which a neuron would hear itself.
func (f *Finite) own(a int) float64 {
	if !f.ownInput {
		return 0
	}
	return f.Network.Weights[a][a]
}

// input returns √n(Σ_b B_ab Λ_b + b_a) − n^{-1/2} J_aa Λ_a.
func (f *Finite) input(rates, b []float64) []float64 {
	input := make([]float64, len(b))
	for a := range input {
		sum := b[a]
		for c, weight := range f.B.RawRowView(a) {
			sum += weight * rates[c]
		}
		input[a] = f.rootN*sum - f.own(a)*rates[a]/f.rootN
	}
	return input
}

func (f *Finite) slope(t float64, state, slope []float64) error {
	p := f.populations
	mean, variance, third := state[:p], state[p:2*p], state[2*p:3*p]
	e, rates := f.Evaluate(t, state)
	t = f.Clamp(t)
	input := f.input(rates, f.Drive(t))
	for a, population := range f.Network.Populations {
		self := f.own(a) / f.rootN
		thirdSlope := -3*third[a]/population.Tau - 3*self*variance[a]*variance[a]*e[a].Second
		cubes := 0.0
		for b, square := range f.Squares.RawRowView(a) {
			cubes += square * f.Network.Weights[a][b] * e[b].Value
		}
		thirdSlope += cubes / f.rootN
		for _, source := range f.Network.Feedforward {
			if source.Shared {
				continue
			}
			weight := source.Weights[a]
			thirdSlope += source.Size * weight * weight * weight * source.Rate.At(t) / f.rootN
		}
		if !f.skewness {
			thirdSlope = 0
		}
		slope[a] = -mean[a]/population.Tau + (population.External().At(t) - f.ripple[a].At(t)) + input[a]
		slope[p+a] = -2*variance[a]/population.Tau - 2*self*variance[a]*e[a].First
		slope[2*p+a] = thirdSlope
		f.spreadSlope(a, self, e[a], state, slope)
	}
	f.AddNoise(slope[p:2*p], t, func(b int) float64 { return rates[b] })
	f.sharedSlope(t, e, state, slope)
	return nil
}

// jacobian leaves out the derivatives of C F‴, which are small because C is.
func (f *Finite) jacobian(t float64, state []float64, jacobian *mat.Dense) {
	p := f.populations
	e, rates := f.Evaluate(t, state)
	jacobian.Zero()
	for b, source := range f.Network.Populations {
		by := f.rateDerivatives(b, e[b], rates[b], state)
		for a := range p {
			weight, square := f.Network.Weights[a][b], f.Squares.At(a, b)
			f.addDerivatives(jacobian.RawRowView(a), b, f.rootN*source.Size*weight, by)
			f.addDerivatives(jacobian.RawRowView(p+a), b, square, by)
			if f.skewness { // C stays exactly 0 without
				f.addDerivatives(jacobian.RawRowView(2*p+a), b, square*weight/f.rootN, [3]float64{e[b].First, e[b].Second / 2})
			}
		}
		components := f.components(b)
		local := mat.NewDense(len(components), len(components), nil)
		f.localJacobian(b, e[b], by, state, local)
		for i, row := range components {
			derivatives := local.RawRowView(i)
			for j, column := range components {
				jacobian.Set(row, column, jacobian.At(row, column)+derivatives[j])
			}
		}
	}
	f.sharedJacobian(e, state, jacobian)
}

// localJacobian writes the part of a population by itself: its leak and own input. Rows and columns are those of
// components; by are the derivatives of its rate.
func (f *Finite) localJacobian(a int, e bnn.Expectation, by [3]float64, state []float64, local *mat.Dense) {
	alone := f.alone(a)
	tau, self, variance := f.Network.Populations[a].Tau, f.own(a)/f.rootN, state[f.populations+a]
	add := func(row, column int, value float64) { local.Set(row, column, local.At(row, column)+value) }
	alone.addDerivatives(local.RawRowView(0), 0, -self, by)
	add(0, 0, -1/tau)
	add(1, 0, -2*self*variance*e.Second)
	add(1, 1, -2/tau-2*self*(e.First+variance*e.Third/2))
	alone.addOther(local.RawRowView(1), 0, -2*self*variance, [3]float64{0, e.Third / 2})
	if f.skewness {
		add(2, 0, -3*self*variance*variance*e.Third)
		add(2, 1, -6*self*variance*e.Second)
		add(2, 2, -3/tau)
	}
	f.spreadJacobian(a, self, e, variance, local)
}

// rateDerivatives returns the derivatives of Λ_b by its mean, the variance and the third cumulant
// of its width, without those of F‴.
func (f *Finite) rateDerivatives(b int, e bnn.Expectation, rate float64, state []float64) [3]float64 {
	derivatives := [3]float64{e.First, e.Second / 2, e.Third / 6}
	population := f.Network.Populations[b]
	variance, third := f.width(b, state)
	variance += population.Spread * population.Spread
	switch {
	case rate == 0 || rate == population.Rate.Bound():
		return [3]float64{} // held there
	case math.Abs(third) > SkewnessOne(variance):
		derivatives[1] += math.Copysign(1.5*math.Sqrt(math.Max(variance, 0)), third) * derivatives[2]
		derivatives[2] = 0
	}
	return derivatives
}

// record fills one row of the result.
func (f *Finite) record(ctx context.Context, t float64, state []float64, result *bnn.Trajectory, row int) error {
	p := f.populations
	b := f.Drive(f.Clamp(t))
	e, rates := f.Evaluate(t, state)
	copy(result.Mean[row], f.means(t, state))
	copy(result.Variance[row], state[p:2*p])
	copy(result.Third[row], state[2*p:3*p])
	copy(result.Rate[row], rates)
	copy(result.Input[row], f.input(rates, b))
	result.Residual[row] = f.Residual(e, b)
	var err error
	result.Stability[row], err = linear.Abandonable(ctx, func() (float64, error) { return f.Stability(e), nil })
	return err
}

// CorrectedRate returns Λ = F + C F‴/6, with a skewness C/K^{3/2} of 1 for larger ones, and
// held between 0 and the bound of λ. A larger skewness is one of a law that no expansion
// around a Gaussian describes: right after a start without variance, when few neurons have
// heard a spike at all.
func CorrectedRate(rate bnn.Rate, e bnn.Expectation, variance, third float64) float64 {
	if most := SkewnessOne(variance); math.Abs(third) > most {
		third = math.Copysign(most, third)
	}
	return math.Min(math.Max(e.Value+third*e.Third/6, 0), rate.Bound())
}
