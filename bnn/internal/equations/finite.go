package equations

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/pieces"
)

// Finite is the finite-n equations between two jumps of the stimuli, written out at
// theory.FiniteSize. The states are the P means less their ripple, the P variances and the P third cumulants.
type Finite struct {
	*manifold.Manifold
	pieces.Interval
	rootN              float64
	ownInput, skewness bool // whether these corrections are made
	// ripple is the part of the stimulus of each population whose response is added to the
	// mean in closed form.
	ripple  []bnn.Stimulus
	periods float64 // of the fastest stimulus up to the end
}

// NewFinite are the equations of a network of size n up to an end, with the sizes that it has
// there. The error is an *InputError for too many periods of a stimulus.
func NewFinite(m *manifold.Manifold, n int, end float64, ownInput, skewness bool) (*Finite, error) {
	periods, err := countPeriods(m.Network, end)
	if err != nil {
		return nil, err
	}
	return &Finite{Manifold: m, rootN: math.Sqrt(float64(n)), ripple: ripples(m.Network), periods: periods,
		ownInput: ownInput, skewness: skewness}, nil
}

// NewFiniteAtRest are those of a network at rest.
func NewFiniteAtRest(m *manifold.Manifold, rootN float64) *Finite {
	f := &Finite{Manifold: m, rootN: rootN, ownInput: true, skewness: true}
	for range m.Network.Populations {
		f.ripple = append(f.ripple, bnn.ConstantStimulus{})
	}
	return f
}

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
	p := len(state) / 3
	e = f.Expectations(f.means(t, state), state[p:2*p])
	rates = make([]float64, p)
	for a, population := range f.Network.Populations {
		rates[a] = CorrectedRate(population.Rate, e[a], state[p+a], state[2*p+a]) // C stays 0 without skewness
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
		for c, rate := range rates {
			sum += f.B.At(a, c) * rate
		}
		input[a] = f.rootN*sum - f.own(a)*rates[a]/f.rootN
	}
	return input
}

func (f *Finite) slope(t float64, state, slope []float64) error {
	p := len(state) / 3
	mean, variance, third := state[:p], state[p:2*p], state[2*p:]
	e, rates := f.Evaluate(t, state)
	t = f.Clamp(t)
	input := f.input(rates, f.Drive(t))
	for a, population := range f.Network.Populations {
		self := f.own(a) / f.rootN
		thirdSlope := -3*third[a]/population.Tau - 3*self*variance[a]*variance[a]*e[a].Second
		for b, square := range f.Squares.RawRowView(a) {
			thirdSlope += square * f.Network.Weights[a][b] * e[b].Value / f.rootN
		}
		for _, source := range f.Network.Feedforward {
			weight := source.Weights[a]
			thirdSlope += source.Size * weight * weight * weight * source.Rate.At(t) / f.rootN
		}
		if !f.skewness {
			thirdSlope = 0
		}
		slope[a] = -mean[a]/population.Tau + (population.External().At(t) - f.ripple[a].At(t)) + input[a]
		slope[p+a] = -2*variance[a]/population.Tau - 2*self*variance[a]*e[a].First
		slope[2*p+a] = thirdSlope
	}
	f.AddNoise(slope[p:2*p], t, func(b int) float64 { return rates[b] })
	return nil
}

// jacobian leaves out the derivatives of C F‴, which are small because C is.
func (f *Finite) jacobian(t float64, state []float64, jacobian *mat.Dense) {
	p := len(state) / 3
	e, rates := f.Evaluate(t, state)
	variance := state[p : 2*p]
	jacobian.Zero()
	add := func(row, column int, value float64) { jacobian.Set(row, column, jacobian.At(row, column)+value) }
	for a, population := range f.Network.Populations {
		self := f.own(a) / f.rootN
		for b, source := range f.Network.Populations {
			weight := f.Network.Weights[a][b]
			hears := f.rootN * f.B.At(a, b)
			if a == b {
				hears -= self
			}
			square := source.Size * weight * weight
			derivatives := f.rateDerivatives(b, e[b], rates[b], state)
			for block, derivative := range derivatives {
				add(a, block*p+b, hears*derivative)
				add(p+a, block*p+b, square*derivative)
			}
			cube := square * weight / f.rootN
			add(2*p+a, b, cube*e[b].First)
			add(2*p+a, p+b, cube*e[b].Second/2)
		}
		add(a, a, -1/population.Tau)
		add(p+a, a, -2*self*variance[a]*e[a].Second)
		add(p+a, p+a, -2/population.Tau-2*self*(e[a].First+variance[a]*e[a].Third/2))
		add(2*p+a, a, -3*self*variance[a]*variance[a]*e[a].Third)
		add(2*p+a, p+a, -6*self*variance[a]*e[a].Second)
		add(2*p+a, 2*p+a, -3/population.Tau)
		if !f.skewness {
			clear(jacobian.RawRowView(2*p + a)) // C stays exactly 0
		}
	}
}

// rateDerivatives returns the derivatives of Λ_b by its mean, variance and third cumulant,
// without those of F‴.
func (f *Finite) rateDerivatives(b int, e bnn.Expectation, rate float64, state []float64) [3]float64 {
	p := len(state) / 3
	derivatives := [3]float64{e.First, e.Second / 2, e.Third / 6}
	switch k, third := state[p+b], state[2*p+b]; {
	case rate == 0 || rate == f.Network.Populations[b].Rate.Bound():
		return [3]float64{} // held there
	case math.Abs(third) > SkewnessOne(k):
		derivatives[1] += math.Copysign(1.5*math.Sqrt(math.Max(k, 0)), third) * derivatives[2]
		derivatives[2] = 0
	}
	return derivatives
}

// record fills one row of the result.
func (f *Finite) record(ctx context.Context, t float64, state []float64, result *bnn.Trajectory, row int) error {
	p := len(state) / 3
	b := f.Drive(f.Clamp(t))
	e, rates := f.Evaluate(t, state)
	copy(result.Mean[row], f.means(t, state))
	copy(result.Variance[row], state[p:2*p])
	copy(result.Third[row], state[2*p:])
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
