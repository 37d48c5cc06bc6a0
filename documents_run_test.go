package balanced_test

import (
	"bufio"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"balanced/internal/verification"
)

// pages are those whose command lines are run.
var pages = []string{"README.md", "CONTRIBUTING.md", "bnn/methods.md", "docs/*.md"}

// notRun are beginnings of lines that are not run here, and why not.
var notRun = map[string]string{
	"go run ./cmd/bnn run":                 "executes the whole book, which .ci/run does",
	"go test":                              "runs the tests, of which this is one",
	"BALANCED_VERIFICATION=1":              "runs the tests, of which this is one",
	".ci/run":                              "runs the tests, of which this is one",
	"out/bnn serve":                        "serves until it is stopped; a test of cmd/bnn does that",
	"out/bnn lab":                          "becomes Jupyter; a test of cmd/bnn starts one",
	"bnn lab":                              "becomes Jupyter; a test of cmd/bnn starts one",
	"out/bnn kernel":                       "changes the Jupyter of the user; tests of internal/jupyter/register do that for another one",
	".ci/peers":                            "installs 1 GB from a package index",
	"out/bnn bench":                        "takes half an hour, or minutes: tests of internal/bench",
	"go run ./cmd/bnn bench":               "takes minutes",
	"go run ./internal/mutation/cmd  ":     "takes hours",
	"go run ./internal/mutation/cmd -only": "takes a quarter of an hour",
	"go run ./internal/rename/cmd":         "a test of internal/rename does that",
	"jupytext --to":                        "needs jupytext: tests of internal/jupyter/clients have it",
	"out/bnn run notebooks/11":             "a test of cmd/bnn runs a chapter with other parameters",
	"out/bnn sweep data/sweeps/phase.json": "takes minutes; --dry-run is run",
	"out/bnn sweep phase.json":             "is about a folder that the reader chooses: tests of cmd/bnn do that",
	"out/bnn sweep status":                 "is about a folder that the reader chooses: tests of cmd/bnn do that",
	"out/bnn sweep merge":                  "is about a folder that the reader chooses: tests of cmd/bnn do that",
	"bnn sweep":                            "needs a cluster: tests of cmd/bnn have one",
	"out/bnn simulate data/networks/abstract.json --n 200 ": "stands in docs/pandas-r-duckdb.md, whose lines a test of cmd/bnn runs",
	"out/bnn limit data/networks/abstract.json --to 2 ":     "stands in docs/pandas-r-duckdb.md, whose lines a test of cmd/bnn runs",
	"out/bnn show out/": "stands in docs/pandas-r-duckdb.md, whose lines a test of cmd/bnn runs",
}

// but are lines that are run although they begin so.
var but = []string{"out/bnn sweep data/sweeps/phase.json --dry-run"}

var shell = regexp.MustCompile("(?s)```sh\n(.*?)\n```")

// Every command line of the pages runs in a copy of the project, in the order in which it stands,
// with an empty store; a line that fails does so here.
func TestCommandsOfThePages(t *testing.T) {
	verification.Only(t)
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	folder, caches := filepath.Join(t.TempDir(), "project"), t.TempDir()
	copied(t, root, folder)
	cache, err := os.UserCacheDir()
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("no folder for caches, or no shell: ", err)
	}
	// The kernel and Go's results are where they were compiled; only the store is empty.
	for _, folder := range []string{filepath.Join(caches, "balanced"), filepath.Join(cache, "balanced", "kernel")} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(cache, "balanced", "kernel"), filepath.Join(caches, "balanced", "kernel")); err != nil {
		t.Fatal(err)
	}
	goCache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	run := func(page, line string) {
		t.Helper()
		command := exec.Command("sh", "-c", line)
		command.Dir = folder
		command.Env = append(os.Environ(), "XDG_CACHE_HOME="+caches, "GOCACHE="+strings.TrimSpace(string(goCache)),
			"PATH="+filepath.Join(folder, "out")+string(os.PathListSeparator)+os.Getenv("PATH"))
		if output, err := command.CombinedOutput(); err != nil {
			t.Errorf("%s: %s: %v\n%s", page, line, err, output)
		}
	}
	run("the program", "go build -o out/bnn ./cmd/bnn")
	used, count := map[string]bool{}, 0
	for _, pattern := range pages {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range paths {
			for _, block := range shell.FindAllStringSubmatch(string(read(t, page)), -1) {
				lines := bufio.NewScanner(strings.NewReader(block[1]))
				for lines.Scan() {
					if line := lines.Text(); !left(line, used) {
						run(page, line)
						count++
					}
				}
			}
		}
	}
	for beginning := range notRun {
		if !used[beginning] {
			t.Errorf("no line of the pages begins with %q any more", beginning)
		}
	}
	t.Logf("%d lines were run", count)
}

// left tells whether a line is not run, and notes why.
func left(line string, used map[string]bool) bool {
	longest := ""
	for beginning := range notRun {
		if strings.HasPrefix(line+"  ", beginning) && len(beginning) > len(longest) {
			longest = beginning
		}
	}
	used[longest] = true
	for _, beginning := range but {
		if strings.HasPrefix(line, beginning) {
			return false
		}
	}
	return longest != ""
}

// copied copies a project without what git knows and what is made again.
func copied(t *testing.T, root, folder string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		way, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		switch {
		case way == ".git" || way == "out":
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(folder, way), 0o777)
		case !entry.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(folder, way), content, 0o777)
	})
	if err != nil {
		t.Fatal(err)
	}
}
