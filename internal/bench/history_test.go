package bench

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/verification"
)

// The history of the project's own benchmarks is compared as CONTRIBUTING.md says: a change by a fifth is found,
// one by a twentieth or of another machine is none, and nothing to compare is neither.
func TestHistoryCompared(t *testing.T) {
	verification.Long(t)
	script, err := filepath.Abs(filepath.Join("..", "..", ".ci", "history"))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write := func(name, cpu string, factor float64) string {
		var text strings.Builder
		fmt.Fprintf(&text, "goos: linux\ngoarch: amd64\npkg: balanced/bnn\ncpu: %s\n", cpu)
		for i := range 6 {
			fmt.Fprintf(&text, "BenchmarkA-2\t100\t%g ns/op\t5 allocs/op\nBenchmarkB-2\t100\t%d ns/op\t5 allocs/op\n", (1000+float64(i))*factor, 2000+i)
		}
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	old := write("old", "X", 1)
	for _, c := range []struct {
		file string
		exit int
		says string
	}{
		{write("slower", "X", 1.2), 1, "A-2 sec/op: +20.00%"},
		{write("faster", "X", 0.8), 1, "A-2 sec/op: -20.00%"},
		{write("nearly", "X", 1.05), 0, "0 of 4 medians"},
		{write("elsewhere", "Y", 1.2), 2, "on one machine"},
	} {
		output, err := exec.CommandContext(t.Context(), "bash", script, "compare", old, c.file).CombinedOutput()
		exit := 0
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			exit = failed.ExitCode()
		} else if err != nil {
			t.Skip("no bash: ", err)
		}
		if exit == 3 {
			t.Skip("benchstat cannot be had: ", string(output))
		}
		if exit != c.exit || !strings.Contains(string(output), c.says) {
			t.Errorf("%s: exit %d, %q: must be %d and say %q", filepath.Base(c.file), exit, output, c.exit, c.says)
		}
	}
}
