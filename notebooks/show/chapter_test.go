package show

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/internal/provenance"
)

// projectFolder makes the folder of notebooks of an empty project the one that cells run in,
// and returns that of what chapters keep.
func projectFolder(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	t.Setenv("GONB_DIR", filepath.Join(root, "notebooks"))
	t.Setenv("BALANCED_QUICK", "")
	t.Setenv("BALANCED_OUT", "")
	return filepath.Join(root, "out")
}

// kept lists the files below a folder.
func kept(t *testing.T, folder string) string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			list = append(list, strings.TrimPrefix(path, folder+"/"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, " ")
}

func momentsFigure() *figure.Figure {
	return bnn.Must(figure.Moments(nil, theory(), nil))
}

var metadata = regexp.MustCompile(`\n<metadata [^\n]*</metadata>`)

func TestChapterKeepsWhatItShows(t *testing.T) {
	out := projectFolder(t)
	chapter := Chapter("07-a-claim")
	frame := dataframe.New(series.New([]float64{1.0 / 3}, series.Float, "x"))
	chapter.Figure("bias-2", momentsFigure())
	chapter.Frame("bias-2", dataframe.New(series.New([]float64{2}, series.Float, "x")))
	chapter.Frame("bias-2", frame)
	failing := []analysis.Verdict{
		{Claim: "It holds.", Label: analysis.Stated, Where: "here", Test: "a", Outcome: analysis.Holds, Measured: 0.1},
		{Claim: "It fails.", Label: analysis.Derived, Where: "there", Test: "c"},
	}
	panics(t, "1 of 2 claims do not hold: It fails.", func() { chapter.Verdicts(failing...) })
	if got, want := kept(t, out), "07-a-claim/bias-2.csv 07-a-claim/bias-2.svg 07-a-claim/verdicts.csv"; got != want {
		t.Fatalf("kept are %s, want %s", got, want)
	}
	svg, err := os.ReadFile(filepath.Join(out, "07-a-claim", "bias-2.svg"))
	if drawn := metadata.ReplaceAllString(string(svg), ""); err != nil || drawn != string(bnn.Must(momentsFigure().SVG())) {
		t.Errorf("the figure is %d bytes, %v", len(svg), err)
	}
	for _, name := range strings.Fields(kept(t, out)) {
		record, err := provenance.Read(filepath.Join(out, name))
		if err != nil || record.Notebook != "07-a-claim" || record.Versions.BNN != bnn.Version || record.Versions.Go+record.Versions.Arch != "" {
			t.Errorf("%s says %+v, %v", name, record, err)
		}
	}
	for name, want := range map[string]dataframe.DataFrame{"bias-2": frame, "verdicts": analysis.VerdictFrame(failing)} {
		file, err := os.Open(filepath.Join(out, "07-a-claim", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := analysis.ReadCSV(file)
		if err != nil || got.String() != want.String() {
			t.Errorf("%s holds %v, %v, want %v", name, got, err, want)
		}
		file.Close()
	}
}

func TestQuickRunsKeepToThemselves(t *testing.T) {
	out := projectFolder(t)
	frame := dataframe.New(series.New([]float64{1}, series.Float, "x"))
	Chapter("07-a-claim").Frame("f", frame)
	if Quick() || Pick(1000, 20) != 1000 {
		t.Error("an ordinary run is quick")
	}
	t.Setenv("BALANCED_QUICK", "1")
	Chapter("07-a-claim").Frame("g", frame)
	if !Quick() || Pick(1000, 20) != 20 {
		t.Error("a quick run is not quick")
	}
	if got, want := kept(t, out), "07-a-claim/f.csv quick/07-a-claim/g.csv"; got != want {
		t.Errorf("kept are %s, want %s", got, want)
	}
}

func TestRunsApartKeepElsewhere(t *testing.T) {
	out := projectFolder(t)
	elsewhere := filepath.Join(t.TempDir(), "other_files")
	t.Setenv("BALANCED_OUT", elsewhere)
	Chapter("07-a-claim").Frame("f", dataframe.New(series.New([]float64{1}, series.Float, "x")))
	if got := kept(t, elsewhere); got != "07-a-claim/f.csv" {
		t.Errorf("kept are %s", got)
	}
	if _, err := os.Stat(out); err == nil {
		t.Errorf("a run apart keeps files in the project: %s", kept(t, out))
	}
}

// Without GoNB the working folder is that of the notebook.
func TestFolderWithoutAKernel(t *testing.T) {
	notebooks := filepath.Join(filepath.Dir(projectFolder(t)), "notebooks")
	bnn.Must(0, os.Mkdir(notebooks, 0o755))
	t.Chdir(notebooks)
	t.Setenv("GONB_DIR", "")
	if got := Chapter("07-a-claim").folder(); got != filepath.Join("..", "out", "07-a-claim") {
		t.Errorf("folder %s", got)
	}
}

func TestChapterRefuses(t *testing.T) {
	out := projectFolder(t)
	frame := dataframe.New(series.New([]float64{1}, series.Float, "x"))
	for _, chapter := range []Chapter{"", "a-claim", "7-a-claim", "07", "07-", "07-A", "07-a/../b", "07-a\n"} {
		panics(t, "chapter:", func() { chapter.Frame("a", frame) })
	}
	for _, name := range []string{"", "A", "a.csv", "../a", "-", "a b", "a--b", "é"} {
		panics(t, "name:", func() { Chapter("07-a").Frame(name, frame) })
		panics(t, "name:", func() { Chapter("07-a").Figure(name, momentsFigure()) })
	}
	panics(t, "name:", func() { Chapter("07-a").Frame("verdicts", frame) })
	panics(t, "empty DataFrame", func() { Chapter("07-a").Frame("a", dataframe.New()) })
	panics(t, "verdicts: none", func() { Chapter("07-a").Verdicts() })
	if err := os.WriteFile(out, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	panics(t, "out", func() { Chapter("07-a").Frame("a", frame) })
}
