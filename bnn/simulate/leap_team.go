package simulate

import (
	"sync"
	"sync/atomic"
)

// A leapTeam does the same work to many blocks, again and again: once a step. Its
// goroutines live as long as the run, so that a step allocates nothing; the one that
// calls run works too.
type leapTeam struct {
	work    func(block int, scratch *leapScratch)
	blocks  int
	next    atomic.Int64
	start   chan struct{}
	pending sync.WaitGroup
	members sync.WaitGroup
	others  int
	scratch leapScratch
}

func newLeapTeam(work func(int, *leapScratch), workers, blocks int) *leapTeam {
	team := &leapTeam{work: work, blocks: blocks, start: make(chan struct{}), others: max(workers, 1) - 1}
	for range team.others {
		team.members.Go(func() {
			var scratch leapScratch
			for range team.start {
				team.help(&scratch)
				team.pending.Done()
			}
		})
	}
	return team
}

// run works on all blocks and returns when they are done.
func (t *leapTeam) run() {
	t.next.Store(0)
	t.pending.Add(t.others)
	for range t.others {
		t.start <- struct{}{}
	}
	t.help(&t.scratch)
	t.pending.Wait()
}

// help takes one block after the other.
func (t *leapTeam) help(scratch *leapScratch) {
	for {
		block := int(t.next.Add(1)) - 1
		if block >= t.blocks {
			return
		}
		t.work(block, scratch)
	}
}

// close ends the goroutines and waits for them.
func (t *leapTeam) close() {
	close(t.start)
	t.members.Wait()
}
