package runner

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"

	"time"

	"balanced/internal/verification"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
)

// waitsForInput is what is said of a cell that reads its standard input.
var waitsForInput = map[bool]string{true: "waits for input", false: "did not finish in time"}[runtime.GOOS == "linux"]

// inGoNB gives options for the real kernel, and the cell that a notebook begins with.
func inGoNB(t *testing.T) (o Options, setup string) {
	t.Helper()
	tools, err := kernel.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return Options{Tools: tools, Timeout: 2 * time.Minute}, "!*rm -f go.work && go work init && go work use . \"" + tools.Module + "\"\n%noautoget"
}

// TestGoNB runs notebooks in the real kernel. The first time on a machine it
// compiles GoNB, which takes up to a minute.
func TestGoNB(t *testing.T) {
	verification.Long(t)
	o, setup := inGoNB(t)
	good := write(t, setup, `import (
	"fmt"
	"os"

	"github.com/janpfeifer/gonb/gonbui"
)

func greeting() string { return "hello" }

func main() {
	gonbui.DisplayHTML("<b>bold</b>")
	fmt.Fprintln(os.Stderr, "aside")
	fmt.Println(greeting())
	gonbui.UpdateHTML("id", "first")
	gonbui.Sync()
}`, "%%\nfmt.Println(greeting(), \"again\")\ngonbui.UpdateHTML(\"id\", \"second\")\ngonbui.Sync()")
	shell := write(t, setup, "!echo before; printf cut >&2; exit 3", "!echo after")
	compile := write(t, setup, "%%\nvar unused int")
	panics := write(t, setup, "%%\nfmt.Println(\"before\")\npanic(\"on purpose\")")
	magic := write(t, "%nosuchmagic")
	input := write(t, "%with_inputs\n!read x")
	reads := write(t, setup, "%%\nvar x int\nfmt.Println(fmt.Scan(&x))")
	outside := write(t, setup, "const one = 1\nfmt.Println(one)")
	lines := write(t, setup, "%%\r\nfmt.Println(`a`)\r\nfmt.Println(`b`)\r\n!exit 3")
	paths := []string{good, shell, compile, panics, magic, input, reads, outside, lines}
	results, _ := runAt(t.Context(), o, paths)

	if results[0].Err != nil {
		t.Fatal(results[0].Err)
	}
	cells := read(t, good).Cells
	want := []nbformat.Output{
		{Kind: nbformat.Stream, Text: "hello\n"}, {Kind: nbformat.Stream, Text: "aside\n"},
		{Kind: nbformat.DisplayData, Data: map[string]any{"text/html": "<b>bold</b>"}},
		{Kind: nbformat.DisplayData, Data: map[string]any{"text/html": "second"}},
	}
	if len(cells[2].Outputs) != len(want) {
		t.Fatalf("outputs %+v, want %+v", cells[2].Outputs, want)
	}
	for i, output := range cells[2].Outputs {
		if output.Kind != want[i].Kind || output.Text != want[i].Text || output.Data["text/html"] != want[i].Data["text/html"] {
			t.Errorf("output %d is %+v, want %+v", i+1, output, want[i])
		}
	}
	for i, text := range []string{"", "exit status 3", "Cell[2]: Line 2", "panic: on purpose", "%nosuchmagic", "waits for input", waitsForInput, "put the line %% before", "exit status 3"} {
		var cell *CellError
		if i > 0 && (!errors.As(results[i].Err, &cell) || cell.CodeCell != min(2, len(read(t, paths[i]).Cells)-1) || !strings.Contains(cell.Text, text)) {
			t.Errorf("notebook %d gives %v, want %q", i, results[i].Err, text)
		}
	}
	if got, want := texts(t, panics), "2 before"; !strings.Contains(got, want) {
		t.Errorf("the failing notebook has outputs %q, want %q", got, want)
	}
	if got, want := texts(t, lines), "2 a\nb"; !strings.Contains(got, want) {
		t.Errorf("a cell with other line ends has outputs %q, want %q", got, want)
	}
	if data, err := os.ReadFile(outside); err != nil || !strings.Contains(string(data), "expected declaration") || strings.Contains(string(data), "put the line") {
		t.Errorf("outputs without %%%% are not those of other clients: %s, %v", data, err)
	}
	data, err := os.ReadFile(panics)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), "\\tGONB_TMP_DIR/gonb/main.go:") {
		t.Errorf("the place of the panic is not told without the kernel's folder in\n%s", data)
	}

	o.Check = true
	if _, err := runAt(t.Context(), o, []string{good}); err != nil {
		t.Errorf("a second run differs: %v", err)
	}
}
