package sweep

import (
	"context"
	"errors"
	"runtime"
	"time"

	"balanced/bnn"
)

// A Status is what the store has of a sweep.
type Status struct {
	Points   int   // of the sweep, or of its shard
	Complete int   // of which nothing is missing
	Stored   []int // points of which the store has a measure, one a measure
	Shards   int   // files of shards, which were gathered
}

// Status looks up what the store has, after gathering what shards have found. It computes
// nothing. Rows, if asked next for the same, neither gathers nor checks all points once more: what
// Status finds complete it reads. The cost is some µs a point and measure. Without a Store it is
// an *InputError.
func (s *Sweep) Status(ctx context.Context) (status Status, err error) {
	if s.Store == nil {
		return status, &bnn.InputError{Path: "store", Value: "none", Allowed: "a store"}
	}
	l, err := s.ready(ctx)
	if err != nil {
		return status, err
	}
	if status.Shards, err = s.Store.Gather(ctx); err != nil {
		return status, err
	}
	s.seen = s.asked()
	kept, err := s.looked(ctx)
	if err != nil {
		return status, err
	}
	defer func() { err = errors.Join(err, kept.close()) }()
	status.Stored = make([]int, len(s.Measures))
	for found, err := range kept.look(ctx, l.points(ctx, s.Shard)) {
		if err != nil {
			return status, err
		}
		status.Points++
		for i, cells := range found.cells {
			if cells != nil {
				status.Stored[i]++
			}
		}
		if !found.missing() {
			status.Complete++
		}
	}
	return status, nil
}

// Kinds names the measures as the columns do.
func (s *Sweep) Kinds() []string {
	var kinds []string
	for _, columns := range named(s.Measures, nil) {
		last := columns[len(columns)-1].Name
		kinds = append(kinds, last[:len(last)-len(errorSuffix)])
	}
	return kinds
}

// An Estimate is what a sweep is expected to take, from a first point of it.
type Estimate struct {
	Points, Stored int     // of the sweep, or of its shard; Stored are complete in the store
	PointSeconds   float64 // that the first point which is not took, on one processor
	Seconds        float64 // of all that are not
	Bytes          float64 // of memory, with all workers
}

// Estimate computes the first point that the store does not have, keeps nothing of it, and
// tells what it took. Points of a sweep may take very different times.
func (s *Sweep) Estimate(ctx context.Context) (e Estimate, err error) {
	l, err := s.ready(ctx)
	if err != nil {
		return e, err
	}
	kept, err := s.looked(ctx)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, kept.close()) }()
	var first *finding
	for found, err := range kept.look(ctx, l.points(ctx, s.Shard)) {
		if err != nil {
			return e, err
		}
		e.Points++
		if !found.missing() {
			e.Stored++
		} else if first == nil {
			first = &found
		}
	}
	if first == nil {
		return e, nil
	}
	begin := time.Now()
	before, more, err := heapDuring(func() error {
		return s.complete(ctx, first, workplace{s.Seed, 1, s.Force, nil}, s.nothing())
	})
	if err != nil {
		return e, err
	}
	workers := float64(min(workersOf(s.Workers), e.Points-e.Stored))
	e.PointSeconds = time.Since(begin).Seconds()
	e.Seconds = e.PointSeconds * float64(e.Points-e.Stored) / workers
	e.Bytes = before + workers*more
	return e, nil
}

// heapDuring runs something and tells the memory that the process had before, and how much
// more was in use at most meanwhile.
func heapDuring(run func() error) (before, more float64, err error) {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	base, most := stats.HeapAlloc, stats.HeapAlloc
	before = float64(stats.Sys)
	done := make(chan error, 1)
	go func() { done <- run() }()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for {
		finished := false
		select {
		case err = <-done:
			finished = true
		case <-ticker.C:
		}
		runtime.ReadMemStats(&stats)
		most = max(most, stats.HeapAlloc)
		if finished {
			return before, float64(most - base), err
		}
	}
}
