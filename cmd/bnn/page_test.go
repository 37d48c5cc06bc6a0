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
	python, err := exec.LookPath("python3")
	if err == nil && exec.Command(python, "-c", "import duckdb, numpy, pandas, pyarrow").Run() != nil {
		err = fmt.Errorf("%s has not all of the modules duckdb, numpy, pandas and pyarrow", python)
	}
	switch {
	case err != nil && os.Getenv("BALANCED_CLIENTS") == "required":
		t.Fatal(err)
	case err != nil:
		t.Skip(err)
	}
	withR := exec.Command("Rscript", "-e", "library(RSQLite)").Run() == nil
	if !withR && os.Getenv("BALANCED_CLIENTS") == "required" {
		t.Fatal("there is no Rscript with RSQLite")
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	program, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "out"), 0o755); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"out/bnn": program, "data": filepath.Join(root, "data")} {
		if err := os.Symlink(target, filepath.Join(folder, link)); err != nil {
			t.Fatal(err)
		}
	}
	run := func(program string, arguments ...string) string {
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
	ran := map[string]int{}
	program = connected // of the blocks of Python and SQL, which know of each other
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
