package contrast

import (
	"context"
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/ode"
	"balanced/bnn/theory"
)

// SharedSpikes predicts a network of size n with one Poisson process a neuron, which all other
// neurons hear at once (simulate.SharedSpikes; theory.md §23). Its populations move as one: with the
// empirical means m̂, V = Cov(m̂) is of order n^{-1/2} where balance acts back and of order 1 where
// nothing does, and the variance K within a population is left with its start, which it forgets, and
// with what each neuron does not hear of itself. With N_b = q_b n and w_ab = J_ab (1 − δ_ab/N_b),
//
//	m_a′ = −m_a/τ_a + I_a + √n Σ_b q_b w_ab F_b
//	K_a′ = −2K_a/τ_a + D_a² + J_aa² F_a/n − 2 n^{-1/2} J_aa K_a F_a′
//	V′   = A V + V Aᵀ + diag(D²/N) + Σ_b q_b F_b w_b w_bᵀ,   A_ab = −δ_ab/τ_a + √n q_b w_ab F_b′,
//
// where F and F′ are taken at the variance K + V, and V starts from diag(K/N). With constant rates
// this is exact at any n. Otherwise what is left out is the error with which finitely many neurons
// sample their rate, of order 1/n in V, and cumulants beyond the second.
//
// Means, variances K and rates come as moments, whose third cumulants are 0; covariance has P rows of
// P columns a time. The limit has m on the balanced manifold at K(0) e^{−2t/τ}, if D is 0, and √n V
// as told in theory.md §7.
//
// The method is that of Dormand and Prince, in steps that resolve the relaxation at rate √n: about a
// millisecond a unit of time at n = 1000, and of order √n. The error is a *bnn.InputError: for a
// network that is not valid, has sources, spread thresholds, a start that is a mixture or a stimulus
// that is not constant, for which this is not the theory; or that of theory.Project for a start that
// is projected, and the cause of the context.
func SharedSpikes(ctx context.Context, network *bnn.Network, n int, times []float64) (moments *bnn.Moments, covariance [][][]float64, err error) {
	if err := bnn.CheckTimes(times); err != nil {
		return nil, nil, err
	}
	s, err := newShared(network, n)
	if err != nil {
		return nil, nil, err
	}
	mean := network.Initial.Mean
	if network.Initial.OnManifold {
		if mean, err = theory.Project(ctx, network, 0, mean, network.Initial.Variance); err != nil {
			return nil, nil, err
		}
	}
	solver := ode.NewDormandPrince(s.slope, 0, s.start(mean), ode.Tolerance{Relative: 1e-8, Absolute: 1e-11})
	solver.KeepNonNegative(s.count, 2*s.count)
	result := bnn.NewMoments(network.PopulationNames(), times)
	for i, t := range times {
		for solver.Time() < t {
			if ctx.Err() != nil {
				return nil, nil, context.Cause(ctx)
			}
			if err := solver.Step(t); err != nil {
				return nil, nil, fmt.Errorf("shared spikes at t = %g: %w", solver.Time(), err)
			}
		}
		covariance = append(covariance, s.read(solver.State(), &result, i))
	}
	return &result, covariance, nil
}

// shared are the equations of SharedSpikes. A state has m, K and the rows of V.
type shared struct {
	network *bnn.Network
	count   int       // of populations
	size    []float64 // N_b
	root    float64   // √n
	weights [][]float64
}

func newShared(network *bnn.Network, n int) (*shared, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	counts, _, err := network.Counts(n)
	if err != nil {
		return nil, err
	}
	refuse := func(path, value, allowed string) (*shared, error) {
		return nil, &bnn.InputError{Path: path, Value: value, Allowed: allowed + " with shared spikes"}
	}
	if len(network.Feedforward) > 0 {
		return refuse("feedforward", fmt.Sprintf("%d sources", len(network.Feedforward)), "none")
	}
	if network.Initial.Components != nil {
		return refuse("initial.components", "a mixture", "left out")
	}
	s := &shared{network: network, count: len(counts), root: math.Sqrt(float64(n))}
	for a, population := range network.Populations {
		if population.Spread > 0 {
			return refuse(bnn.IndexPath("populations", a)+".spread", fmt.Sprint(population.Spread), "0")
		}
		if _, constant := population.External().(bnn.ConstantStimulus); !constant {
			return refuse(bnn.IndexPath("populations", a)+".stimulus", fmt.Sprintf("%T", population.Stimulus), "constant")
		}
		s.size = append(s.size, float64(counts[a]))
		s.weights = append(s.weights, append([]float64(nil), network.Weights[a]...))
		s.weights[a][a] *= 1 - 1/s.size[a]
	}
	return s, nil
}

func (s *shared) start(mean []float64) []float64 {
	y := make([]float64, s.count*(s.count+2))
	copy(y, mean)
	for a, variance := range s.network.Initial.Variance {
		y[s.count+a] = variance
		y[(2+a)*s.count+a] = variance / s.size[a]
	}
	return y
}

// expectations are those of the rates, over the law of one potential.
func (s *shared) expectations(y []float64) []bnn.Expectation {
	e := make([]bnn.Expectation, s.count)
	for a, population := range s.network.Populations {
		e[a] = population.Expectation(y[a], y[s.count+a]+max(0, y[(2+a)*s.count+a]))
	}
	return e
}

func (s *shared) slope(_ float64, y, d []float64) error {
	p, e := s.count, s.expectations(y)
	v := func(a, b int) float64 { return y[(2+a)*p+b] }
	for a, population := range s.network.Populations {
		own, noise := s.network.Weights[a][a]/s.root, population.Noise*population.Noise
		d[a] = -y[a]/population.Tau + population.External().At(0)
		d[p+a] = -2*y[p+a]/population.Tau + noise + own*own*e[a].Value - 2*own*y[p+a]*e[a].First
		for b := range p {
			d[a] += s.weights[a][b] * s.size[b] / s.root * e[b].Value
		}
		for c, other := range s.network.Populations {
			sum := -v(a, c) * (1/population.Tau + 1/other.Tau)
			if a == c {
				sum += noise / s.size[a]
			}
			for b := range p {
				to, too := s.weights[a][b], s.weights[c][b]
				sum += s.size[b] / s.root * (e[b].First*(to*v(b, c)+too*v(a, b)) + e[b].Value*to*too/s.root)
			}
			d[(2+a)*p+c] = sum
		}
	}
	return nil
}

// read writes a state into row i of the moments, and returns V.
func (s *shared) read(y []float64, moments *bnn.Moments, i int) (covariance [][]float64) {
	p := s.count
	copy(moments.Mean[i], y[:p])
	copy(moments.Variance[i], y[p:2*p])
	for a, e := range s.expectations(y) {
		moments.Rate[i][a] = e.Value
		covariance = append(covariance, append([]float64(nil), y[(2+a)*p:(3+a)*p]...))
	}
	return covariance
}
