package kernel

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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

func TestPinnedVersionsAreThoseOfGoMod(t *testing.T) {
	tools, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(tools.Module, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if len(tools.Pinned) != 2 {
		t.Fatalf("pinned are %q", tools.Pinned)
	}
	for _, line := range tools.Pinned {
		if !strings.Contains(string(data), "\t"+line) {
			t.Errorf("go.mod does not pin %s", line)
		}
	}
}
