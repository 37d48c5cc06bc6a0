package project

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/analysis"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project/projecttest"
)

// names lists notebooks by folder and name.
func names(root string, paths []string) string {
	var list []string
	for _, path := range paths {
		list = append(list, strings.TrimPrefix(strings.TrimSuffix(path, ".ipynb"), root+"/"))
	}
	return strings.Join(list, " ")
}

func TestWhatARunIsOf(t *testing.T) {
	root, path := projecttest.New(t)
	foreign := filepath.Join(t.TempDir(), "01-a.ipynb")
	for _, c := range []struct {
		quick          bool
		paths          []string
		run, ran, book string
		all            bool
	}{
		{false, nil, "notebooks/01-a notebooks/02-b notebooks/notes", "01-a 02-b", "notebooks/01-a notebooks/02-b", true},
		{false, []string{path("02-b")}, "notebooks/02-b", "02-b", "notebooks/01-a notebooks/02-b", true},
		{false, []string{path("notes")}, "notebooks/notes", "", "notebooks/01-a notebooks/02-b", true},
		{false, []string{path("02-b"), foreign}, "notebooks/02-b " + strings.TrimSuffix(foreign, ".ipynb"), "", "notebooks/02-b " + strings.TrimSuffix(foreign, ".ipynb"), false},
		{true, nil, "notebooks/01-a notebooks/02-b notebooks/notes", "01-a 02-b", "out/quick/01-a out/quick/02-b", true},
		{true, []string{path("02-b")}, "notebooks/02-b", "02-b", "out/quick/02-b", false},
		{true, []string{path("notes")}, "notebooks/notes", "", "", false},
		{true, []string{foreign}, strings.TrimSuffix(foreign, ".ipynb"), "", "out/quick/01-a", false},
	} {
		p, err := Open(root, Variant{Quick: c.quick}, c.paths)
		if err != nil {
			t.Fatal(err)
		}
		if names(root, p.Run) != c.run || strings.Join(p.Ran, " ") != c.ran || names(root, p.Book) != c.book || p.All != c.all {
			t.Errorf("quick %v, %v: project %+v, want %+v", Variant{Quick: c.quick}, c.paths, p, c)
		}
	}
	if _, err := Open(t.TempDir(), Variant{}, nil); err == nil || !strings.Contains(err.Error(), "there are no notebooks") {
		t.Errorf("a project without notebooks: error %v", err)
	}
}

// The results of a run are written into the project, and those of a quick one nowhere.
func TestResultsOfARun(t *testing.T) {
	root, path := projecttest.New(t)
	write := func(name, content string) { t.Helper(); projecttest.Put(t, root, name, content) }
	write("data/results/README.md", "<!-- verdicts: written by bnn run -->\n<!-- end of verdicts -->\n")
	verdicts := "claim,label,outcome,predicted_low,predicted_high,measured,low,high\n\"c\",\"[A]\",\"fails\",0.0,1.0,2.0,1.5,2.5\n"
	write("out/01-a/verdicts.csv", "stale")
	write("out/quick/01-a/verdicts.csv", "of a quick run")
	p, err := Open(root, Variant{}, []string{path("01-a")})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Forget(); err != nil {
		t.Fatal(err)
	}
	if err := p.Gather(false); err == nil || !strings.Contains(err.Error(), "01-a left no verdicts") {
		t.Errorf("results of a chapter without verdicts: error %v", err)
	}
	write("out/01-a/verdicts.csv", verdicts)
	if err := p.Gather(true); err == nil {
		t.Error("results that are not there pass the check")
	}
	if err := p.Gather(false); err != nil {
		t.Fatal(err)
	}
	if err := p.Gather(true); err != nil {
		t.Errorf("the check of results just written: %v", err)
	}
	readme, err := os.ReadFile(filepath.Join(root, "data/results/README.md"))
	if want := "| [Title of 01-a](../../notebooks/01-a.ipynb) | c [A] | 0 to 1 | 2 (1.5 to 2.5) | ✗ |\n"; err != nil || !strings.Contains(string(readme), want) {
		t.Errorf("README.md is %s, %v", readme, err)
	}
	if _, err := os.Stat(filepath.Join(root, "out", "quick", "01-a", "verdicts.csv")); err != nil {
		t.Errorf("what a quick run left is gone: %v", err)
	}
	if p, err = Open(root, Variant{Quick: true}, nil); err != nil {
		t.Fatal(err)
	}
	if err := p.Forget(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "out", "quick", "01-a")); !os.IsNotExist(err) {
		t.Errorf("what the last quick run left is still there, or %v", err)
	}
	if _, err := os.Stat(filepath.Join(root, "out", "01-a", "verdicts.csv")); err != nil {
		t.Errorf("what the full run left is gone: %v", err)
	}
}

// A page of prose among the chapters has nothing to judge, and is no chapter that failed to.
func TestChaptersOfProseLeaveNoVerdicts(t *testing.T) {
	root, path := projecttest.New(t)
	n := &nbformat.Notebook{Cells: []nbformat.Cell{{Kind: nbformat.Markdown, Source: "# B"}}}
	if err := n.Write(path("02-b")); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"data/results/README.md": "<!-- verdicts: written by bnn run -->\n<!-- end of verdicts -->\n",
		"out/01-a/verdicts.csv":  "claim,label,outcome,predicted_low,predicted_high,measured,low,high\n\"c\",\"[A]\",\"holds\",0.0,1.0,0.5,0.4,0.6\n",
	} {
		projecttest.Put(t, root, name, content)
	}
	p, err := Open(root, Variant{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Gather(false); err != nil {
		t.Error(err)
	}
}

// A run with other random numbers tells how many verdicts hold, and fails below 95 %.
func TestShareOfVerdictsThatHold(t *testing.T) {
	verdicts := func(hold, fail int) map[string][]analysis.Verdict {
		var all []analysis.Verdict
		for i := range hold + fail {
			outcome := analysis.Holds
			if i < fail {
				outcome = analysis.Undecided
			}
			all = append(all, analysis.Verdict{Outcome: outcome})
		}
		return map[string][]analysis.Verdict{"01-a": all[:1], "02-b": all[1:]}
	}
	if told, err := Share(verdicts(95, 5)); err != nil || told != "95 of 100 verdicts hold, 95.0 %" {
		t.Errorf("95 of 100: %q, %v", told, err)
	}
	if told, err := Share(verdicts(94, 6)); err == nil || told != "94 of 100 verdicts hold, 94.0 %" {
		t.Errorf("94 of 100: %q, %v", told, err)
	}
	if _, err := Share(nil); err == nil {
		t.Error("no verdict at all is taken for all of them")
	}
}
