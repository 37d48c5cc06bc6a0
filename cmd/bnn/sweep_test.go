package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"balanced/internal/verification"
)

// sweepFile writes a sweep of 3 × 2 networks, with a change.
func sweepFile(t *testing.T, replacements ...string) (path string) {
	t.Helper()
	network, err := filepath.Abs("../../data/networks/tipping.json")
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "sweep.json")
	text := `{"name": "small", "network": "` + filepath.ToSlash(network) + `", "seed": 1,
		"axes": [{"name": "g", "paths": ["weights[*][1]"], "from": -0.75, "to": -0.15, "count": 3}, {"name": "slope", "paths": ["populations[1].rate.slope"], "values": [2, 8]}],
		"measure": [{"kind": "regime", "to": 1}, {"kind": "limit", "to": 1}, {"kind": "simulation", "n": 20, "replicas": 2, "to": 1}]}`
	if err := os.WriteFile(path, []byte(strings.NewReplacer(replacements...).Replace(text)), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// A sweep prints a row a point; parts of it come together to the same bytes; and files hold
// the same, if they are whole.
func TestSweep(t *testing.T) {
	spec, folder := sweepFile(t), t.TempDir()
	want, messages, code := call(t, "sweep", spec, "--store", "none", "--workers", "1")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, messages)
	}
	table, err := csv.NewReader(strings.NewReader(want)).ReadAll()
	if err != nil || len(table) != 7 || table[1][0] != "0" || table[6][1] != "-0.15" || table[2][2] != "8" || table[0][3] != "regime" {
		t.Fatalf("%v, %v", table, err)
	}
	for number, shard := range []string{"2/3", "1/3"} {
		out, messages, code := call(t, "sweep", spec, "--store", folder, "--shard", shard)
		if code != 0 || out != "" {
			t.Errorf("exit %d, %q: %s", code, out, messages)
		}
		out, messages, code = call(t, "sweep", "status", spec, "--store", folder)
		if code != 0 || !strings.Contains(out, []string{"all,6,2,4", "all,6,4,2"}[number]) {
			t.Errorf("exit %d, %s, %s", code, out, messages)
		}
	}
	file := filepath.Join(folder, "table.csv")
	if out, messages, code := call(t, "sweep", "merge", spec, "--store", folder, "--out", file); code != exitFailed || out != "" || !strings.Contains(messages, "2 of 6 points are missing") {
		t.Errorf("exit %d, %q: %s", code, out, messages)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("there is a file of a part")
	}
	if _, messages, code := call(t, "sweep", spec, "--store", folder, "--shard", "3/3"); code != 0 {
		t.Errorf("exit %d: %s", code, messages)
	}
	if out, messages, code := call(t, "sweep", "merge", spec, "--store", folder); code != 0 || out != want {
		t.Errorf("exit %d, %s: %s", code, out, messages)
	}
	if _, messages, code := call(t, "sweep", "merge", spec, "--store", folder, "--out", file); code != 0 {
		t.Errorf("exit %d: %s", code, messages)
	}
	comment, rows, _ := strings.Cut(contentOf(t, file), "\n")
	if rows != want || !strings.HasPrefix(comment, "# bnn {") {
		t.Errorf("%s\n%s", comment, rows)
	}
	out, messages, code := call(t, "sweep", spec, "--store", folder, "--dry-run")
	if code != 0 || !strings.HasPrefix(out, "points,stored,point_seconds,seconds,bytes\n6,6,0,0,0\n") {
		t.Errorf("exit %d, %s: %s", code, out, messages)
	}
	out, messages, code = call(t, "store", "list", "--store", folder)
	if code != 0 || !strings.Contains(out, ",point,tipping,regime,0,0,1,") || !strings.Contains(messages, "3 measures of sweeps, 18 points") || strings.Contains(messages, "stale") {
		t.Errorf("exit %d, %s: %s", code, out, messages)
	}
	parquet := filepath.Join(folder, "table.parquet")
	if _, messages, code := call(t, "sweep", spec, "--store", folder, "--out", parquet); code != 0 {
		t.Errorf("exit %d: %s", code, messages)
	}
	if shown, _, _ := call(t, "show", parquet); !strings.HasPrefix(shown, "command   bnn sweep "+filepath.Base(spec)+"\n") || !strings.Contains(shown, "\nspec      SHA-256 ") {
		t.Error(shown)
	}
	if content, err := os.ReadFile(parquet); err != nil || !strings.HasPrefix(string(content), "PAR1") || !strings.HasSuffix(string(content), "PAR1") {
		t.Errorf("%d bytes, %v", len(content), err)
	}
}

// What is wrong is told before anything is computed or printed, and is the caller's.
func TestRefusedSweeps(t *testing.T) {
	for want, arguments := range map[string][]string{
		`axes[0].paths[0]: "weights[*][3]"`:               {sweepFile(t, "weights[*][1]", "weights[*][3]")},
		"axes[1].values[1]: -8":                           {sweepFile(t, "[2, 8]", "[2, -8]")},
		"measure[1].to: -1":                               {sweepFile(t, `"limit", "to": 1`, `"limit", "to": -1`)},
		"measure[2].replicas: 0":                          {sweepFile(t, `"replicas": 2`, `"replicas": 0`)},
		"point 0 (g = -0.75, slope = 2): measure[2].n: 1": {sweepFile(t, `"n": 20`, `"n": 1`)},
		"point 0 (g = 0.1, slope = 2): weights[1][1]":     {sweepFile(t, `"weights[*][1]"], "from": -0.75`, `"weights[1][1]"], "from": 0.1`)},
		"--dry-run: must not go with --slurm":             {sweepFile(t), "--slurm", "--dry-run"},
		"--shard: must not go with --slurm":               {sweepFile(t), "--slurm", "--shard", "1/2"},
		`"--array=1-9" is not allowed among options`:      {sweepFile(t), "--slurm", "--print", "--", "--array=1-9"},
		"must go with --slurm":                            {sweepFile(t), "--", "-p", "short"},
		"nowhere.json":                                    {"nowhere.json"},
		"SPEC is missing":                                 {},
		`--shard: "0/2" is not allowed: must be i/N`:      {sweepFile(t), "--shard", "0/2"},
		"--shard: 3 is not allowed: must be i/N":          {sweepFile(t), "--shard", "3"},
		"--store none: must be a folder":                  {sweepFile(t), "--shard", "1/2", "--store", "none"},
		`--out: "a.txt": must end with .csv or .parquet`:  {sweepFile(t), "--out", "a.txt"},
		"--out: write nowhere/a.csv":                      {sweepFile(t), "--out", "nowhere/a.csv"},
	} {
		out, messages, code := call(t, append([]string{"sweep", "--store", t.TempDir()}, arguments...)...)
		if code != exitUsage || out != "" || !strings.Contains(messages, want) {
			t.Errorf("exit %d, %q: %s; want %s", code, out, messages, want)
		}
	}
}

// Ctrl-C keeps what is done, says so, and the same command goes on from there.
func TestStoppedSweep(t *testing.T) {
	verification.Long(t)
	spec, folder := sweepFile(t, `"count": 3`, `"count": 100`, `"n": 20, "replicas": 2`, `"n": 200, "replicas": 10`), t.TempDir()
	file := filepath.Join(folder, "table.csv")
	command := program("sweep", spec, "--store", folder, "--workers", "1", "--out", file)
	var messages bytes.Buffer
	command.Stderr = &messages
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if out, _, code := call(t, "sweep", "status", spec, "--store", folder); code == 0 && !strings.Contains(out, "all,200,0,") {
			break
		}
	}
	if err := command.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait()
	if code := command.ProcessState.ExitCode(); code != 130 || !strings.Contains(messages.String(), "stopped by interrupt; kept in the store: ") || !strings.Contains(messages.String(), " of 200 points") {
		t.Fatalf("exit %d: %s", code, &messages)
	}
	if left, err := filepath.Glob(filepath.Join(folder, ".*")); len(left) > 0 || err != nil {
		t.Errorf("left are %v, %v", left, err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("there is a file of a part")
	}
	out, _, _ := call(t, "sweep", "status", spec, "--store", folder)
	if !strings.Contains(out, "all,200,") || strings.Contains(out, "all,200,0,") || strings.Contains(out, "all,200,200,") {
		t.Errorf("the store has %s", out)
	}
}
