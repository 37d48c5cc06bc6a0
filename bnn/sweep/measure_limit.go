package sweep

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/store"
	"balanced/bnn/theory"
)

// Limit measures the limit of the network as n grows at a time ≥ 0, as theory.Limit does. Its
// columns are limit_mean_<p>…, limit_var_<p>… and limit_rate_<p>… for the populations p; a
// point that loses its balance before has none of them and the reason in limit_error.
func Limit(to float64) Measure { return trajectoryMeasure{to: to} }

// Finite measures the solution of the finite-n equations for a size n at a time ≥ 0, as
// theory.FiniteSize does. Its columns are those of Limit, called finite. An axis of n takes
// the place of n, which may be 0 then.
func Finite(n int, to float64) Measure { return trajectoryMeasure{finite: true, n: n, to: to} }

// A trajectoryMeasure is the state of equations at one time.
type trajectoryMeasure struct {
	finite bool
	n      int
	to     float64
}

func (m trajectoryMeasure) kind() string {
	if m.finite {
		return "finite"
	}
	return "limit"
}

func (m trajectoryMeasure) columns(populations []string) []Column {
	return eachPopulation(populations, "_mean_", "_var_", "_rate_")
}

func (m trajectoryMeasure) check() error { return bnn.NonNegativeNumber.Check("to", m.to) }

func (m trajectoryMeasure) size(point Point) int {
	if !m.finite {
		return 0
	}
	return sizeOf(point, m.n)
}

// sizeOf is the size of an axis, or else the one given.
func sizeOf(point Point, n int) int {
	if point.N > 0 {
		return point.N
	}
	return n
}

// checkCounts refuses a size that makes too few or too many neurons.
func checkCounts(point Point, n int) error {
	_, _, err := point.Network.Counts(n)
	return err
}

func (m trajectoryMeasure) cost(point Point, _ int) (bnn.Cost, error) {
	if !m.finite {
		return theory.LimitCost(point.Network, []float64{m.to})
	}
	if err := checkCounts(point, m.size(point)); err != nil {
		return bnn.Cost{}, err
	}
	return theory.FiniteSizeCost(point.Network, []float64{m.to})
}

func (m trajectoryMeasure) recipe(uint64) (store.Recipe, error) {
	code, err := theoryCode()
	return store.Recipe{Code: code, Method: m.kind(), Times: []float64{m.to}}, err
}

func (m trajectoryMeasure) find(ctx context.Context, point Point, _ workplace) ([]any, error) {
	var trajectory *bnn.Trajectory
	var err error
	if m.finite {
		trajectory, err = theory.FiniteSize(ctx, point.Network, m.size(point), []float64{m.to})
	} else {
		trajectory, err = theory.Limit(ctx, point.Network, []float64{m.to})
	}
	if err != nil {
		return nil, ended(ctx, err)
	}
	return cells(trajectory.Mean[0], trajectory.Variance[0], trajectory.Rate[0]), nil
}
