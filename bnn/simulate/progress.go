package simulate

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Progress tells how far an Ensemble is.
type Progress struct {
	Finished, Replicas int
	Part               float64       // of all replicas that is done, from 0 to 1; it grows within replicas
	PerSecond          float64       // replicas simulated a second, so far
	Left               time.Duration // until the end, at this rate; 0 as long as nothing is simulated

	// Time, of End, is what the replica has reached that has been under way the longest, at
	// Speed units of time a second; all are 0 as long as no replica has been looked at.
	Time, End, Speed float64
}

// lookEvery is how often the replicas under way are asked how far they are. It is a variable
// for tests.
var lookEvery = 200 * time.Millisecond

// watches are those of an ensemble.
type watches struct {
	replicas int
	report   func(Progress) // may be nil
	finished int            // of which report knows

	mutex     sync.Mutex      // guards what follows
	begun     time.Time       // when the first replica that is simulated began
	simulated float64         // replicas, in this run: without those that ended, but with the parts of those that failed
	kept      int             // replicas that ended
	running   []*replicaWatch // in the order in which they began
	failed    []Checkpoint
}

// begin returns the watch of a replica.
func (w *watches) begin(replica int) *replicaWatch {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	one := &replicaWatch{replica: replica, replicaSeen: replicaSeen{kept: -1}}
	w.running = append(w.running, one)
	return one
}

// end takes leave of a replica, which may have failed.
func (w *watches) end(one *replicaWatch, err error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.running = slices.DeleteFunc(w.running, func(other *replicaWatch) bool { return other == one })
	s := one.seen()
	if err != nil {
		if s.kept >= 0 {
			w.failed = append(w.failed, Checkpoint{Replica: one.replica, Time: s.kept, End: s.end})
		}
		return
	}
	w.kept++
	if !s.begun.IsZero() {
		w.note(s.begun)
		w.simulated += 1 - s.part(s.from)
	}
}

// note keeps the first time at which anything was simulated.
func (w *watches) note(begun time.Time) {
	if w.begun.IsZero() || begun.Before(w.begun) {
		w.begun = begun
	}
}

// count reports that one more replica is finished.
func (w *watches) count() {
	w.finished++
	if w.report != nil {
		w.report(w.progress())
	}
}

// look reports how far the replicas under way were when last asked, and asks again.
func (w *watches) look() {
	w.mutex.Lock()
	for _, one := range w.running {
		one.asked.Store(true)
	}
	w.mutex.Unlock()
	if w.report != nil {
		w.report(w.progress())
	}
}

func (w *watches) progress() Progress {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	p := Progress{Finished: w.finished, Replicas: w.replicas}
	done, simulated := float64(w.finished), w.simulated
	for _, one := range w.running {
		s := one.seen()
		if s.begun.IsZero() {
			continue
		}
		w.note(s.begun)
		done += s.part(s.reached)
		simulated += s.part(s.reached) - s.part(s.from)
		if p.End == 0 && s.reached > s.from {
			p.Time, p.End = s.reached, s.end
			p.Speed = (s.reached - s.from) / s.answered.Sub(s.begun).Seconds()
		}
	}
	p.Part = min(done/float64(w.replicas), 1)
	if simulated > 0 {
		p.PerSecond = simulated / max(time.Since(w.begun), time.Nanosecond).Seconds()
		p.Left = time.Duration((float64(w.replicas) - done) / p.PerSecond * float64(time.Second))
	}
	return p
}

// alone runs one replica outside of an ensemble, with progress and checkpoints if they are
// wanted.
func (e Ensemble) alone(ctx context.Context, run func(ctx context.Context) error) error {
	if e.Progress == nil && e.Store == nil {
		return run(ctx)
	}
	watches := &watches{replicas: 1, report: e.Progress}
	watch := watches.begin(0)
	looking := make(chan struct{})
	var looker sync.WaitGroup
	looker.Go(func() {
		ticker := time.NewTicker(lookEvery)
		defer ticker.Stop()
		for {
			select {
			case <-looking:
				return
			case <-ticker.C:
				watches.look()
			}
		}
	})
	err := run(withWatch(ctx, watch))
	close(looking)
	looker.Wait()
	watches.end(watch, err)
	if err == nil {
		watches.count()
	}
	return err
}
