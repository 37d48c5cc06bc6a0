package sweep

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/store"
	"balanced/bnn/theory"
)

// Regime measures what becomes of the network of infinite size up to a time ≥ 0, as
// theory.FindRegime tells it. Its columns are regime (balanced, runaway, silent, fold,
// oscillation or none), regime_time, when balance ended, nothing where it did not, and
// regime_why, the reason in words.
func Regime(to float64) Measure { return regimeMeasure{to} }

type regimeMeasure struct{ to float64 }

func (regimeMeasure) kind() string { return "regime" }

func (regimeMeasure) columns([]string) []Column {
	return []Column{{"", Text}, {"_time", Number}, {"_why", Text}}
}

func (m regimeMeasure) check() error { return bnn.NonNegativeNumber.Check("to", m.to) }

func (regimeMeasure) size(Point) int { return 0 }

func (m regimeMeasure) cost(point Point, _ int) (bnn.Cost, error) {
	return theory.LimitCost(point.Network, []float64{m.to})
}

func (m regimeMeasure) recipe(uint64) (store.Recipe, error) {
	code, err := theoryCode()
	return store.Recipe{Code: code, Method: "regime", Times: []float64{m.to}}, err
}

func (m regimeMeasure) find(ctx context.Context, point Point, _ workplace) ([]any, error) {
	course, err := theory.FindRegime(ctx, point.Network, m.to)
	if err != nil {
		return nil, ended(ctx, err)
	}
	var until any
	if course.Regime != theory.RegimeBalanced {
		until = course.Time
	}
	return []any{string(course.Regime), until, course.Why}, nil
}
