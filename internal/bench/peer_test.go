package bench

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParsePeerLine(t *testing.T) {
	s, err := parsePeerLine([]byte(`{"seconds": 1.5, "work": 40, "spikes": 3, "means": [[0.1, 0.2], [0.3, 0.4]], "variances": [[1, 2], [3, 4]]}` + "\n"))
	if err != nil || s.Seconds != 1.5 || s.Work != 40 || s.Spikes != 3 || len(s.Means) != 2 || s.Means[1][0] != 0.3 || s.Variances[1][1] != 4 {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err := parsePeerLine([]byte(`{"seconds": 2, "work": 1}`)); err != nil || s.Seconds != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	for _, bad := range []string{"", "1.5 40 3", `{"seconds": 0, "work": 1}`, `{"work": 1}`, `{"seconds": -1}`, `{"seconds": NaN}`,
		`{"seconds": 1, "sekunden": 1}`, `{"seconds": 1} {"seconds": 2}`, `{"seconds": 1`, strings.Repeat("x", 10000)} {
		if s, err := parsePeerLine([]byte(bad)); err == nil {
			t.Errorf("%.40q was read as %+v", bad, s)
		} else if len(err.Error()) > 1000 {
			t.Errorf("an error of %d bytes", len(err.Error()))
		}
	}
}

func FuzzParsePeerLine(f *testing.F) {
	f.Add([]byte(`{"seconds": 1.5, "work": 40}`))
	f.Add([]byte(`{"seconds": 1e999}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		if s, err := parsePeerLine(line); err == nil && !(s.Seconds > 0) {
			t.Errorf("%q was read as %+v", line, s)
		}
	})
}

// With nothing on PATH all peers are absent, each for a reason.
func TestAbsentPeers(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	before := pythons
	pythons = []string{"python3"}
	defer func() { pythons = before }()
	l := testLaboratory(t)
	for name, make := range map[string]func() (peer, error){
		"no C compiler":          func() (peer, error) { return l.cPeer(t.Context(), naiveC) },
		"there is no bnn/none.c": func() (peer, error) { return l.cPeer(t.Context(), "bnn/none.c") },
		"no Python with brian2 and numpy": func() (peer, error) {
			return l.pythonPeer(t.Context(), "Brian2", "brian.py", "brian2", "numpy")
		},
	} {
		p, err := make()
		if err != nil || !strings.Contains(p.absent, name) {
			t.Errorf("%s: absent because %q, error %v", name, p.absent, err)
		}
	}
}

// A Python that lacks a package is passed over, and the reason names the package.
func TestPythonWithoutPackage(t *testing.T) {
	p, err := testLaboratory(t).pythonPeer(t.Context(), "x", "steps.py", "no_such_package_anywhere")
	if err != nil || !strings.Contains(p.absent, "no_such_package_anywhere") {
		t.Errorf("absent because %q, error %v", p.absent, err)
	}
}

// A peer that breaks is an error with its last words, not a row that says absent.
func TestBrokenPeer(t *testing.T) {
	folder := t.TempDir()
	script := filepath.Join(folder, "peer")
	for content, want := range map[string]string{
		"#!/bin/sh\necho so it goes >&2\nexit 3\n": "exit status 3: so it goes",
		"#!/bin/sh\necho 1.5 40 3\n":               "not the line of JSON",
	} {
		if err := os.WriteFile(script, []byte(content), 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := (peer{command: []string{script}}).run(t.Context(), 1000, 0.5); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestTurns(t *testing.T) {
	var order strings.Builder
	make := func(name string) contender {
		return contender{program: name, measure: func(_ context.Context, round int) (sample, error) {
			order.WriteString(name)
			return sample{Seconds: float64(round + 1)}, nil
		}}
	}
	samples, err := takeTurns(t.Context(), 3, []contender{make("A"), {program: "B", absent: "not here"}, make("C")})
	if err != nil || order.String() != "ACACAC" || len(samples[0]) != 3 || len(samples[1]) != 0 || samples[2][2].Seconds != 3 {
		t.Errorf("order %s, samples %v, %v", order.String(), samples, err)
	}
}
