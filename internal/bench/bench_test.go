package bench

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"balanced/internal/bench/variants"
	"balanced/internal/verification"
)

func testLaboratory(t *testing.T) *laboratory {
	t.Helper()
	module, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return &laboratory{Options: Options{Module: module, Version: "test"}, sizes: quickSizes, folder: t.TempDir()}
}

// The fit finds the coefficients, whoever is absent.
func TestFitAccuracies(t *testing.T) {
	steppers := []stepper{{program: "A", order: 2}, {program: "B", order: 1, absent: "not here"}, {program: "C", order: 1}}
	rows := [][]float64{{1, 0.01, 0, 0}, {1, 0.0025, 0, 0}, {1, 0, 0, 0.1}, {1, 0, 0, 0.05}}
	var y []float64
	for _, row := range rows {
		y = append(y, 0.003*row[0]+0.5*row[1]-0.2*row[3])
	}
	var table Table
	got, err := fitAccuracies("dense", 1000, steppers, rows, y, []float64{1, 1, 2, 1}, &table)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got[0].coefficient-0.5) > 1e-9 || got[1].coefficient != 0 || math.Abs(got[2].coefficient-0.2) > 1e-9 {
		t.Errorf("coefficients %+v", got)
	}
	if len(table.Rows) != 1 || table.Rows[0][5] != "0.003" {
		t.Errorf("table %v", table.Rows)
	}
}

// Of programs of one scheme the error of the first that is there stands for all.
func TestOneOfEach(t *testing.T) {
	ones, of := oneOfEach([]stepper{{program: "A", scheme: "x"}, {program: "B", scheme: "y", absent: "not here"}, {program: "C", scheme: "z", absent: "nor here"},
		{program: "D", scheme: "y"}, {program: "E", scheme: "x"}, {program: "F", scheme: "y"}})
	var names string
	for _, one := range ones {
		names += one.program
	}
	if names != "ADC" || !slices.Equal(of, []int{0, 1, 2, 1, 0, 1}) {
		t.Errorf("measured %s, for %v", names, of)
	}
}

func TestSteps(t *testing.T) {
	for n, want := range map[int]float64{100: 0.1, 1000: 0.1, 10_000: 0.05} {
		if got := (stepper{order: 1}).largest(n); math.Abs(got-want) > 1e-12 {
			t.Errorf("largest step at n = %d: %g, want %g", n, got, want)
		}
	}
	a := accuracy{coefficient: 0.25}
	for _, c := range []struct{ order, want float64 }{{1, 0.004}, {2, 10.0 / 159}} {
		if got := a.stepFor(1e-3, c.order, 0.1, 10); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("step %g at order %g, want %g", got, c.order, c.want)
		}
	}
	if got := (accuracy{}).stepFor(1e-3, 1, 0.1, 10); got != 0.1 {
		t.Errorf("step %g without an error, want the largest, 0.1", got)
	}
}

func TestDeviations(t *testing.T) {
	start := int(forgotten / outputsEvery)
	series := func(rows ...[]float64) [][]float64 { return append(make([][]float64, start), rows...) }
	got, err := deviationsFrom([]float64{1, 2}, series([]float64{1.5, 3}), start+1)
	if err != nil || len(got) != 1 || got[0] != 0.75 {
		t.Errorf("deviations %v, %v", got, err)
	}
	for _, bad := range [][][]float64{nil, series(), series([]float64{1}), series([]float64{math.NaN(), 1}), series([]float64{math.Inf(1), 1})} {
		if _, err := deviationsFrom([]float64{1, 2}, bad, start+1); err == nil {
			t.Errorf("no error for %v", bad)
		}
	}
}

func TestCandidates(t *testing.T) {
	network, err := testLaboratory(t).startingAtZero("dense")
	if err != nil {
		t.Fatal(err)
	}
	// 200 neurons with 199 targets each, at most 1 spike a unit of time.
	if got, err := candidates(network, 100, 2); err != nil || got != 200*199*2 {
		t.Errorf("%g candidates, %v", got, err)
	}
}

func TestTable(t *testing.T) {
	table := Table{Name: "x", Columns: []string{"a", "b"}}
	table.add("one, two", 1.23456789)
	table.add(3, 1e6)
	var text strings.Builder
	if err := table.with("machine", "m").WriteCSV(&text); err != nil {
		t.Fatal(err)
	}
	if want := "a,b,machine\n\"one, two\",1.235,m\n3,1e+06,m\n"; text.String() != want {
		t.Errorf("%q, want %q", text.String(), want)
	}
	if len(table.Columns) != 2 || len(table.Rows[0]) != 2 {
		t.Error("adding a column changed the table")
	}
}

func TestUnknownName(t *testing.T) {
	err := Run(t.Context(), Options{Only: "nonsense"}, func(Table) error { return nil })
	if err == nil || !strings.Contains(err.Error(), `"nonsense"`) || !strings.Contains(err.Error(), "crossing") {
		t.Errorf("error %v", err)
	}
}

// Each variant has a row of each method, and the first, which is the network itself, the ratio 1.
func TestVariants(t *testing.T) {
	l := testLaboratory(t)
	l.sizes.rounds, l.sizes.exactN, l.sizes.variantsDuration = 1, 64, 0.1
	tables, err := variantsBenchmark(t.Context(), l)
	if err != nil || len(tables) != 1 || len(tables[0].Rows) != 2*len(variants.All) {
		t.Fatal(tables, err)
	}
	for i, row := range tables[0].Rows {
		if len(row) != len(tables[0].Columns) || (i%len(variants.All) == 0) != (row[10] == "1") {
			t.Errorf("%d cells under %d columns: %v", len(row), len(tables[0].Columns), row)
		}
	}
}

// The machinery of methods against each other runs to its end, at sizes of no meaning.
func TestGrowthAndCrossing(t *testing.T) {
	l := testLaboratory(t)
	l.sizes.growthExact, l.sizes.growthLeap = []int{10, 20, 40}, []int{100, 200, 400}
	l.sizes.crossingN, l.sizes.crossingDuration = []int{16, 64}, 0.5
	for _, benchmark := range []func() ([]Table, error){
		func() ([]Table, error) { return growthBenchmark(t.Context(), l) },
		func() ([]Table, error) { return crossingBenchmark(t.Context(), l) },
	} {
		tables, err := benchmark()
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			if len(table.Rows) == 0 {
				t.Errorf("%s is empty", table.Name)
			}
			for _, row := range table.Rows {
				if len(row) != len(table.Columns) {
					t.Errorf("%s: %d cells under %d columns: %v", table.Name, len(row), len(table.Columns), row)
				}
			}
		}
	}
}

// Without Python, tables have a cell for every column and a row for every program all the same, that of an absent one says why,
// and allocations are counted for methods of package simulate only.
func TestTablesWithoutPython(t *testing.T) {
	verification.Long(t)
	before := pythons
	pythons = []string{"no-python-of-this-name"}
	defer func() { pythons = before }()
	l := testLaboratory(t)
	l.sizes.rounds, l.sizes.leapN = 3, []int{50}
	for want, benchmark := range map[int]func() ([]Table, error){
		2 * 8: func() ([]Table, error) { return exactBenchmark(t.Context(), l) },
		2 * 7: func() ([]Table, error) { return sparseBenchmark(t.Context(), l) },
		2 + 6: func() ([]Table, error) { return leapBenchmark(t.Context(), l) },
	} {
		tables, err := benchmark()
		if err != nil {
			t.Fatal(err)
		}
		if rows := len(tables[0].Rows); rows != want {
			t.Errorf("%s has %d rows, and not %d", tables[0].Name, rows, want)
		}
		for _, table := range tables {
			allocations := slices.Index(table.Columns, "allocations")
			for _, row := range table.Rows {
				if len(row) != len(table.Columns) {
					t.Fatalf("%s: %d cells under %d columns: %v", table.Name, len(row), len(table.Columns), row)
				}
				own := slices.ContainsFunc(row, func(cell string) bool { return strings.HasPrefix(cell, "bnn ") })
				if allocations >= 0 && own != (row[allocations] != "") {
					t.Errorf("%s: allocations %q: %v", table.Name, row[allocations], row)
				}
				if slices.Contains(row, "absent") && row[len(row)-1] == "" {
					t.Errorf("%s: absent for no reason: %v", table.Name, row)
				}
			}
		}
	}
}
