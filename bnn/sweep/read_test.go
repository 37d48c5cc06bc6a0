package sweep

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/simulate"
)

// everything is a file with all keys, with a network of its own.
const everything = `{"name": "phase", "note": "a", "seed": 18446744073709551615, "design": "grid",
 "network": {"name": "a", "populations": [
   {"name": "E", "tau": 1, "rate": {"kind": "logistic", "max": 6, "slope": 2, "threshold": 0.8}},
   {"name": "I", "tau": 1, "rate": {"kind": "logistic", "max": 3, "slope": 8, "threshold": 0}}],
  "weights": [[0.5, -0.6], [0.5, -0.6]], "initial": {"mean": [0, 0], "variance": [0.15, 0.15], "project": false}},
 "axes": [{"name": "g", "paths": ["weights[*][1]", "initial.mean[E]"], "from": -0.9, "to": -0.15, "count": 6, "scale": "log"},
          {"name": "slope", "paths": ["populations[1].rate.slope"], "values": [1, 2e0], "factor": true}],
 "measure": [{"kind": "regime", "to": 3}, {"kind": "stationary"}, {"kind": "limit", "to": 0},
             {"kind": "finite", "n": 500, "to": 3.5}, {"kind": "simulation", "n": 500, "replicas": 20, "to": 3, "method": "leap", "step": 0.25},
             {"kind": "simulation", "n": 1e3, "replicas": 2, "to": 1, "method": "exact"}]}`

// A file says what it says.
func TestRead(t *testing.T) {
	s, err := Parse([]byte("\uFEFF"+everything), "")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "name", s.Name, "phase")
	equal(t, "seed", s.Seed, uint64(1<<64-1))
	equal(t, "axes", s.Axes, []Axis{
		{Name: "g", Paths: []string{"weights[*][1]", "initial.mean[E]"}, From: -0.9, To: -0.15, Count: 6, Log: true},
		{Name: "slope", Paths: []string{"populations[1].rate.slope"}, Values: []float64{1, 2}, Factor: true},
	})
	equal(t, "measures", s.Measures, []Measure{Regime(3), Stationary(), Limit(0), Finite(500, 3.5),
		Simulation(500, 20, 3, simulate.Leap{Step: 0.25, Tolerance: simulate.DefaultTolerance}), Simulation(1000, 2, 1, simulate.Exact{})})
	equal(t, "points", s.Len(), 12)
	latin, err := Parse([]byte(strings.NewReplacer(`"grid"`, `"latin", "points": 1000`, `, "count": 6`, "").Replace(everything)), "")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "points of a Latin hypercube", []int{latin.Points, latin.Len()}, []int{1000, 1000})
}

// The path of a network is told from the folder of the file, and all that is wrong with either
// names its file.
func TestReadFiles(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	network, err := networktest.ReadNetwork(t, "tipping").MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	networkFile := write("tipping.json", string(network))
	spec := func(network string) string {
		return write("sweep.json", `{"name": "a", "network": "`+network+`", "axes": [{"name": "g", "paths": ["weights[*][1]"], "values": [-1]}], "measure": [{"kind": "stationary"}]}`)
	}
	for _, path := range []string{"tipping.json", networkFile} {
		s, err := Read(spec(path))
		if err != nil || s.Network.Name != "tipping" {
			t.Errorf("%v, %v", s, err)
		}
	}
	if _, err := Read(spec("nowhere.json")); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "sweep.json") {
		t.Errorf("without a network: %v", err)
	}
	write("tipping.json", "{}")
	if _, err := Read(spec("tipping.json")); err == nil || !strings.Contains(err.Error(), "tipping.json: name: a missing value") {
		t.Errorf("with a bad network: %v", err)
	}
	if _, err := Read(filepath.Join(folder, "none.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
	if _, err := Read(write("long.json", strings.Repeat(" ", 2<<20))); err == nil || !strings.Contains(err.Error(), "long.json: sweep: a text of more than 1 MiB") {
		t.Errorf("a long file: %v", err)
	}
}

// malformed are edits of everything and the beginnings of what is said about them.
var malformed = []struct{ old, new, want string }{
	{`"name": "phase", `, "", "name: a missing value is not allowed: must be a text; the key is required"},
	{`"phase"`, `" "`, `name: " " is not allowed`},
	{`"note": "a"`, `"note": 1`, "note: the number 1"},
	{`"note"`, `"title"`, "title: an unknown key is not allowed: must be one of the keys name, note, network, seed, design, points, axes, measure"},
	{`"seed": 18446744073709551615, `, "", "seed: a missing value"},
	{`18446744073709551615`, "-1", "seed: -1"},
	{`18446744073709551615`, "1.5", "seed: 1.5"},
	{`18446744073709551615`, `"1"`, "seed: the text"},
	{`"grid"`, `"random"`, `design: "random" is not allowed: must be grid or latin`},
	{`"grid"`, `"latin"`, "points: a missing value"},
	{`"grid"`, `"grid", "points": 5`, "points: given"},
	{`"grid"`, `"latin", "points": 0`, "points: 0"},
	{`"network": {`, `"network": 1, "x": {`, "x: an unknown key"},
	{`"tau": 1, "rate": {"kind": "logistic", "max": 6`, `"tau": 0, "rate": {"kind": "logistic", "max": 6`, "network.populations[0].tau: 0"},
	{`"project": false`, `"project": 0`, "network.initial.project: the number 0"},
	{`"weights[*][1]"`, `"weights[*][2]"`, `axes[0].paths[0]: "weights[*][2]" is not allowed: must be the path of a number of the network`},
	{`"initial.mean[E]"`, `"initial.mean[X]"`, `axes[0].paths[1]: "initial.mean[X]"`},
	{`"initial.mean[E]"`, `null`, "axes[0].paths[1]: null"},
	{`["populations[1].rate.slope"]`, `[]`, "axes[1].paths: a list of 0"},
	{`["populations[1].rate.slope"]`, `"populations[1].rate.slope"`, "axes[1].paths: the text"},
	{`"name": "slope", `, "", "axes[1].name: a missing value"},
	{`"name": "slope"`, `"name": "g"`, `axes[1].name: "g"`},
	{`"name": "slope"`, `"name": "regime_why"`, `axes[1].name: "regime_why"`},
	{`"from": -0.9`, `"from": NaN`, "axes[0].from: NaN"},
	{`"from": -0.9`, `"from": 1e999`, "axes[0].from: 1e999"},
	{`"from": -0.9`, `"from": 0.9`, "axes[0].to: -0.15"},
	{`"from": -0.9, `, ``, "axes[0].from: a missing value"},
	{`"count": 6`, `"count": 0`, "axes[0].count: 0"},
	{`"count": 6`, `"count": 2.5`, "axes[0].count: 2.5"},
	{`, "count": 6`, ``, "axes[0].count: a missing value"},
	{`"count": 6`, `"count": 6, "values": [1]`, "axes[0].from: an unknown key is not allowed: must be one of the keys name, paths, factor, values"},
	{`"log"`, `"square"`, `axes[0].scale: "square"`},
	{`[1, 2e0]`, `[]`, "axes[1].values: a list of 0"},
	{`[1, 2e0]`, `[1, "2"]`, "axes[1].values[1]: the text"},
	{`"factor": true`, `"factor": 1`, "axes[1].factor: the number 1"},
	{`"kind": "stationary"`, `"kind": "stationary", "to": 1`, "measure[1].to: an unknown key"},
	{`"kind": "stationary"`, `"kind": "branch"`, `measure[1].kind: "branch" is not allowed: must be one of the kinds regime, stationary, limit, finite, simulation`},
	{`"kind": "stationary"`, `"to": 1`, "measure[1].kind: a missing value"},
	{`"to": 0}`, `"to": -1}`, "measure[2].to: -1"},
	{`"to": 0}`, `"to": null}`, "measure[2].to: null"},
	{`, "to": 0}`, `}`, "measure[2].to: a missing value"},
	{`"n": 500, "to": 3.5`, `"to": 3.5`, "measure[3].n: a missing value"},
	{`"n": 500, "to": 3.5`, `"n": 0, "to": 3.5`, "measure[3].n: 0"},
	{`"replicas": 20`, `"replicas": 0`, "measure[4].replicas: 0"},
	{`"replicas": 20`, `"replicas": 1.5`, "measure[4].replicas: 1.5"},
	{`"leap"`, `"exact"`, "measure[4].step: given"},
	{`"leap"`, `"euler"`, `measure[4].method: "euler" is not allowed: must be exact or leap`},
	{`0.25`, `0`, "measure[4].step: 0"},
	{`"method": "exact"`, `"seed": 1`, "measure[5].seed: an unknown key"},
	{`"measure": [`, `"measure": [], "m": [`, "m: an unknown key"},
	{everything, `[]`, "sweep: a list is not allowed: must be an object"},
	{everything, everything + "x", "sweep: more text"},
	{everything, `{"name": "a", "name": "b"}`, "name: a second value"},
}

// What a file may not hold is named by its path.
func TestMalformed(t *testing.T) {
	for _, c := range malformed {
		if strings.Count(everything, c.old) != 1 {
			t.Fatalf("%s stands %d times", c.old, strings.Count(everything, c.old))
		}
		_, err := Parse([]byte(strings.Replace(everything, c.old, c.new, 1)), "")
		var input *bnn.InputError
		if !errors.As(err, &input) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s for %s: %v, want %s", c.new, c.old, err, c.want)
		}
	}
}

// An axis of n takes the place of the sizes of measures.
func TestReadSizes(t *testing.T) {
	text := strings.NewReplacer(`"n": 500, `, "", `"name": "slope", "paths": ["populations[1].rate.slope"], "values": [1, 2e0], "factor": true`, `"name": "size", "paths": ["n"], "values": [100, 1000]`).Replace(everything)
	s, err := Parse([]byte(text), "")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "measure", s.Measures[3], Finite(0, 3.5))
	l, err := s.layout()
	if err != nil {
		t.Fatal(err)
	}
	point, err := l.point(1)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "sizes", []int{s.Measures[2].size(point), s.Measures[3].size(point), s.Measures[5].size(point)}, []int{0, 1000, 1000})
}

// Whatever a text says, it is read or refused by an *InputError, and what is read can be used.
func FuzzParse(f *testing.F) {
	f.Add([]byte(everything))
	for _, c := range malformed {
		f.Add([]byte(strings.Replace(everything, c.old, c.new, 1)))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Parse(text, t.TempDir())
		var input *bnn.InputError
		if err != nil {
			if !errors.As(err, &input) && !strings.HasPrefix(err.Error(), "network: ") {
				t.Errorf("%v", err)
			}
			return
		}
		if s.Len() < 1 {
			t.Errorf("%d points", s.Len())
		}
		if _, err := s.Columns(); err != nil {
			t.Error(err)
		}
		l, err := s.layout()
		if err != nil {
			t.Fatal(err)
		}
		if s.Points > 1e6 {
			return // which takes memory
		}
		for _, i := range []int{0, s.Len() - 1} {
			if _, err := l.point(i); err != nil && !errors.As(err, &input) {
				t.Error(err)
			}
		}
	})
}
