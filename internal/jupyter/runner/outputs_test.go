package runner

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"balanced/internal/jupyter/nbformat"
)

// Whatever the outputs of earlier runs were, they are replaced; a check compares them.
func TestOldOutputsAreNotRefused(t *testing.T) {
	path := write(t, "stdout a")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	old := strings.Replace(string(data), `"outputs": []`, `"outputs": [{"output_type": "stream", "text": ["x"]}]`, 1)
	if err := os.WriteFile(path, []byte(old), 0o644); err != nil || old == string(data) {
		t.Fatal(old, err)
	}
	o := options(t)
	o.Check = true
	if _, err := o.Read([]string{path}); err == nil || !strings.Contains(err.Error(), "name is missing") {
		t.Errorf("a check of outputs that are none gives %v", err)
	}
	o.Check = false
	if _, err := o.Read([]string{path}); err != nil {
		t.Error(err)
	}
	if _, err := runAt(t.Context(), o, []string{path}); err != nil {
		t.Fatal(err)
	}
	if got := texts(t, path); got != "1 a" {
		t.Errorf("outputs %q", got)
	}
}

// A notebook ends at the cell with which it would be too large; what came before stays.
func TestNotebookTooLarge(t *testing.T) {
	maxSize = 5000
	defer func() { maxSize = nbformat.MaxSize }()
	path := write(t, "flood 4000", "flood 4000", "stdout c")
	_, err := runAt(t.Context(), options(t), []string{path})
	var cell *CellError
	if !errors.As(err, &cell) || cell.CodeCell != 2 || !errors.Is(err, nbformat.ErrSize) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "256 MiB") {
		t.Errorf("error %v, want one of code cell 2", err)
	}
	if got, want := texts(t, path), "1 "+strings.Repeat("x", 4000)+", 2, 0"; got != want {
		t.Errorf("outputs %.100q… of %d bytes, want those of the first cell", got, len(got))
	}
}

func TestTaggedCellMayFail(t *testing.T) {
	path := write(t, "error E wanted", "stdout b")
	n := read(t, path)
	n.Cells[1].Metadata["tags"] = []any{"other", "raises-exception"}
	n.Cells[1].Metadata["execution"] = map[string]any{"iopub.status.idle": "2024-12-17T09:00:00Z"}
	if err := n.Write(path); err != nil {
		t.Fatal(err)
	}
	if _, err := runAt(t.Context(), options(t), []string{path}); err != nil {
		t.Fatal(err)
	}
	if _, found := read(t, path).Cells[1].Metadata["execution"]; found {
		t.Error("the file tells when a cell ran")
	}
	if output := read(t, path).Cells[1].Outputs[0]; output.Kind != nbformat.Error || output.ErrorValue != "wanted" {
		t.Errorf("output %+v, want the error", output)
	}
}

func TestCancelKeepsOutputs(t *testing.T) {
	folder, err := os.MkdirTemp("/tmp", "bnn-test-") // short, as the name of a socket must be
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	socket := filepath.Join(folder, "child")
	running, waiting := write(t, "stdout a", "stdout b\nchild "+socket+"\nsleep 1h"), write(t, "stdout x")
	if _, err := runAt(t.Context(), options(t), []string{waiting}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	o := options(t)
	go func() {
		for ctx.Err() == nil {
			if connection, err := net.Dial("unix", socket); err == nil {
				connection.Close()
				time.AfterFunc(100*time.Millisecond, cancel) // the output was sent before
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
	if _, err := runAt(ctx, o, []string{running}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if got, want := texts(t, running), "1 a, 2 b"; got != want {
		t.Errorf("outputs %q, want %q", got, want)
	}
	if _, err := runAt(ctx, options(t), []string{waiting}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if got, want := texts(t, waiting), "1 x"; got != want {
		t.Errorf("a notebook that was not run has outputs %q, want still %q", got, want)
	}
}
