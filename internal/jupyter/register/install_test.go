package register

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"balanced/internal/jupyter/kernel"
)

// pretend returns tools whose programs are empty, with the Go of this machine.
func pretend(t *testing.T) kernel.Tools {
	t.Helper()
	tools, err := kernel.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tools.Folder, tools.GoFlags = t.TempDir(), "-ldflags=-w -tags=a$b"
	for _, name := range kernel.Programs {
		put(t, filepath.Join(tools.Folder, name), "of "+name)
	}
	return tools
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestInstallAndUninstall(t *testing.T) {
	tools := pretend(t)
	root := filepath.Join(t.TempDir(), "with a space and $HOME")
	t.Setenv("JUPYTER_DATA_DIR", filepath.Join(root, "data"))
	for _, c := range []struct{ prefix, folder string }{
		{root, filepath.Join(root, "share", "jupyter", "kernels", "gonb")},
		{"", filepath.Join(root, "data", "kernels", "gonb")},
	} {
		for range 2 { // a second time replaces the first
			folder, err := Install(t.Context(), tools, c.prefix)
			if err != nil || folder != c.folder {
				t.Fatalf("Install gives %q, %v, want %q", folder, err, c.folder)
			}
			put(t, filepath.Join(folder, "left-over"), "")
		}
		s, err := readSpecification(c.folder)
		if err != nil {
			t.Fatal(err)
		}
		if gonb := filepath.Join(c.folder, "gonb"); s.Arguments[0] != gonb || !slices.Contains(s.Arguments, "{connection_file}") || !runs(gonb) {
			t.Errorf("argv %q", s.Arguments)
		}
		environment := s.environment()
		if got, want := environment["PATH"], c.folder+":"+tools.GoFolder+":/usr/bin:/bin:/usr/local/bin:/usr/bin:/bin"; got != want {
			t.Errorf("PATH %q, want %q", got, want)
		}
		if environment["GOFLAGS"] != tools.GoFlags || s.Interrupt != "message" || s.Language != "go" {
			t.Errorf("kernel.json is %+v", s)
		}
		// Those of the user would keep others from using their own.
		if _, given := s.Environment["GOCACHE"]; given != (c.prefix == "") {
			t.Errorf("with prefix %q the folders of Go are given: %v", c.prefix, given)
		}
		if names, err := os.ReadDir(c.folder); err != nil || len(names) != 4 {
			t.Errorf("the kernel has %v, %v, want what was left over last, and three files more", names, err)
		}
		if siblings, err := os.ReadDir(filepath.Dir(c.folder)); err != nil || len(siblings) != 1 {
			t.Errorf("beside the kernel there are %v, %v", siblings, err)
		}
		if folder, err := Uninstall(c.prefix); err != nil || folder != c.folder {
			t.Errorf("Uninstall gives %q, %v", folder, err)
		}
		if _, err := Uninstall(c.prefix); err == nil || !strings.Contains(err.Error(), "no kernel is installed in") {
			t.Errorf("a second Uninstall gives %v", err)
		}
	}
}

// At no moment of installing again is there no kernel, or one without its programs.
func TestInstallingAgainLeavesNoGap(t *testing.T) {
	tools, prefix := pretend(t), t.TempDir()
	folder, err := Install(t.Context(), tools, prefix)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	looks := make(chan int)
	go func() {
		count := 0
		for ; ctx.Err() == nil; count++ {
			s, err := readSpecification(folder)
			if err != nil || !s.ours() || !runs(s.Arguments[0]) || !runs(filepath.Join(folder, "goimports")) {
				t.Errorf("after %d looks the kernel is %+v, %v", count, s, err)
				break
			}
		}
		looks <- count
	}()
	installs, least := 200, 100
	if testing.Short() {
		installs, least = 20, 10
	}
	for range installs {
		if _, err := Install(t.Context(), tools, prefix); err != nil {
			t.Error(err)
			break
		}
	}
	cancel()
	if count := <-looks; count < least {
		t.Errorf("only %d looks", count)
	}
}

func TestOtherKernelsAreLeftAlone(t *testing.T) {
	tools := pretend(t)
	for _, content := range []string{
		`{"argv": ["/home/a/go/bin/gonb", "--kernel", "{connection_file}"], "display_name": "Go (gonb)", "language": "go"}`,
		`{"argv": ["/home/a/balanced/kernel/mine/gonb", "--kernel", "{connection_file}"], "language": "go"}`,
		`{"metadata": {"written_by": "somebody"}}`, `{`, "",
	} {
		prefix := t.TempDir()
		file := filepath.Join(kernelFolder(below(prefix)), "kernel.json")
		put(t, file, content)
		if content == "" {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}
		_, installed := Install(t.Context(), tools, prefix)
		_, uninstalled := Uninstall(prefix)
		for _, err := range []error{installed, uninstalled} {
			if err == nil || !strings.Contains(err.Error(), "mv '"+filepath.Dir(file)+"'") {
				t.Errorf("%s: error %v, want what to do", content, err)
			}
		}
		if got, err := os.ReadFile(file); content != "" && (err != nil || string(got) != content) {
			t.Errorf("%s has become %s, %v", content, got, err)
		}
	}
}

// Before there was metadata bnn wrote kernel.json alone, with a program of its cache.
func TestKernelOfAnOlderVersionIsReplaced(t *testing.T) {
	tools := pretend(t)
	older := `{"argv": ["/home/a/.cache/balanced/kernel/3bdb8b86e108f7de/gonb", "--kernel", "{connection_file}"], "language": "go"}`
	prefix := t.TempDir()
	file := filepath.Join(kernelFolder(below(prefix)), "kernel.json")
	put(t, file, older)
	if folder, err := Install(t.Context(), tools, prefix); err != nil || folder != filepath.Dir(file) {
		t.Errorf("Install gives %q, %v", folder, err)
	}
	if s, err := readSpecification(filepath.Dir(file)); err != nil || s.Metadata[writerKey] != writer {
		t.Errorf("kernel.json is %+v, %v", s, err)
	}
	put(t, file, older)
	if _, err := Uninstall(prefix); err != nil {
		t.Error(err)
	}
}

func TestFolderThatCannotBeOnAPath(t *testing.T) {
	prefix := filepath.Join(t.TempDir(), "a:b")
	if _, err := Install(t.Context(), pretend(t), prefix); err == nil || !strings.Contains(err.Error(), "must not have ':'") {
		t.Errorf("error %v", err)
	}
}
