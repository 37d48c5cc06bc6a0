package runner

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/jupyter/register"
	"balanced/internal/verification"
)

// What is to be found in notebooks of testdata/foreign once they have run, so that they
// do not agree on having failed.
var foreignOutputs = map[string][]string{
	"definitions":       {"3 REDEFINED!", "undefined: shout", "an init of a cell"},
	"displays":          {"100 %", "displayed by a later cell", "image/png", "text/javascript"},
	"empty":             nil,
	"errors":            {"panic: on purpose", "declared and not used: unused", "no/such/folder", "and on it goes"},
	"files in a folder": {"3,4", "beside another beside another"},
	"long":              {"19999 xxx"},
	"modules":           {"context: cause", "42"},
	"old":               {"second"},
	"prints":            {"日本語", "err 2", "\\u0000"},
	"programs":          {"Hello cell [two words]", "Hello arguments []", "Hello exec []", "285"},
	"progress":          {"3 of 3", "Counting: 3"},
	"settings":          {"hello there, world", "inside", "-gcflags=-N"},
	"shell":             {"word b", "total 6", "TO CAPITALS", "atravessa", "exit status 3", "signal: killed"},
	"tests":             {"PASS: TestFibonacci/5", "FAIL: TestFails", "ns/op"},
	"texts":             {"attachment:dot.png"},
}

// TestForeignNotebooks executes notebooks of many kinds outside of any project, in a
// folder with a space in its name, and compares them with what nbconvert makes of them.
func TestForeignNotebooks(t *testing.T) {
	verification.Only(t)
	tools, err := kernel.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tools.Module = ""
	folder := t.TempDir()
	own, other := filepath.Join(folder, "bnn", "beside another"), filepath.Join(folder, "nbconvert", "beside another")
	for _, copied := range []string{own, other} {
		if err := os.CopyFS(copied, os.DirFS(filepath.Join("testdata", "foreign"))); err != nil {
			t.Fatal(err)
		}
	}
	paths, err := filepath.Glob(filepath.Join(own, "*.ipynb"))
	if err != nil || len(paths) != len(foreignOutputs) {
		t.Fatalf("%d notebooks, of %d there are expectations; %v", len(paths), len(foreignOutputs), err)
	}
	converted := startNbconvert(t, tools, folder, other)
	if _, err := runAt(t.Context(), Options{Tools: tools, Timeout: time.Minute}, paths); err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range foreignOutputs[strings.TrimSuffix(filepath.Base(path), ".ipynb")] {
			if !strings.Contains(string(data), part) {
				t.Errorf("%s has no %q in it:\n%.5000s", path, part, data)
			}
		}
	}
	t.Run("as nbconvert", func(t *testing.T) {
		if converted == nil {
			t.Skip("there is no jupyter-nbconvert on PATH to compare with")
		}
		results := converted(t)
		for _, path := range paths {
			compareWithNbconvert(t, read(t, path), read(t, filepath.Join(results, filepath.Base(path))), filepath.Base(path), folder)
		}
	})
}

// startNbconvert starts to execute the notebooks in a folder by nbconvert, with the same
// kernel. The function it returns waits for the end and returns the folder of the
// results; it is nil without nbconvert.
func startNbconvert(t *testing.T, tools kernel.Tools, folder, notebooks string) func(*testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("jupyter-nbconvert"); err != nil {
		return nil
	}
	if _, err := register.Install(t.Context(), tools, folder); err != nil {
		t.Fatal(err)
	}
	temporary, results := filepath.Join(folder, "tmp"), filepath.Join(folder, "results")
	if err := os.Mkdir(temporary, 0o755); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(notebooks, "*.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "jupyter-nbconvert",
		append([]string{"--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=60", "--output-dir", results}, paths...)...)
	command.Env = append(os.Environ(), "JUPYTER_PATH="+filepath.Join(folder, "share", "jupyter"), "TMPDIR="+temporary)
	var messages strings.Builder
	command.Stdout, command.Stderr = &messages, &messages
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { command.Wait() })
	return func(t *testing.T) string {
		if err := command.Wait(); err != nil {
			t.Fatalf("nbconvert: %v\n%s", err, messages.String())
		}
		return results
	}
}

// compareWithNbconvert compares the outputs of all code cells.
func compareWithNbconvert(t *testing.T, ours, theirs *nbformat.Notebook, name, folder string) {
	t.Helper()
	if len(ours.Cells) != len(theirs.Cells) {
		t.Fatalf("%s: %d cells, with nbconvert %d", name, len(ours.Cells), len(theirs.Cells))
	}
	for i, cell := range ours.Cells {
		if their := theirs.Cells[i]; cell.ExecutionCount != their.ExecutionCount {
			t.Errorf("%s: cell %d has execution count %d, with nbconvert %d", name, i+1, cell.ExecutionCount, their.ExecutionCount)
		}
		got, want := essence(cell.Outputs, folder), essence(theirs.Cells[i].Outputs, folder)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: cell %d gives\n%.3000q\nwith nbconvert\n%.3000q", name, i+1, got, want)
		}
	}
}

// What differs from one run to the next, and GoNB's marks in stack traces, which we
// leave out.
var (
	marks      = regexp.MustCompile(` \x1b\[7m\[\[ Cell (\[\d+\] )?Line \d+ \]\]\x1b\[0m `)
	program    = regexp.MustCompile(`gonb_[0-9a-f]{8}`)
	seconds    = regexp.MustCompile(`[0-9.]+(s\)| ns/op)`)
	spaces     = regexp.MustCompile(` +`)
	parentPath = regexp.MustCompile(`/(bnn|nbconvert)/`)
)

// essence lists outputs without the order of streams among each other and among the
// displays: the text of each stream, then all else in its order.
func essence(outputs []nbformat.Output, folder string) []string {
	plain := func(text string) string {
		text = strings.ReplaceAll(text, filepath.Join(folder, "tmp"), "GONB_TMP_DIR")
		text = parentPath.ReplaceAllString(strings.ReplaceAll(text, folder, "FOLDER"), "/EITHER/")
		text = program.ReplaceAllString(marks.ReplaceAllString(text, ""), "gonb")
		return spaces.ReplaceAllString(seconds.ReplaceAllString(text, "$1"), " ")
	}
	streams, list := map[string]string{}, []string{}
	for _, output := range outputs {
		if output.Kind == nbformat.Stream {
			streams[output.Name] += output.Text
			continue
		}
		text := string(output.Kind)
		for name, part := range parts(output) { // of one part, but for the metadata
			if !strings.HasSuffix(name, " metadata") {
				text += fmt.Sprintf("; %s: %s", name, plain(part))
			}
		}
		list = append(list, text)
	}
	return append([]string{"stdout: " + plain(streams["stdout"]), "stderr: " + plain(streams["stderr"])}, list...)
}

func TestNotebooksOfOtherKernelsAreRefused(t *testing.T) {
	for content, want := range map[string]string{
		`"nbformat": 4, "metadata": {"kernelspec": {"name": "python3", "language": "python"}}`: `of the kernel "python3"; only those of the kernel "gonb"`,
		`"nbformat": 4, "metadata": {"kernelspec": {"name": "gophernotes", "language": "go"}}`: `of the kernel "gophernotes"`,
		`"nbformat": 4, "metadata": {"kernelspec": {"name": "gonb", "language": "R"}}`:         `in the language "R"; only those in "go"`,
		`"nbformat": 4, "metadata": {"language_info": {"name": "python"}}`:                     `in the language "python"`,
		`"nbformat": 3, "metadata": {}`: "nbformat 3, only 4 can be read (jupyter nbconvert",
		`"nbformat": 4, "metadata": {"kernelspec": {"name": "gonb", "language": "go"}}`: "",
		`"nbformat": 4, "metadata": {}`:                                      "",
		`"nbformat": 4, "metadata": {"kernelspec": "?", "language_info": 3}`: "",
	} {
		path := filepath.Join(t.TempDir(), "a.ipynb")
		text := `{"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": "stdout x"}], "nbformat_minor": 0, ` + content + "}"
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Read(path)
		if (err == nil) != (want == "") || err != nil && (!strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), path)) {
			t.Errorf("Read of %s gives %v, want %q", content, err, want)
		}
		results, ran := runAt(t.Context(), options(t), []string{path})
		if (ran == nil) != (want == "") || want != "" && (results != nil || ran.Error() != err.Error()) {
			t.Errorf("Run of %s gives %+v, %v", content, results, ran)
		}
		if after, err := os.ReadFile(path); want != "" && (err != nil || string(after) != text) {
			t.Errorf("%s was written to, or %v", content, err)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "missing.ipynb")); !os.IsNotExist(err) {
		t.Errorf("Read of no file gives %v", err)
	}
}
