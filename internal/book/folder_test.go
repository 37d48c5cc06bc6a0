package book

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/book/folder"
)

// Files of an earlier book go, those of anybody else stay.
func TestWriteRemovesOnlyItsOwnFiles(t *testing.T) {
	dir := writeSample(t)
	if err := os.WriteFile(filepath.Join(dir, "mine.html"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	// Somebody was faster with one of them.
	if err := os.Remove(filepath.Join(dir, "01-limit.svg")); err != nil {
		t.Fatal(err)
	}
	second := sampleBook()
	second.Chapters, second.Extras = second.Chapters[1:], nil
	second.Chapters[0].Notebook.Cells = second.Chapters[0].Notebook.Cells[1:]
	second.Chapters[0].Notebook.Cells[0].Source = "# Alone"
	if err := Write(dir, second); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	const want = "02-second.html files.txt index.html latin-modern-math-licence.txt latin-modern-math.woff2 mine.html print.html search-code.js search.js"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("there are %s, want %s", got, want)
	}
}

func TestAListOfOtherFilesIsRefused(t *testing.T) {
	for _, name := range []string{"../precious", "/etc/precious", "a/b", ".hidden", ".."} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, folder.List), []byte("index.html\n"+name+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := Write(dir, sampleBook()); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("list with %s: error %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(dir, "index.html")); !os.IsNotExist(err) {
			t.Errorf("list with %s: a book was written", name)
		}
	}
}
