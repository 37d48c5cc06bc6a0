package chromium

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNothingToPrintWith(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if err := PDF(t.Context(), "page.html", filepath.Join(t.TempDir(), "page.pdf")); !errors.Is(err, ErrMissing) {
		t.Errorf("without Chromium the error is %v", err)
	}
}

// A Chromium that does not print, a page and a folder that are not there: nothing is left, and
// a file that was there stays.
func TestNothingIsPrinted(t *testing.T) {
	programs, folder := t.TempDir(), t.TempDir()
	t.Setenv("PATH", programs)
	if err := os.WriteFile(filepath.Join(programs, "chromium"), []byte("#!/bin/sh\necho out of paper\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	page, file := filepath.Join(t.TempDir(), "page.html"), filepath.Join(folder, "page.pdf")
	if err := PDF(t.Context(), page, file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a page that is not there: %v", err)
	}
	for _, path := range []string{page, file} {
		if err := os.WriteFile(path, []byte("before"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := PDF(t.Context(), page, filepath.Join(folder, "none", "page.pdf")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if err := PDF(t.Context(), page, file); err == nil || !strings.Contains(err.Error(), "out of paper") {
		t.Errorf("a Chromium that does not print: %v", err)
	}
	entries, err := os.ReadDir(folder)
	content, _ := os.ReadFile(file)
	if err != nil || len(entries) != 1 || string(content) != "before" {
		t.Errorf("the folder holds %v, the file %q, %v", entries, content, err)
	}
}
