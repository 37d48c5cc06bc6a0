package leap

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/bnn/internal/numbers"
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

	team  *team
	task  job
	laws  []Law
	shift []float64
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

// A stepNoise is what the pathways of one population add to each of its neurons in one
// step: those of small means by tables, all others together by a polynomial of a normal.
type stepNoise struct {
	tables                   []*random.PoissonTable
	constant, linear, square float64
}

// NewNeurons cuts the potentials of each population into blocks, which up to so many workers
// share, each with a stream drawn from source. Close ends the workers.
func NewNeurons(scheme *Scheme, potentials [][]float64, source *rand.Rand, workers int) *Neurons {
	rates, pathways := scheme.rates, len(scheme.Expected[0])
	scheme.draw = func(mean float64) float64 { return distuv.Poisson{Lambda: mean, Src: source}.Rand() }
	neurons := &Neurons{rates: rates, Spikes: Spikes{Random: source, Excess: numbers.Table(len(rates), pathways), draws: make([]float64, pathways)}, noise: make([]stepNoise, len(rates)), shift: make([]float64, len(rates))}
	for a, all := range potentials {
		neurons.counts = append(neurons.counts, len(all))
		neurons.tables = append(neurons.tables, nil)
		for len(all) > 0 {
			size := min(NeuronsPerBlock, len(all))
			neurons.Blocks = append(neurons.Blocks, Block{population: a, potentials: all[:size], Random: random.NewFast(source)})
			all = all[size:]
		}
	}
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
)

// Advance implements Populations.
func (n *Neurons) Advance(laws []Law, sums []RateSum) {
	for a := range laws {
		n.setNoise(a, &laws[a])
	}
	n.run(advanceTask, laws)
	n.collect(sums)
	for a := range laws {
		noise := 0.0
		for i := range n.Blocks {
			if n.Blocks[i].population == a {
				noise += n.Blocks[i].noise
			}
		}
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

// setNoise sorts the pathways of a population by their means.
func (n *Neurons) setNoise(a int, law *Law) {
	noise := &n.noise[a]
	noise.tables = noise.tables[:0]
	if n.tables[a] == nil {
		n.tables[a] = make([]*random.PoissonTable, len(law.Pathways))
	}
	variance, third := law.Diffusion, 0.0
	for i, pathway := range law.Pathways {
		switch {
		case pathway.Mean <= 0 || pathway.Jump == 0:
		case pathway.Mean > random.LargestTabulatedMean:
			square := pathway.Jump * pathway.Jump * pathway.Mean
			variance += square
			third += square * pathway.Jump
		default:
			if n.tables[a][i] == nil {
				n.tables[a][i] = new(random.PoissonTable)
			}
			n.tables[a][i].Set(pathway.Jump, pathway.Mean)
			noise.tables = append(noise.tables, n.tables[a][i])
		}
	}
	noise.constant, noise.linear, noise.square = skewedNormal(variance, third)
}

// work does the task of the moment to one block.
func (n *Neurons) work(i int, scratch *workspace) {
	block := &n.Blocks[i]
	a := block.population
	switch n.task {
	case advanceTask:
		block.advance(&n.rates[a], &n.laws[a], &n.noise[a], scratch)
	case evaluateTask:
		block.evaluate(&n.rates[a], n.laws[a].StartKick, n.shift[a])
	case settleTask:
		for j := range block.potentials {
			block.potentials[j] += n.shift[a]
		}
		block.show()
	case kickTask:
		rate := &n.rates[a]
		kick := newRateKick(rate, n.laws[a].EndKick)
		for j, v := range block.potentials {
			block.potentials[j] = v - kick.displacement(rate.at(v))
		}
	}
}

// A workspace is the memory of one worker.
type workspace struct {
	noise [noiseAtOnce]float64
	words [noiseAtOnce]uint64
}

const noiseAtOnce = 512

// advance takes a step (see Law), a stretch of neurons at a time: first their
// noise, then all the rest.
func (b *Block) advance(rate *Rate, law *Law, noise *stepNoise, scratch *workspace) {
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
		if noise.linear != 0 {
			b.Random.AddSkewed(added, scratch.words[:], noise.constant, noise.linear, noise.square)
		}
		random.AddJumps(&b.Random, added, scratch.words[:], noise.tables)
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

// evaluate sums the rates at shifted potentials, with the kick that starts the next
// step taken back.
func (b *Block) evaluate(rate *Rate, startKick, shift float64) {
	back := newRateKick(rate, -startKick)
	sum, slopes := 0.0, 0.0
	for _, v := range b.potentials {
		value, slope := rate.at(v + shift)
		sum += back.rate(value, slope)
		slopes += slope
	}
	b.sum = RateSum{sum, slopes}
}
