package parquet

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"balanced/internal/verification"

	"github.com/parquet-go/parquet-go"
)

var columns = []Column{{"point", Integer}, {"weights[*][1]", Number}, {"a, \"b\"", Number}, {"regime", Text}}

func example(i int) []any {
	row := []any{int64(i), float64(i) / 3, nil, "balanced"}
	if i%3 == 1 {
		row = []any{int64(i), nil, -0.5, nil}
	}
	return row
}

func write(t testing.TB, rows int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, columns, [2]string{"command", "bnn sweep"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := w.Write(example(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What was written is read, in the order of the columns, with nulls, over several groups of
// rows; the same rows give the same bytes.
func TestParquet(t *testing.T) {
	const rows = groupRows + 1000
	content := write(t, rows)
	if !bytes.Equal(content, write(t, rows)) {
		t.Error("other bytes")
	}
	file, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if value, _ := file.Lookup("command"); value != "bnn sweep" {
		t.Errorf("metadata %q", value)
	}
	for i, field := range file.Schema().Fields() {
		if field.Name() != columns[i].Name {
			t.Errorf("column %d is %q", i, field.Name())
		}
	}
	reader := parquet.NewGenericReader[any](file)
	defer reader.Close()
	buffer := make([]parquet.Row, 1)
	for i := range rows {
		if n, err := reader.ReadRows(buffer); n != 1 {
			t.Fatal(i, err)
		}
		for c, cell := range example(i) {
			value := buffer[0][c]
			same := value.IsNull()
			switch cell := cell.(type) {
			case int64:
				same = !value.IsNull() && value.Int64() == cell
			case float64:
				same = !value.IsNull() && value.Double() == cell
			case string:
				same = !value.IsNull() && string(value.ByteArray()) == cell
			}
			if !same {
				t.Fatalf("row %d, column %d: %v for %v", i, c, value, cell)
			}
		}
	}
}

// A row of another shape is refused.
func TestRefusedRows(t *testing.T) {
	w, err := NewWriter(&bytes.Buffer{}, columns)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]any{{int64(1)}, {1.5, nil, nil, nil}, {nil, int64(1), nil, nil}, {nil, nil, nil, 1}} {
		if w.Write(row) == nil {
			t.Errorf("%v is written", row)
		}
	}
	if _, err := NewWriter(&bytes.Buffer{}, []Column{{"a", Text}, {"a", Number}}); err == nil {
		t.Error("a name may stand twice")
	}
}

// counted is where a long table goes.
type counted struct{ bytes int }

func (c *counted) Write(p []byte) (int, error) { c.bytes += len(p); return len(p), nil }

// A long table is not held: the memory in use does not grow with its rows.
func TestLongTables(t *testing.T) {
	verification.Long(t)
	var most [2]uint64
	for i, groups := range []int{4, 16} {
		w, err := NewWriter(&counted{}, columns)
		if err != nil {
			t.Fatal(err)
		}
		for row := range groups * groupRows {
			if err := w.Write(example(row)); err != nil {
				t.Fatal(err)
			}
			if row%groupRows == groupRows-1 {
				runtime.GC()
				var stats runtime.MemStats
				runtime.ReadMemStats(&stats)
				most[i] = max(most[i], stats.HeapAlloc)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if most[1] > most[0]+most[0]/2 {
		t.Errorf("%d bytes are in use for four groups of rows, %d for sixteen", most[0], most[1])
	}
}

// pandas and DuckDB read the file with its types. A program that is not there skips its part,
// or fails it if the environment variable BALANCED_CLIENTS is "required", as it is in CI.
func TestClients(t *testing.T) {
	path := filepath.Join(t.TempDir(), "table.parquet")
	if err := os.WriteFile(path, write(t, 1000), 0o644); err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	for i := range 1000 {
		for _, cell := range example(i) {
			switch cell := cell.(type) {
			case nil:
				want.WriteString("null ")
			case float64:
				fmt.Fprintf(&want, "%016x ", math.Float64bits(cell))
			default:
				fmt.Fprint(&want, cell, " ")
			}
		}
	}
	sum := fmt.Sprintf("point,weights[*][1],a, \"b\",regime\n%x\n", sha256.Sum256(want.Bytes()))
	for _, module := range []string{"pandas", "duckdb"} {
		t.Run(module, func(t *testing.T) {
			python, err := exec.LookPath("python3")
			if err == nil && exec.Command(python, "-c", "import pyarrow, "+module).Run() != nil {
				err = fmt.Errorf("%s has no modules pyarrow and %s", python, module)
			}
			switch {
			case err != nil && os.Getenv("BALANCED_CLIENTS") == "required":
				t.Fatal(err)
			case err != nil:
				t.Skip(err)
			}
			got, err := exec.Command(python, filepath.Join("testdata", "read_"+module+".py"), path).CombinedOutput()
			if err != nil || string(got) != sum {
				t.Errorf("%v: it printed\n%s\nand not\n%s", err, got, sum)
			}
		})
	}
}
