package table

import (
	"math"
	"os"
	"strings"
	"testing"
)

func ExampleTable_Print() {
	t := Table{Columns: []string{"t"}}
	t.AddColumns("mean_", []string{"E", "I"})
	t.Rows = append(t.Rows, []any{0.1})
	t.AppendNumbers(1.0/3, -2)
	if err := t.Print(os.Stdout, "csv"); err != nil {
		panic(err)
	}
	// Output:
	// t,mean_E,mean_I
	// 0.1,0.3333333333333333,-2
}

// What is no number, or no plain word, is written so that it can be read back.
func TestPrint(t *testing.T) {
	table := Table{Columns: []string{"a", "b\"c"}, Rows: [][]any{{math.NaN(), "x, y"}, {math.Inf(-1), true}, {1e300, uint64(1 << 63)}}}
	for format, want := range map[string]string{
		"csv":  "a,\"b\"\"c\"\nNaN,\"x, y\"\n-Inf,true\n1e+300,9223372036854775808\n",
		"json": "[\n  {\"a\": null, \"b\\\"c\": \"x, y\"},\n  {\"a\": null, \"b\\\"c\": true},\n  {\"a\": 1e+300, \"b\\\"c\": 9223372036854775808}\n]\n",
	} {
		var text strings.Builder
		if err := table.Print(&text, format); err != nil || text.String() != want {
			t.Errorf("%s: %q, %v, want %q", format, text.String(), err, want)
		}
	}
	if err := table.Print(os.Stdout, "xml"); err == nil || !strings.Contains(err.Error(), `format "xml": must be csv or json`) {
		t.Errorf("error %v", err)
	}
}
