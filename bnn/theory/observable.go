package theory

import (
	"context"
	"fmt"
	"math"
	"sync"

	"balanced/bnn"
	"balanced/bnn/internal/noise"
	"balanced/bnn/internal/normal"
	"balanced/bnn/internal/numbers"
)

// ObservableCovariances are the covariances over time of functions of the potentials, by lag, P rows
// of P columns.
type ObservableCovariances struct {
	Populations []string
	Lags        []float64
	// Averages are n Cov of the averages of f over the neurons of a population at t + lag and of g
	// over those of another one at t: the central limit theorem of the empirical measure.
	Averages [][][]float64
	// Pairs are n Cov(f(v_i(t+lag)), g(v_j(t))) of two different neurons.
	Pairs [][][]float64
}

// ObservableCovariance returns the covariances of two functions f and g of the potential of a
// neuron, in a network of size n in the state of Spectrum (theory.md §15):
//
//	x_f = E f′ x + ½ E f″ y + Σ_k E(f He_k/√k!) z_k
//
// for the average of f over a population; two different neurons have all of its covariance but what
// one neuron shares with itself, over q. The functions are integrated against Hermite polynomials up
// to the order 64 and need not be smooth; what is finer than that is left out. Shared sources are an
// *InputError; other errors and the cost are those of LaggedCovariances.
func ObservableCovariance(ctx context.Context, network *bnn.Network, n int, f, g func(v float64) float64, lags []float64) (*ObservableCovariances, error) {
	system, state, err := observed(ctx, network, n, lags)
	if err != nil {
		return nil, err
	}
	left, err := coefficientsOf("f", f, state)
	if err != nil {
		return nil, err
	}
	right, err := coefficientsOf("g", g, state)
	if err != nil {
		return nil, err
	}
	return observableCovariance(ctx, network, system, left, right, lags)
}

// ObservableCovarianceEach returns what ObservableCovariance does for each function with itself. The state of the
// network is found once.
func ObservableCovarianceEach(ctx context.Context, network *bnn.Network, n int, functions []func(v float64) float64, lags []float64) ([]*ObservableCovariances, error) {
	system, state, err := observed(ctx, network, n, lags)
	if err != nil {
		return nil, err
	}
	var all []*ObservableCovariances
	for i, f := range functions {
		coefficients, err := coefficientsOf(fmt.Sprintf("functions[%d]", i), f, state)
		if err != nil {
			return nil, err
		}
		one, err := observableCovariance(ctx, network, system, coefficients, coefficients, lags)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// observed is the state in which functions of potentials are looked at, and what fluctuates in it.
func observed(ctx context.Context, network *bnn.Network, n int, lags []float64) (*noise.System, *noise.State, error) {
	if _, err := network.AtSize(n); err != nil {
		return nil, nil, err
	}
	if err := checkList("lags", lags); err != nil {
		return nil, nil, err
	}
	if err := checkPrivateNoise(network); err != nil {
		return nil, nil, err
	}
	state, err := fluctuationsAt(ctx, network, n)
	if err != nil {
		return nil, nil, err
	}
	system, err := state.NewSystem()
	if err != nil {
		return nil, nil, &UnstableError{err.Error()}
	}
	return system, state, nil
}

func observableCovariance(ctx context.Context, network *bnn.Network, system *noise.System, left, right [][]float64, lags []float64) (*ObservableCovariances, error) {
	c := &ObservableCovariances{Populations: network.PopulationNames(), Lags: lags}
	for _, lag := range lags {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		averages := system.Lagged(system.Averages(left), system.Averages(right), lag)
		var pairs [][]float64
		for a, row := range averages {
			pair := append([]float64(nil), row...)
			pair[a] -= system.Own(a, left[a], right[a], lag)
			pairs = append(pairs, pair)
		}
		c.Averages, c.Pairs = append(c.Averages, averages), append(c.Pairs, pairs)
	}
	return c, nil
}

// A hermiteRule takes coefficients of functions: the weights of He_k(Z)/√k! for k = 1, … at the nodes of a trapezoid
// rule so fine that it resolves the highest order.
type hermiteRule struct {
	nodes   []float64
	weights [][noise.Orders]float64
}

var hermite = sync.OnceValue(func() (rule hermiteRule) {
	const step, reach = 1. / 32, 13
	var roots [noise.Orders + 1]float64
	for k := range roots {
		roots[k] = math.Sqrt(float64(k))
	}
	for z := -reach * 1.; z <= reach; z += step {
		root := math.Sqrt(normal.Density(z)) // functions He_k √φ stay bounded where polynomials overflow
		current, previous := root, 0.0
		var weights [noise.Orders]float64
		for k := range weights {
			current, previous = (z*current-roots[k]*previous)/roots[k+1], current
			weights[k] = step * root * current
		}
		rule.nodes, rule.weights = append(rule.nodes, z), append(rule.weights, weights)
	}
	return rule
})

// coefficientsOf returns E f(m + √K Z) He_k(Z)/√k! for each population and k = 1, ….
func coefficientsOf(name string, f func(v float64) float64, state *noise.State) ([][]float64, error) {
	rule, all := hermite(), make([][]float64, len(state.Mean))
	for a := range all {
		all[a] = make([]float64, noise.Orders)
		for i, z := range rule.nodes {
			v := state.Mean[a] + math.Sqrt(state.Variance[a])*z
			value := f(v)
			if !numbers.Finite(value) {
				return nil, &bnn.InputError{Path: name + "(" + numbers.Text(v) + ")", Value: numbers.Text(value), Allowed: "a finite number"}
			}
			for k, weight := range rule.weights[i] {
				all[a][k] += value * weight
			}
		}
	}
	return all, nil
}
