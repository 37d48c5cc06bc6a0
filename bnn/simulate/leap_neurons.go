package simulate

import (
	"math/rand/v2"

	"balanced/bnn/internal/random"
)

// leapNeurons are the neurons of one replica, cut into blocks that workers share. A
// block has a random stream of its own and sums are taken in the order of blocks, so that
// results do not depend on the number of workers.
type leapNeurons struct {
	rates  []tabulatedRate
	blocks []leapBlock
	counts []int
	noise  []leapNoise
	spikes leapSpikes
	// Poisson tables by population and pathway, made when first needed.
	tables [][]*random.PoissonTable

	team  *leapTeam
	task  leapTask
	laws  []leapLaw
	shift []float64
}

// A leapBlock is a run of neurons of one population, small enough for the first-level
// cache.
type leapBlock struct {
	population int
	potentials []float64
	random     random.Fast
	sum        rateSum
	noise      float64 // the sum of what the last step added at random
}

const neuronsPerBlock = 2048

// blocksPerWorker keeps a worker busy for longer than it takes to wake it.
const blocksPerWorker = 8

// A leapNoise is what the pathways of one population add to each of its neurons in one
// step: those of small means by tables, all others together by a polynomial of a normal.
type leapNoise struct {
	tables                   []*random.PoissonTable
	constant, linear, square float64
}

func newLeapNeurons(rates []tabulatedRate, potentials [][]float64, source *rand.Rand, workers int) *leapNeurons {
	neurons := &leapNeurons{rates: rates, spikes: leapSpikes{random: source}, noise: make([]leapNoise, len(rates)), shift: make([]float64, len(rates))}
	for a, all := range potentials {
		neurons.counts = append(neurons.counts, len(all))
		neurons.tables = append(neurons.tables, nil)
		for len(all) > 0 {
			size := min(neuronsPerBlock, len(all))
			neurons.blocks = append(neurons.blocks, leapBlock{population: a, potentials: all[:size], random: random.NewFast(source)})
			all = all[size:]
		}
	}
	neurons.team = newLeapTeam(neurons.work, min(workers, 1+len(neurons.blocks)/blocksPerWorker), len(neurons.blocks))
	return neurons
}

// close ends the workers.
func (n *leapNeurons) close() { n.team.close() }

// A leapTask is what is to be done to all blocks.
type leapTask int

const (
	advanceTask leapTask = iota
	evaluateTask
	settleTask
	kickTask
)

func (n *leapNeurons) advance(laws []leapLaw, sums []rateSum) {
	for a := range laws {
		n.setNoise(a, &laws[a])
	}
	n.run(advanceTask, laws)
	n.collect(sums)
	for a := range laws {
		noise := 0.0
		for i := range n.blocks {
			if n.blocks[i].population == a {
				noise += n.blocks[i].noise
			}
		}
		n.spikes.add(a, &laws[a], float64(n.counts[a]), noise)
	}
}

func (n *leapNeurons) evaluate(laws []leapLaw, shift []float64, sums []rateSum) {
	copy(n.shift, shift)
	n.run(evaluateTask, laws)
	n.collect(sums)
}

func (n *leapNeurons) settle(shift []float64) {
	copy(n.shift, shift)
	n.run(settleTask, nil)
}

func (n *leapNeurons) kick(laws []leapLaw) { n.run(kickTask, laws) }

func (n *leapNeurons) run(task leapTask, laws []leapLaw) {
	n.task, n.laws = task, laws
	n.team.run()
}

// collect turns the sums of the blocks into means over populations.
func (n *leapNeurons) collect(sums []rateSum) {
	clear(sums)
	for i := range n.blocks {
		block := &n.blocks[i]
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
func (n *leapNeurons) setNoise(a int, law *leapLaw) {
	noise := &n.noise[a]
	noise.tables = noise.tables[:0]
	if n.tables[a] == nil {
		n.tables[a] = make([]*random.PoissonTable, len(law.pathways))
	}
	variance, third := law.diffusion, 0.0
	for i, pathway := range law.pathways {
		switch {
		case pathway.mean <= 0 || pathway.jump == 0:
		case pathway.mean > random.LargestTabulatedMean:
			square := pathway.jump * pathway.jump * pathway.mean
			variance += square
			third += square * pathway.jump
		default:
			if n.tables[a][i] == nil {
				n.tables[a][i] = new(random.PoissonTable)
			}
			n.tables[a][i].Set(pathway.jump, pathway.mean)
			noise.tables = append(noise.tables, n.tables[a][i])
		}
	}
	noise.constant, noise.linear, noise.square = skewedNormal(variance, third)
}

// work does the task of the moment to one block.
func (n *leapNeurons) work(i int, scratch *leapScratch) {
	block := &n.blocks[i]
	a := block.population
	switch n.task {
	case advanceTask:
		block.advance(&n.rates[a], &n.laws[a], &n.noise[a], scratch)
	case evaluateTask:
		block.evaluate(&n.rates[a], n.laws[a].startKick, n.shift[a])
	case settleTask:
		for j := range block.potentials {
			block.potentials[j] += n.shift[a]
		}
	case kickTask:
		rate := &n.rates[a]
		kick := newRateKick(rate, n.laws[a].endKick)
		for j, v := range block.potentials {
			cell, f := rate.cell(v*rate.scale + rate.offset)
			block.potentials[j] = v - kick.displacement(cell.value(f), cell.slope(f))
		}
	}
}

// leapScratch is the memory of one worker.
type leapScratch struct {
	noise [noiseAtOnce]float64
	words [noiseAtOnce]uint64
}

const noiseAtOnce = 512

// advance takes a step (see leapLaw), a stretch of neurons at a time: first their
// noise, then all the rest.
func (b *leapBlock) advance(rate *tabulatedRate, law *leapLaw, noise *leapNoise, scratch *leapScratch) {
	end := newRateKick(rate, law.endKick)
	both := newRateKick(rate, law.endKick+law.startKick)
	// Locals, so that the compiler keeps them in registers.
	table, scale, offset := rate.rateTable, rate.scale, rate.offset
	decay, drift := law.decay, law.drift
	sum, slopes, total := 0.0, 0.0, 0.0
	for rest := b.potentials; len(rest) > 0; {
		now := rest[:min(noiseAtOnce, len(rest))]
		rest = rest[len(now):]
		added := scratch.noise[:len(now)]
		clear(added)
		if noise.linear != 0 {
			b.random.AddSkewed(added, scratch.words[:], noise.constant, noise.linear, noise.square)
		}
		random.AddJumps(&b.random, added, scratch.words[:], noise.tables)
		for j, v := range now {
			total += added[j]
			y := v*decay + drift + added[j]
			cell, f := table.cell(y*scale + offset)
			value, slope := cell.value(f), cell.slope(f)
			sum += end.rate(value, slope)
			slopes += slope
			now[j] = y - both.displacement(value, slope)
		}
	}
	b.sum, b.noise = rateSum{sum, slopes}, total
}

// evaluate sums the rates at shifted potentials, with the kick that starts the next
// step taken back.
func (b *leapBlock) evaluate(rate *tabulatedRate, startKick, shift float64) {
	back := newRateKick(rate, -startKick)
	sum, slopes := 0.0, 0.0
	for _, v := range b.potentials {
		cell, f := rate.cell((v+shift)*rate.scale + rate.offset)
		value, slope := cell.value(f), cell.slope(f)
		sum += back.rate(value, slope)
		slopes += slope
	}
	b.sum = rateSum{sum, slopes}
}

// A rateKick displaces a potential by cλ − c²λλ′/2, which follows v′ = −λ(v) over a
// length c to second order. It works on what a table gives: λ/max and λ′/(max·scale).
type rateKick struct{ length, steepness float64 }

func newRateKick(rate *tabulatedRate, length float64) rateKick {
	return rateKick{length * rate.max, length * rate.max * rate.scale}
}

func (k rateKick) displacement(value, slope float64) float64 {
	return k.length * value * (1 - k.steepness/2*slope)
}

// rate returns λ/max after the kick, to first order in c: c² is of order h²/n.
func (k rateKick) rate(value, slope float64) float64 {
	return value * (1 - k.steepness*slope)
}
