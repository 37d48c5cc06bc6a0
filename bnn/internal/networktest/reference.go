package networktest

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"balanced/bnn"
)

// Reference reads a table of another implementation from data/references, as
// columns by name.
func Reference(t *testing.T, name string) map[string][]float64 {
	t.Helper()
	file, err := os.Open(Place(t, "data", "references", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment = '#'
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]float64{}
	for c, name := range rows[0] {
		for _, row := range rows[1:] {
			value, err := strconv.ParseFloat(row[c], 64)
			if row[c] == "" {
				value, err = math.NaN(), nil
			}
			if err != nil {
				t.Fatal(err)
			}
			columns[name] = append(columns[name], value)
		}
	}
	return columns
}

// Agree compares a trajectory with a reference table, column by column.
func Agree(t *testing.T, got *bnn.Trajectory, want map[string][]float64) {
	t.Helper()
	compare := func(column string, row int, value float64) {
		expected, ok := want[column]
		if !ok {
			t.Fatalf("the reference has no column %s", column)
		}
		if math.Abs(value-expected[row]) > 1e-7 {
			t.Errorf("%s at t = %g: %.12g, reference %.12g", column, got.Times[row], value, expected[row])
		}
	}
	for row := range got.Times {
		for a, name := range got.Populations {
			compare("mean_"+name, row, got.Mean[row][a])
			compare("var_"+name, row, got.Variance[row][a])
			compare("rate_"+name, row, got.Rate[row][a])
			compare("input_"+name, row, got.Input[row][a])
			if _, ok := want["third_"+name]; ok {
				compare("third_"+name, row, got.Third[row][a])
			}
		}
		compare("stability", row, got.Stability[row])
	}
}

// ReferenceNetworks are the networks that data/references has solutions of.
var ReferenceNetworks = []string{"abstract", "feedforward", "two-timescales"}

// ReadNetwork reads a network of data/networks by its name.
func ReadNetwork(t testing.TB, name string) *bnn.Network {
	t.Helper()
	data, err := os.ReadFile(Place(t, "data", "networks", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	network, err := bnn.ParseNetwork(data)
	if err != nil {
		t.Fatal(err)
	}
	return network
}

// Rows reads a table of data/references that has words in it, row by row.
func Rows(t testing.TB, name string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(Place(t, "data", "references", name))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := make(map[string]string)
		for c, cell := range record {
			row[records[0][c]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// Number reads a cell of Rows.
func Number(t testing.TB, cell string) float64 {
	t.Helper()
	value, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatal(err)
	}
	return value
}
