package leap

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/bnn/internal/random"
)

// Neurons are the neurons of one replica, cut into blocks that workers share. A
// block has a random stream of its own and sums are taken in the order of blocks, so that
// results do not depend on the number of workers.
type Neurons struct {
	rates  []Rate
	Blocks []Block
	counts []int
	noise  []stepNoise
	Spikes Spikes
	// Poisson tables by population and pathway, made when first needed.
	tables [][]*random.PoissonTable
	// The pathways of small means together, and those means, 0 for others.
	compound compound
	means    []float64

	team  *team
	task  job
	laws  []Law
	shift []float64
	// Of the potentials at the start.
	deviations []float64
}

// A Block is a run of neurons of one population, small enough for the first-level
// cache.
type Block struct {
	population int
	potentials []float64
	spread     *spread // of thresholds; nil without
	Random     random.Fast
	sum        RateSum
	noise      float64 // the sum of what the last step added at random
}

// NeuronsPerBlock is the size of all blocks of a population but the last.
const NeuronsPerBlock = 2048

// blocksPerWorker keeps a worker busy for longer than it takes to wake it.
const blocksPerWorker = 8

// NewNeurons cuts the potentials of each population into blocks, which up to so many workers
// share, each with a stream drawn from source. Close ends the workers.
func NewNeurons(scheme *Scheme, potentials [][]float64, source *rand.Rand, workers int) *Neurons {
	rates, pathways := scheme.rates, len(scheme.laws[0].Pathways)
	scheme.draw = func(mean float64) float64 { return distuv.Poisson{Lambda: mean, Src: source}.Rand() }
	neurons := &Neurons{rates: rates, noise: make([]stepNoise, len(rates)), means: make([]float64, pathways), shift: make([]float64, len(rates))}
	for a, all := range potentials {
		neurons.counts = append(neurons.counts, len(all))
		neurons.tables = append(neurons.tables, nil)
		for len(all) > 0 {
			size := min(NeuronsPerBlock, len(all))
			neurons.Blocks = append(neurons.Blocks, Block{population: a, potentials: all[:size], Random: random.NewFast(source)})
			all = all[size:]
		}
	}
	neurons.Spikes = newSpikes(random.NewFast(source), len(rates), pathways)
	neurons.team = newTeam(neurons.work, min(workers, 1+len(neurons.Blocks)/blocksPerWorker), len(neurons.Blocks))
	return neurons
}

// Close ends the workers.
func (n *Neurons) Close() { n.team.close() }

// A job is what is to be done to all blocks.
type job int

const (
	advanceTask job = iota
	evaluateTask
	settleTask
	kickTask
	startTask
)

// Advance implements Populations.
func (n *Neurons) Advance(laws []Law, sums []RateSum) {
	n.setNoise(laws)
	n.run(advanceTask, laws)
	n.collect(sums)
	clear(n.shift)
	for i := range n.Blocks {
		n.shift[n.Blocks[i].population] += n.Blocks[i].noise
	}
	for a, noise := range n.shift {
		n.Spikes.add(a, &laws[a], float64(n.counts[a]), noise)
	}
}

// Evaluate implements Populations.
func (n *Neurons) Evaluate(laws []Law, shift []float64, sums []RateSum) {
	copy(n.shift, shift)
	n.run(evaluateTask, laws)
	n.collect(sums)
}

// Settle implements Populations.
func (n *Neurons) Settle(shift []float64) {
	copy(n.shift, shift)
	n.run(settleTask, nil)
}

// Kick implements Populations.
func (n *Neurons) Kick(laws []Law) { n.run(kickTask, laws) }

func (n *Neurons) run(task job, laws []Law) {
	n.task, n.laws = task, laws
	n.team.run()
}

// collect turns the sums of the blocks into means over populations.
func (n *Neurons) collect(sums []RateSum) {
	clear(sums)
	for i := range n.Blocks {
		block := &n.Blocks[i]
		sums[block.population].rate += block.sum.rate
		sums[block.population].slope += block.sum.slope
	}
	for a := range sums {
		rate := &n.rates[a]
		sums[a].rate *= rate.max / float64(n.counts[a])
		sums[a].slope *= rate.max * rate.scale / float64(n.counts[a])
	}
}

// work does the task of the moment to one block.
func (n *Neurons) work(i int, scratch *workspace) {
	block := &n.Blocks[i]
	a := block.population
	switch n.task {
	case advanceTask:
		block.advance(n, scratch)
	case evaluateTask:
		block.evaluate(&n.rates[a], n.laws[a].StartKick, n.shift[a])
	case settleTask:
		potentials, shift := block.potentials, n.shift[a]
		for j := range potentials {
			potentials[j] += shift
		}
		block.show()
	case startTask:
		block.start(n.shift[a], n.deviations[a], scratch)
	case kickTask:
		block.kick(&n.rates[a], n.laws[a].EndKick)
	}
}

// A workspace is the memory of one worker.
type workspace struct {
	noise   [noiseAtOnce]float64
	normals [noiseAtOnce]float64
	words   [noiseAtOnce]uint64

	compound compoundSpace
}

const noiseAtOnce = 512

// advance takes a step (see Law), a stretch of neurons at a time: first their
// noise, then all the rest.
func (b *Block) advance(n *Neurons, scratch *workspace) {
	a := b.population
	rate, law, noise := &n.rates[a], &n.laws[a], &n.noise[a]
	m, noisy := newMotion(rate, law), 0.0
	for rest := b.potentials; len(rest) > 0; {
		now := rest[:min(noiseAtOnce, len(rest))]
		rest = rest[len(now):]
		added := scratch.noise[:len(now)]
		for j := range added {
			added[j] = law.drift
		}
		if b.spread != nil {
			b.spread.pull(added, len(b.potentials)-len(rest)-len(now), law.decay)
		}
		noise.normal.add(&b.Random, added, scratch.words[:], scratch.normals[:])
		random.AddJumps(&b.Random, added, scratch.words[:], noise.tables)
		if noise.compound {
			n.compound.add(&b.Random, added, a, law.Pathways, n.means, &scratch.compound)
		}
		noisy += total(added)
		if rate.direct != nil {
			m.moveDirect(rate, now, added)
		} else {
			m.move(rate.rateTable, now, added)
		}
	}
	if b.spread != nil {
		noisy += b.spread.total * (1 - law.decay)
	}
	b.sum, b.noise = m.sum(), noisy-float64(len(b.potentials))*law.drift
}

// kick displaces potentials by the kick that ends a step.
func (b *Block) kick(rate *Rate, endKick float64) {
	kick := newRateKick(rate, endKick)
	if rate.direct != nil {
		for j, v := range b.potentials {
			b.potentials[j] = v - kick.displacement(rate.call(v))
		}
		return
	}
	table, scale, offset := rate.rateTable, rate.scale, rate.offset
	for j, v := range b.potentials {
		cell, f := table.cell(v*scale + offset)
		b.potentials[j] = v - kick.displacement(cell.value(f), cell.slope(f))
	}
}

// evaluate sums the rates at shifted potentials, with the kick that starts the next
// step taken back.
func (b *Block) evaluate(rate *Rate, startKick, shift float64) {
	back := newRateKick(rate, -startKick)
	sum, slopes := 0.0, 0.0
	if rate.direct != nil {
		for _, v := range b.potentials {
			value, slope := rate.call(v + shift)
			sum += back.rate(value, slope)
			slopes += slope
		}
		b.sum = RateSum{sum, slopes}
		return
	}
	table, scale, offset := rate.rateTable, rate.scale, rate.offset
	for _, v := range b.potentials {
		cell, f := table.cell((v+shift)*scale + offset)
		slope := cell.slope(f)
		sum += back.rate(cell.value(f), slope)
		slopes += slope
	}
	b.sum = RateSum{sum, slopes}
}
