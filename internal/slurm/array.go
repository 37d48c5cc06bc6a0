package slurm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// An Array is so many tasks, and what comes after them.
type Array struct {
	Name  string // of the jobs
	Tasks int    // ≥ 1
	// Task is the command line of a task, in which TaskNumber stands for its number, from 1, and
	// Processors for how many it has.
	Task []string
	// After is the command line of what comes when no task is left, whatever became of them.
	After []string
	// Logs is the folder for what they print, on a file system that all nodes see.
	Logs string
	// Jobs is the file that has the numbers of the last jobs of the same work, beside Logs, from
	// which Submit knows that they have not ended.
	Jobs string
	// Options are further options of sbatch for both, after those of this package, which they
	// override: --time=1:00:00, --partition=short, or -p and short. CheckOptions has allowed them.
	Options []string
}

// What stands in a Task for what Slurm knows.
const (
	TaskNumber = "\x00task"
	Processors = "\x00processors"
)

// warning is how long before the end of its time a task is asked to end: more than it takes to
// write down what is under way.
const warning = 30

// TaskScript is the batch script of the tasks. The program takes the place of the shell, so
// that signals reach it: the one that Slurm sends before time is up, and those of scancel.
func (a Array) TaskScript() string {
	return a.script(a.Task,
		fmt.Sprintf("--array=1-%d", a.Tasks),
		"--output="+a.log("%x-%A-%a.log"),
		"--requeue", "--open-mode=append", // a task that a node's failure ends starts again
		fmt.Sprintf("--signal=B:TERM@%d", warning))
}

// AfterScript is the batch script of what comes after them.
func (a Array) AfterScript() string {
	return a.script(a.After, "--output="+a.log("%x-%j.log"))
}

// log is the path of a file in Logs, by the pattern of its name; the folder is no pattern.
func (a Array) log(name string) string {
	return filepath.Join(strings.ReplaceAll(a.Logs, "%", "%%"), name)
}

func (a Array) script(command []string, options ...string) string {
	var text strings.Builder
	text.WriteString("#!/bin/sh\n")
	options = slices.Concat([]string{"--job-name=" + a.Name, "--ntasks=1"}, options, a.Options)
	for _, line := range directives(options) {
		fmt.Fprintf(&text, "#SBATCH %s\n", line)
	}
	text.WriteString("exec")
	for _, word := range command {
		text.WriteByte(' ')
		text.WriteString(quoted(word))
	}
	text.WriteByte('\n')
	return text.String()
}

// quoted is a word for a shell, with what Slurm knows in its place.
func quoted(word string) string {
	word = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	word = strings.ReplaceAll(word, TaskNumber, `'"$SLURM_ARRAY_TASK_ID"'`)
	word = strings.ReplaceAll(word, Processors, `'"${SLURM_CPUS_PER_TASK:-1}"'`)
	word = strings.TrimSuffix(strings.TrimPrefix(word, "''"), "''")
	return word
}

// ErrMissing tells that there is no Slurm here.
var ErrMissing = errors.New("there is no program sbatch on PATH: this machine submits to no Slurm cluster")

// Submit hands both to Slurm and returns their job numbers. If the second is refused, the first
// is taken back. While jobs of an earlier Submit with the same file Jobs wait or run the error is
// a *PendingError; those that ended, whatever became of them, are in nobody's way.
func (a Array) Submit(ctx context.Context) (tasks, after string, err error) {
	if _, err := exec.LookPath("sbatch"); err != nil {
		return "", "", ErrMissing
	}
	release, err := a.claim(ctx)
	if err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, release()) }()
	if tasks, err = a.sbatch(ctx, a.TaskScript()); err != nil {
		return "", "", err
	}
	after, err = a.sbatch(ctx, a.AfterScript(), "--dependency=afterany:"+tasks)
	if err == nil {
		err = a.note(submission{tasks, after})
	}
	if err != nil {
		// The error that counts is that of the submission. It may be an end of the context.
		_ = exec.CommandContext(context.WithoutCancel(ctx), "scancel", tasks).Run()
		return "", "", err
	}
	return tasks, after, nil
}

// sbatch submits a script and returns the number of its job.
func (a Array) sbatch(ctx context.Context, script string, options ...string) (string, error) {
	command := exec.CommandContext(ctx, "sbatch", append([]string{"--parsable"}, options...)...)
	command.Stdin = strings.NewReader(script)
	var complaint bytes.Buffer
	command.Stderr = &complaint
	out, err := command.Output()
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if err != nil {
		return "", fmt.Errorf("sbatch: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	number, _, _ := strings.Cut(strings.TrimSpace(string(out)), ";") // a cluster's name may follow
	if number == "" {
		return "", fmt.Errorf("sbatch named no job: %q", out)
	}
	return number, nil
}
