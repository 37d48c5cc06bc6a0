package kernel

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestInstallAndUninstall(t *testing.T) {
	tools := Tools{Folder: "/cache/a$b", GoFolder: "/go/bin", goFlags: "-ldflags=-w"}
	prefix := t.TempDir()
	for _, place := range []struct{ prefix, folder string }{
		{prefix, filepath.Join(prefix, "share", "jupyter", "kernels", "gonb")},
		{"", filepath.Join(prefix, "data", "kernels", "gonb")},
	} {
		t.Setenv("JUPYTER_DATA_DIR", filepath.Join(prefix, "data"))
		for range 2 { // a second time replaces the first
			folder, err := Install(tools, place.prefix)
			if err != nil || folder != place.folder {
				t.Fatalf("Install gives %q, %v, want %q", folder, err, place.folder)
			}
		}
		data, err := os.ReadFile(filepath.Join(place.folder, "kernel.json"))
		if err != nil {
			t.Fatal(err)
		}
		var written specification
		if err := json.Unmarshal(data, &written); err != nil {
			t.Fatal(err)
		}
		if written.Arguments[0] != "/cache/a$b/gonb" || !slices.Contains(written.Arguments, "{connection_file}") {
			t.Errorf("argv %q", written.Arguments)
		}
		if got, want := written.Environment["PATH"], "/cache/a$$b:/go/bin:${PATH}"; got != want {
			t.Errorf("PATH %q, want %q", got, want)
		}
		if folder, err := Uninstall(place.prefix); err != nil || folder != place.folder {
			t.Errorf("Uninstall gives %q, %v", folder, err)
		}
		if _, err := Uninstall(place.prefix); err == nil {
			t.Error("a second Uninstall is no error")
		}
	}
}

func TestModuleIsFoundFromBelow(t *testing.T) {
	root := t.TempDir()
	below := filepath.Join(root, "notebooks", "deep")
	if err := os.MkdirAll(below, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := FindModule([]string{below}); err == nil || !strings.Contains(err.Error(), "run bnn inside the project") {
		t.Errorf("error %v, want advice", err)
	}
	for file, content := range map[string]string{"go.mod": "module balanced\n", "notebooks/go.mod": "module another\n"} {
		if err := os.WriteFile(filepath.Join(root, file), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := FindModule([]string{t.TempDir(), below}); err != nil || got != root {
		t.Errorf("findModule gives %q, %v, want %q", got, err, root)
	}
}
