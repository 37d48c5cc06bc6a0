package clients

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"balanced/internal/jupyter/nbformat"
	"balanced/internal/jupyter/parameters"
	"balanced/internal/jupyter/runner"
	"balanced/internal/project/starter"
)

var python = regexp.MustCompile("(?ms)^```python\n(.*?)^```$")

// The blocks of Python in docs/notebooks.md: papermill gives the starter of bnn new other
// parameters, to the effect that bnn run -p has; nbclient executes a chapter, to the outputs
// that are committed.
func TestPage(t *testing.T) {
	t.Parallel()
	program := client(t, "python3", "nbclient", "papermill")
	d := newDesk(t)
	page, err := os.ReadFile(filepath.Join(d.project, "docs", "notebooks.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := python.FindAllStringSubmatch(string(page), -1)
	if len(blocks) != 2 {
		t.Fatalf("%d blocks of Python, want 2", len(blocks))
	}
	// block runs a block with other paths in it.
	block := func(number int, paths ...string) *nbformat.Notebook {
		t.Helper()
		code := blocks[number][1]
		for i := 0; i < len(paths); i += 2 {
			if strings.Count(code, paths[i]) != 1 {
				t.Fatalf("%s is not once in\n%s", paths[i], code)
			}
			code = strings.Replace(code, paths[i], paths[i+1], 1)
		}
		d.run(t, program, "-c", code)
		return read(t, paths[len(paths)-1])
	}

	const question = "notebooks/my-question.ipynb"
	place, err := starter.Find(filepath.Join(d.project, "notebooks", "a-question-of-a-test")) // writes nothing there
	if err != nil {
		t.Fatal(err)
	}
	made, err := starter.Notebook(place)
	if err != nil {
		t.Fatal(err)
	}
	path, larger := filepath.Join(d.notebooks(t), "my-question.ipynb"), filepath.Join(d.folder, "larger.ipynb")
	write(t, path, made)
	got := block(0, question, path, "out/larger.ipynb", larger)
	const says = "10 replicas of 400 neurons"
	if text, err := os.ReadFile(larger); err != nil || !strings.Contains(string(text), says) {
		t.Errorf("papermill wrote no %q, %v", says, err)
	}
	if err := parameters.Inject(made, []string{"n=400", "replicas=10", "seed=2"}); err != nil {
		t.Fatal(err)
	}
	write(t, path, made)
	o := runner.Options{Tools: d.tools, Timeout: 5 * time.Minute, Directory: filepath.Join(d.project, "notebooks")}
	sources, err := o.Read([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := runner.Run(t.Context(), o, sources); err != nil {
		t.Fatal(err)
	}
	want := read(t, path)
	for i := range want.Cells { // the cell of parameters is papermill's own
		if want.Cells[i].HasTag("injected-parameters") {
			want.Cells[i].Source = got.Cells[i].Source
		}
	}
	if text := difference(got, want, true); text != "" {
		t.Errorf("by papermill %s, of bnn run", text)
	}

	executed := filepath.Join(d.folder, "executed.ipynb")
	got = block(1, "out/executed.ipynb", executed)
	want = read(t, filepath.Join(d.project, "notebooks", "25-which-parameter-loses-balance-first.ipynb"))
	if text := difference(got, want, true); text != "" {
		t.Errorf("by nbclient %s, of the file", text)
	}
}

// Jupytext writes every notebook of the book as text, and makes a notebook of that again with
// the sources and tags it had. Outputs and attached pictures stay in the notebook, if there is
// one that it updates.
func TestJupytext(t *testing.T) {
	t.Parallel()
	program := client(t, "jupytext")
	d := newDesk(t)
	chapters, err := filepath.Glob(filepath.Join(d.project, "notebooks", "*.ipynb"))
	if err != nil || len(chapters) == 0 {
		t.Fatalf("%d notebooks, %v", len(chapters), err)
	}
	for _, form := range []struct{ name, end string }{{"go:percent", ".go"}, {"md", ".md"}} {
		folder := filepath.Join(d.notebooks(t), form.end)
		copied := func(end string) (paths []string) {
			for _, path := range chapters {
				paths = append(paths, filepath.Join(folder, strings.TrimSuffix(filepath.Base(path), ".ipynb")+end))
			}
			return paths
		}
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		originals := make([]*nbformat.Notebook, len(chapters))
		for i, path := range copied(".ipynb") {
			originals[i] = read(t, chapters[i])
			write(t, path, originals[i])
		}
		d.run(t, program, append([]string{"--to", form.name}, copied(".ipynb")...)...)
		d.run(t, program, append([]string{"--to", "ipynb", "--update"}, copied(form.end)...)...)
		for i, path := range copied(".ipynb") {
			if text := difference(read(t, path), originals[i], true); text != "" {
				t.Errorf("%s updated from %s: %s", filepath.Base(path), form.name, text)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		d.run(t, program, append([]string{"--to", "ipynb"}, copied(form.end)...)...)
		for i, path := range copied(".ipynb") {
			if text := difference(read(t, path), originals[i], false); text != "" {
				t.Errorf("%s from %s: %s", filepath.Base(path), form.name, text)
			}
		}
	}
}
