package bench

import (
	"context"
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// exactBenchmark compares the exact method with other programs on a network in which a
// good part of the candidates are accepted, and on one in which few are.
func exactBenchmark(ctx context.Context, l *laboratory) ([]Table, error) {
	table := Table{Name: "exact", Columns: []string{"network", "n", "duration", "program", "version", "seconds",
		"candidates_per_second", "spikes_per_second", "time_ratio", "time_ratio_low", "time_ratio_high", "allocations", "allocated_bytes",
		"rounds", "note"}}
	var inC []peer
	for _, source := range []string{thinningC, naiveC, rssaC, coevolveC} {
		p, err := l.cPeer(ctx, source)
		if err != nil {
			return nil, err
		}
		inC = append(inC, p)
	}
	numba, err := l.pythonPeer(ctx, "numba", "naive.py", "numba", "numpy")
	if err != nil {
		return nil, err
	}
	steps, err := l.pythonPeer(ctx, "NumPy per-step", "steps.py", "numpy")
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"dense", "silent"} {
		network, err := l.startingAtZero(name)
		if err != nil {
			return nil, err
		}
		path, err := l.written(network)
		if err != nil {
			return nil, err
		}
		forC := argumentsForC(network, l.exactN, l.exactDuration)
		aPair := argumentsForC(network, l.exactN, l.exactDuration, 0)
		forPython := func(seed int) []any {
			return []any{path, l.exactN, l.exactDuration, perStepStep, seed, l.exactDuration}
		}
		contenders := []contender{
			l.own("bnn exact", network, l.exactN, simulate.Exact{}, 1, l.exactDuration),
			l.own("bnn pairwise", network, l.exactN, simulate.Pairwise{}, 1, l.exactDuration),
			inC[0].external("the algorithm of bnn exact, for networks of this kind only", forC),
			inC[1].external("the algorithm of bnn pairwise, for networks of this kind only", forC),
			inC[2].external("JumpProcesses.jl's RSSACR, for networks of this kind only", aPair),
			inC[3].external("JumpProcesses.jl's Coevolve, for networks of this kind only", aPair),
			numba.external("the algorithm of bnn pairwise, for logistic rates without stimulus", forPython),
			steps.external(fmt.Sprintf("approximate, step %g", perStepStep), forPython),
		}
		contenders[1].differs = "every candidate by itself"
		l.say("exact: %s, n = %d", name, l.exactN)
		samples, err := takeTurns(ctx, l.rounds, contenders)
		if err != nil {
			return nil, err
		}
		if err := sameSpikes(contenders, samples); err != nil {
			return nil, err
		}
		candidates, err := candidates(network, l.exactN, l.exactDuration)
		if err != nil {
			return nil, err
		}
		for i, c := range contenders {
			label := []any{name, l.exactN, l.exactDuration, c.program, c.version}
			if c.absent != "" {
				table.add(append(label, "absent", "", "", "", "", "", "", "", "", c.absent)...)
				continue
			}
			took := median(seconds(samples[i]))
			considered := any(candidates / took)
			if c.program == steps.name {
				considered = ""
			}
			ratio := ratios(samples[i], samples[0])
			row := append(label, took, considered, medianSpikes(samples[i])/took, ratio.median, ratio.low, ratio.high)
			table.add(append(append(row, allocated(samples[i])...), l.rounds, c.differs)...)
		}
	}
	return []Table{table}, nil
}

// argumentsForC are those of the C programs, with others that only some take after them.
func argumentsForC(network *bnn.Network, n int, duration float64, more ...any) func(seed int) []any {
	return func(seed int) []any {
		arguments := []any{n, duration, seed}
		for _, population := range network.Populations {
			arguments = append(arguments, population.Rate.(bnn.Logistic).Threshold)
		}
		return append(arguments, more...)
	}
}

// candidates is the expected number of candidates of plain thinning, of which every exact
// method counts as having dealt with all, however it avoids to look at them.
func candidates(network *bnn.Network, n int, duration float64) (float64, error) {
	all, err := neurons(network, n)
	if err != nil {
		return 0, err
	}
	rate := 0.0
	for b, population := range network.Populations {
		count, err := network.Count(b, n)
		if err != nil {
			return 0, err
		}
		rate += float64(count) * float64(all-1) * population.Rate.Bound()
	}
	for x, source := range network.Feedforward {
		count, err := network.SourceCount(x, n)
		if err != nil {
			return 0, err
		}
		heard := all
		if source.Shared {
			heard = 1 // by all at once
		}
		_, most := source.Rate.Range()
		rate += float64(count) * float64(heard) * most
	}
	return rate * duration, nil
}

// sameSpikes refuses programs that simulated something else: the numbers of spikes have
// to agree within a fifth, far more than chance makes.
func sameSpikes(contenders []contender, samples [][]sample) error {
	want := medianSpikes(samples[0])
	for i, c := range contenders {
		if c.absent != "" || c.analogue {
			continue
		}
		if got := medianSpikes(samples[i]); !(math.Abs(got-want) <= want/5) {
			return fmt.Errorf("%s had %.4g spikes, %s %.4g: they do not simulate the same", c.program, got, contenders[0].program, want)
		}
	}
	return nil
}

func medianSpikes(samples []sample) float64 {
	var all []float64
	for _, s := range samples {
		all = append(all, s.Spikes)
	}
	return median(all)
}
