//go:build !js

package sweep

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/store"
)

// rows are those of a sweep, one text each, since what is not there is not equal to itself.
func rows(t testing.TB, s *Sweep) (all []string) {
	t.Helper()
	for row, err := range s.Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(row)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	return all
}

// names are those of columns.
func names(t testing.TB, s *Sweep) string {
	t.Helper()
	columns, err := s.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, column := range columns {
		all = append(all, column.Name)
	}
	return strings.Join(all, ",")
}

// A countedMeasure notes where it was asked, and ends numerically or fails where it is told to.
type countedMeasure struct {
	name  string
	asked chan string
	ends  func(values []float64) error
}

func newCounted(name string) countedMeasure {
	return countedMeasure{name: name, asked: make(chan string, 10000)}
}

func (m countedMeasure) kind() string { return m.name }
func (m countedMeasure) columns(populations []string) []Column {
	return append([]Column{{"_text", Text}, {"_n", Integer}}, eachPopulation(populations, "_mean_")...)
}
func (m countedMeasure) check() error                      { return nil }
func (m countedMeasure) size(point Point) int              { return point.N }
func (m countedMeasure) cost(Point, int) (bnn.Cost, error) { return bnn.Cost{}, nil }
func (m countedMeasure) recipe(seed uint64) (store.Recipe, error) {
	return store.Recipe{Code: "code", Method: m.name, Seed: seed}, nil
}
func (m countedMeasure) find(_ context.Context, point Point, _ workplace) ([]any, error) {
	m.asked <- fmt.Sprint(point.Values)
	if m.ends != nil {
		if err := m.ends(point.Values); err != nil {
			return nil, err
		}
	}
	numbers := make([]float64, len(point.Network.Populations))
	for i := range numbers {
		numbers[i] = point.Network.Weights[i][0] / 3
	}
	return append([]any{fmt.Sprintf("%v, \"x\"", point.Values), int64(point.N)}, cells(numbers)...), nil
}

// taken are the points that were asked for since last time.
func (m countedMeasure) taken() (points []string) {
	for len(m.asked) > 0 {
		points = append(points, <-m.asked)
	}
	return points
}

// small is a grid of 4 × 3 networks.
func small(t testing.TB) Design {
	return Grid(networktest.ReadNetwork(t, "tipping"),
		Axis{Name: "g", Paths: []string{"weights[*][1]"}, From: -0.75, To: -0.45, Count: 4},
		Axis{Name: "slope", Paths: []string{"populations[I].rate.slope"}, Values: []float64{1, 2, 8}})
}
