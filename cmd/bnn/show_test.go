package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/provenance"
)

// Files of --out hold what standard output has, and say how it was made: the same however
// many workers there are, where the store is and where the file is.
func TestOutAndShow(t *testing.T) {
	folder := t.TempDir()
	file := func(name string) string { return filepath.Join(folder, name) }
	line := []string{"simulate", example("abstract"), "--n", "20", "--replicas", "3", "--seed", "7", "--to", "1", "--every", "0.5"}
	run := func(extra ...string) string {
		out, messages, code := call(t, append(line[:len(line):len(line)], extra...)...)
		if code != 0 {
			t.Fatal(messages)
		}
		return out
	}
	printed := run("--store", "none")
	if strings.Contains(printed, "#") {
		t.Error("standard output says how it was made, and is not the contract's any more")
	}
	if out := run("--store", file("one"), "--workers", "1", "--out", file("a.csv")); out != "" {
		t.Errorf("it prints %s, too", out)
	}
	run("--store", file("two"), "--workers", "3", "--out", file("b.csv"))
	one, two := contentOf(t, file("a.csv")), contentOf(t, file("b.csv"))
	comment, rows, _ := strings.Cut(one, "\n")
	if one != two || rows != printed || !strings.HasPrefix(comment, "# bnn {") {
		t.Errorf("the files hold\n%s\nand\n%s", one, two)
	}
	shown, messages, code := call(t, "show", file("a.csv"))
	if code != 0 || !strings.Contains(shown, "command   bnn simulate abstract.json --every 0.5 --n 20 --replicas 3 --seed 7 --to 1\n") || !strings.Contains(shown, "\nstore     ") {
		t.Errorf("%d: %s%s", code, shown, messages)
	}
	shown, _, _ = call(t, "show", file("a.csv"), "--format", "json")
	var record provenance.Record
	if err := json.Unmarshal([]byte(shown), &record); err != nil || record.N != 20 || *record.Seed != 7 || len(record.Store) != 1 {
		t.Errorf("%v: %s", err, shown)
	}
	// The key is one that the store knows.
	if text, messages, code := call(t, "store", "show", "--store", file("one"), record.Store[0]); code != 0 || !strings.Contains(text, `"n": 20`) {
		t.Errorf("%d: %s%s", code, text, messages)
	}
	if strings.Contains(one, folder) || strings.Contains(one, filepath.Dir(example("abstract"))) {
		t.Error("a folder of this machine is in the file")
	}
	for name, want := range map[string]int{"limit.parquet": 0, "limit.npz": 0} {
		if _, messages, code := call(t, "limit", example("abstract"), "--to", "1", "--every", "0.5", "--out", file(name)); code != want {
			t.Error(messages)
		}
		if shown, _, code := call(t, "show", file(name)); code != 0 || !strings.Contains(shown, "bnn limit abstract.json --every 0.5 --to 1") {
			t.Errorf("%s: %d, %s", name, code, shown)
		}
	}
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestShowRefuses(t *testing.T) {
	folder := t.TempDir()
	plain, broken := filepath.Join(folder, "plain.csv"), filepath.Join(folder, "broken.csv")
	for path, content := range map[string]string{plain: "t\n1\n", broken: "# bnn {\n"} {
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		arguments []string
		code      int
		part      string
	}{
		{[]string{"show", plain}, 1, "does not say how it was made"},
		{[]string{"show", broken}, 2, "the record:"},
		{[]string{"show", filepath.Join(folder, "absent.csv")}, 2, "no such file"},
		{[]string{"show", folder}, 2, "is no file"},
		{[]string{"show", plain, "--format", "yaml"}, 2, "must be text or json"},
	} {
		if _, messages, code := call(t, c.arguments...); code != c.code || !strings.Contains(messages, c.part) {
			t.Errorf("%v: %d, %s", c.arguments, code, messages)
		}
	}
}

func TestRecordFlags(t *testing.T) {
	folder := t.TempDir()
	line := []string{"simulate", example("abstract"), "--n", "20", "--replicas", "2", "--seed", "7", "--to", "1", "--every", "0.5", "--store", "none"}
	out := filepath.Join(folder, "a.parquet")
	for _, c := range []struct{ arguments, part string }{
		{"--record states", "--record: must go with --out"},
		{"--record traces --out " + out, "--record traces: must go with --neurons"},
		{"--record spikes --neurons 1 --out " + out, `--record: "spikes" is not allowed: must be states, traces, trains`},
		{"--record trains --neurons 1 --method leap --out " + out, "must go with --method exact"},
		{"--record states --plot a.svg --out " + out, "--plot: must not go with --record"},
		{"--neurons 1", "--neurons: must go with --record"},
		{"--record states --neurons X=1 --out " + out, `--neurons: "X=1"`},
		{"--record states --out " + folder + "/a.txt", "ends in .csv, .parquet or .npz"},
		{"--out " + folder + "/absent/a.csv", "--out: "},
		{"--format json --out " + out, "--format: must not go with --out"},
	} {
		if _, messages, code := call(t, append(line[:len(line):len(line)], strings.Fields(c.arguments)...)...); code != 2 || !strings.Contains(messages, c.part) {
			t.Errorf("%s: %d, %s", c.arguments, code, messages)
		}
	}
	// What does not fit is refused before anything is simulated.
	huge := append(line[:len(line):len(line)], "--record", "states", "--out", out, "--n", "1e5", "--to", "1e4", "--every", "0.01", "--method", "leap")
	if _, messages, code := call(t, huge...); code != 2 || !strings.Contains(messages, "--force does it all the same") {
		t.Errorf("%d, %s", code, messages)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Errorf("%v, %v is left", entries, err)
	}
	_, messages, code := call(t, append(line, "--record", "trains", "--neurons", "E=1", "--out", out)...)
	if record, err := provenance.Read(out); code != 0 || err != nil || !strings.Contains(record.Command, "--neurons E=1 --record trains") {
		t.Errorf("%d, %v, %v, %s", code, record, err, messages)
	}
}
