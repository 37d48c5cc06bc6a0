package recall

import (
	"os"
	"path/filepath"
	"testing"

	"balanced/bnn/store"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
	"balanced/internal/project/projecttest"
)

// smallProject is a module with what cells may import.
func smallProject(t *testing.T) (root string) {
	t.Helper()
	root, _ = projecttest.New(t)
	for path, text := range map[string]string{
		"go.mod":                     "module some.where/balanced\n\ngo 1.24\n",
		"bnn/bnn.go":                 "package bnn\n\nvar Rate = 1\n",
		"bnn/theory/theory.go":       "package theory\n\nimport \"some.where/balanced/bnn\"\n\nvar Mean = bnn.Rate\n",
		"analysis/analysis.go":       "package analysis\n\nimport _ \"embed\"\n\n//go:embed font.txt\nvar Font string\n",
		"analysis/font.txt":          "a font",
		"notebooks/show/show.go":     "package show\n",
		"internal/book/book.go":      "package book\n",
		"data/networks/a.json":       "{}",
		"data/results/verdicts.csv":  "1",
		"data/results/mutations.csv": "1",
	} {
		projecttest.Put(t, root, path, text)
	}
	return root
}

func inputs(t *testing.T, root string) string {
	t.Helper()
	found, err := inputsOf(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// What a chapter stands on makes it another one; comments, tests, the pages of the book and what
// runs write themselves do not.
func TestInputs(t *testing.T) {
	root := smallProject(t)
	before := inputs(t, root)
	for _, c := range []struct {
		path, text string
		changes    bool
	}{
		{"bnn/theory/theory.go", "package theory\n\n// Mean is the mean.\n\nimport \"some.where/balanced/bnn\"\n\nvar Mean = bnn.Rate\n", false},
		{"bnn/theory/theory_test.go", "package theory\n\nvar inTest = 1\n", false},
		{"internal/book/book.go", "package book\n\nvar Page = 1\n", false},
		{"data/results/verdicts.csv", "2", false},
		{"data/figures/a.svg", "<svg/>", false},
		{"bnn/theory/theory.go", "package theory\n\nimport \"some.where/balanced/bnn\"\n\nvar Mean = 2 * bnn.Rate\n", true},
		{"analysis/more.go", "package analysis\n\nvar More = 1\n", true},
		{"analysis/font.txt", "another font", true},
		{"notebooks/show/show.go", "package show\n\nvar Width = 1\n", true},
		{"data/networks/a.json", "{ }", true},
		{"data/networks/b.json", "{}", true},
		{"data/results/mutations.csv", "2", true},
		{"analysis/embed.go", "package analysis\n\nimport _ \"embed\"\n\n//go:embed font.txt\nvar A string\n\n//go:embed embed.go\nvar B string\n", true},
		{"analysis/embed.go", "package analysis\n\nimport _ \"embed\"\n\n//go:embed embed.go\nvar A string\n\n//go:embed font.txt\nvar B string\n", true},
		{"mine/mine.go", "package mine\n\nvar Mine = 1\n", true}, // of the project's user
		{"mine/cmd/main.go", "package main\n", false},
		{"analysis/more.go", "//go:build never\n\npackage analysis\n\nvar More = 1\n", true},
		{"go.mod", "module some.where/balanced\n\ngo 1.25\n", true},
		{"go.sum", "a h1:b=\n", true},
	} {
		projecttest.Put(t, root, c.path, c.text)
		after := inputs(t, root)
		if changed := after != before; changed != c.changes {
			t.Errorf("%s: changes the inputs: %v, want %v", c.path, changed, c.changes)
		}
		before = after
	}
}

// A project that somebody publishes under another path has the same chapters.
func TestInputsDoNotNameTheModule(t *testing.T) {
	root := smallProject(t)
	before := inputs(t, root)
	for path, text := range map[string]string{
		"go.mod":               "module example.org/balanced\n\ngo 1.24\n",
		"bnn/theory/theory.go": "package theory\n\nimport \"example.org/balanced/bnn\"\n\nvar Mean = bnn.Rate\n",
	} {
		projecttest.Put(t, root, path, text)
	}
	if inputs(t, root) != before {
		t.Error("another path of the module changes the inputs")
	}
}

func TestInputsWithoutGo(t *testing.T) {
	root := smallProject(t)
	if err := os.Remove(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	if found, err := inputsOf(t.Context(), root); err == nil && found != "" {
		t.Errorf("without go.mod the inputs are %s", found)
	}
}

func TestNothingIsKnownOfAProjectWithoutPackages(t *testing.T) {
	root, _ := projecttest.New(t)
	projecttest.Put(t, root, "go.mod", "module balanced\n\ngo 1.24\n")
	m, err := Open(t.Context(), store.At(t.TempDir()), root, project.Variant{})
	if m != nil || err != nil {
		t.Errorf("the memory is %v, %v", m, err)
	}
}

func TestInputsOfChapter(t *testing.T) {
	notebook := func(sources ...string) *nbformat.Notebook {
		n := &nbformat.Notebook{}
		for _, source := range sources {
			n.Cells = append(n.Cells, nbformat.Cell{Kind: nbformat.Markdown, Source: "Text."}, nbformat.Cell{Kind: nbformat.Code, Source: source})
		}
		return n
	}
	root := t.TempDir()
	inputsOfChapter := func(all string, variant project.Variant, n *nbformat.Notebook) string {
		t.Helper()
		found, err := inputsOfChapter(all, root, variant, n)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	sound := inputsOfChapter("a", project.Variant{}, notebook("x", "y"))
	prose := notebook("x", "y")
	prose.Cells[0].Source = "Other text."
	if inputsOfChapter("a", project.Variant{}, prose) != sound {
		t.Error("text makes another chapter")
	}
	tagged := notebook("x", "y")
	tagged.Cells[1].Metadata = map[string]any{"tags": []any{"raises-exception"}}
	for name, other := range map[string]string{
		"other inputs":    inputsOfChapter("b", project.Variant{}, notebook("x", "y")),
		"a quick run":     inputsOfChapter("a", project.Variant{Quick: true}, notebook("x", "y")),
		"another seed":    inputsOfChapter("a", project.Variant{Seed: 7}, notebook("x", "y")),
		"another order":   inputsOfChapter("a", project.Variant{}, notebook("y", "x")),
		"one cell of two": inputsOfChapter("a", project.Variant{}, notebook("xy")),
		"a tag":           inputsOfChapter("a", project.Variant{}, tagged),
	} {
		if other == sound {
			t.Errorf("%s makes the same chapter", name)
		}
	}
}

// Files that a cell names are a part of it, wherever they lie.
func TestFilesThatCellsName(t *testing.T) {
	root := t.TempDir()
	elsewhere := filepath.Join(t.TempDir(), "far.csv")
	for source, file := range map[string]string{
		`os.ReadFile("../mine/my spikes.csv")`: filepath.Join(root, "mine", "my spikes.csv"),
		"f(`table.csv`)":                       filepath.Join(root, "notebooks", "table.csv"),
		"!cat notes.txt | wc":                  filepath.Join(root, "notebooks", "notes.txt"),
		`os.ReadFile("` + elsewhere + `")`:     elsewhere,
	} {
		var found []string
		for _, text := range []string{"", "1", "2", "1"} {
			if text != "" {
				projecttest.Put(t, filepath.Dir(file), filepath.Base(file), text)
			}
			n := &nbformat.Notebook{Cells: []nbformat.Cell{{Kind: nbformat.Code, Source: source}}}
			inputs, err := inputsOfChapter("a", root, project.Variant{}, n)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, inputs)
		}
		if found[0] == found[1] || found[1] == found[2] || found[1] != found[3] {
			t.Errorf("%s: without the file, with 1, with 2 and with 1 the inputs are %q", source, found)
		}
	}
}

// Data may be links; what no program could read to its end is not read.
func TestLinksInData(t *testing.T) {
	root, far := smallProject(t), t.TempDir()
	if err := os.Symlink(far, filepath.Join(root, "data", "far")); err != nil {
		t.Skip(err)
	}
	before := inputs(t, root)
	projecttest.Put(t, far, "deep/a.csv", "1")
	if inputs(t, root) == before {
		t.Error("a file behind a link makes no other inputs")
	}
	if err := os.Symlink(".", filepath.Join(root, "data", "self")); err != nil {
		t.Fatal(err)
	}
	if found, err := inputsOf(t.Context(), root); err == nil {
		t.Errorf("data that contains itself: the inputs are %s", found)
	}
}

func TestModulesOfFolders(t *testing.T) {
	root := smallProject(t)
	projecttest.Put(t, root, "go.mod", "module some.where/balanced\n\ngo 1.24\n\nrequire a.b/c v1.0.0\n\nreplace a.b/c => ../c\n")
	if found := inputs(t, root); found != "" {
		t.Errorf("with a module in a folder the inputs are %s", found)
	}
}

// A go.work above the project, which cells do not see, does not change or stop anything.
func TestWorkspaceAbove(t *testing.T) {
	root := smallProject(t)
	before := inputs(t, root)
	t.Setenv("GOWORK", filepath.Join(t.TempDir(), "go.work"))
	if err := os.WriteFile(os.Getenv("GOWORK"), []byte("go 1.24\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if inputs(t, root) != before {
		t.Error("a workspace makes other inputs")
	}
}
