package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"balanced/internal/verification"

	"balanced/internal/book"
	"balanced/internal/project"
	"balanced/internal/project/projecttest"
)

// projectCopy is a project of the committed notebooks and results, without anything else.
func projectCopy(t *testing.T) (root string) {
	t.Helper()
	root = t.TempDir()
	paths, err := filepath.Glob(filepath.Join("..", "..", "notebooks", "*.ipynb"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("notebooks %v, %v", paths, err)
	}
	for _, path := range append(paths, filepath.Join("..", "..", "go.mod"), filepath.Join("..", "..", "data", "results", "verdicts.csv")) {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(root, strings.TrimPrefix(path, filepath.Join("..", "..")))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// bookFiles reads the book of a project.
func bookFiles(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	paths, err := filepath.Glob(filepath.Join(root, "out", "book", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = string(content)
	}
	return files
}

// The committed notebooks make a book of the promised sizes, the same in every run, with
// a row for each committed verdict, which leads to a row of its chapter.
func TestBookOfTheCommittedNotebooks(t *testing.T) {
	verification.Only(t)
	root := projectCopy(t)
	write := func() map[string]string {
		t.Helper()
		if messages, code := callIn(t, filepath.Join(root, "notebooks"), "book"); code != 0 || !strings.Contains(messages, filepath.Join("out", "book", "index.html")) {
			t.Fatalf("exit %d: %s", code, messages)
		}
		return bookFiles(t, root)
	}
	files := write()
	for name, content := range files {
		most := map[string]int{"search.js": 300_000, "search-code.js": 400_000, book.PrintPage: 15_000_000}[name]
		if most == 0 {
			most = 1_500_000
		}
		if len(content) > most {
			t.Errorf("%s has %d bytes, more than %d", name, len(content), most)
		}
	}
	verdicts, err := os.ReadFile(filepath.Join(root, "data", "results", "verdicts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Count(strings.TrimSpace(string(verdicts)), "\n")
	linked := regexp.MustCompile(`<td class="claim"><a href="([0-9][a-z0-9-]*\.html)#(verdict-[0-9]+)">`).FindAllStringSubmatch(files["index.html"], -1)
	if len(linked) != rows {
		t.Errorf("the cover links %d of %d verdicts", len(linked), rows)
	}
	for _, link := range linked {
		if !strings.Contains(files[link[1]], `<tr id="`+link[2]+`">`) {
			t.Errorf("%s has no row %s", link[1], link[2])
		}
	}
	if again := write(); !maps.Equal(files, again) {
		maps.DeleteFunc(again, func(name, content string) bool { return files[name] == content })
		t.Errorf("a second book has other bytes: %v", slices.Sorted(maps.Keys(again)))
	}
	// Without a chapter of the appendix, those that lead to it, and results.
	all, err := filepath.Glob(filepath.Join(root, "notebooks", "[0-9]*.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	gone := []string{"92-are-the-instruments-sound"}
	for i := 0; i < len(gone); i++ {
		for _, path := range chaptersThatName(t, root, gone[i]) {
			if name := project.NameOf(path); !slices.Contains(gone, name) {
				gone = append(gone, name)
			}
		}
		if err := os.Remove(filepath.Join(root, "notebooks", gone[i]+".ipynb")); err != nil {
			t.Fatal(err)
		}
	}
	if len(gone) > len(all)/2 {
		t.Fatalf("half of the book leads to one chapter: %v", gone)
	}
	if err := os.Remove(filepath.Join(root, "data", "results", "verdicts.csv")); err != nil {
		t.Fatal(err)
	}
	files = write()
	for name := range files {
		if slices.Contains(gone, strings.TrimSuffix(name, ".html")) {
			t.Errorf("%s is left of a chapter that is gone", name)
		}
	}
	if cover := files["index.html"]; strings.Contains(cover, `class="outcome`) || strings.Contains(cover, "<table") {
		t.Error("a book without verdicts tells of some")
	}
}

// chaptersThatName are the notebooks of the project whose files hold a name.
func chaptersThatName(t *testing.T, root, name string) (paths []string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(root, "notebooks", "*.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(content), name+".ipynb") {
			paths = append(paths, path)
		}
	}
	return paths
}

// A verdict that fails is told by the cover, and verdicts of what is no chapter by nobody.
func TestBookWithAVerdictThatFails(t *testing.T) {
	root, _ := projecttest.New(t)
	for name, content := range map[string]string{
		"go.mod": "module balanced\n",
		"data/results/verdicts.csv": "notebook,claim,label,outcome,predicted_low,predicted_high,measured,low,high\n" +
			"\"01-a\",\"It holds\",\"[A]\",\"holds\",0.0,1.0,0.5,0.25,0.75\n\"01-a\",\"It fails\",\"[D]\",\"fails\",0.0,1.0,2.0,1.5,2.5\n\"09-gone\",\"Old\",\"[A]\",\"fails\",0.0,1.0,2.0,1.5,2.5\n",
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if messages, code := callIn(t, root, "book"); code != 0 {
		t.Fatalf("exit %d: %s", code, messages)
	}
	cover := bookFiles(t, root)["index.html"]
	// A chapter whose table is not the committed one is linked as a whole.
	for _, want := range []string{"1 of 2 verdicts hold, 1 fails", "✗ fails", "2 (1.5\u00a0to\u00a02.5)", `<a href="01-a.html">It fails</a>`} {
		if !strings.Contains(cover, want) {
			t.Errorf("the cover lacks %s", want)
		}
	}
	if strings.Contains(cover, "Old") {
		t.Error("the cover has verdicts of a chapter that is gone")
	}
}

func TestBookOutsideOfAProject(t *testing.T) {
	for _, command := range []string{"book", "serve"} {
		if messages, code := callIn(t, t.TempDir(), command); code != exitUsage || !strings.Contains(messages, "go.mod") {
			t.Errorf("%s: exit %d: %s", command, code, messages)
		}
	}
}
