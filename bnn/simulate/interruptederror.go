package simulate

import (
	"fmt"
	"strings"
)

// An InterruptedError is the end of an ensemble whose context ended, and what is kept of
// it: asked again with the same store, the ensemble goes on from there.
type InterruptedError struct {
	Cause              error // of the context
	Replicas, Finished int   // of the ensemble
	Stored             bool  // there is a store, in which all that are finished are
	// Checkpoints are those of unfinished replicas.
	Checkpoints []Checkpoint
}

// A Checkpoint is how far a replica was, of the time that it has to reach.
type Checkpoint struct {
	Replica   int
	Time, End float64
}

func (e *InterruptedError) Unwrap() error { return e.Cause }

// Error tells what is kept, and that it is of use.
func (e *InterruptedError) Error() string {
	if !e.Stored {
		return fmt.Sprintf("%v; nothing is kept, since there is no store", e.Cause)
	}
	if e.Finished == 0 && len(e.Checkpoints) == 0 {
		return fmt.Sprintf("%v; nothing is kept yet: no replica was finished, and a checkpoint is made after %v", e.Cause, checkpointEvery)
	}
	kept := []string{fmt.Sprintf("%d of %d replicas", e.Finished, e.Replicas)}
	const most = 3
	for i, c := range e.Checkpoints {
		if i == most {
			kept = append(kept, fmt.Sprintf("%d others in part", len(e.Checkpoints)-most))
			break
		}
		kept = append(kept, fmt.Sprintf("replica %d up to t = %.4g of %g", c.Replica, c.Time, c.End))
	}
	return fmt.Sprintf("%v; kept in the store: %s; the same command goes on from there", e.Cause, strings.Join(kept, ", "))
}

// interrupted tells what is kept of replicas that were stopped.
func (w *watches) interrupted(cause error, stored bool) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return &InterruptedError{Cause: cause, Replicas: w.replicas, Finished: w.kept, Stored: stored, Checkpoints: w.failed}
}
