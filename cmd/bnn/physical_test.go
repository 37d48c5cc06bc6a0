package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Milliseconds, hertz and millivolts are those of the network's unit, and need one.
func TestPhysical(t *testing.T) {
	text, err := os.ReadFile(example("abstract"))
	if err != nil {
		t.Fatal(err)
	}
	labelled := written(t, strings.Replace(string(text), "{", `{"unit": {"time_ms": 1, "potential_mV": 1},`, 1))
	doubled := written(t, strings.Replace(string(text), "{", `{"unit": {"time_ms": 2, "potential_mV": 1},`, 1))
	plot := filepath.Join(t.TempDir(), "moments.svg")
	for _, command := range []string{"limit FILE --to 1 --every 1 --physical --plot PLOT", "simulate FILE --n 20 --replicas 2 --seed 1 --to 1 --every 1 --store none --physical --plot PLOT"} {
		run := func(path string) (out, messages string, code int) {
			return call(t, strings.Fields(strings.NewReplacer("FILE", path, "PLOT", plot).Replace(command))...)
		}
		one, _, code := run(labelled)
		if code != 0 {
			t.Fatalf("bnn %s: exit %d", command, code)
		}
		two, _, _ := run(doubled)
		picture, err := os.ReadFile(plot)
		if err != nil {
			t.Fatal(err)
		}
		for _, label := range []string{"time t (ms)", "mean potential m (mV)", "variance of potential K (mV²)"} {
			if !strings.Contains(string(picture), label+"\n") {
				t.Errorf("bnn %s: the picture has no axis %q", command, label)
			}
		}
		if !strings.Contains(one, "\n1,") || !strings.Contains(two, "\n2,") {
			t.Errorf("bnn %s: times are not in ms:\n%s%s", command, one, two)
		}
		if out, messages, code := run(example("abstract")); code != 2 || out != "" || !strings.Contains(messages, "unit.time_ms: a missing value is not allowed") {
			t.Errorf("bnn %s of a network without units: exit %d, %s", command, code, messages)
		}
	}
}
