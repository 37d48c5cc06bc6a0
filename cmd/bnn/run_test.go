package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project/projecttest"
)

// TestRun executes a chapter of shell lines in the real kernel, in a project that has
// little more than the versions that go.mod pins. The chapter says whether the run is
// quick, leaves a verdict that fails, and then fails itself, as show.Verdicts does.
func TestRun(t *testing.T) {
	root, path := projecttest.New(t)
	pinned(t, root)
	put := func(name, content string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("data/results/README.md", "<!-- verdicts: written by bnn run -->\n<!-- end of verdicts -->\n")
	put("notebooks/verdicts.csv", "claim,label,outcome,predicted_low,predicted_high,measured,low,high\n\"c\",\"[A]\",\"fails\",0.0,1.0,2.0,1.5,2.5\n")
	if err := os.Remove(path("02-b")); err != nil {
		t.Fatal(err)
	}
	chapter := &nbformat.Notebook{Cells: []nbformat.Cell{
		{Kind: nbformat.Markdown, Source: "# A"}, {Kind: nbformat.Code, Source: `!echo "quick: [$BALANCED_QUICK$BALANCED_OUT]"`},
		{Kind: nbformat.Code, Source: "!d=../out/${BALANCED_QUICK:+quick/}01-a && mkdir -p $d && cp verdicts.csv $d && exit 3"},
	}}
	if err := chapter.Write(path("01-a")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("BALANCED_QUICK", "1") // of the caller, for whom a full run is one
	run := func(arguments ...string) (messages string, code int) {
		return callIn(t, root, append([]string{"run"}, arguments...)...)
	}
	get := func(name string) string {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Error(err)
		}
		return string(content)
	}
	before := get("notebooks/01-a.ipynb")
	if messages, code := run("--quick"); code != exitFailed || !strings.Contains(messages, "exit status 3") {
		t.Errorf("the quick run: exit %d: %s", code, messages)
	}
	if got := get("out/quick/01-a.ipynb"); !strings.Contains(got, "quick: [1]") || get("notebooks/01-a.ipynb") != before {
		t.Errorf("a quick run writes over the notebook or gives %s", got)
	}
	if cover := get("out/quick/book/index.html"); strings.Contains(cover, "Title of notes") || !strings.Contains(cover, "1 verdict, it fails") || strings.Contains(get("data/results/README.md"), "✗") {
		t.Error("a quick run writes no book, or one with a notebook that is no chapter, or writes results")
	}
	if messages, code := run(); code != exitFailed || !strings.Contains(messages, "exit status 3") || !strings.Contains(messages, "not in the book, since chapters are named like 01-a-claim.ipynb: notes\n") {
		t.Errorf("the full run: exit %d: %s", code, messages)
	}
	if got := get("notebooks/01-a.ipynb"); !strings.Contains(got, "quick: []") {
		t.Errorf("a full run gives %s", got)
	}
	if got := get("data/results/README.md"); !strings.Contains(got, "| [A](../../notebooks/01-a.ipynb) | c [A] | 0 to 1 | 2 (1.5 to 2.5) | ✗ |") {
		t.Errorf("after a run with a verdict that fails, README.md is %s", got)
	}
	if cover := get("out/book/index.html"); strings.Contains(cover, "Title of notes") || !strings.Contains(cover, "1 verdict, it fails") {
		t.Error("a full run writes no book, or one without the verdict, or with a notebook that is no chapter")
	}
	table := get("data/results/verdicts.csv")
	put("data/results/verdicts.csv", strings.Replace(table, ",2.0,", ",2.5,", 1))
	if messages, code := run("--check"); code != exitFailed || !strings.Contains(messages, `row 2 (01-a, verdict 1): measured is "2.5" in the file, "2.0" executed`) {
		t.Errorf("the check of other results: exit %d: %s", code, messages)
	}
	put("data/results/verdicts.csv", table)
	if messages, code := run("--check", path("notes")); code != 0 {
		t.Errorf("the check of a notebook that is no chapter: exit %d: %s", code, messages)
	}
}
