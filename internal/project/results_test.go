package project

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/analysis"
	"balanced/bnn"
	"balanced/internal/project/projecttest"
)

// header is that of analysis.VerdictFrame.
const header = "claim,label,outcome,where,predicted_low,predicted_high,measured,low,high,p_value,false_alarm,test\n"

// verdict is a row under it.
func verdict(claim string, outcome analysis.Outcome, measured string) string {
	return fmt.Sprintf("%q,\"[A]\",%q,\"t = 1\",0.1,0.2,%s,-0.25,Inf,1e-07,1e-06,\"a, test\"\n", claim, outcome, measured)
}

const readmeBefore = "# Title\n\n" + tableBegin + "old\n" + tableEnd + "\nMore.\n"

// project makes one of two chapters, of which the first has a picture.
func project(t *testing.T) (root string, chapters []Chapter) {
	t.Helper()
	root = t.TempDir()
	projecttest.Put(t, root, tableFile, readmeBefore)
	projecttest.Put(t, root, "out/11-a-balanced-network/verdicts.csv", header+verdict("It holds.", analysis.Holds, "0.12345678901234568")+verdict("It fails.", analysis.Fails, "0.3"))
	projecttest.Put(t, root, "out/11-a-balanced-network/moments.svg", "<svg>1</svg>")
	projecttest.Put(t, root, "out/02-b/verdicts.csv", header+verdict("So does this.", analysis.Holds, "2.0"))
	return root, []Chapter{{Name: "11-a-balanced-network", Title: "A $n$ | title", Ran: true}, {Name: "02-b", Title: "B", Ran: true}}
}

func get(t *testing.T, root, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, root string, chapters []Chapter) {
	t.Helper()
	r, err := Collect(root, chapters)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(); err != nil {
		t.Fatal(err)
	}
}

// check returns what Check says, as text.
func check(t *testing.T, root string, chapters []Chapter) string {
	t.Helper()
	r, err := Collect(root, chapters)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Check(); err != nil {
		return err.Error()
	}
	return ""
}

func TestWriteGathersAllVerdicts(t *testing.T) {
	root, chapters := project(t)
	write(t, root, chapters)
	end := fmt.Sprintf(",%q,\"bnn run\"\n", bnn.Version)
	want := "\"notebook\",\"number\",\"claim\",\"label\",\"outcome\",\"where\",\"predicted_low\",\"predicted_high\",\"measured\",\"low\",\"high\"," +
		"\"p_value\",\"false_alarm\",\"test\",\"version\",\"command\"\n" +
		`"11-a-balanced-network",1,"It holds.","[A]","holds","t = 1",0.1,0.2,0.12345678901234568,-0.25,Inf,1e-07,1e-06,"a, test"` + end +
		`"11-a-balanced-network",2,"It fails.","[A]","fails","t = 1",0.1,0.2,0.3,-0.25,Inf,1e-07,1e-06,"a, test"` + end +
		`"02-b",1,"So does this.","[A]","holds","t = 1",0.1,0.2,2.0,-0.25,Inf,1e-07,1e-06,"a, test"` + end
	if got := get(t, root, verdictsFile); got != want {
		t.Errorf("verdicts are\n%s\nwant\n%s", got, want)
	}
	want = "# Title\n\n" + tableBegin + `
| chapter | claim | predicted | measured | holds |
|---|---|---|---|---|
| [A $n$ \| title](../../notebooks/11-a-balanced-network.ipynb) | It holds. [A] | 0.1 to 0.2 | 0.123 (−0.25 to ∞) | ✓ |
|  | It fails. [A] | 0.1 to 0.2 | 0.3 (−0.25 to ∞) | ✗ |
| [B](../../notebooks/02-b.ipynb) | So does this. [A] | 0.1 to 0.2 | 2 (−0.25 to ∞) | ✓ |

` + tableEnd + "\nMore.\n"
	if got := get(t, root, tableFile); got != want {
		t.Errorf("the table is\n%s\nwant\n%s", got, want)
	}
	if got := get(t, root, pictures[0].path); got != "<svg>1</svg>" {
		t.Errorf("the picture is %s", got)
	}
}

func TestCheckTellsWhatDiffers(t *testing.T) {
	root, chapters := project(t)
	if got := check(t, root, chapters); !strings.Contains(got, verdictsFile) || !strings.Contains(got, pictures[0].path) {
		t.Errorf("before anything is written, Check says %q", got)
	}
	write(t, root, chapters)
	if got := check(t, root, chapters); got != "" {
		t.Errorf("just after Write, Check says %s", got)
	}
	for _, c := range []struct{ path, old, new, want string }{
		{verdictsFile, "0.12345678901234568", "0.12345678901234567", `row 2 (11-a-balanced-network, verdict 1): measured is "0.12345678901234567" in the file, "0.12345678901234568" executed`},
		{verdictsFile, `"fails"`, `"holds"`, `row 3 (11-a-balanced-network, verdict 2): outcome is "holds" in the file, "fails" executed`},
		{verdictsFile, bnn.Version, "0.0.0", "version is"},
		{verdictsFile, "measured", "found", `row 1 (notebook, verdict number): measured is "found"`},
		{verdictsFile, "2.0,", "2,", "measured is"},
		{verdictsFile, `"t = 1"`, "t = 1", "not how they are written"},
		{verdictsFile, "\"notebook\",", "", "has the columns number,claim"},
		{verdictsFile, `"02-b",1`, `"02-b",1,2`, "wrong number of fields"},
		{tableFile, "| 2 (", "| 3 (", "data/results/README.md differs\n  line 9 in the file:  \"| [B]"},
		{pictures[0].path, "1", "2", pictures[0].path + " differs"},
	} {
		before := get(t, root, c.path)
		projecttest.Put(t, root, c.path, strings.ReplaceAll(before, c.old, c.new))
		if c.path == verdictsFile && c.want == "has the columns number,claim" {
			projecttest.Put(t, root, c.path, withoutFirstColumn(before))
		}
		if got := check(t, root, chapters); !strings.Contains(got, c.want) || strings.Count(got, "differs")+strings.Count(got, verdictsFile) > 1 {
			t.Errorf("%s with %q for %q: Check says %s, want %s", c.path, c.new, c.old, got, c.want)
		}
		projecttest.Put(t, root, c.path, before)
	}
	lines := strings.SplitAfter(get(t, root, verdictsFile), "\n")
	projecttest.Put(t, root, verdictsFile, strings.Join(lines[:3], ""))
	if got := check(t, root, chapters); !strings.Contains(got, "row 4 (02-b, verdict 1) is not in the file") {
		t.Errorf("Check of a table cut short says %s", got)
	}
	projecttest.Put(t, root, verdictsFile, strings.Join(lines, "")+lines[3])
	if got := check(t, root, chapters); !strings.Contains(got, "row 5 (02-b, verdict 1) is in the file only") {
		t.Errorf("Check of a table too long says %s", got)
	}
}

func withoutFirstColumn(table string) string {
	var text strings.Builder
	for line := range strings.Lines(table) {
		_, rest, _ := strings.Cut(line, ",")
		text.WriteString(rest)
	}
	return text.String()
}

// Running one chapter replaces its rows, in their place, and keeps those of the others;
// rows of what is no chapter any more go.
func TestOneChapterAlone(t *testing.T) {
	root, chapters := project(t)
	write(t, root, append(chapters[:2:2], Chapter{Name: "03-c"})) // which was never run
	projecttest.Put(t, root, "out/11-a-balanced-network/verdicts.csv", "stale")
	projecttest.Put(t, root, "out/11-a-balanced-network/moments.svg", "stale")
	projecttest.Put(t, root, "out/02-b/verdicts.csv", header+verdict("New.", analysis.Holds, "3.0")+verdict("Newer.", analysis.Holds, "4.0"))
	before := get(t, root, verdictsFile)
	chapters[0].Ran = false
	write(t, root, chapters)
	after := get(t, root, verdictsFile)
	kept, _, _ := strings.Cut(before, `"02-b"`)
	if !strings.HasPrefix(after, kept) || strings.Count(after, "\n") != 5 || !strings.Contains(after, `"02-b",2,"Newer."`) || strings.Contains(after, "So does") {
		t.Errorf("verdicts were\n%s\nand are\n%s", before, after)
	}
	if got := get(t, root, pictures[0].path); got != "<svg>1</svg>" {
		t.Errorf("the picture of a chapter that did not run is %s", got)
	}
	write(t, root, chapters[1:])
	if after := get(t, root, verdictsFile); strings.Contains(after, "01-a") {
		t.Errorf("a notebook that is gone still has verdicts:\n%s", after)
	}
}

func TestCollectRefuses(t *testing.T) {
	for name, c := range map[string]struct{ path, content, want string }{
		"no verdicts":    {"out/02-b/verdicts.csv", "", `02-b left no verdicts: its last cell must call Verdicts of show.Chapter("02-b")`},
		"other columns":  {"out/02-b/verdicts.csv", strings.ReplaceAll(header, "low", "lowest") + verdict("c", analysis.Holds, "1.0"), "02-b have the columns"},
		"other types":    {"out/02-b/verdicts.csv", header + verdict("c", analysis.Holds, "1"), "02-b have the columns"},
		"no table":       {"out/02-b/verdicts.csv", "x", "rows"},
		"no README":      {tableFile, "", tableFile},
		"no place":       {tableFile, tableBegin, "must have one line"},
		"two places":     {tableFile, readmeBefore + readmeBefore, "must have one line"},
		"inside out":     {tableFile, tableEnd + tableBegin, "must come after"},
		"old, one alone": {verdictsFile, "a,b\n1,2\n", "run all notebooks"},
	} {
		root, chapters := project(t)
		chapters[0].Ran = name != "old, one alone"
		projecttest.Put(t, root, c.path, c.content)
		if c.content == "" {
			if err := os.Remove(filepath.Join(root, c.path)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Collect(root, chapters); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Collect gives %v, want %s", name, err, c.want)
		}
	}
	root, chapters := project(t)
	if _, err := Collect(root, nil); err == nil || !strings.Contains(err.Error(), "no verdicts") {
		t.Errorf("without chapters Collect gives %v", err)
	}
	projecttest.Put(t, root, "out/11-a-balanced-network/verdicts.csv", "claim,label\n\"a\",\"b\"\n")
	if _, err := Collect(root, chapters[:1]); err == nil || !strings.Contains(err.Error(), "need a column") {
		t.Errorf("with verdicts of two columns Collect gives %v", err)
	}
}

func TestForget(t *testing.T) {
	root, _ := project(t)
	out := filepath.Join(root, "out")
	if err := Forget(out, []string{"02-b", "03-c"}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(out, "02-b")); !os.IsNotExist(err) {
		t.Errorf("what the chapter left is still there, or %v", err)
	}
	get(t, root, "out/11-a-balanced-network/verdicts.csv")
	for _, name := range []string{"", ".", "book", "../data", "quick", "02-b/..", "02-"} {
		if err := Forget(out, []string{name}); err == nil || IsChapter(name) {
			t.Errorf("%q passes for a chapter", name)
		}
	}
	if _, err := fs.Stat(os.DirFS(out), "11-a-balanced-network"); err != nil {
		t.Error(err)
	}
}

// What package analysis writes is what the table needs.
func TestColumnsOfAnalysis(t *testing.T) {
	root, chapters := project(t)
	var text strings.Builder
	frame := analysis.VerdictFrame([]analysis.Verdict{{Claim: "a", Label: analysis.Derived, Where: "b", Test: "c"}})
	if err := analysis.WriteCSV(&text, frame); err != nil {
		t.Fatal(err)
	}
	projecttest.Put(t, root, "out/02-b/verdicts.csv", text.String())
	write(t, root, chapters[1:])
}

// Texts are not read as Markdown. (How numbers look is up to analysis.Verdict.)
func TestPlainTexts(t *testing.T) {
	got := plain("a|b *c* m_a\n$x$ [d](e) <f> `g` \\")
	if want := `a\|b \*c\* m\_a \$x\$ \[d](e) &lt;f> ` + "\\`g\\` \\\\"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
