package runner

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
)

// What is recalled has the outputs of the run before and executes nothing; the file is the same to
// the byte, and a run that checks does not ask.
func TestRecalledNotebook(t *testing.T) {
	path := write(t, "stdout a", "display x text/plain b")
	var memory *nbformat.Notebook
	asked, keeps := 0, 0
	o := options(t)
	o.Recall = func(context.Context, string, *nbformat.Notebook) (*nbformat.Notebook, error) {
		asked++
		return memory, nil
	}
	o.Keep = func(_ string, executed *nbformat.Notebook) error {
		keeps++
		text, err := executed.Encode()
		if err == nil {
			memory, err = nbformat.Parse(text)
		}
		return err
	}
	var recalled, cells int
	o.Progress = func(event Event) {
		if event.Recalled {
			recalled++
		} else if !event.Done {
			cells++
		}
	}
	var first []byte
	for range 2 {
		if _, err := runAt(t.Context(), o, []string{path}); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = content
		} else if string(content) != string(first) {
			t.Errorf("recalled is\n%s\nexecuted was\n%s", content, first)
		}
	}
	if asked != 2 || keeps != 1 || recalled != 1 || cells != 2 {
		t.Errorf("asked %d times, kept %d, recalled %d, executed %d cells, want 2, 1, 1 and 2", asked, keeps, recalled, cells)
	}
	o.Check = true
	if _, err := runAt(t.Context(), o, []string{path}); err != nil || asked != 2 || keeps != 1 || cells != 4 {
		t.Errorf("a check: %v; asked %d times, kept %d, executed %d cells in all, want 2, 1 and 4", err, asked, keeps, cells)
	}
}

func TestFailedNotebookIsNotKept(t *testing.T) {
	path := write(t, "stdout a", "error Bug it broke")
	o := options(t)
	o.Keep = func(string, *nbformat.Notebook) error {
		t.Error("a notebook that failed is kept")
		return nil
	}
	if _, err := runAt(t.Context(), o, []string{path}); err == nil {
		t.Error("no error")
	}
}

func TestErrorsOfMemory(t *testing.T) {
	broken := errors.New("the disk is full")
	for _, set := range []func(*Options){
		func(o *Options) { o.Keep = func(string, *nbformat.Notebook) error { return broken } },
		func(o *Options) {
			o.Recall = func(context.Context, string, *nbformat.Notebook) (*nbformat.Notebook, error) { return nil, broken }
		},
	} {
		path := write(t, "stdout a")
		o := options(t)
		set(&o)
		if _, err := runAt(t.Context(), o, []string{path}); !errors.Is(err, broken) || !strings.Contains(err.Error(), "a.ipynb") {
			t.Errorf("error %v, want the notebook and %q", err, broken)
		}
	}
}
