//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"balanced/bnn/sweep"
	"balanced/internal/slurm/slurmtest"
	"balanced/internal/verification"
)

// processesWith are the processes of a program whose command line has a word.
func processesWith(t *testing.T, program, word string) (found []int) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		words := strings.Split(string(text), "\x00")
		if words[0] == program && strings.Contains(string(text), word) {
			number, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, number)
		}
	}
	return found
}

// A sweep on a cluster gives the bytes of one on this machine, although a task is killed in the
// middle, the controller is restarted and a node is out of service; what a killed task had
// finished is not computed again.
func TestSweepOnSlurm(t *testing.T) {
	verification.Only(t)
	if missing := slurmtest.Missing(); missing != "" {
		if os.Getenv("BALANCED_SLURM") == "required" {
			t.Fatalf("there is no %s, and BALANCED_SLURM=required", missing)
		}
		t.Skipf("there is no Slurm: no program %s (Debian: slurm-wlm slurmctld slurmd munge)", missing)
	}
	folder := t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("BNN_TEST_AS_PROGRAM", "1") // for tasks, too, which have the environment of who submits
	spec := filepath.Join(folder, "spec.json")
	network, err := filepath.Abs(example("tipping"))
	if err != nil {
		t.Fatal(err)
	}
	text := `{"name": "on a cluster", "network": "` + network + `", "seed": 3,
		"axes": [{"name": "g", "paths": ["weights[*][1]"], "from": -0.9, "to": -0.3, "count": 4}, {"name": "slope", "paths": ["populations[1].rate.slope"], "values": [4, 6, 8]}],
		"measure": [{"kind": "regime", "to": 3}, {"kind": "simulation", "n": 800, "replicas": 3, "to": 2}]}`
	if err := os.WriteFile(spec, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	bnn := func(arguments ...string) (string, string, int) {
		t.Helper()
		command := exec.Command(program, arguments...)
		var out, messages strings.Builder
		command.Stdout, command.Stderr = &out, &messages
		err := command.Run()
		if command.ProcessState == nil {
			t.Fatal(err)
		}
		return out.String(), messages.String(), command.ProcessState.ExitCode()
	}
	here := filepath.Join(folder, "here.csv")
	if _, messages, code := bnn("sweep", spec, "--store", filepath.Join(folder, "here"), "--out", here); code != 0 {
		t.Fatal(messages)
	}

	begun := time.Now()
	say := func(what string) { t.Logf("%5.1f s: %s", time.Since(begun).Seconds(), what) }
	cluster := slurmtest.Start(t, 3)
	say("the cluster is up")
	cluster.Drain("n3")
	// Names that mean something to shells and to Slurm.
	shared, table := filepath.Join(folder, `it's 100%j "shared" #1`), filepath.Join(folder, "table.csv")
	submit := func() string {
		t.Helper()
		_, messages, code := bnn("sweep", spec, "--store", shared, "--out", table, "--slurm", "--tasks", "3", "--", "--mem", "10")
		if code != 0 {
			t.Fatal(messages)
		}
		return messages
	}
	log := func(name string) string {
		text, err := os.ReadFile(filepath.Join(shared, "slurm", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	var array, tasks, after string
	numbers := func(submitted string) {
		t.Helper()
		_, said, _ := strings.Cut(submitted, "missing. ")
		if n, err := fmt.Sscanf(said, "Job %s computes them in %s tasks; after it job %s writes", &array, &tasks, &after); n != 3 || tasks != "3" {
			t.Fatalf("%v: %s", err, submitted)
		}
	}
	numbers(submit())
	if _, messages, code := bnn("sweep", spec, "--store", shared, "--slurm"); code != exitFailed || !strings.Contains(messages, "scancel "+array+" "+after) {
		t.Errorf("submitted again: exit %d, %s", code, messages)
	}
	// The second shard is killed as soon as it has a point, and the first begins again.
	second, err := sweep.Read(spec)
	if err != nil {
		t.Fatal(err)
	}
	second.Shard = sweep.Shard{Number: 2, Of: 3}
	if second.Store, err = openStore(shared, os.Stderr); err != nil {
		t.Fatal(err)
	}
	killed := false
	for asked := time.Now(); !killed; time.Sleep(20 * time.Millisecond) {
		if time.Since(asked) > time.Minute {
			t.Fatal("no task was there to be killed")
		}
		running := processesWith(t, program, "2/3")
		if len(running) == 0 {
			continue
		}
		status, err := second.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if status.Complete > 0 {
			killed = syscall.Kill(running[0], syscall.SIGKILL) == nil
		}
	}
	say("a task was killed")
	cluster.Requeue(array + "_1")
	cluster.RestartController()
	say("the controller is back")
	cluster.WaitForJobs()
	say("the first submission has ended")
	if first := log("bnn-on-a-cluster-" + array + "-1.log"); !strings.Contains(first, "DUE TO JOB REQUEUE") || !strings.Contains(first, "shard 1/3: 4 of 4 points") {
		t.Errorf("the task that began again says %s", first)
	}
	// The job after the tasks waited for the one that began again: only points of the killed one are missing.
	var missing int
	if n, err := fmt.Sscanf(log("bnn-on-a-cluster-"+after+".log"), "bnn: %d of 12 points are missing", &missing); n != 1 || missing < 1 || missing > 3 {
		t.Errorf("the job after the tasks: %v: %s", err, log("bnn-on-a-cluster-"+after+".log"))
	}
	if _, err := os.Stat(table); err == nil {
		t.Error("a table was written of a sweep with a task that was killed")
	}
	_, messages, code := bnn("sweep", "merge", spec, "--store", shared)
	if code != exitFailed || !strings.Contains(messages, "of 12 points are missing") {
		t.Errorf("merging what is not complete: exit %d, %s", code, messages)
	}
	before, _, _ := bnn("sweep", "status", spec, "--store", shared)
	if strings.Contains(before, "all,12,0,12") || strings.Contains(before, "all,12,12,0") {
		t.Errorf("after a killed task the store has\n%s", before)
	}
	numbers(submit())
	cluster.WaitForJobs()
	say("the second submission has ended")
	for task, most := range []int{4, 3, 4} {
		var stored int
		said := log(fmt.Sprintf("bnn-on-a-cluster-%s-%d.log", array, task+1))
		_, last, _ := strings.Cut(said, "4 of 4 points, ")
		if n, err := fmt.Sscanf(last, "%d of them from the store", &stored); n != 1 || err != nil || stored < 1 || stored > most {
			t.Errorf("task %d of the second submission says %s", task+1, said)
		}
	}
	there, err := os.ReadFile(table)
	if err != nil {
		logs, _ := filepath.Glob(filepath.Join(shared, "slurm", "*.log"))
		for _, log := range logs {
			text, _ := os.ReadFile(log)
			t.Logf("%s: %s", log, text)
		}
		t.Fatal(err)
	}
	want, err := os.ReadFile(here)
	if err != nil {
		t.Fatal(err)
	}
	if string(there) != string(want) {
		t.Errorf("from the cluster:\n%s\nfrom this machine:\n%s", there, want)
	}
	if messages := submit(); !strings.Contains(messages, "nothing is submitted") {
		t.Errorf("asked for what is complete: %s", messages)
	}
}
