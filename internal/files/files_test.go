package files

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReplace(t *testing.T) {
	folder := t.TempDir()
	path, link := filepath.Join(folder, "a"), filepath.Join(folder, "b")
	if err := Replace(path, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("mode %v, %v, want 0644", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := Replace(link, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "two" {
		t.Errorf("content %q, %v, want two", content, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600", info.Mode(), err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 2 {
		t.Errorf("folder has %v, %v, want two files", entries, err)
	}
	if err := Replace(filepath.Join(folder, "nowhere", "a"), nil); err == nil {
		t.Error("a folder that is missing is no error")
	}
}

func TestDifference(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"a\nb\n", "a\nc\n", "  line 2 in the file:  \"b\"\n  line 2 executed:     \"c\""},
		{"a", "a\nc", "line 2 in the file:  (none)"},
		{"a\nc", "a", "line 2 executed:     (none)"},
		{strings.Repeat("é", 300), "", "é\"... (300 characters)"},
	} {
		if got := Difference(c.before, c.after); !strings.Contains(got, c.want) {
			t.Errorf("%q and %q: %s, want %s", c.before, c.after, got, c.want)
		}
	}
}

func TestCanReplace(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a")
	for range 2 { // whether there is a file or not
		if err := CanReplace(path); err != nil {
			t.Error(err)
		}
		if entries, err := os.ReadDir(folder); err != nil || len(entries) > 1 {
			t.Errorf("it leaves %v, %v", entries, err)
		}
		if err := Replace(path, nil); err != nil {
			t.Fatal(err)
		}
	}
	none := filepath.Join(folder, "none", "a")
	for _, err := range []error{CanReplace(none), Replace(none, nil)} {
		if err == nil || !strings.HasPrefix(err.Error(), "write "+none+": ") {
			t.Errorf("error %v, want one that names the file", err)
		}
	}
}
