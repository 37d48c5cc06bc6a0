package slurm

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func ExampleArray_TaskScript() {
	a := Array{Name: "phase", Tasks: 4, Logs: "/shared/logs", Task: []string{"/shared/bnn", "sweep", "it's.json", "--shard", TaskNumber + "/4", "--workers", Processors}}
	os.Stdout.WriteString(a.TaskScript())
	// Output:
	// #!/bin/sh
	// #SBATCH --job-name=phase
	// #SBATCH --ntasks=1
	// #SBATCH --array=1-4
	// #SBATCH --output=/shared/logs/%x-%A-%a.log
	// #SBATCH --requeue
	// #SBATCH --open-mode=append
	// #SBATCH --signal=B:TERM@30
	// exec '/shared/bnn' 'sweep' 'it'\''s.json' '--shard' "$SLURM_ARRAY_TASK_ID"'/4' '--workers' "${SLURM_CPUS_PER_TASK:-1}"
}

// pretend puts a program sbatch on PATH that writes down how it was called.
func pretend(t *testing.T, script string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for name, text := range map[string]string{"sbatch": script, "scancel": "echo \"$@\" > \"$0.called\"\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	return folder
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The options of the site come last, where they override others, in both scripts.
func TestSubmit(t *testing.T) {
	folder := pretend(t, `echo "$@" >> "$0.called"; cat >> "$0.read"; echo "17;cluster"`)
	a := Array{Name: "x", Tasks: 2, Task: []string{"true"}, After: []string{"false"}, Jobs: filepath.Join(t.TempDir(), "x.jobs"), Options: []string{"--time", "5", "-p", "a b", "--comment=two \"words\""}}
	tasks, after, err := a.Submit(t.Context())
	if err != nil || tasks != "17" || after != "17" {
		t.Fatal(tasks, after, err)
	}
	if calls := read(t, filepath.Join(folder, "sbatch.called")); calls != "--parsable\n--parsable --dependency=afterany:17\n" {
		t.Errorf("called with %q", calls)
	}
	if scripts := read(t, filepath.Join(folder, "sbatch.read")); strings.Count(scripts, "#SBATCH --time 5\n#SBATCH -p \"a b\"\n#SBATCH --comment=\"two \\\"words\\\"\"\nexec '") != 2 || !strings.Contains(scripts, "exec 'true'") || !strings.Contains(scripts, "exec 'false'") {
		t.Errorf("scripts %q", scripts)
	}
}

// What is submitted is not submitted again until its jobs are out of the queue, and one at a time.
func TestSubmitTwice(t *testing.T) {
	folder := pretend(t, `echo 17`)
	squeue := func(script string) {
		if err := os.WriteFile(filepath.Join(folder, "squeue"), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	a := Array{Name: "x", Tasks: 2, Task: []string{"true"}, After: []string{"false"}, Jobs: filepath.Join(t.TempDir(), "logs", "x.jobs")}
	for _, step := range []struct{ queue, want string }{
		{"exit 1", ""}, // nothing was submitted before
		{"echo 17_2; echo 17_1", "of jobs 17 and 17, which compute the same, 17 and 17 wait or run. Let them end, or end them with scancel 17 17"},
		{"echo no controller >&2; exit 1", "no controller"},
		{"exit 0", ""},
		{"echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1", ""},
	} {
		squeue(step.queue)
		if _, _, err := a.Submit(t.Context()); (err == nil) != (step.want == "") || err != nil && !strings.Contains(err.Error(), step.want) {
			t.Errorf("%s: %v", step.queue, err)
		}
	}
	if err := os.WriteFile(a.Jobs+".lock", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Submit(t.Context()); err == nil || !strings.Contains(err.Error(), "remove "+a.Jobs+".lock") {
		t.Errorf("while another submits: %v", err)
	}
}

// What Slurm refuses is told, and a job without the one after it is taken back.
func TestSubmitIsRefused(t *testing.T) {
	folder := pretend(t, `case "$*" in *dependency*) echo "no such partition" >&2; exit 1;; esac; echo 17`)
	_, _, err := Array{Name: "x", Tasks: 2, Task: []string{"true"}, After: []string{"false"}, Jobs: filepath.Join(t.TempDir(), "x.jobs")}.Submit(t.Context())
	if err == nil || !strings.Contains(err.Error(), "no such partition") {
		t.Errorf("error %v", err)
	}
	if called := read(t, filepath.Join(folder, "scancel.called")); called != "17\n" {
		t.Errorf("scancel %q", called)
	}
	t.Setenv("PATH", t.TempDir())
	if _, _, err := (Array{}).Submit(t.Context()); err != ErrMissing {
		t.Errorf("without Slurm: %v", err)
	}
}

func TestReadOptions(t *testing.T) {
	path := filepath.Join(t.TempDir(), OptionsFile)
	if options, err := ReadOptions(path); err != nil || options != nil {
		t.Errorf("no file: %q, %v", options, err)
	}
	if err := os.WriteFile(path, []byte("# ours\n\n--time=1:00\n  -p short\n--exclusive\n--comment \"two words\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if options, err := ReadOptions(path); err != nil || !slices.Equal(options, []string{"--time=1:00", "-p", "short", "--exclusive", "--comment", "two words"}) {
		t.Errorf("%q, %v", options, err)
	}
	if err := os.WriteFile(path, []byte("--time=1:00\ntime=2"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadOptions(path); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("error %v", err)
	}
}

func TestCheckOptions(t *testing.T) {
	for _, words := range [][]string{{"--array=1-9%3"}, {"--time=5", "-a", "1-9"}, {"short"}, {"--"}, {"--comment=a\n#SBATCH -p x"}} {
		if err := CheckOptions(words); err == nil {
			t.Errorf("%q are allowed", words)
		}
	}
	if err := CheckOptions([]string{"-A", "me", "--account=me", "--exclusive"}); err != nil {
		t.Error(err)
	}
}
