package simulate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"balanced/bnn/internal/checkpoint"
)

// A replicaWatch looks at one replica while it runs: it learns how far it is, and keeps
// checkpoints of it. What it sees never changes the replica, which does not know of
// clocks. It travels in the context, as net/http/httptrace does, since between the
// ensemble and the loop of a method nobody else has to do with it. Without a watch,
// which is nil, runs go their way unseen.
type replicaWatch struct {
	asked atomic.Bool // somebody wants to know how far the replica is

	// What concerns the store, which may not be there: the checkpoint to go on from, if
	// there is one, the place for others, and whom to tell what is wrong with them.
	found  []byte
	keep   func(state []byte) error
	reject func(reason error) error // sets aside the one that was found
	report func(message string)

	parts     []resumable // besides the run
	next      time.Time   // when a checkpoint is due
	cost      time.Duration
	oversized bool

	replica int
	mutex   sync.Mutex // guards replicaSeen
	replicaSeen
}

// A replicaSeen is what a watch has seen.
type replicaSeen struct {
	begun, answered time.Time // when it began, zero if it has not, and when it was last asked
	from, reached   float64   // simulated time when it began, and when it was last asked
	end             float64
	kept            float64 // simulated time of the checkpoint in the store, −1 if there is none
}

// part is how much of the replica there is up to time t.
func (s *replicaSeen) part(t float64) float64 {
	if s.end > 0 {
		return min(t/s.end, 1)
	}
	return 0
}

// seen returns what the watch has seen so far.
func (w *replicaWatch) seen() replicaSeen {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.replicaSeen
}

// checkpointEvery is how long a replica has to last for a checkpoint of it to be worth
// while, and how long it then takes to the next. It is a variable for tests.
var checkpointEvery = 30 * time.Second

// largestCheckpoint is what a store takes without trouble, in bytes: 30 million neurons by
// the leap.
const largestCheckpoint = 1 << 29

type watchKey struct{}

func withWatch(ctx context.Context, w *replicaWatch) context.Context {
	return context.WithValue(ctx, watchKey{}, w)
}

func watchOf(ctx context.Context) *replicaWatch {
	w, _ := ctx.Value(watchKey{}).(*replicaWatch)
	return w
}

// begin tells the watch what is about to run: until when, with which random stream, and
// before which recorders. Recorders that cannot go on from a checkpoint get none.
func (w *replicaWatch) begin(end float64, source *rand.ChaCha8, recorders []Recorder) {
	if w == nil {
		return
	}
	w.parts = []resumable{replicaSource{source}}
	for _, recorder := range recorders {
		part, is := recorder.(resumable)
		if !is {
			w.keep, w.found = nil, nil
			break
		}
		w.parts = append(w.parts, part)
	}
	now := time.Now()
	w.next = now.Add(checkpointEvery)
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.replicaSeen = replicaSeen{begun: now, end: end, kept: -1}
}

// A checkpointError is why a replica does not go on from its checkpoint. The run it
// was read into is of no use any more.
type checkpointError struct{ reason error }

func (e *checkpointError) Error() string { return e.reason.Error() }

// resume brings a new run to where its checkpoint was, if there is one, and tells whether
// it did so. The error is a *checkpointError.
func (w *replicaWatch) resume(run resumable) (bool, error) {
	if w == nil || w.found == nil {
		return false, nil
	}
	at := 0.0
	if err := decodeState(w.found, append([]resumable{watchedTime{&at}, run}, w.parts...)); err != nil {
		return false, &checkpointError{err}
	}
	w.found = nil
	w.mutex.Lock()
	w.from, w.reached, w.kept = at, at, at
	w.mutex.Unlock()
	w.tell(fmt.Sprintf("goes on from its checkpoint at t = %.4g of %g", w.from, w.end))
	return true, nil
}

// rejectFound forgets the checkpoint that was found and turned out to be of no use.
func (w *replicaWatch) rejectFound(reason error) error {
	w.found = nil
	if w.reject == nil {
		return nil
	}
	return w.reject(reason)
}

// look is called by a run at each moment at which it may be interrupted, every
// millisecond or so, with the time it has reached. It returns the cause of a context
// that has ended.
func (w *replicaWatch) look(ctx context.Context, t float64, run resumable) error {
	stopped := ctx.Err() != nil
	if !stopped && (w == nil || !w.asked.Load()) {
		return nil
	}
	return w.answer(ctx, stopped, t, run)
}

//go:noinline
func (w *replicaWatch) answer(ctx context.Context, stopped bool, t float64, run resumable) error {
	if w != nil {
		w.asked.Store(false)
		w.mutex.Lock()
		w.reached, w.answered = t, time.Now()
		w.mutex.Unlock()
		if w.keep != nil && w.due(stopped) {
			w.checkpoint(t, run)
		}
	}
	if stopped {
		return context.Cause(ctx)
	}
	return nil
}

// due tells whether to keep a checkpoint now: every now and then, and as a last act where
// it does not take long.
func (w *replicaWatch) due(stopped bool) bool {
	if stopped {
		worthwhile := w.kept >= 0 || time.Since(w.begun) >= checkpointEvery
		return worthwhile && w.cost < time.Second/10
	}
	return !time.Now().Before(w.next)
}

// checkpoint keeps the state of a run. A store that cannot take it is no reason to end
// the run, but one to tell.
func (w *replicaWatch) checkpoint(t float64, run resumable) {
	begin := time.Now()
	state, size := encodeState(append([]resumable{watchedTime{&t}, run}, w.parts...), largestCheckpoint)
	if state == nil {
		if !w.oversized {
			w.tell(fmt.Sprintf("has no checkpoint: its state has %d MB, and at most %d MB are kept", size>>20, largestCheckpoint>>20))
		}
		w.oversized = true
	} else if err := w.keep(state); err != nil {
		w.tell(fmt.Sprintf("has no new checkpoint: %v", err))
	} else {
		w.mutex.Lock()
		w.kept = t
		w.mutex.Unlock()
	}
	// At most a hundredth of the time goes into checkpoints.
	w.cost = time.Since(begin)
	w.next = time.Now().Add(max(checkpointEvery, 100*w.cost))
}

func (w *replicaWatch) tell(message string) {
	if w.report != nil {
		w.report(message)
	}
}

// A watchedTime is how far a run was at its checkpoint.
type watchedTime struct{ t *float64 }

func (w watchedTime) checkpoint(c *checkpoint.Coder) { c.Number(w.t) }
