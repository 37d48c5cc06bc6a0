package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
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

// The rates of a sweep are in Hz and its means in mV, in the table and at the bar of a picture; numbers of its axes stay.
func TestPhysicalSweep(t *testing.T) {
	text, err := os.ReadFile(example("abstract"))
	if err != nil {
		t.Fatal(err)
	}
	network := written(t, strings.Replace(string(text), "{", `{"unit": {"time_ms": 10, "potential_mV": 2},`, 1))
	spec := written(t, fmt.Sprintf(`{"name": "s", "network": %q, "measure": [{"kind": "limit", "to": 1}], "axes": [
		{"name": "x", "paths": ["populations[0].rate.slope"], "values": [4, 5]}, {"name": "y", "paths": ["populations[1].rate.slope"], "values": [4, 5]}]}`, network))
	plot := filepath.Join(t.TempDir(), "map.svg")
	numbers := func(flags ...string) (all []float64) {
		out, messages, code := call(t, append([]string{"sweep", spec, "--store", "none", "--plot", plot}, flags...)...)
		if code != 0 {
			t.Fatal(messages)
		}
		for _, cell := range strings.Split(strings.Split(out, "\n")[1], ",")[1:9] {
			number, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(out)
			}
			all = append(all, number)
		}
		return all
	}
	plain, physical := numbers(), numbers("--physical")
	for i, factor := range []float64{1, 1, 2, 2, 4, 4, 100, 100} { // x, y, means, variances, rates
		if math.Abs(physical[i]/plain[i]/factor-1) > 1e-12 {
			t.Errorf("column %d: %g, want %g times %g", i+1, physical[i], factor, plain[i])
		}
	}
	if picture, err := os.ReadFile(plot); err != nil || !strings.Contains(string(picture), "rate of E (Hz)") {
		t.Errorf("the bar of colours has no unit: %v", err)
	}
	if _, messages, code := call(t, "sweep", "../../data/sweeps/phase.json", "--store", "none", "--physical"); code != 2 || !strings.Contains(messages, "unit.time_ms") {
		t.Errorf("a sweep without units: exit %d, %s", code, messages)
	}
}
