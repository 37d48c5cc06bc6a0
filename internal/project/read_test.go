package project

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"balanced/analysis"
	"balanced/internal/project/projecttest"
)

// What is read is what the chapters left, whether from there or from the committed table.
func TestVerdictsAreReadBack(t *testing.T) {
	root, chapters := project(t)
	write(t, root, chapters)
	committed, err := Committed(root)
	if err != nil {
		t.Fatal(err)
	}
	left, err := Left(root+"/out", []string{"11-a-balanced-network", "02-b", "03-not-run"})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(committed, left) {
		t.Errorf("committed %v, left %v", committed, left)
	}
	want := []analysis.Verdict{
		{Claim: "It holds.", Label: analysis.Stated, Outcome: analysis.Holds, PredictedLow: 0.1, PredictedHigh: 0.2, Measured: 0.12345678901234568, Low: -0.25, High: math.Inf(1)},
		{Claim: "It fails.", Label: analysis.Stated, Outcome: analysis.Fails, PredictedLow: 0.1, PredictedHigh: 0.2, Measured: 0.3, Low: -0.25, High: math.Inf(1)},
	}
	if !reflect.DeepEqual(committed["11-a-balanced-network"], want) || len(committed["02-b"]) != 1 || len(committed) != 2 {
		t.Errorf("read %+v, want %+v", committed, want)
	}
}

func TestReadingVerdictsThatAreNone(t *testing.T) {
	if verdicts, err := Committed(t.TempDir()); err != nil || len(verdicts) != 0 {
		t.Errorf("a project without results has %v, %v", verdicts, err)
	}
	root := t.TempDir()
	projecttest.Put(t, root, verdictsFile, "notebook,claim\n\"01-a\",\"c\"\n")
	if _, err := Committed(root); err == nil || !strings.Contains(err.Error(), "label") {
		t.Errorf("a table without labels: error %v", err)
	}
	projecttest.Put(t, root, "out/01-a/verdicts.csv", "claim\n\"c\"\n")
	if _, err := Left(root+"/out", []string{"01-a"}); err == nil || !strings.Contains(err.Error(), "01-a") {
		t.Errorf("a table without labels: error %v", err)
	}
}
