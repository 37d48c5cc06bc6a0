package mutation

import (
	"math"
	"path/filepath"
	"reflect"
	"testing"

	"balanced/analysis"
)

func outcomes(list ...analysis.Outcome) (verdicts []analysis.Verdict) {
	for _, outcome := range list {
		verdicts = append(verdicts, analysis.Verdict{Outcome: outcome, Z: 1, PValue: 0.5, Where: "E, \"late\""})
	}
	return verdicts
}

// A verdict notices what takes its outcome away, and an undecided one of a quick run only what
// makes it fail. A chapter that ends early is noticed by those that do not come.
func TestRowsTellWhoNotices(t *testing.T) {
	sound := outcomes(analysis.Holds, analysis.Holds, analysis.Undecided, analysis.Fails, analysis.Holds)
	mutated := outcomes(analysis.Holds, analysis.Undecided, analysis.Fails, analysis.Fails)
	for _, c := range []struct {
		part Part
		run  string
		want []bool
	}{{Theory, "full", []bool{false, true, false, false, true}}, {Simulator, "quick", []bool{false, false, true, false, true}}} {
		list := rows(Mutation{Name: "m", Part: c.part}, "01-a", sound, mutated)
		for i, row := range list {
			if row.Rejects != c.want[i] || row.Run != c.run || row.Verdict != i+1 {
				t.Errorf("%s, verdict %d: %+v", c.run, i+1, row)
			}
		}
		if list[4].Outcome != Ended || !math.IsNaN(list[4].Z) {
			t.Errorf("a verdict that does not come is %+v", list[4])
		}
	}
}

// What is written is read again, and new rows take the places of old ones.
func TestTableIsKept(t *testing.T) {
	order := []string{Sound, "other-random-numbers", "no-skewness"}
	sound := outcomes(analysis.Holds, analysis.Holds)
	skewness := Mutation{Name: "no-skewness", Part: Theory}
	table := replace(nil, rows(skewness, "02-b", sound, outcomes(analysis.Fails, analysis.Holds)), order)
	table = replace(table, rows(skewness, "01-a", sound, sound), order)
	table = replace(table, rows(controls[0], "02-b", sound, sound), order)
	table = replace(table, rows(skewness, "02-b", sound, outcomes(analysis.Fails, analysis.Fails)), order)
	if len(table) != 6 || table[0].Mutation != "other-random-numbers" || table[2].Chapter != "01-a" || !table[5].Rejects {
		t.Fatalf("the table is %+v", table)
	}
	folder := t.TempDir()
	if err := writeAll(folder, table); err != nil {
		t.Fatal(err)
	}
	again, err := read(filepath.Join(folder, tableFile))
	if err != nil || !reflect.DeepEqual(again, table) {
		t.Errorf("read is %+v, %v, written was %+v", again, err, table)
	}
	if none, err := read(filepath.Join(folder, "none.csv")); none != nil || err != nil {
		t.Errorf("without a file there are %v, %v", none, err)
	}
	frame := summary(table)
	if got := frame.Records(); len(got) != 3 || got[2][5] != "2" || got[2][6] != "02: 1 2" || got[1][5] != "0" {
		t.Errorf("the summary is %v", got)
	}
	if got := byVerdict(table).Records(); len(got) != 5 || got[3][2] != "1" || got[3][4] != "no-skewness" || got[1][3] != "0" {
		t.Errorf("by verdict it is %v", got)
	}
}
