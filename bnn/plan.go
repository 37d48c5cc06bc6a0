package bnn

// A plan is what all replicas of a network at one size share.
type plan struct {
	network   *Network
	n         int
	counts    []int // neurons a population
	sources   []int // neurons a feedforward source
	times     []float64
	startMean []float64
}

func newPlan(network *Network, n int, times []float64) (*plan, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if err := checkTimes(times); err != nil {
		return nil, err
	}
	p := &plan{network: network, n: n, times: times}
	for a := range network.Populations {
		count, err := network.Count(a, n)
		if err != nil {
			return nil, err
		}
		p.counts = append(p.counts, count)
	}
	for x := range network.Feedforward {
		count, err := network.SourceCount(x, n)
		if err != nil {
			return nil, err
		}
		p.sources = append(p.sources, count)
	}
	m, err := newManifold(network)
	if err != nil {
		return nil, err
	}
	p.startMean, err = m.start()
	return p, err
}
