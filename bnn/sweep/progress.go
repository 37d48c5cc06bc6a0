package sweep

import (
	"fmt"
	"sync"
	"time"
)

// Progress tells how far a Sweep is.
type Progress struct {
	Finished, Points int           // the points read from the store among them
	Stored           int           // of these so many were read
	Left             time.Duration // until the end, if no more are in the store; 0 as long as nothing is computed
}

// A counter counts finished points for a report, which may be nil.
type counter struct {
	tell   func(Progress)
	points int

	mutex              sync.Mutex // guards what follows
	begun, told        time.Time
	finished, computed int
}

func newCounter(tell func(Progress), points int) *counter {
	return &counter{tell: tell, points: points}
}

// begin notes that a point is begun, and tells whether it is to be computed.
func (c *counter) begin(found finding) (computes bool) {
	if !found.missing() {
		return false
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.begun.IsZero() {
		c.begun = time.Now()
	}
	return true
}

// end notes that a point is finished.
func (c *counter) end(computed bool, err error) {
	if err != nil {
		return
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.finished++
	if computed {
		c.computed++
	}
}

func (c *counter) finishedSoFar() int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.finished
}

// report tells, but not more than some times a second until the end.
func (c *counter) report() {
	if c.tell == nil {
		return
	}
	c.mutex.Lock()
	now := time.Now()
	if c.finished < c.points && now.Sub(c.told) < lookEvery {
		c.mutex.Unlock()
		return
	}
	c.told = now
	p := Progress{Finished: c.finished, Points: c.points, Stored: c.finished - c.computed}
	if c.computed > 0 {
		p.Left = time.Duration(float64(now.Sub(c.begun)) / float64(c.computed) * float64(c.points-c.finished))
	}
	c.mutex.Unlock()
	c.tell(p)
}

// An InterruptedError is the end of a sweep whose context ended, and what is kept of it.
type InterruptedError struct {
	Cause            error // of the context
	Points, Finished int   // of the sweep, or of its shard
	Stored           bool  // there is a store, in which all that are finished are
}

// Unwrap returns the cause.
func (e *InterruptedError) Unwrap() error { return e.Cause }

// Error tells what is kept, and that it is of use.
func (e *InterruptedError) Error() string {
	if !e.Stored {
		return fmt.Sprintf("%v; nothing is kept, since there is no store", e.Cause)
	}
	return fmt.Sprintf("%v; kept in the store: %d of %d points, and what is finished of others; the same command goes on from there", e.Cause, e.Finished, e.Points)
}
