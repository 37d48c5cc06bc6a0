package model

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

// The text of a network file is that of bnn.WriteNetwork.
func TestFile(t *testing.T) {
	for name, network := range presets(t) {
		path := filepath.Join(t.TempDir(), "network.json")
		if err := bnn.WriteNetwork(path, network); err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(path)
		if got := ask[TextAnswer](t, "file", object{"network": network}); got.Text != string(want) || err != nil || got.Problem != nil {
			t.Errorf("%s: %+v, want %s, %v", name, got, want, err)
		}
	}
}

// program is the program that GoNB makes of a cell: lines for the shell and the notebook
// are not Go, and what follows %% is the body of main.
func program(cell string) string {
	text := "package main\n"
	for line := range strings.Lines(cell) {
		switch {
		case strings.HasPrefix(line, "!*"), strings.HasPrefix(line, "%noautoget"):
		case line == "%%\n":
			text += "func main() {\n"
		default:
			text += line
		}
	}
	return text + "}\n"
}

// Cells compile and run, for networks with and without balance and with odd names.
func TestCellsRun(t *testing.T) {
	verification.Long(t)
	odd := change(t, "abstract", func(n *bnn.Network) { n.Name, n.Note = "`{n} %d", "a\ufeffb\u2028\n%%\n\"\\`" })
	for name, c := range map[string]struct {
		network *bnn.Network
		n       int
	}{
		"odd":     {odd, 20},
		"folding": {folding(t), 1001},
		"silent":  {change(t, "silent", func(n *bnn.Network) { n.Initial.OnManifold = true }), 20},
	} {
		t.Run(name, func(t *testing.T) {
			if name != "odd" {
				verification.Only(t) // each compiles and links as much again
			}
			t.Parallel()
			cell := ask[TextAnswer](t, "cell", object{"network": c.network, "n": c.n, "seed": 7, "to": 0.5, "every": 0.1}).Text
			path := filepath.Join(t.TempDir(), "main.go")
			// An operator that looks at the result stands in for the reader of the notebook.
			looked := strings.Replace(program(cell), "\tshow.Figure(", "\tprintln(runs.N, limit != nil, finite != nil)\n\tshow.Figure(", 1)
			if err := os.WriteFile(path, []byte(looked), 0o644); err != nil {
				t.Fatal(err)
			}
			for _, arguments := range [][]string{{"vet", path}, {"run", path}} {
				out, err := exec.Command("go", arguments...).CombinedOutput()
				if err != nil {
					t.Fatalf("go %s: %v\n%s\n%s", arguments[0], err, out, looked)
				}
				want := map[string]string{"odd": "20 true true\n", "folding": "1001 false true\n", "silent": ""}[name]
				if arguments[0] == "run" && string(out) != want {
					t.Errorf("the cell prints %q, want %q", out, want)
				}
			}
			if n := strings.Count(cell, "Method: simulate.Leap{}"); (n == 1) != (c.n > 1000) {
				t.Errorf("n = %d: the leap is there %d times", c.n, n)
			}
		})
	}
}

// The network in a cell is the one asked about.
func TestCellKeepsTheNetwork(t *testing.T) {
	for name, network := range presets(t) {
		network.Note = "`\ufeff`" + network.Note
		cell := ask[TextAnswer](t, "cell", object{"network": network, "n": 100, "seed": 7, "to": 0.5, "every": 0.1}).Text
		parts := strings.Split(cell, "`")
		if len(parts) != 3 {
			t.Fatalf("%s: %d raw strings", name, len(parts)/2)
		}
		got, err := bnn.ParseNetwork([]byte(parts[1]))
		if err != nil || got.Note != network.Note || got.Fingerprint() != network.Fingerprint() {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// As many populations have a cell as have colours in a figure.
func TestCellOfManyPopulations(t *testing.T) {
	many := func(count int) *bnn.Network {
		network := preset(t, "abstract")
		for a := len(network.Populations); a < count; a++ {
			network.Populations = append(network.Populations, bnn.Population{Name: strings.Repeat("x", a), Tau: 1, Size: 1, Rate: bnn.ConstantRate{Value: 1}})
		}
		network.Weights = make([][]float64, count)
		for a := range network.Weights {
			network.Weights[a] = make([]float64, count)
		}
		network.Initial = bnn.Initial{Mean: make([]float64, count), Variance: make([]float64, count)}
		return network
	}
	for count, allowed := range map[int]bool{6: true, 7: false} {
		got := ask[TextAnswer](t, "cell", object{"network": many(count), "n": 10, "to": 1, "every": 0.5})
		if (got.Problem == nil) != allowed {
			t.Errorf("%d populations: %+v", count, got.Problem)
		}
	}
}
