package sweep

import (
	"context"
	"errors"
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/store"
	"balanced/bnn/theory"
)

// Simulation measures replicas of a network of size n at a time ≥ 0, by a method such as
// simulate.Exact{} or simulate.Leap{}, with the seed of the design. Its columns are averages
// over the replicas, simulation_mean_<p>…, _var_<p>… and _rate_<p>… (see
// simulate.MomentRecorder), their standard errors _se_mean_<p>… and so on, nothing for a
// single replica, and _balanced, _runaway and _silent, the fractions of the replicas by how
// they end: runaway where an excitatory population fires above 95 % of its maximal rate,
// silent where all populations fire below 1 % of theirs, balanced otherwise. A population
// whose rate is constant cannot do either, and does not count.
//
// An axis of n takes the place of n, which may be 0 then. Replicas are kept in the store, and
// read from it, too.
func Simulation(n, replicas int, to float64, method simulate.Method) Measure {
	return simulationMeasure{n, replicas, to, method}
}

type simulationMeasure struct {
	n, replicas int
	to          float64
	method      simulate.Method
}

func (simulationMeasure) kind() string { return "simulation" }

func (simulationMeasure) columns(populations []string) []Column {
	columns := eachPopulation(populations, "_mean_", "_var_", "_rate_", "_se_mean_", "_se_var_", "_se_rate_")
	return append(columns, Column{"_balanced", Number}, Column{"_runaway", Number}, Column{"_silent", Number})
}

func (m simulationMeasure) check() error {
	if m.replicas < 1 {
		return &bnn.InputError{Path: "replicas", Value: fmt.Sprint(m.replicas), Allowed: "a whole number ≥ 1"}
	}
	return bnn.NonNegativeNumber.Check("to", m.to)
}

func (m simulationMeasure) size(point Point) int { return sizeOf(point, m.n) }

func (m simulationMeasure) ensemble(point Point, processors int) simulate.Ensemble {
	return simulate.Ensemble{Network: point.Network, N: m.size(point), Replicas: m.replicas, Method: m.method, Workers: processors}
}

func (m simulationMeasure) cost(point Point, processors int) (bnn.Cost, error) {
	return m.ensemble(point, processors).Cost([]float64{m.to})
}

func (m simulationMeasure) recipe(seed uint64) (store.Recipe, error) {
	method := m.method
	if method == nil {
		method = simulate.Exact{}
	}
	code, err := simulationCode()
	return store.Recipe{Code: code, Method: fmt.Sprintf("simulation of %d replicas by %#v", m.replicas, method), Seed: seed, Times: []float64{m.to}}, err
}

func (m simulationMeasure) find(ctx context.Context, point Point, w workplace) ([]any, error) {
	ensemble := m.ensemble(point, w.processors)
	ensemble.Seed, ensemble.Force, ensemble.Store = w.seed, w.force, w.store
	found, err := m.look(ctx, ensemble)
	var refused *theory.NotBalancedError
	var lost *theory.BalanceLostError
	if err != nil && ctx.Err() == nil && w.store != nil && !errors.As(err, &refused) && !errors.As(err, &lost) {
		// An end of the numbers, such as a leap that does not find its means, or one of the store,
		// which ends the sweep: without a store there are the first alone.
		ensemble.Store = nil
		_, alone := m.look(ctx, ensemble)
		if alone == nil {
			return nil, err
		}
		err = alone
	}
	if err != nil {
		return nil, ended(ctx, err)
	}
	return found, nil
}

// look runs the replicas.
func (m simulationMeasure) look(ctx context.Context, ensemble simulate.Ensemble) ([]any, error) {
	populations := len(ensemble.Network.Populations)
	averages := newAverage(3 * populations)
	runaway, silent := 0, 0
	for moments, err := range ensemble.Each(ctx, []float64{m.to}) {
		if err != nil {
			return nil, err
		}
		averages.add(moments.Mean[0], moments.Variance[0], moments.Rate[0])
		switch {
		case simulate.RunsAway(ensemble.Network, moments.Rate[0]):
			runaway++
		case simulate.Silent(ensemble.Network, moments.Rate[0]):
			silent++
		}
	}
	all := float64(m.replicas)
	return cells(averages.mean, averages.errors(), []float64{float64(m.replicas-runaway-silent) / all, float64(runaway) / all, float64(silent) / all}), nil
}

// An average is that of lists of numbers, with sums of squared deviations (B. P. Welford,
// Technometrics 4, 419–420, 1962).
type average struct {
	count         int
	mean, squares []float64
}

func newAverage(length int) *average {
	return &average{mean: make([]float64, length), squares: make([]float64, length)}
}

// add adds one list, given in pieces.
func (a *average) add(pieces ...[]float64) {
	a.count++
	i := 0
	for _, piece := range pieces {
		for _, x := range piece {
			before := x - a.mean[i]
			a.mean[i] += before / float64(a.count)
			a.squares[i] += before * (x - a.mean[i])
			i++
		}
	}
}

// errors are the standard errors, NaN for a single list.
func (a *average) errors() []float64 {
	errors := make([]float64, len(a.squares))
	for i, sum := range a.squares {
		errors[i] = math.Sqrt(sum / float64(a.count-1) / float64(a.count))
	}
	return errors
}
