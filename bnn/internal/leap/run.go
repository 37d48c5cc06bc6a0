package leap

import "balanced/bnn"

// A Network is a network at a size.
type Network struct {
	*bnn.Network
	N       int
	Counts  []int  // neurons a population
	Sources []int  // neurons a feedforward source
	Rates   []Rate // by population
}

// NewNetwork tabulates the rates, which takes up to some 25,000 evaluations of one that is none of
// the sigmoids: once for all replicas.
func NewNetwork(network *bnn.Network, n int, counts, sources []int) Network {
	sized := Network{Network: network, N: n, Counts: counts, Sources: sources}
	for _, population := range network.Populations {
		sized.Rates = append(sized.Rates, Tabulate(population.Rate))
	}
	return sized
}

// Run takes all steps and shows each output time. Before them resume may bring the scheme and
// what it moves to where another run was, and tells whether it did; nil for never. look is
// asked before each step, with the time reached, whether to go on.
func (s *Scheme) Run(grid []Interval, startShown bool, resume func() (bool, error), look func(t float64) error, show func(row int)) error {
	s.Begin()
	s.Taken, s.Stopped = 0, true
	resumed := false
	if resume != nil {
		var err error
		if resumed, err = resume(); err != nil {
			return err
		}
	}
	if !resumed && startShown {
		show(0)
	}
	for ; s.Taken < len(grid); s.Taken++ {
		now := grid[s.Taken]
		if err := look(now.Start); err != nil {
			return err
		}
		next := 0.0
		if !now.Stops {
			next = grid[s.Taken+1].Length()
		}
		if err := s.Step(now, next, !s.Stopped); err != nil {
			return err
		}
		if s.Stopped = now.Stops; s.Stopped {
			s.Populations.Settle(s.Pending)
			clear(s.Pending)
		}
		if now.Row >= 0 {
			show(now.Row)
		}
	}
	return nil
}
