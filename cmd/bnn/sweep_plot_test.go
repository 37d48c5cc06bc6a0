package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A sweep that no picture shows is refused before it is computed; one that is drawn prints the
// table that it prints without.
func TestSweepPlot(t *testing.T) {
	network, err := filepath.Abs(example("tipping"))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write := func(name, axes, measure string) string {
		path := filepath.Join(folder, name)
		text := `{"name": "s", "network": "` + network + `", "axes": [` + axes + `], "measure": [` + measure + `]}`
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	axis := func(path string) string {
		return `{"name": "` + path + `", "paths": ["` + path + `"], "values": [1, 2]}`
	}
	slopes := axis("populations[0].rate.slope") + "," + axis("populations[1].rate.slope")
	drawn := write("drawn.json", slopes, `{"kind": "regime", "to": 1}`)
	picture := filepath.Join(folder, "p.svg")
	plain, _, _ := call(t, "sweep", drawn, "--store", "none")
	out, messages, code := call(t, "sweep", drawn, "--store", "none", "--plot", picture)
	if code != 0 || out != plain {
		t.Errorf("exit %d, %s\n%s, without a picture\n%s", code, messages, out, plain)
	}
	if svg, err := os.ReadFile(picture); err != nil || !strings.Contains(string(svg), "populations[0].rate.slope") {
		t.Errorf("the picture: %v", err)
	}
	three := write("three.json", slopes+","+axis("populations[0].rate.max"), `{"kind": "regime", "to": 1}`)
	states := write("states.json", axis("populations[0].rate.slope"), `{"kind": "regime", "to": 1}`)
	for _, spec := range []string{three, states} {
		out, messages, code := call(t, "sweep", spec, "--store", "none", "--plot", picture)
		if code != exitUsage || out != "" || !strings.Contains(messages, "--plot") {
			t.Errorf("%s: exit %d, %q, %s", spec, code, out, messages)
		}
	}
}
