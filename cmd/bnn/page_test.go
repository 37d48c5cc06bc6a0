package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A block of a page is code between fences, and what it prints: the text block behind it.
type block struct{ language, code, prints string }

var fenced = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

func blocksOf(t *testing.T, path string) []block {
	t.Helper()
	var blocks []block
	for _, match := range fenced.FindAllStringSubmatch(contentOf(t, path), -1) {
		if last := len(blocks) - 1; match[1] == "text" {
			blocks[last].prints = match[2]
		} else {
			blocks = append(blocks, block{match[1], match[2], ""})
		}
	}
	return blocks
}

// The lines of docs/pandas-r-duckdb.md do what it says, one block after the other, and print
// what stands behind them. Without Python and its modules it is skipped, and without R and RSQLite the lines
// in R, but not in CI, where BALANCED_CLIENTS is "required".
func TestPageForOtherPrograms(t *testing.T) {
	python := pythonWith(t, "duckdb", "numpy", "pandas", "pyarrow")
	withR := exec.Command("Rscript", "-e", "library(RSQLite)").Run() == nil
	if !withR && os.Getenv("BALANCED_CLIENTS") == "required" {
		t.Fatal("there is no Rscript with RSQLite")
	}
	root, run := pageFolder(t)
	ran := map[string]int{}
	program := connected // of the blocks of Python and SQL, which know of each other
	var printing []block
	for _, b := range blocksOf(t, filepath.Join(root, "docs", "pandas-r-duckdb.md")) {
		ran[b.language]++
		switch b.language {
		case "sh": // the key of the store, which comes last, is another on each machine
			if printed := run("sh", "-e", "-c", b.code); b.prints != "" && !strings.HasPrefix(printed, b.prints) {
				t.Errorf("the lines\n%sprint\n%sand not\n%s", b.code, printed, b.prints)
			}
		case "python":
			program += b.code + next
			printing = append(printing, b)
		case "sql":
			program += fmt.Sprintf("for statement in %q.split(';')[:-1]:\n    print(duck.execute(statement).fetchall())\n", b.code) + next
			printing = append(printing, b)
		case "r":
			if !withR {
				t.Log("the lines in R are not run: there is no Rscript with RSQLite")
			} else if printed := run("Rscript", "-e", b.code); printed != b.prints {
				t.Errorf("the lines\n%sprint\n%sand not\n%s", b.code, printed, b.prints)
			}
		default:
			t.Errorf("a block of %s", b.language)
		}
	}
	parts := strings.Split(run(python, "-c", program), "\f\n")
	if len(parts) != len(printing)+1 {
		t.Fatalf("%d parts for %d blocks", len(parts), len(printing))
	}
	for i, b := range printing {
		if parts[i] != b.prints {
			t.Errorf("the lines\n%sprint\n%sand not\n%s", b.code, parts[i], b.prints)
		}
	}
	for language, least := range map[string]int{"sh": 2, "python": 6, "sql": 2, "r": 3} {
		if ran[language] < least {
			t.Errorf("%d blocks of %s", ran[language], language)
		}
	}
}

// The lines of docs/coming-from.md do what the page says, too.
func TestPageComingFrom(t *testing.T) {
	python := pythonWith(t, "pandas")
	root, run := pageFolder(t)
	ran := 0
	for _, b := range blocksOf(t, filepath.Join(root, "docs", "coming-from.md")) {
		if b.language != "python" {
			continue
		}
		ran++
		if printed := run(python, "-c", b.code); b.prints == "" || printed != b.prints {
			t.Errorf("the lines\n%sprint\n%sand not\n%s", b.code, printed, b.prints)
		}
	}
	if ran == 0 {
		t.Error("there is no block of Python")
	}
}

// pythonWith is a Python that has modules. Without it the test is skipped, or fails where
// BALANCED_CLIENTS is "required".
func pythonWith(t *testing.T, modules ...string) string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err == nil && exec.Command(python, "-c", "import "+strings.Join(modules, ", ")).Run() != nil {
		err = fmt.Errorf("%s has not all of the modules %s", python, strings.Join(modules, ", "))
	}
	switch {
	case err != nil && os.Getenv("BALANCED_CLIENTS") == "required":
		t.Fatal(err)
	case err != nil:
		t.Skip(err)
	}
	return python
}

// pageFolder is the folder of the project, and runs programs in one that has its data and bnn as
// out/bnn.
func pageFolder(t *testing.T) (root string, run func(program string, arguments ...string) string) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	bnn, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "out"), 0o755); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"out/bnn": bnn, "data": filepath.Join(root, "data")} {
		if err := os.Symlink(target, filepath.Join(folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	return root, func(program string, arguments ...string) string {
		t.Helper()
		command := exec.Command(program, arguments...)
		command.Dir = folder
		command.Env = append(os.Environ(), "BNN_TEST_AS_PROGRAM=1")
		var problem strings.Builder
		command.Stderr = &problem
		printed, err := command.Output()
		if err != nil {
			t.Fatalf("%v: %s\n%s", err, strings.Join(arguments, " "), problem.String())
		}
		return string(printed)
	}
}

// connected begins the program: DuckDB finds what reads SQLite in a package of Python, if it
// is there, and else fetches it itself.
const connected = `
import glob, importlib.util, os
import duckdb
duck = duckdb.connect()
package = importlib.util.find_spec("duckdb_extension_sqlite_scanner")
if package:
    for extension in glob.glob(os.path.join(os.path.dirname(package.origin), "extensions", "v" + duckdb.__version__, "*.duckdb_extension")):
        duck.execute(f"LOAD '{extension}'")
`

// next parts what the blocks print.
const next = "print('\\f')\n"
