package mutation

import (
	"bytes"
	"errors"
	"io/fs"
	"math"
	"os"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"balanced/analysis"
	"balanced/internal/files"
)

// Sound is the name of the mutation that is none: the rows that all others are compared with.
const Sound = "none"

// A Row is what one verdict says under one mutation.
type Row struct {
	Mutation string
	Run      string // full or quick
	Chapter  string
	Verdict  int              // its number in the chapter, from 1
	Before   analysis.Outcome // without a mutation
	Outcome  analysis.Outcome
	Rejects  bool // it notices the mutation
	Z, P     float64
	Where    string
}

// Ended is the outcome of a verdict that is not there, since its chapter ended before it.
const Ended analysis.Outcome = "error"

// rejects tells whether a verdict notices: it holds without the mutation and does not with it. In
// a quick run, of too few data to decide all, it has to fail.
func rejects(run string, before, outcome analysis.Outcome) bool {
	if run == "quick" {
		return before != analysis.Fails && (outcome == analysis.Fails || outcome == Ended)
	}
	return before == analysis.Holds && outcome != analysis.Holds
}

// Rows compares what a chapter finds under a mutation with what it finds without. Without
// verdicts it has a row of each that there would be, and so it has for those after an end.
func rows(m Mutation, chapter string, sound, mutated []analysis.Verdict) []Row {
	var list []Row
	run := "full"
	if m.Quick() {
		run = "quick"
	}
	for i := range max(len(sound), len(mutated)) {
		row := Row{Mutation: m.Name, Run: run, Chapter: chapter, Verdict: i + 1, Before: Ended, Outcome: Ended, Z: math.NaN(), P: math.NaN()}
		if i < len(sound) {
			row.Before = sound[i].Outcome
		}
		if i < len(mutated) {
			v := mutated[i]
			row.Outcome, row.Z, row.P, row.Where = v.Outcome, v.Z, v.PValue, v.Where
		}
		row.Rejects = rejects(run, row.Before, row.Outcome)
		list = append(list, row)
	}
	return list
}

// replace puts new rows in the place of those of their mutation, run and chapter, and keeps the
// order of the mutations.
func replace(table, new []Row, order []string) []Row {
	table = slices.DeleteFunc(slices.Clone(table), func(old Row) bool {
		return slices.ContainsFunc(new, func(r Row) bool { return r.Mutation == old.Mutation && r.Run == old.Run && r.Chapter == old.Chapter })
	})
	table = append(table, new...)
	slices.SortStableFunc(table, func(a, b Row) int {
		switch {
		case a.Mutation != b.Mutation:
			return slices.Index(order, a.Mutation) - slices.Index(order, b.Mutation)
		case a.Run != b.Run:
			return compare(a.Run, b.Run)
		case a.Chapter != b.Chapter:
			return compare(a.Chapter, b.Chapter)
		}
		return a.Verdict - b.Verdict
	})
	return table
}

func compare(a, b string) int {
	if a < b {
		return -1
	}
	return 1
}

// write keeps a frame as a CSV file.
func write(path string, frame dataframe.DataFrame) error {
	var text bytes.Buffer
	if err := analysis.WriteCSV(&text, frame); err != nil {
		return err
	}
	return files.Replace(path, text.Bytes())
}

// frameOf lays rows out: mutation, run, chapter, verdict, before, outcome, rejects, z, p_value,
// where.
func frameOf(table []Row) dataframe.DataFrame {
	text := func(name string, field func(Row) string) series.Series {
		return column(series.String, name, table, field)
	}
	return dataframe.New(
		text("mutation", func(r Row) string { return r.Mutation }), text("run", func(r Row) string { return r.Run }),
		text("chapter", func(r Row) string { return r.Chapter }), column(series.Int, "verdict", table, func(r Row) int { return r.Verdict }),
		text("before", func(r Row) string { return string(r.Before) }), text("outcome", func(r Row) string { return string(r.Outcome) }),
		column(series.Bool, "rejects", table, func(r Row) bool { return r.Rejects }),
		column(series.Float, "z", table, func(r Row) float64 { return r.Z }), column(series.Float, "p_value", table, func(r Row) float64 { return r.P }),
		text("where", func(r Row) string { return r.Where }))
}

func column[R, T any](kind series.Type, name string, rows []R, field func(R) T) series.Series {
	values := make([]T, len(rows))
	for i, row := range rows {
		values[i] = field(row)
	}
	return series.New(values, kind, name)
}

// read reads a table that was written; there is none in a missing file.
func read(path string) ([]Row, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	frame, err := analysis.ReadCSV(file)
	if err != nil {
		return nil, err
	}
	table := make([]Row, frame.Nrow())
	for i := range table {
		text := func(name string) string { return frame.Col(name).Elem(i).String() }
		number, err := frame.Col("verdict").Elem(i).Int()
		if err != nil {
			return nil, err
		}
		table[i] = Row{Mutation: text("mutation"), Run: text("run"), Chapter: text("chapter"), Verdict: number,
			Before: analysis.Outcome(text("before")), Outcome: analysis.Outcome(text("outcome")), Rejects: text("rejects") == "true",
			Z: frame.Col("z").Elem(i).Float(), P: frame.Col("p_value").Elem(i).Float(), Where: text("where")}
	}
	return table, nil
}
