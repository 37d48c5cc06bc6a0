package balanced_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The README is a front page: what is longer has its place in docs.
func TestREADMEIsAPage(t *testing.T) {
	if lines := bytes.Count(read(t, "README.md"), []byte("\n")); lines > 150 {
		t.Errorf("README.md has %d lines, and not at most 150", lines)
	}
}

// The Go of the README is the example of package analysis, which is compiled.
func TestREADMEExampleIsCompiled(t *testing.T) {
	_, rest, _ := strings.Cut(string(read(t, "README.md")), "```go\n")
	example, _, found := strings.Cut(rest, "```\n")
	if !found {
		t.Fatal("README.md has no example in Go")
	}
	words := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	if compiled := string(read(t, "analysis/readme_test.go")); !strings.Contains(words(compiled), words(example)) {
		t.Errorf("analysis/readme_test.go does not have the example of README.md:\n%s", example)
	}
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	fence   = regexp.MustCompile("(?s)```.*?\n```")
	span    = regexp.MustCompile("`[^`\n]*`")
	heading = regexp.MustCompile(`(?m)^#+ +(.*)$`)
	letter  = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// What a page in Markdown links to within the project is there, headings too.
func TestLinksResolve(t *testing.T) {
	pages := 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "out" || entry.Name() == "testdata" || entry.Name() == ".git"):
			return filepath.SkipDir
		case filepath.Ext(path) != ".md":
			return nil
		}
		pages++
		for _, match := range link.FindAllStringSubmatch(span.ReplaceAllString(fence.ReplaceAllString(string(read(t, path)), ""), ""), -1) {
			if strings.Contains(match[1], "://") {
				continue
			}
			name, anchor, _ := strings.Cut(match[1], "#")
			target := path
			if name != "" {
				target = filepath.Join(filepath.Dir(path), name)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: %v", path, err)
			} else if anchor != "" && !headings(read(t, target))[anchor] {
				t.Errorf("%s: %s has no heading %s", path, target, anchor)
			}
		}
		return nil
	})
	if err != nil || pages < 10 {
		t.Fatalf("%d pages, %v", pages, err)
	}
}

// headings of a page, as the parts after # that GitHub gives them.
func headings(page []byte) map[string]bool {
	anchors := map[string]bool{}
	for _, match := range heading.FindAllStringSubmatch(fence.ReplaceAllString(string(page), ""), -1) {
		anchors[strings.ReplaceAll(letter.ReplaceAllString(strings.ToLower(match[1]), ""), " ", "-")] = true
	}
	return anchors
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
