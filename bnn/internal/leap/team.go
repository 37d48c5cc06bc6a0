package leap

import (
	"sync"
	"sync/atomic"
)

// A team does the same work to many blocks, again and again: once a step. Its
// goroutines live as long as the run, so that a step allocates nothing; the one that
// calls run works too.
type team struct {
	work    func(block int, scratch *workspace)
	blocks  int
	next    atomic.Int64
	start   chan struct{}
	pending sync.WaitGroup
	members sync.WaitGroup
	others  int
	scratch workspace
}

func newTeam(work func(int, *workspace), workers, blocks int) *team {
	team := &team{work: work, blocks: blocks, start: make(chan struct{}), others: max(workers, 1) - 1}
	for range team.others {
		team.members.Go(func() {
			var scratch workspace
			for range team.start {
				team.help(&scratch)
				team.pending.Done()
			}
		})
	}
	return team
}

// run works on all blocks and returns when they are done.
func (t *team) run() {
	t.next.Store(0)
	t.pending.Add(t.others)
	for range t.others {
		t.start <- struct{}{}
	}
	t.help(&t.scratch)
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
