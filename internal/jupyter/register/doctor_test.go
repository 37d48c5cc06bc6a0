package register

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/kernel/kerneltest"
	"balanced/internal/verification"
)

// report writes checks as doctor does.
func report(checks []Check) string {
	var lines []string
	for _, c := range checks {
		lines = append(lines, fmt.Sprintf("%s: %s → %s", c.Status, c.Text, c.Mend))
	}
	return strings.Join(lines, "\n")
}

func TestMain(m *testing.M) { kerneltest.Main(m) }

// The kernel for tests starts, speaks the protocol, and does not know Go.
func TestKernelThatAnswersSomethingElse(t *testing.T) {
	folder := t.TempDir()
	s := specification{Arguments: []string{filepath.Join(kerneltest.Folder(t), "gonb"), "--kernel", "{connection_file}"}}
	if err := s.write(folder); err != nil {
		t.Fatal(err)
	}
	if got := answers(t.Context(), folder); got.Status != Missing || !strings.Contains(got.Text, "the kernel does not answer: 1+1 gives ") {
		t.Errorf("%+v", got)
	}
}

// TestExamine installs the real kernel for a user who has no Jupyter, and then breaks it
// in one way after the other. The first time on a machine it compiles GoNB.
func TestExamine(t *testing.T) {
	verification.Long(t)
	data, empty := t.TempDir(), t.TempDir()
	t.Setenv("JUPYTER_DATA_DIR", data)
	t.Setenv("JUPYTER_PATH", "")
	t.Setenv("VIRTUAL_ENV", "")
	t.Setenv("CONDA_PREFIX", "")
	tools, err := kernel.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(tools.GoFolder, "go"), filepath.Join(empty, "go")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", empty) // with Go and without Jupyter
	if got := report(Examine(t.Context())); !strings.Contains(got, "missing: Jupyter does not know the kernel gonb → bnn kernel install\nnote: there is no gopls") ||
		!strings.Contains(got, "gopls@latest\nnote: there is no Jupyter") {
		t.Errorf("before the installation: %s", got)
	}
	folder, err := Install(t.Context(), tools, "")
	if err != nil {
		t.Fatal(err)
	}
	checks := Examine(t.Context())
	if got := report(checks); !Well(checks) || !strings.Contains(got, "ok: the kernel answers") {
		t.Errorf("after the installation: %s", got)
	}
	if again := Examine(t.Context()); report(again) != report(checks) {
		t.Errorf("a second report is %s, the first %s", report(again), report(checks))
	}
	s, err := readSpecification(folder)
	if err != nil {
		t.Fatal(err)
	}
	write := func(change func(*specification)) func() error {
		return func() error {
			changed := s
			change(&changed)
			return changed.write(folder)
		}
	}
	program := filepath.Join(folder, "gonb")
	for _, c := range []struct {
		want  string
		plant func() error
	}{
		{"the program " + program + " is not there → bnn kernel install", func() error { return os.Remove(program) }},
		{"the program " + program + " is no Go program, and the project pins github.com/janpfeifer/gonb v", func() error { return os.WriteFile(program, []byte("#!/bin/sh\n"), 0o755) }},
		{"the program goimports is not on the PATH that it gives to GoNB → bnn kernel install", func() error { return os.Remove(filepath.Join(folder, "goimports")) }},
		{"its kernel.json names no program", write(func(s *specification) { s.Arguments = nil })},
		{"its kernel.json cannot be read: ", func() error { return os.WriteFile(filepath.Join(folder, "kernel.json"), []byte("{"), 0o644) }},
		{"the kernel does not answer: ", write(func(s *specification) { s.Arguments = append(s.Arguments[:1:1], "--no-such-flag") })},
		{"the program nowhere is not on its PATH → mv '" + folder + "'", write(func(s *specification) { s.Arguments, s.Metadata = []string{"nowhere"}, nil })},
		{"though not installed by bnn", write(func(s *specification) { s.Metadata = nil })},
	} {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		if _, err := Install(t.Context(), tools, ""); err != nil {
			t.Fatal(err)
		}
		if err := c.plant(); err != nil {
			t.Fatal(err)
		}
		checks := Examine(t.Context())
		got := report(checks)
		if !strings.Contains(got, c.want) {
			t.Errorf("report %s, want %s", got, c.want)
		}
		if Well(checks) != strings.Contains(c.want, "though not") {
			t.Errorf("all well is %v: %s", Well(checks), got)
		}
	}
}

func TestMendNamesThePrefix(t *testing.T) {
	t.Setenv("JUPYTER_DATA_DIR", "/user/data")
	for data, want := range map[string]string{
		"/user/data":                "bnn kernel install",
		"/opt/a venv/share/jupyter": "bnn kernel install --prefix '/opt/a venv'",
		"/odd/place":                "rm -r '/odd/place/kernels/gonb' && bnn kernel install",
	} {
		if got := installInto(data); got != want {
			t.Errorf("%s: %s, want %s", data, got, want)
		}
	}
}

func TestPrivate(t *testing.T) {
	tools := pretend(t)
	t.Setenv("JUPYTER_DATA_DIR", t.TempDir())
	for range 2 {
		data, err := Private(tools)
		if err != nil {
			t.Fatal(err)
		}
		s, err := readSpecification(kernelFolder(data))
		if err != nil || s.Arguments[0] != filepath.Join(tools.Folder, "gonb") || !s.ours() {
			t.Errorf("kernel.json is %+v, %v", s, err)
		}
	}
	if own, err := os.ReadDir(os.Getenv("JUPYTER_DATA_DIR")); err != nil || len(own) > 0 {
		t.Errorf("the folder of the user has %v, %v", own, err)
	}
}
