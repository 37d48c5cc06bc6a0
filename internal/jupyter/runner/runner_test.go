package runner

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/kernel/kerneltest"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/verification"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

// options are for the kernel of package kerneltest.
func options(t *testing.T) Options {
	return Options{Tools: kernel.Tools{Folder: kerneltest.Folder(t), Module: "/project"}, Timeout: time.Minute}
}

// write makes a notebook file of a markdown cell and code cells.
func write(t *testing.T, sources ...string) string {
	t.Helper()
	n := &nbformat.Notebook{Cells: []nbformat.Cell{{Kind: nbformat.Markdown, Source: "# A title"}}}
	for _, source := range sources {
		n.Cells = append(n.Cells, nbformat.Cell{Kind: nbformat.Code, Source: source})
	}
	path := filepath.Join(t.TempDir(), "a.ipynb")
	if err := n.Write(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) *nbformat.Notebook {
	t.Helper()
	n, err := nbformat.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// runAt reads and runs notebooks.
func runAt(ctx context.Context, o Options, paths []string) ([]Result, error) {
	sources, err := o.Read(paths)
	if err != nil {
		return nil, err
	}
	return Run(ctx, o, sources)
}

// texts lists what each code cell wrote to standard output.
func texts(t *testing.T, path string) string {
	t.Helper()
	var list []string
	for _, cell := range read(t, path).Cells {
		if cell.Kind != nbformat.Code {
			continue
		}
		text := fmt.Sprint(cell.ExecutionCount, " ")
		for _, output := range cell.Outputs {
			text += output.Text
			if data, ok := output.Data["text/plain"].(string); ok {
				text += data
			}
		}
		list = append(list, strings.TrimSpace(text))
	}
	return strings.Join(list, ", ")
}

func TestRunWritesOutputs(t *testing.T) {
	path := write(t, "stdout a", " \n", "display x text/plain b", "update x text/plain c")
	var events []string
	o := options(t)
	o.Progress = func(e Event) { events = append(events, fmt.Sprint(e.Cell, "/", e.Cells, " ", e.Done)) }
	results, err := runAt(t.Context(), o, []string{path})
	if err != nil || results[0].Notebook != path || results[0].Cells != 3 {
		t.Fatalf("Run gives %+v, %v", results, err)
	}
	if got, want := texts(t, path), "1 a, 0, 2 c, 3"; got != want {
		t.Errorf("outputs %q, want %q", got, want)
	}
	if got, want := fmt.Sprint(events), "[1/4 false 3/4 false 4/4 false 3/4 true]"; got != want {
		t.Errorf("events %s, want %s", got, want)
	}
	info := read(t, path).Metadata["language_info"].(map[string]any)
	if info["pygments_lexer"] != "go" {
		t.Errorf("language_info %v", info)
	}
}

// With Output the files that are run stay as they are, cells find the variables that
// they were given, and their working folder is still that of their notebook.
func TestOutputFolder(t *testing.T) {
	path, broken := write(t, "variable BALANCED_TEST", "folder"), filepath.Join(t.TempDir(), "b.ipynb")
	if err := os.WriteFile(broken, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("BALANCED_TEST", "outer")
	o := options(t)
	o.Output, o.Environment = filepath.Join(t.TempDir(), "new", "folder"), []string{"BALANCED_TEST=inner"}
	for range 2 {
		if _, err := runAt(t.Context(), o, []string{path}); err != nil {
			t.Fatal(err)
		}
	}
	target := filepath.Join(o.Output, "a.ipynb")
	if got, want := texts(t, target), "1 inner, 2 "+filepath.Dir(path)+" <nil>"; got != want {
		t.Errorf("outputs %q, want %q", got, want)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the notebook that was run has changed, or %v", err)
	}
	// What an earlier run wrote does not stand for a notebook that cannot be run.
	if err := os.Rename(target, o.target(broken)); err != nil {
		t.Fatal(err)
	}
	if _, err := runAt(t.Context(), o, []string{broken}); err == nil {
		t.Error("a file that is no notebook is no error")
	}
	if err := os.Rename(write(t, "stdout b"), broken); err != nil {
		t.Fatal(err)
	}
	sources, err := o.Read([]string{broken})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(broken, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), o, sources); err == nil {
		t.Error("a file that is no notebook any more is no error")
	}
	if _, err := os.Stat(o.target(broken)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the notebook of an earlier run is still there, or %v", err)
	}
	for _, paths := range [][]string{{path, write(t, "stdout b")}, {target}} {
		if _, err := runAt(t.Context(), o, paths); err == nil {
			t.Errorf("%v can be written to %s", paths, o.Output)
		}
	}
}

func TestSecondRunGivesTheSameBytes(t *testing.T) {
	path := write(t, "shuffle 1\nstdout a\nstdout b\nstderr c\ndisplay - text/html d")
	var before []byte
	for range 3 {
		if _, err := runAt(t.Context(), options(t), []string{path}); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if before != nil && string(data) != string(before) {
			t.Errorf("a run changes\n%s\ninto\n%s", before, data)
		}
		before = data
	}
}

func TestNotebookEndsAtFirstFailure(t *testing.T) {
	verification.Long(t)
	for source, want := range map[string]string{
		"stdout b\nerror E no luck":         "no luck",
		"stdout b\nstderr exit status 3":    "exit status 3",
		"stdout b\nsleep 1h":                "in time",
		"stdout b\ndie out of luck":         "out of luck",
		"stdout b\ninput\nsleep 1h":         "input",
		"stdout b\nforge\nsleep 1h":         "signature",
		"stdout b\nstubborn\nerror E stays": "stays",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel() // they wait
			path := write(t, "stdout a", source, "stdout c")
			o := options(t)
			if want == "in time" { // far above what the cells before it take
				o.Timeout = 3 * time.Second
			}
			results, err := runAt(t.Context(), o, []string{path})
			var cell *CellError
			if !errors.As(err, &cell) || cell.CodeCell != 2 || cell.Cell != 3 || cell.Notebook != path ||
				!strings.Contains(cell.Text, want) || results[0].Cells != 2 {
				t.Errorf("%q: Run gives %+v, %v, want cell 2 to fail by %q", source, results, err, want)
			}
			if got := texts(t, path); !strings.HasPrefix(got, "1 a, 2 b") || !strings.HasSuffix(got, ", 0") {
				t.Errorf("%q: the file has outputs %q", source, got)
			}
		})
	}
}

func TestToTheEnd(t *testing.T) {
	path := write(t, "error E first", "stdout b", "error E second", "stdout c", "die out of luck", "stdout d")
	o := options(t)
	o.ToTheEnd = true
	results, err := runAt(t.Context(), o, []string{path})
	var cell *CellError
	if !errors.As(err, &cell) || cell.CodeCell != 1 || results[0].Cells != 5 || !strings.Contains(err.Error(), "out of luck") || strings.Contains(err.Error(), "second") {
		t.Errorf("Run gives %+v, %v, want the first failure, and the end of the kernel", results, err)
	}
	if got, want := texts(t, path), "1, 2 b, 3, 4 c, 5, 0"; got != want {
		t.Errorf("outputs %q, want %q", got, want)
	}
}

func TestManyNotebooksKeepTheirOrder(t *testing.T) {
	var paths []string
	for i := range 7 {
		paths = append(paths, write(t, fmt.Sprint("sleep ", (7-i)*5, "ms\nstdout ", i)))
	}
	paths[3] = write(t, "error E third")
	results, err := runAt(t.Context(), options(t), paths)
	if err == nil || !strings.Contains(err.Error(), "third") {
		t.Errorf("error %v, want that of the failing notebook", err)
	}
	for i, result := range results {
		if result.Notebook != paths[i] || (result.Err != nil) != (i == 3) {
			t.Errorf("result %d is %+v", i, result)
		}
		if want := fmt.Sprint("1 ", i); i != 3 && texts(t, paths[i]) != want {
			t.Errorf("notebook %d has %q, want %q", i, texts(t, paths[i]), want)
		}
	}
	if _, err := runAt(t.Context(), options(t), []string{paths[0], paths[0]}); err == nil {
		t.Error("a notebook named twice is no error")
	}
	if _, err := runAt(t.Context(), Options{}, paths); err == nil || !strings.Contains(err.Error(), "Timeout") {
		t.Errorf("error %v, want one on Timeout", err)
	}
}

// What somebody has saved after the notebooks were read, while others ran say, is what runs.
func TestSavedMeanwhile(t *testing.T) {
	path, o := write(t, "stdout a"), options(t)
	sources, err := o.Read([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(write(t, "stdout b", "stdout c"), path); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), o, sources); err != nil {
		t.Fatal(err)
	}
	if got := texts(t, path); got != "1 b, 2 c" {
		t.Errorf("outputs %q", got)
	}
}

// What a run hands on is what it wrote, so that nobody need read that.
func TestExecutedIsWhatIsWritten(t *testing.T) {
	path := write(t, "stdout a\nstdout b", "display - text/html <b>", "result text/plain 1", "fail")
	for _, check := range []bool{false, true} {
		o := options(t)
		o.Check = check
		sources, err := o.Read([]string{path})
		if err != nil {
			t.Fatal(err)
		}
		results, _ := Run(t.Context(), o, sources) // the last cell fails
		if check {
			if results[0].Executed != nil {
				t.Error("a check that ends at a failure hands on outputs that are in no file")
			}
			continue
		}
		if want := read(t, path); results[0].File != path || !reflect.DeepEqual(results[0].Executed, want) {
			t.Errorf("%s: handed on %+v, written %+v", results[0].File, results[0].Executed, want)
		}
	}
}
