package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"balanced/internal/browser"
	"balanced/internal/table"
	"balanced/internal/verification"
)

// TestMain lets the test binary be the program itself, so that exit codes and signals
// are those of a real process.
func TestMain(m *testing.M) {
	if os.Getenv("BNN_TEST_AS_PROGRAM") != "" {
		main()
	}
	os.Exit(browser.Run(m))
}

func program(arguments ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], arguments...)
	command.Env = append(os.Environ(), "BNN_TEST_AS_PROGRAM=1")
	return command
}

// call runs the program's command in this process, which needs no tenth of a second to begin,
// and returns what it printed and its exit code.
func call(t *testing.T, arguments ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, messages bytes.Buffer
	root := rootCommand()
	root.SetArgs(arguments)
	root.SetOut(&out)
	root.SetErr(&messages)
	code = perform(t.Context(), root)
	return out.String(), messages.String(), code
}

// callProcess is call in a process of its own, for commands that end as another program.
func callProcess(t *testing.T, arguments ...string) (stdout, stderr string, code int) {
	t.Helper()
	command := program(arguments...)
	var out, messages bytes.Buffer
	command.Stdout, command.Stderr = &out, &messages
	if err := command.Run(); err != nil && command.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), messages.String(), command.ProcessState.ExitCode()
}

// callIn runs the program in a folder and returns its messages and exit code.
func callIn(t *testing.T, folder string, arguments ...string) (messages string, code int) {
	t.Helper()
	command := program(arguments...)
	command.Dir = folder
	command.Env = append(command.Env, "PWD="+folder, "BALANCED_OUT=/of/the/caller")
	var text bytes.Buffer
	command.Stderr = &text
	if err := command.Run(); err != nil && command.ProcessState == nil {
		t.Fatal(err)
	}
	return text.String(), command.ProcessState.ExitCode()
}

// soon is how long a program may take to stop that is to do so within a second: a second
// on a machine that starts and ends one in at most 50 ms, and longer on one that is slower,
// or as busy now.
func soon(t *testing.T) time.Duration {
	t.Helper()
	begin := time.Now()
	if err := program("--version").Run(); err != nil {
		t.Fatal(err)
	}
	return max(time.Second, 20*time.Since(begin))
}

func example(name string) string {
	return filepath.Join("..", "..", "data", "networks", name+".json")
}

// written puts a network file into a temporary folder.
func written(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "network.json")
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestHeaders(t *testing.T) {
	pairs := func(prefixes ...string) string {
		var names []string
		for _, prefix := range prefixes {
			names = append(names, prefix+"E", prefix+"I")
		}
		return strings.Join(names, ",")
	}
	moments := pairs("mean_", "var_", "third_", "rate_")
	errors := pairs("se_mean_", "se_var_", "se_third_", "se_rate_")
	for _, c := range []struct {
		arguments []string
		header    string
		rows      int
	}{
		{[]string{"limit", example("abstract"), "--to", "1", "--every", "0.25"}, "t," + pairs("mean_", "var_", "rate_", "input_") + ",stability,residual", 5},
		{[]string{"limit", example("abstract"), "--to", "1", "--every", "0.25", "--n", "100"}, "t," + moments + "," + pairs("input_") + ",stability,residual", 5},
		{[]string{"simulate", example("abstract"), "--n", "10", "--replicas", "3", "--seed", "1", "--to", "0.5", "--every", "0.25", "--store", "none"}, "t," + moments + "," + errors, 3},
		{[]string{"spectrum", example("abstract"), "--n", "100", "--omega", "0,1,3"}, "omega,mean_E_E_re,mean_E_E_im,rate_E_E_re,rate_E_E_im,mean_E_I_re,mean_E_I_im,rate_E_I_re,rate_E_I_im,mean_I_I_re,mean_I_I_im,rate_I_I_re,rate_I_I_im", 3},
		{[]string{"spectrum", example("abstract"), "--n", "inf", "--lags", "-1:1:5"}, "lag,mean_E_E,rate_E_E,mean_E_I,rate_E_I,mean_I_E,rate_I_E,mean_I_I,rate_I_I", 5},
		{[]string{"balance", example("abstract")}, "state,rank," + pairs("mean_", "var_", "rate_", "input_") + ",stability,slow_stability,verdict", 2},
	} {
		out, messages, code := call(t, c.arguments...)
		if code != 0 {
			t.Errorf("%v: exit %d: %s", c.arguments, code, messages)
			continue
		}
		rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(rows[0], ","); got != c.header || len(rows)-1 != c.rows {
			t.Errorf("%v: %d rows under %s, want %d under %s", c.arguments, len(rows)-1, got, c.rows, c.header)
		}
		// JSON has the same rows, as objects of the same keys.
		out, _, _ = call(t, append(c.arguments, "--format", "json")...)
		var objects []map[string]any
		if err := json.Unmarshal([]byte(out), &objects); err != nil {
			t.Fatal(err)
		}
		if len(objects) != c.rows {
			t.Errorf("%v: %d JSON objects, want %d", c.arguments, len(objects), c.rows)
		}
		for i, object := range objects {
			for j, column := range rows[0] {
				want := rows[i+1][j]
				if value, ok := object[column]; !ok || value != nil && table.Text(value) != want || value == nil && want != "NaN" {
					t.Errorf("%v: row %d, %s: JSON %v, CSV %s", c.arguments, i, column, value, want)
				}
			}
		}
	}
}

func TestExitCodes(t *testing.T) {
	folding := written(t, `{"name": "fold", "populations": [
		{"name": "E", "tau": 1, "rate": {"kind": "logistic", "max": 1.5, "slope": 4, "threshold": 0}, "stimulus": {"kind": "constant", "value": -3}},
		{"name": "I", "tau": 1, "rate": {"kind": "logistic", "max": 2, "slope": 1, "threshold": 0}}],
		"weights": [[0.3, -0.3], [0.3, -0.3]],
		"initial": {"mean": [2, 1], "variance": [0.05, 0.05], "project": true}}`)
	unbalanced := written(t, `{"name": "unbalanced", "populations": [
		{"name": "E", "tau": 1, "rate": {"kind": "logistic", "max": 9, "slope": 4, "threshold": 0}},
		{"name": "I", "tau": 1, "rate": {"kind": "logistic", "max": 1, "slope": 1, "threshold": 0}}],
		"weights": [[1, -1], [1, -1]],
		"initial": {"mean": [0, 0], "variance": [0, 0], "project": true}}`)
	bad := written(t, `{"name": "bad", "populations": [{"name": "E", "tau": -1, "rate": {"kind": "constant", "value": 1}}], "weights": [[0]],
		"initial": {"mean": [0], "variance": [0], "project": false}}`)
	for _, c := range []struct {
		arguments string
		code      int
		message   string
	}{
		{"limit " + folding + " --to 1 --every 0.1", 1, "fold at t = 0.312"},
		{"limit ../../bnn/testdata/balance/fast-hopf.json --to 12 --every 1", 1, "oscillation at t = 3.25602775, angular frequency √n · 0.431754354\n"},
		{"limit ../../bnn/testdata/balance/fast-hopf.json --to 1e300 --every 1e299", 2, "the stimuli never rest"},
		{"balance ../../bnn/testdata/balance/fast-hopf.json", 0, "an oscillation of angular frequency √n · 0.476201305 grows"},
		{"balance ../../bnn/testdata/balance/fast-hopf-start.json", 1, "excitation wins: from the start the means run away"},
		{"balance ../../bnn/testdata/balance/fast-hopf-start-cycle.json", 1, "oscillation at t = 0, angular frequency √n · 0.328371628"},
		{"balance ../../data/networks/oscillations/slow-hopf.json", 0, "a slow oscillation of angular frequency 1.1665"},
		{"limit " + unbalanced + " --to 1 --every 0.1", 1, "excitation wins"},
		{"simulate " + unbalanced + " --n 10 --replicas 1 --seed 1 --to 1 --every 1 --store none", 1, "excitation wins"},
		{"balance " + unbalanced, 1, "excitation wins"},
		{"limit " + bad + " --to 1 --every 1", 2, "populations[0].tau: -1"},
		{"simulate " + bad + " --n 10 --replicas 1 --seed 1 --to 1 --every 1", 2, "populations[0].tau: -1"},
		{"limit nowhere.json --to 1 --every 1", 2, "nowhere.json"},
		{"limit " + example("abstract"), 2, "every"},
		{"limit " + example("abstract") + " --to 1 --every 0", 2, "--every: 0 is not allowed: must be a finite number > 0"},
		{"limit " + example("abstract") + " --to 1 --every 1 --format xml", 2, "--format"},
		{"limit " + example("abstract") + " --to 1 --every 1 --n 0", 2, "n: 0"},
		{"simulate " + example("abstract") + " --n 10 --replicas 0 --seed 1 --to 1 --every 1 --store none", 2, "replicas: 0"},
		{"simulate " + example("abstract") + " --n 1 --replicas 1 --seed 1 --to 1 --every 1 --store none", 2, "populations[0].size"},
		{"simulate " + example("abstract") + " --n 10 --replicas 1 --seed 1 --to 1 --every 1 --method magic --store none", 2, "--method"},
		{"simulate " + example("abstract") + " --n 10 --replicas 1 --seed 1 --to 1 --every 1 --step 0.1 --store none", 2, "--step"},
		{"simulate " + example("abstract") + " --n 10 --replicas 1 --seed 1 --to 1 --every 1 --method leap --step -1 --store none", 2, "step: -1"},
		{"simulate " + example("abstract") + " --n 10 --replicas 1 --seed 1 --to 1 --every 1 --method leap --tolerance 0 --step 0.1 --store none", 0, "steps of at most 0.1"},
		{"spectrum " + example("tipping") + " --n inf --omega 1 --set weights[*][I]=-0.2", 1, "there is no stable state: "},
		{"spectrum " + example("abstract") + " --n 100", 2, "at least one of the flags in the group [omega lags] is required"},
		{"spectrum " + example("abstract") + " --n 100 --omega 1 --lags 1", 2, "omega lags"},
		{"spectrum " + example("abstract") + " --omega 1", 2, "n"},
		{"spectrum " + example("abstract") + " --n 100 --lags 1:2", 2, "--lags: \"1:2\" is not allowed"},
		{"spectrum " + example("abstract") + " --n 1 --omega 1", 2, "n: 1 is not allowed"},
		{"spectrum " + example("oscillations/slow-cycle") + " --n 400 --lags 0", 1, "there is no stable state: "},
		{"spectrum " + example("abstract") + " --n inf --omega 1,x", 2, `--omega: "1,x" is not allowed: must be finite numbers separated by commas`},
		{"spectrum " + example("abstract") + " --n 0 --omega 1", 2, "--n: 0 is not allowed: must be a whole number ≥ 1, such as 1000 or 1e3, or inf"},
		{"spectrum " + example("abstract") + " --n 10 --omega 1 --set weights[0][5]=1", 2, "weights[0][5]"},
		{"spectrum " + bad + " --n 10 --omega 1", 2, "populations[0].tau: -1"},
		{"run --quick --check", 2, "--check: must not go with --quick or --seed"},
		{"run nowhere.ipynb", 2, "nowhere.ipynb"},
		{"nonsense", 2, `unknown command "nonsense" for "bnn"`},
		{"kernel nonsense", 2, `unknown command "nonsense" for "bnn kernel"`},
		{"book nonsense", 2, `"nonsense": bnn book takes no arguments`},
		{"limit --to 1 --every 1", 2, "FILE is missing: must be given once; see bnn limit --help"},
		{"limit a b --to 1 --every 1", 2, `FILE is given 2 times, ["a" "b"]`},
		{"store show nonsense", 2, `KEY "nonsense": must be one that bnn store list shows`},
		{"bench --quick --output " + bad, 2, "--output: "},
		{"limit --nonsense", 2, "nonsense"},
		{"", 0, ""},
		{"--version", 0, ""},
	} {
		out, messages, code := call(t, strings.Fields(c.arguments)...)
		if code != c.code || !strings.Contains(messages, c.message) {
			t.Errorf("bnn %s: exit %d, want %d with %q: %s", c.arguments, code, c.code, c.message, messages)
		}
		if c.arguments == "--version" && !strings.Contains(out, "go1.") {
			t.Errorf("the version %q does not tell that of Go", out)
		}
	}
	// A fold leaves the rows before it.
	out, _, _ := call(t, "limit", folding, "--to", "1", "--every", "0.1")
	if rows := strings.Count(out, "\n"); rows != 5 {
		t.Errorf("%d lines before a fold at 0.312, want a header and 4 rows", rows)
	}
}

// The columns of a branch are those of the contract, with empty cells for what a finite network
// does not have.
func TestBranchColumns(t *testing.T) {
	verification.Long(t)
	const columns = "branch,point,populations[I].rate.slope,mean_E,mean_I,var_E,var_I,rate_E,rate_I,fast,fast_frequency,slow,slow_frequency,kind\n"
	for _, n := range []string{"", "--n 1e6"} {
		arguments := strings.Fields("branch " + example("oscillations/slow-hopf") + " --along populations[I].rate.slope --from 4.5 --to 4.6 " + n)
		out, messages, code := call(t, arguments...)
		rows := strings.Split(out, "\n")
		if code != 0 || !strings.HasPrefix(out, columns) || !strings.HasPrefix(rows[1], "1,0,4.5,") || !strings.HasSuffix(rows[1], ",start") ||
			!strings.Contains(messages, "Branch 1 begins where the parameter is 4.5 and ends") || strings.Contains(out, "NaN") {
			t.Errorf("%s: exit %d, %s\n%.600s", n, code, messages, out)
		}
		if finite := strings.Count(rows[1], ",,"); (finite == 1) != (n != "") { // fast and its frequency are two empty cells
			t.Errorf("%s: %s", n, rows[1])
		}
	}
	for arguments, want := range map[string]string{
		"--along populations[I].speed --from 1 --to 2":            "populations[1].speed",
		"--along initial.mean[0] --from 1 --to 2":                 "--along",
		"--along populations[I].rate.slope --from 1 --to 1":       "to: 1 is not allowed",
		"--along populations[I].rate.slope --from 1 --to x":       "--to",
		"--along populations[I].rate.slope --from 1":              "to",
		"--along weights[0][0] --from 1 --to -1":                  "weights",
		"--along populations[I].rate.slope --from 1 --to 2 --n 0": "--n",
	} {
		if _, messages, code := call(t, strings.Fields("branch "+example("oscillations/slow-hopf")+" "+arguments)...); code != exitUsage || !strings.Contains(messages, want) {
			t.Errorf("%s: exit %d, %s", arguments, code, messages)
		}
	}
}
