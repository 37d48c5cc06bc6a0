package kernel

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/verification"
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

// A cache that somebody tidied up, file by file, is filled again.
func TestIncompleteCacheIsBuiltAgain(t *testing.T) {
	verification.Long(t)
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOCACHE", strings.TrimSpace(string(cache))) // what go has compiled is still there
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	tools, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(tools.Folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(tools.Folder, "goimports"), nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if tools.Built() {
		t.Error("half of the programs are all")
	}
	if _, err := Build(t.Context()); err != nil || !tools.Built() {
		t.Errorf("built: %v, %v", tools.Built(), err)
	}
	if left, err := os.ReadDir(filepath.Dir(tools.Folder)); err != nil || len(left) != 1 {
		t.Errorf("beside the programs there are %v, %v", left, err)
	}
}
