package leap

import (
	"sync"
	"sync/atomic"
)

// A team does the same work to many blocks, again and again: once a step. Its
// goroutines live as long as the run, so that a step allocates nothing; the one that
// calls run works too.
//
// Between steps there are some ten microseconds of work for one. It takes as long to wake a
// goroutine that sleeps, so that all look for a while whether it goes on before they sleep.
type team struct {
	work    func(block int, scratch *workspace)
	blocks  int
	next    atomic.Int64
	start   chan struct{}
	working atomic.Int64 // goroutines besides that which calls run
	pending sync.WaitGroup
	members sync.WaitGroup
	others  int
	scratch workspace
}

// patience is how often a goroutine looks before it sleeps: some 50 μs.
const patience = 10_000

func newTeam(work func(int, *workspace), workers, blocks int) *team {
	others := max(workers, 1) - 1
	team := &team{work: work, blocks: blocks, start: make(chan struct{}, others), others: others}
	for range others {
		team.members.Go(func() {
			var scratch workspace
			for team.awaitStart() {
				team.help(&scratch)
				team.working.Add(-1)
				team.pending.Done()
			}
		})
	}
	return team
}

// awaitStart returns false when the team is closed.
func (t *team) awaitStart() bool {
	for range patience {
		select {
		case _, open := <-t.start:
			return open
		default:
		}
	}
	_, open := <-t.start
	return open
}

// run works on all blocks and returns when they are done.
func (t *team) run() {
	t.next.Store(0)
	t.pending.Add(t.others)
	t.working.Store(int64(t.others))
	for range t.others {
		t.start <- struct{}{}
	}
	t.help(&t.scratch)
	for i := 0; i < patience && t.working.Load() > 0; i++ {
	}
	t.pending.Wait()
}

// help takes one block after the other.
func (t *team) help(scratch *workspace) {
	for {
		block := int(t.next.Add(1)) - 1
		if block >= t.blocks {
			return
		}
		t.work(block, scratch)
	}
}

// close ends the goroutines and waits for them.
func (t *team) close() {
	close(t.start)
	t.members.Wait()
}
