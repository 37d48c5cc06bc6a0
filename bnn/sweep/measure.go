package sweep

import (
	"context"
	"math"
	"strconv"
	"strings"

	"balanced/bnn"
	"balanced/bnn/store"
)

// A Measure is what a Sweep looks at in every point. It is made by Regime, Stationary, Limit,
// Finite or Simulation; what else there is to look at, Each computes.
type Measure interface {
	// kind is its name in files, and begins the names of its columns.
	kind() string
	// columns are what it finds, but for the error, for these populations.
	columns(populations []string) []Column
	// check refuses what no network makes right, by an *InputError for a key.
	check() error
	// size is that of the network at a point; 0 if the measure knows no size.
	size(Point) int
	// cost refuses, or tells, what a point takes with so many processors.
	cost(point Point, processors int) (bnn.Cost, error)
	// recipe is what determines it besides the point.
	recipe(seed uint64) (store.Recipe, error)
	// find returns what it finds, a cell a column: a number, a text or nil. An error that
	// is a numericalEnd belongs to the point, any other ends the sweep.
	find(ctx context.Context, point Point, w workplace) ([]any, error)
}

// A workplace is what a point is computed with.
type workplace struct {
	seed       uint64
	processors int
	force      bool
	store      *store.Store
}

// A numericalEnd is why a point has no numbers.
type numericalEnd struct{ error }

// A Column of a table. Cells under it are int64, float64 or string by its kind, or nil where
// there is nothing.
type Column struct {
	Name string
	Kind Kind
}

// Kind is what stands in a column.
type Kind string

// The kinds of columns.
const (
	Integer Kind = "integer"
	Number  Kind = "number"
	Text    Kind = "text"
)

// errorSuffix ends the name of the column that tells why a point has no numbers.
const errorSuffix = "_error"

// named gives the columns of measures their prefixes: the kind and, if there are several of
// it, their number from 1, in the order of the measures.
func named(measures []Measure, populations []string) [][]Column {
	kinds, seen := map[string]int{}, map[string]int{}
	for _, m := range measures {
		kinds[m.kind()]++
	}
	var all [][]Column
	for _, m := range measures {
		prefix := m.kind()
		if kinds[prefix] > 1 {
			seen[prefix]++
			prefix += strconv.Itoa(seen[prefix])
		}
		columns := append(m.columns(populations), Column{errorSuffix, Text})
		for i := range columns {
			columns[i].Name = prefix + columns[i].Name
		}
		all = append(all, columns)
	}
	return all
}

// eachPopulation are columns of numbers, one a population for each prefix.
func eachPopulation(populations []string, prefixes ...string) (columns []Column) {
	for _, prefix := range prefixes {
		for _, name := range populations {
			columns = append(columns, Column{prefix + name, Number})
		}
	}
	return columns
}

// keeps names the columns of a measure, without its prefix, for the store.
func keeps(m Measure, populations []string) string {
	var names []string
	for _, column := range m.columns(populations) {
		names = append(names, column.Name)
	}
	return strings.Join(append(names, errorSuffix), ",")
}

// cells are numbers as cells; what is no number is none.
func cells(lists ...[]float64) (all []any) {
	for _, list := range lists {
		for _, x := range list {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				all = append(all, nil)
			} else {
				all = append(all, x)
			}
		}
	}
	return all
}
