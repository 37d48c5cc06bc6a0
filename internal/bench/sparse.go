package bench

import (
	"context"
	"fmt"

	"balanced/bnn/simulate"
)

// sparseBenchmark compares the simulation of sparse networks with the algorithms that are made for
// events which change few rates, and with simulators of spiking networks.
func sparseBenchmark(ctx context.Context, l *laboratory) ([]Table, error) {
	table := Table{Name: "sparse", Columns: []string{"network", "n", "in_degree", "duration", "program", "version", "seconds",
		"arrivals_per_second", "time_ratio", "time_ratio_low", "time_ratio_high", "allocations", "allocated_bytes", "rounds", "note"}}
	for _, name := range []string{"dense", "silent"} {
		contenders, err := l.sparseContenders(ctx, name)
		if err != nil {
			return nil, err
		}
		l.say("sparse: %s, n = %d, in-degree %d", name, l.sparseN, l.sparseInDegree)
		samples, err := takeTurns(ctx, l.rounds, contenders)
		if err != nil {
			return nil, err
		}
		if err := sameSpikes(contenders, samples); err != nil {
			return nil, err
		}
		for i, c := range contenders {
			label := []any{name, l.sparseN, l.sparseInDegree, l.sparseDuration, c.program, c.version}
			if c.absent != "" {
				table.add(append(label, "absent", "", "", "", "", "", "", "", c.absent)...)
				continue
			}
			took, ratio := median(seconds(samples[i])), ratios(samples[i], samples[0])
			row := append(label, took, medianSpikes(samples[i])/took, ratio.median, ratio.low, ratio.high)
			table.add(append(append(row, allocated(samples[i])...), l.rounds, c.differs)...)
		}
	}
	return []Table{table}, nil
}

// sparseContenders are those of one network; the drawing of connections is part of the
// time, but for NEST and Brian2, which make them ready before they run.
func (l *laboratory) sparseContenders(ctx context.Context, name string) ([]contender, error) {
	network, err := l.startingAtZero(name)
	if err != nil {
		return nil, err
	}
	path, err := l.written(network)
	if err != nil {
		return nil, err
	}
	contenders := []contender{l.own("bnn sparse", network, l.sparseN, simulate.Sparse{InDegree: l.sparseInDegree}, 1, l.sparseDuration)}
	for _, c := range []struct{ source, algorithm string }{{rssaC, "RSSACR"}, {coevolveC, "Coevolve"}} {
		p, err := l.cPeer(ctx, c.source)
		if err != nil {
			return nil, err
		}
		contenders = append(contenders, p.external("JumpProcesses.jl's "+c.algorithm+", for networks of this kind only",
			argumentsForC(network, l.sparseN, l.sparseDuration, l.sparseInDegree)))
	}
	forPython := func(more ...any) func(seed int) []any {
		return func(seed int) []any {
			return append([]any{path, l.sparseN, l.sparseDuration, sparseStep, seed, l.sparseDuration, l.sparseInDegree}, more...)
		}
	}
	for _, target := range brianTargets {
		p, err := l.brianPeer(ctx, target, "brian_sparse.py")
		if err != nil {
			return nil, err
		}
		contenders = append(contenders, p.external(fmt.Sprintf("approximate, step %g, at most one spike in each; connected before", sparseStep), forPython(target)))
	}
	nest, err := l.pythonPeer(ctx, "NEST", "nest_sparse.py", "nest", "numpy")
	if err != nil {
		return nil, err
	}
	if nest.absent == "" && name != "silent" {
		nest.absent = "it has no logistic intensity, and with an exponential one, which has no bound, this network runs away"
	}
	differs := fmt.Sprintf("another model: exponential intensities, the tails of the logistic ones; step %g; connected before", sparseStep)
	analogue := nest.external(differs, forPython())
	analogue.analogue = true
	return append(contenders, analogue), nil
}
