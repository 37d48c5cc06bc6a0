package clients

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"balanced/internal/browser"
	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
)

// A frontend is JupyterLab or Jupyter Notebook 7.
type frontend struct {
	program string
	version string   // begins so
	path    string   // of a notebook, where % stands for its name without .ipynb
	own     []string // errors of its own on the console
}

// attached is what Chromium says before the picture attached to a cell replaces its address,
// in any notebook that has one.
const attached = "net::ERR_UNKNOWN_URL_SCHEME attachment:"

var frontends = map[string]frontend{
	"JupyterLab": {"jupyter-lab", "4.", "/lab/workspaces/%/tree/notebooks/%.ipynb", []string{attached}},
	// The exception is that of an extension that it loads before its settings, in an empty
	// notebook of Python too.
	"Notebook": {"jupyter-notebook", "7.", "/notebooks/notebooks/%.ipynb", []string{attached, "Cannot read properties of undefined (reading 'schema')"}},
}

// A chapter is opened in JupyterLab and in Jupyter Notebook, its figures and tables are shown
// before and after all cells are run, and what is saved is what is committed. A cell that does
// not end is interrupted, others run after it, and a restart forgets what was declared. The
// console stays free of errors.
func TestFrontends(t *testing.T) {
	for name, f := range frontends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program := client(t, f.program)
			if said, err := exec.CommandContext(t.Context(), program, "--version").Output(); err != nil || !strings.HasPrefix(string(said), f.version) {
				missing(t, fmt.Errorf("%s is of version %q, %v, not %s", program, said, err, f.version))
			}
			d := newDesk(t)
			address := d.serve(t, program) + f.path
			t.Run("chapter", func(t *testing.T) { f.chapter(t, d, address) })
			t.Run("interrupt and restart", func(t *testing.T) { f.interrupt(t, d, address) })
		})
	}
}

func (f frontend) chapter(t *testing.T, d desk, address string) {
	const name = "11-a-balanced-network"
	committed := read(t, filepath.Join(d.project, "notebooks", name+".ipynb"))
	copied := filepath.Join(d.notebooks(t), name+".ipynb")
	unnumbered := read(t, filepath.Join(d.project, "notebooks", name+".ipynb"))
	for i := range unnumbered.Cells { // by the numbers of cells one sees that what is saved has run
		unnumbered.Cells[i].ExecutionCount = 0
	}
	write(t, copied, unnumbered)
	cells, figures, tables := 0, 0, 0
	for _, cell := range committed.Cells {
		if cell.Kind == nbformat.Code {
			cells++
		}
		for _, output := range cell.Outputs {
			html, _ := output.Data["text/html"].(string)
			figures += strings.Count(html, "<figure")
			tables += strings.Count(html, "<table")
		}
	}
	if figures < 3 || tables < 2 {
		t.Fatalf("%d figures and %d tables: too few to look for", figures, tables)
	}
	shown := fmt.Sprintf(`(() => {
		const all = selector => [...document.querySelectorAll(".jp-Notebook .jp-OutputArea " + selector)].filter(part => part.offsetHeight > 30);
		return all("figure img").filter(image => image.naturalWidth > 100).length == %d && all("table").length == %d;
	})()`, figures, tables)

	n := open(t, strings.ReplaceAll(address, "%", name))
	n.await("its figures and tables are shown before it is run, trusted or not", shown)
	n.await("its attached picture is shown", `[...document.querySelectorAll(".jp-MarkdownCell img")].some(image => image.naturalWidth > 100)`)
	n.runAll()
	n.await("all cells have run", fmt.Sprintf(`%s == "%s" && %s == "idle"`, prompts, counted(cells), status))
	n.await("its figures and tables are shown after it has run", shown)
	n.press("docmanager:save", false)
	text := ""
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		saved, err := nbformat.Read(copied)
		if err != nil { // it is being written
			continue
		}
		if text = difference(saved, committed, true); text == "" && last(saved) != cells {
			text = fmt.Sprintf("the last cell has the number %d", last(saved))
		}
		if text == "" {
			break
		}
	}
	if text != "" {
		t.Errorf("in the saved notebook %s, of the committed one", text)
	}
	n.press("notebook:restart-run-all", true)
	n.await("cells wait to be run again", prompts+`.includes("*")`)
	n.await("all cells have run again", fmt.Sprintf(`%s == "%s" && %s == "idle"`, prompts, counted(cells), status))
	n.page.Report(n.errors(f.own...))
}

// last is the number of the last code cell; 0 if it has not run.
func last(n *nbformat.Notebook) (number int) {
	for _, cell := range n.Cells {
		if cell.Kind == nbformat.Code {
			number = cell.ExecutionCount
		}
	}
	return number
}

// counted are the numbers beside so many cells that have run one after the other.
func counted(cells int) string {
	var numbers []string
	for i := range cells {
		numbers = append(numbers, fmt.Sprintf("[%d]", i+1))
	}
	return strings.Join(numbers, " ")
}

func (f frontend) interrupt(t *testing.T, d desk, address string) {
	long := &nbformat.Notebook{Metadata: map[string]any{}}
	kernel.Describe(long.Metadata)
	for i, source := range []string{
		`func greeting() string { return "good morning" }`,
		"%%\nfmt.Println(\"begun\")\ntime.Sleep(time.Hour)",
		"%%\nfmt.Println(greeting())",
	} {
		long.Cells = append(long.Cells, nbformat.Cell{ID: fmt.Sprint("cell-", i+1), Kind: nbformat.Code, Source: source})
	}
	write(t, filepath.Join(d.notebooks(t), "long.ipynb"), long)

	n := open(t, strings.ReplaceAll(address, "%", "long"))
	n.runAll()
	n.await("the long cell has begun", outputs(1)+`.includes("begun")`)
	n.press("notebook:interrupt-kernel", false)
	n.await("the long cell has ended", fmt.Sprintf(`%s.startsWith("[1] [2]") && %s == "idle"`, prompts, status))
	if said := browser.Eval[string](n.page, outputs(1)); !strings.Contains(said, "interrupt") {
		t.Errorf("the cell that is interrupted says %q", said)
	}
	n.click(".jp-CodeCell .cm-content", "greeting())")
	n.press("notebook:run-cell-and-select-next", false)
	n.await("the cell after it runs", outputs(2)+`.includes("good morning")`)

	n.press("notebook:restart-kernel", true)
	n.click(".jp-CodeCell .cm-content", "greeting())")
	n.press("notebook:run-cell-and-select-next", false)
	n.await("what was declared before a restart is forgotten", outputs(2)+`.includes("undefined: greeting")`)
	n.page.Report(n.errors(f.own...))
}
