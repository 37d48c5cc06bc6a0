package slurm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"balanced/internal/files"
)

// A submission is what Jobs holds: the numbers of the last jobs.
type submission struct{ Tasks, After string }

// A PendingError tells that jobs which were submitted for the same work have not ended.
type PendingError struct {
	Jobs  []string // those that have not
	Tasks string   // the array of the submission
	After string   // and what comes after it
}

func (e *PendingError) Error() string {
	return fmt.Sprintf("nothing is submitted: of jobs %s and %s, which compute the same, %s wait or run. Let them end, or end them with scancel %s %s, and ask again",
		e.Tasks, e.After, strings.Join(e.Jobs, " and "), e.Tasks, e.After)
}

// claim keeps others from submitting the same until it is released, and refuses with a
// *PendingError if jobs from before have not ended. Those that have, whatever became of them, are
// no longer in the queue.
func (a Array) claim(ctx context.Context) (release func() error, err error) {
	if err := os.MkdirAll(filepath.Dir(a.Jobs), 0o777); err != nil {
		return nil, err
	}
	lock := a.Jobs + ".lock"
	file, err := os.OpenFile(lock, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("nothing is submitted: the same is being submitted at this moment; if it is not, remove %s", lock)
	}
	if err != nil {
		return nil, err
	}
	release = func() error { return os.Remove(lock) }
	if err := errors.Join(file.Close(), a.pending(ctx)); err != nil {
		return nil, errors.Join(err, release())
	}
	return release, nil
}

// pending is the *PendingError, if there is one.
func (a Array) pending(ctx context.Context) error {
	text, err := os.ReadFile(a.Jobs)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var last submission
	if err := json.Unmarshal(text, &last); err != nil {
		return fmt.Errorf("%s: %w; remove it if no jobs of this sweep are in the queue", a.Jobs, err)
	}
	pending := &PendingError{Tasks: last.Tasks, After: last.After}
	for _, job := range []string{last.Tasks, last.After} {
		queued, err := queued(ctx, job)
		if err != nil {
			return err
		}
		if queued {
			pending.Jobs = append(pending.Jobs, job)
		}
	}
	if len(pending.Jobs) == 0 {
		return nil
	}
	return pending
}

// queued tells whether a job waits or runs. One that ended long ago Slurm does not know any more.
func queued(ctx context.Context, job string) (bool, error) {
	command := exec.CommandContext(ctx, "squeue", "--noheader", "--format=%i", "--jobs="+job)
	var complaint bytes.Buffer
	command.Stderr = &complaint
	out, err := command.Output()
	switch {
	case ctx.Err() != nil:
		return false, context.Cause(ctx)
	case err != nil && strings.Contains(complaint.String(), "Invalid job id"):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("squeue: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	return len(bytes.TrimSpace(out)) > 0, nil
}

// note writes down what was submitted.
func (a Array) note(s submission) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return files.Replace(a.Jobs, append(text, '\n'))
}
