package runner

import (
	"errors"
	"os"
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
)

func TestCheck(t *testing.T) {
	path := write(t, "stdout a", "stdout b\nstdout c\ndisplay - text/html <b>", "result text/plain 1")
	o := options(t)
	if _, err := runAt(t.Context(), o, []string{path}); err != nil {
		t.Fatal(err)
	}
	o.Check = true
	if _, err := runAt(t.Context(), o, []string{path}); err != nil {
		t.Errorf("Check of a notebook just run gives %v", err)
	}
	for name, change := range map[string]struct {
		edit             func(n *nbformat.Notebook)
		codeCell, output int
		text             string
	}{
		"text":        {func(n *nbformat.Notebook) { n.Cells[2].Outputs[0].Text = "b\nd\n" }, 2, 1, "line 2 in the file:  \"d\"\n  line 2 executed:     \"c\""},
		"shorter":     {func(n *nbformat.Notebook) { n.Cells[2].Outputs[0].Text = "b" }, 2, 1, "(none)"},
		"html":        {func(n *nbformat.Notebook) { n.Cells[2].Outputs[1].Data["text/html"] = "<i>" }, 2, 2, "text/html"},
		"type":        {func(n *nbformat.Notebook) { n.Cells[2].Outputs[1].Data = map[string]any{"image/png": "x"} }, 2, 2, "image/png"},
		"kind":        {func(n *nbformat.Notebook) { n.Cells[3].Outputs[0].Kind = nbformat.DisplayData }, 3, 1, "execute_result"},
		"no outputs":  {func(n *nbformat.Notebook) { n.Cells[1].Outputs = nil }, 1, 0, "has 0 outputs"},
		"source":      {func(n *nbformat.Notebook) { n.Cells[1].Source = "stdout z" }, 1, 1, `"z"`},
		"metadata":    {func(n *nbformat.Notebook) { delete(n.Metadata, "kernelspec") }, 0, 0, "metadata"},
		"other count": {func(n *nbformat.Notebook) { n.Cells[1].ExecutionCount = 9 }, 0, 0, "execution counts"},
	} {
		committed, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		n := read(t, path)
		change.edit(n)
		if err := n.Write(path); err != nil {
			t.Fatal(err)
		}
		changed, _ := os.ReadFile(path)
		_, err = runAt(t.Context(), o, []string{path})
		var d *Difference
		if !errors.As(err, &d) || d.CodeCell != change.codeCell || d.Output != change.output || !strings.Contains(err.Error(), change.text) {
			t.Errorf("%s: Check gives %v, want code cell %d, output %d, %q", name, err, change.codeCell, change.output, change.text)
		}
		if after, _ := os.ReadFile(path); string(after) != string(changed) {
			t.Errorf("%s: Check has written to the file", name)
		}
		if err := os.WriteFile(path, committed, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
