package simulate

import (
	"math"
	"slices"
	"unsafe"

	"balanced/bnn"
	"balanced/bnn/internal/leap"
	"balanced/bnn/internal/random"
	"balanced/bnn/internal/thinning"
	"balanced/bnn/theory"
)

// Cost estimates what Run needs at the given times, without running or allocating
// anything; the step of a leap that is chosen by its tolerance is taken to be
// 1/32 of the smallest τ, or with shared sources what the network needs to undo their noise, if that
// is less. A rate of the caller's own is taken to cost what a logistic does. The error is an
// *InputError.
func (e Ensemble) Cost(times []float64) (bnn.Cost, error) {
	if err := e.check(); err != nil {
		return bnn.Cost{}, err
	}
	p, err := sizedPlan(e.Network, e.N, times)
	if err != nil {
		return bnn.Cost{}, err
	}
	return e.cost(p)
}

// cost is that of Run for a plan, which need not have begun.
func (e Ensemble) cost(p *plan) (bnn.Cost, error) {
	workers := min(e.workers(), e.Replicas)
	replica := p.replicaCost(e.Method, max(1, e.workers()/e.Replicas))
	// The summary is made when no replica is left.
	running := float64(workers)*(replica.Bytes+p.recordedBytes()) + 2*8*float64(p.measurements())
	all := bnn.Cost{
		Bytes:   math.Max(running, p.summaryBytes()) + p.startBytes(),
		Seconds: math.Ceil(float64(e.Replicas)/float64(workers)) * replica.Seconds,
	}
	if leap, is := e.Method.(Leap); is && leap.Step == 0 {
		choice, err := theory.FiniteSizeCost(e.Network, p.times)
		if err != nil {
			return bnn.Cost{}, err
		}
		if !p.chosenByEquations() {
			choice = bnn.Cost{Seconds: p.choiceSeconds()}
		}
		all.Bytes, all.Seconds = all.Bytes+choice.Bytes, all.Seconds+choice.Seconds
	}
	return all, nil
}

// Nanoseconds as measured on two cores that had other work, too.
const (
	flatNanoseconds       = 10   // a candidate of the exact method, the potentials in the cache
	distantNanoseconds    = 40   // the same, with more neurons than the cache holds
	plainNanoseconds      = 150  // a candidate of the plain simulators
	connectionNanoseconds = 20   // a connection of a sparse network, each of two times
	arrivalNanoseconds    = 40   // a spike at one who hears it
	leapNanoseconds       = 8    // a neuron and step
	stepNanoseconds       = 3000 // a step of a leap, whatever the neurons
	pairNanoseconds       = 15   // and a pathway
	recordNanoseconds     = 30   // a neuron and output time
	rowNanoseconds        = 2000 // an output time, whatever the neurons
	// An evaluation of a rate that may fall, as if it were as simple as a logistic, and a time
	// constant of a response that is followed.
	evaluateNanoseconds = 20
	followNanoseconds   = 50_000
	cachedNeurons       = 1 << 16
)

// replicaCost is that of one replica by a method with so many processors, without what
// is recorded of it.
func (p *plan) replicaCost(method Method, processors int) bnn.Cost {
	neurons, candidates, shared := 0.0, 0.0, 0.0
	for b, count := range p.counts {
		neurons += float64(count)
		candidates += float64(count) * p.network.Populations[b].Rate.Bound()
	}
	for x, count := range p.sources {
		_, most := p.network.Feedforward[x].Rate.Range()
		if p.network.Feedforward[x].Shared {
			shared += float64(count) * most
		} else {
			candidates += float64(count) * most
		}
	}
	span := p.times[len(p.times)-1]
	record := float64(len(p.times)) * (neurons*recordNanoseconds + rowNanoseconds)
	pairs := (neurons*candidates + shared) * span // all candidates, those for themselves too
	following := p.followed() * span * followNanoseconds
	bytes, nanoseconds := (24+8*p.spreading())*neurons, pairs*plainNanoseconds
	switch method := method.(type) {
	case nil, Exact:
		if p.whyNotThinning() != "" {
			break
		}
		bytes, nanoseconds = 24*neurons+float64(unsafe.Sizeof(thinning.Replica{})), pairs*distantNanoseconds
		if p.spreading() > 0 {
			bytes += (16 + 8*p.spreading()) * neurons
		}
		if p.noisy() {
			bytes += 8 * neurons
		}
		if neurons <= cachedNeurons {
			nanoseconds = pairs * flatNanoseconds
		}
		if p.evaluated() {
			nanoseconds = pairs * (flatNanoseconds + evaluateNanoseconds)
		}
	case SharedSpikes:
		nanoseconds = (candidates + shared) * span * plainNanoseconds
	case Sparse:
		nanoseconds = candidates * span * plainNanoseconds
		heard, sourcesHeard, err := method.inDegrees(p)
		if err != nil {
			break // It is refused when it is prepared.
		}
		for _, targets := range p.counts {
			for b, heard := range heard {
				connections, spikes := float64(targets)*float64(heard), p.network.Populations[b].Rate.Bound()*span
				bytes += 4*connections + 8*float64(p.counts[b])
				nanoseconds += connections * (2*connectionNanoseconds + spikes*arrivalNanoseconds)
			}
			for x, heard := range sourcesHeard {
				_, most := p.network.Feedforward[x].Rate.Range()
				connections := float64(targets) * float64(heard)
				bytes += 4*connections + 8*float64(p.sources[x])
				nanoseconds += connections * (2*connectionNanoseconds + most*span*arrivalNanoseconds)
			}
		}
	case Leap:
		return p.leapCost(method.Step, neurons, record+following, processors)
	}
	return bnn.Cost{Bytes: bytes, Seconds: (nanoseconds + record + following) * 1e-9}
}

// noisy tells whether potentials diffuse.
func (p *plan) noisy() bool {
	return slices.ContainsFunc(p.network.Populations, func(population bnn.Population) bool { return population.Noise > 0 })
}

// spreading is the share of populations with a spread of thresholds, which keep offsets.
func (p *plan) spreading() float64 {
	share := 0.0
	for _, population := range p.network.Populations {
		if population.Spread > 0 {
			share += 1 / float64(len(p.counts))
		}
	}
	return share
}

// evaluated tells whether some rate may fall, so that the exact method evaluates each candidate.
func (p *plan) evaluated() bool {
	return slices.ContainsFunc(p.network.Populations, func(population bnn.Population) bool {
		rate, is := population.Rate.(bnn.IncreasingRate)
		return !is || !rate.Increasing()
	})
}

// followed is how many time constants of responses are followed in a unit of time.
func (p *plan) followed() float64 {
	sum := 0.0
	for _, population := range p.network.Populations {
		switch population.External().(type) {
		case bnn.ConstantStimulus, bnn.Pulse, bnn.Sine:
		default:
			sum += 1 / population.Tau
		}
	}
	return sum
}

// leapCost is that of a replica by the leap; steps are counted as leap.Grid does.
func (p *plan) leapCost(step, neurons, record float64, processors int) bnn.Cost {
	shortest := math.Inf(1)
	for _, population := range p.network.Populations {
		shortest = math.Min(shortest, population.Tau)
	}
	if step == 0 {
		step = shortest / 32
		if p.shares() {
			step = math.Min(step, p.leapNetwork().Layer())
		}
	}
	step = math.Min(step, shortest)
	steps := p.times[len(p.times)-1]/step + float64(len(p.times)) + 64
	tables := 1.0 // many pathways share one
	for b, count := range p.counts {
		if len(p.counts)+len(p.sources) <= leap.MostTables && float64(count)*p.network.Populations[b].Rate.Bound()*step/2 <= random.LargestTabulatedMean {
			tables += float64(len(p.counts))
		}
	}
	pathways := float64(len(p.counts)) * float64(len(p.counts)+len(p.sources))
	blocks := neurons/leap.NeuronsPerBlock + float64(len(p.counts))
	return bnn.Cost{
		Bytes: (8+16*p.spreading())*neurons + float64(unsafe.Sizeof(leap.Block{}))*blocks + 2.6*float64(unsafe.Sizeof(leap.Interval{}))*math.Min(steps, leap.MostSteps) +
			40*pathways + float64(unsafe.Sizeof(random.PoissonTable{}))*tables,
		Seconds: (neurons*steps*leapNanoseconds/float64(processors) + steps*(stepNanoseconds+pathways*pairNanoseconds) + record) * 1e-9,
	}
}

// recordedBytes is what the recorders of one replica keep, in tables and as a flat list
// that has grown by a quarter each time.
func (p *plan) recordedBytes() float64 {
	return p.tableBytes() + (1+2)*8*float64(p.measurements())
}

// summaryBytes is the size of a Summary and of the sums that it is made of.
func (p *plan) summaryBytes() float64 {
	return 2*p.tableBytes() + (3+2*0.5)*8*float64(p.measurements())
}

// tableBytes is what four tables of moments and two of spikes take besides their numbers: a
// slice a row, and for spikes one a time and one a population.
func (p *plan) tableBytes() float64 {
	rows := 4 + 2*(1+float64(len(p.counts)))
	return float64(len(p.times)) * rows * float64(unsafe.Sizeof([]float64{}))
}

// startBytes is what finding the start takes: some matrices of all weights.
func (p *plan) startBytes() float64 {
	const matrices = 8
	populations := float64(len(p.counts))
	return matrices * 8 * populations * populations
}
