package bnn

import (
	"fmt"
	"math"
	"slices"

	"balanced/bnn/internal/ode"

	"gonum.org/v1/gonum/mat"
)

// finiteTolerance keeps even the input, which is √n times a small difference,
// within 1e-7 of the exact solution up to n = 10⁸.
var finiteTolerance = ode.Tolerance{Relative: 2e-11, Absolute: 2e-12}

// FiniteSize solves the finite-n equations for the means, variances and third
// cumulants of a network of size n ≥ 1, at the given times (theory.md §4). With
// Λ_b = F_b + C_b F_b‴/6 they are
//
//	m_a′ = −m_a/τ_a + I_a + √n ( Σ_b B_ab Λ_b + b_a ) − n^{-1/2} J_aa Λ_a
//	K_a′ = −2K_a/τ_a + D_a² + Σ_b q_b J_ab² Λ_b + Σ_x q_x J_ax² ν_x − 2 n^{-1/2} J_aa K_a F_a′
//	C_a′ = −3C_a/τ_a + n^{-1/2} ( Σ_b q_b J_ab³ F_b + Σ_x q_x J_ax³ ν_x − 3 J_aa K_a² F_a″ )
//
// and they tend to those of Limit at rate n^{-1/2}. Third holds the cumulants, Rate
// is Λ, and Input √n(Σ_b B_ab Λ_b + b_a) − n^{-1/2}J_aaΛ_a. The start is the initial
// law, projected onto the balanced manifold if the network asks for it. A network
// without balance has a solution too: it runs away like √n.
//
// The method is Radau IIA of order 5, whose step is not shortened by the relaxation
// at rate √n; the cost hardly depends on n. It grows like P³ for P populations. The
// error is a *NotBalancedError when the start cannot be projected, and otherwise
// tells the time and the state at which the integration failed; the trajectory then
// holds the rows before it.
func FiniteSize(network *Network, n int, times []float64) (*Trajectory, error) {
	trajectory, _, err := finiteSize(network, n, times)
	return trajectory, err
}

// finiteSize returns the number of steps as well.
func finiteSize(network *Network, n int, times []float64) (*Trajectory, int, error) {
	if err := network.Validate(); err != nil {
		return nil, 0, err
	}
	if n < 1 {
		return nil, 0, &InputError{Path: "n", Value: fmt.Sprint(n), Allowed: "a whole number ≥ 1"}
	}
	if err := checkTimes(times); err != nil {
		return nil, 0, err
	}
	m, err := newManifold(network)
	if err != nil {
		return nil, 0, err
	}
	start, err := m.start()
	if err != nil {
		return nil, 0, err
	}
	equations := &finiteEquations{manifold: m, rootN: math.Sqrt(float64(n))}
	result := newTrajectory(network.populationNames(), times)
	state := slices.Concat(start, network.Initial.Variance, make([]float64, len(start)))
	rows, steps := 0, 0
	for _, interval := range smoothPieces(network, times[len(times)-1]) {
		equations.interval = interval
		if times[rows] == interval.start {
			equations.record(interval.start, state, result, rows)
			rows++
		}
		if rows == len(times) {
			break
		}
		solver := ode.NewRadau(equations.slope, equations.jacobian, interval.start, state, finiteTolerance)
		for solver.Time() < interval.end {
			err := solver.Step(math.Min(interval.end, times[rows]))
			if err == nil && !finite(solver.State()) {
				err = fmt.Errorf("the state is no longer finite")
			}
			if err != nil {
				result.truncate(rows)
				return result, steps, fmt.Errorf("the finite-n equations at time %g, state %.6g: %w", solver.Time(), solver.State(), err)
			}
			if t := solver.Time(); t == times[rows] && t < interval.end {
				equations.record(t, solver.State(), result, rows)
				rows++
			}
		}
		copy(state, solver.State())
		steps += solver.Steps()
	}
	return result, steps, nil
}

// start returns the means from which a finite network starts.
func (m *manifold) start() ([]float64, error) {
	initial := m.network.Initial
	if initial.Project {
		return m.project(0, initial.Mean, initial.Variance)
	}
	return initial.Mean, nil
}

// finiteEquations are the finite-n equations between two jumps of the stimuli. The
// states are the P means, the P variances and the P third cumulants.
type finiteEquations struct {
	*manifold
	interval
	rootN float64
}

// evaluate returns the expectations and the corrected rates Λ.
func (f *finiteEquations) evaluate(state []float64) (e []Expectation, rates []float64) {
	p := len(state) / 3
	e = f.expectations(state[:p], state[p:2*p])
	rates = make([]float64, p)
	for a := range e {
		rates[a] = e[a].Value + state[2*p+a]*e[a].Third/6
	}
	return e, rates
}

// input returns √n(Σ_b B_ab Λ_b + b_a) − n^{-1/2} J_aa Λ_a.
func (f *finiteEquations) input(rates, b []float64) []float64 {
	input := make([]float64, len(b))
	for a := range input {
		sum := b[a]
		for c, rate := range rates {
			sum += f.b.At(a, c) * rate
		}
		input[a] = f.rootN*sum - f.network.Weights[a][a]*rates[a]/f.rootN
	}
	return input
}

func (f *finiteEquations) slope(t float64, state, slope []float64) error {
	t = f.clamp(t)
	p := len(state) / 3
	mean, variance, third := state[:p], state[p:2*p], state[2*p:]
	e, rates := f.evaluate(state)
	input := f.input(rates, f.drive(t))
	for a, population := range f.network.Populations {
		self := f.network.Weights[a][a] / f.rootN
		meanSlope := -mean[a]/population.Tau + population.Input().At(t) + input[a]
		varianceSlope := -2*variance[a]/population.Tau + population.Noise*population.Noise - 2*self*variance[a]*e[a].First
		thirdSlope := -3*third[a]/population.Tau - 3*self*variance[a]*variance[a]*e[a].Second
		for b, source := range f.network.Populations {
			weight := f.network.Weights[a][b]
			varianceSlope += source.Size * weight * weight * rates[b]
			thirdSlope += source.Size * weight * weight * weight * e[b].Value / f.rootN
		}
		for _, source := range f.network.Feedforward {
			weight, rate := source.Weights[a], source.Rate.At(t)
			varianceSlope += source.Size * weight * weight * rate
			thirdSlope += source.Size * weight * weight * weight * rate / f.rootN
		}
		slope[a], slope[p+a], slope[2*p+a] = meanSlope, varianceSlope, thirdSlope
	}
	return nil
}

// jacobian leaves out the derivatives of C F‴, which are small because C is.
func (f *finiteEquations) jacobian(_ float64, state []float64, jacobian *mat.Dense) {
	p := len(state) / 3
	e, _ := f.evaluate(state)
	variance := state[p : 2*p]
	jacobian.Zero()
	add := func(row, column int, value float64) { jacobian.Set(row, column, jacobian.At(row, column)+value) }
	for a, population := range f.network.Populations {
		self := f.network.Weights[a][a] / f.rootN
		for b, source := range f.network.Populations {
			weight := f.network.Weights[a][b]
			hears := f.rootN * f.b.At(a, b)
			if a == b {
				hears -= self
			}
			square := source.Size * weight * weight
			for block, derivative := range [3]float64{e[b].First, e[b].Second / 2, e[b].Third / 6} {
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
	}
}

// record fills one row of the result.
func (f *finiteEquations) record(t float64, state []float64, result *Trajectory, row int) {
	p := len(state) / 3
	b := f.drive(f.clamp(t))
	e, rates := f.evaluate(state)
	copy(result.Mean[row], state[:p])
	copy(result.Variance[row], state[p:2*p])
	copy(result.Third[row], state[2*p:])
	copy(result.Rate[row], rates)
	copy(result.Input[row], f.input(rates, b))
	result.Stability[row] = f.stability(e)
	result.Residual[row] = f.residual(e, b)
}
