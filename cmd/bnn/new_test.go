package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project/projecttest"
	"balanced/internal/verification"
)

func TestNewRefuses(t *testing.T) {
	root, path := projecttest.New(t)
	pinned(t, root)
	outside := t.TempDir()
	projecttest.Put(t, outside, "go.mod", "module other\n")
	before := tree(t, root)
	for name, want := range map[string]string{
		"":                             `NAME "": must be letters`,
		"a b":                          `NAME "a b": must be letters`,
		".ipynb":                       `NAME ".ipynb": must be letters`,
		"-a":                           "unknown flag",
		"notebooks/":                   "must be letters",
		"a.txt":                        `NAME "a.txt": must be letters`,
		"none/a":                       `NAME "none/a": must be in a folder that exists`,
		"go.mod/a":                     `NAME "go.mod/a": must be in a folder that exists`,
		"notebooks/13-mine":            "must not begin with two digits",
		path("notes"):                  "is there already: must be a new file",
		"notebooks/notes":              "is there already: must be a new file",
		filepath.Join(outside, "mine"): "of the module other",
	} {
		messages, code := callIn(t, root, "new", name)
		if code != exitUsage || !strings.Contains(messages, want) {
			t.Errorf("%q: exit %d: %s, want %s", name, code, messages, want)
		}
	}
	if after := tree(t, root); after != before {
		t.Errorf("what is refused leaves %s", after)
	}
}

// TestNew runs the starter as it stands and with other parameters, in a project that has
// the packages of this one, from a folder that is two below it.
func TestNew(t *testing.T) {
	verification.Long(t)
	root := filepath.Join(t.TempDir(), "a project")
	folder := filepath.Join(root, "work", "mine")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	pinned(t, root)
	for _, name := range []string{"bnn", "analysis", "notebooks", "internal", "data"} {
		target, err := filepath.Abs(filepath.Join("..", "..", name))
		if err == nil {
			err = os.Symlink(target, filepath.Join(root, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if messages, code := callIn(t, folder, "new", "my-first_question.ipynb"); code != 0 {
		t.Fatalf("new: exit %d: %s", code, messages)
	}
	path := filepath.Join(folder, "my-first_question.ipynb")
	n, err := nbformat.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// What is written is nbformat 4.5, as the tests of package notebook hold Encode to it.
	if data, err := n.Encode(); err != nil || string(data) != string(written) {
		t.Errorf("read and written again it is %s, %v", data, err)
	}
	if !strings.HasPrefix(n.Cells[0].Source, "# My first question\n") {
		t.Errorf("the title is %s", n.Cells[0].Source)
	}
	// One after the other: side by side both would compile the packages of the project.
	for output, c := range map[string]struct{ given, want string }{
		"as-it-stands.ipynb": {"", "20 replicas of 1000 neurons in each of 2 classes\n"},
		"smaller.ipynb":      {"-p n=50 -p replicas=4", "4 replicas of 50 neurons in each of 2 classes\n"},
	} {
		t.Run(output, func(t *testing.T) {
			verification.Only(t) // for the compiler, which takes a quarter of a minute
			arguments := append([]string{"run", path, "-o", filepath.Join(folder, output)}, strings.Fields(c.given)...)
			if messages, code := callIn(t, folder, arguments...); code != 0 || !strings.Contains(messages, "all well") {
				t.Fatalf("%v: exit %d: %s", arguments, code, messages)
			}
			executed, err := nbformat.Read(filepath.Join(folder, output))
			if err != nil {
				t.Fatal(err)
			}
			cells := executed.Cells[len(executed.Cells)-3:]
			if got := cells[0].Outputs[0].Text; got != c.want {
				t.Errorf("the run says %q, want %q", got, c.want)
			}
			for i, part := range []string{"<figcaption", "<table"} {
				if html, _ := cells[i+1].Outputs[0].Data["text/html"].(string); !strings.Contains(html, part) {
					t.Errorf("cell %d shows %.200s, want %s", i+2, html, part)
				}
			}
		})
	}
}

// In an empty folder the starter runs, again and again, from any working folder, and leaves figures
// and verdicts there and nowhere else.
func TestNewAnywhere(t *testing.T) {
	verification.Only(t)
	folder, elsewhere := filepath.Join(t.TempDir(), "my place"), t.TempDir()
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "01-mine.ipynb")
	if messages, code := callIn(t, elsewhere, "new", path); code != 0 {
		t.Fatalf("new: exit %d: %s", code, messages)
	}
	n, err := nbformat.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	n.Cells = append(n.Cells, nbformat.Cell{ID: "judge", Kind: nbformat.Code, Source: `func claimed() analysis.Verdict {
	claim := analysis.Claim{Says: "Rates of E are positive", Label: analysis.Derived, Rival: "none", Because: "it is a test", Data: "the starter's"}
	mean := analysis.Estimate{Value: simulated().Rate[0][0], StandardError: 0.001, DegreesOfFreedom: 19}
	return bnn.Must(claim.Test(analysis.Near("start", mean, mean.Value, 0.1).Against(0)))
}

%%
show.Chapter("01-mine").Figure("moments", bnn.Must(figure.Moments(simulated(), limit(), finite())))
show.Chapter("01-mine").Judge(claimed)`})
	data, err := n.Encode()
	if err == nil {
		err = os.WriteFile(path, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if messages, code := callIn(t, elsewhere, "run", path); code != 0 || !strings.Contains(messages, "all well") {
			t.Fatalf("run: exit %d: %s", code, messages)
		}
	}
	var found []string
	err = filepath.WalkDir(filepath.Dir(folder), func(name string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			found = append(found, filepath.ToSlash(strings.TrimPrefix(name, folder)))
		}
		return err
	})
	const want = "/01-mine.ipynb /abstract.json /go.mod /go.sum /out/01-mine/comparisons.csv /out/01-mine/moments.svg /out/01-mine/verdicts.csv"
	if got := strings.Join(found, " "); err != nil || got != want {
		t.Errorf("there are %s, %v; want %s", got, err, want)
	}
	if rest := tree(t, elsewhere); rest != "" {
		t.Errorf("in the working folder there is %s", rest)
	}
}
