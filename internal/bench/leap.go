package bench

import (
	"context"
	"math"
	"runtime"
	"slices"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// leapBenchmark compares the leap, at the step that it chooses for the tolerance, with a C program of the
// same algorithm, and with programs of Euler's method at the steps at which their means are off by as much.
func leapBenchmark(ctx context.Context, l *laboratory) ([]Table, error) {
	table := Table{Name: "leap", Columns: []string{"network", "n", "duration", "program", "version", "cores", "step", "error_of_means",
		"error_of_means_se", "seconds", "neuron_steps_per_second", "time_ratio", "time_ratio_low", "time_ratio_high",
		"allocations", "allocated_bytes", "rounds", "note"}}
	errors := Table{Name: "accuracy", Columns: []string{"network", "n", "program", "step", "duration", "error_of_means", "standard_error", "note"}}
	network, err := l.startingAtZero("dense")
	if err != nil {
		return nil, err
	}
	steppers, err := l.steppers(ctx, network)
	if err != nil {
		return nil, err
	}
	measured, schemes := oneOfEach(steppers)
	for _, n := range l.leapN {
		accuracies, err := l.measureAccuracies(ctx, network, n, measured, &errors)
		if err != nil {
			return nil, err
		}
		chosen, err := leapStep(ctx, network, n, bnn.Every(outputsEvery, l.leapDuration))
		if err != nil {
			return nil, err
		}
		cores := runtime.GOMAXPROCS(0)
		contenders := []contender{
			l.own("bnn leap", network, n, simulate.Leap{Step: chosen}, 1, l.leapDuration),
			l.own("bnn leap", network, n, simulate.Leap{Step: chosen}, cores, l.leapDuration),
		}
		used, steps, accuracyOf := []int{1, cores}, []float64{chosen, chosen}, []int{0, 0}
		for i, s := range steppers[1:] {
			step := 0.0
			if s.scheme == leapScheme {
				step = chosen // the same algorithm at the same step
			} else if s.absent == "" {
				step = accuracies[schemes[1+i]].stepFor(meansTolerance, s.order, s.largest(n), l.leapDuration)
			}
			contenders = append(contenders, contender{program: s.program, version: s.version, absent: s.absent, differs: s.differs,
				measure: func(ctx context.Context, round int) (sample, error) {
					return s.run(ctx, n, step, l.leapDuration, l.leapDuration, round)
				}})
			used, steps, accuracyOf = append(used, 1), append(steps, step), append(accuracyOf, schemes[1+i])
		}
		l.say("leap: n = %d, steps %.3g", n, steps)
		samples, err := takeTurns(ctx, l.rounds, contenders)
		if err != nil {
			return nil, err
		}
		all, err := neurons(network, n)
		if err != nil {
			return nil, err
		}
		for i, c := range contenders {
			label := []any{network.Name, n, l.leapDuration, c.program, c.version, used[i]}
			if c.absent != "" {
				table.add(append(label, "", "", "", "absent", "", "", "", "", "", "", "", c.absent)...)
				continue
			}
			took, ratio := median(seconds(samples[i])), ratios(samples[i], samples[0])
			a := accuracies[accuracyOf[i]]
			power := math.Pow(steps[i], measured[accuracyOf[i]].order)
			row := append(label, steps[i], a.coefficient*power, a.standardError*power, took,
				float64(all)*l.leapDuration/steps[i]/took, ratio.median, ratio.low, ratio.high)
			table.add(append(append(row, allocated(samples[i])...), l.rounds, c.differs)...)
		}
	}
	return []Table{table, errors}, nil
}

// leapStep is the step that the leap chooses for the tolerance of the means.
func leapStep(ctx context.Context, network *bnn.Network, n int, times []float64) (float64, error) {
	summary, err := simulate.Ensemble{Network: network, N: n, Replicas: 1, Method: simulate.Leap{Tolerance: meansTolerance}, Workers: 1}.Run(ctx, times)
	if err != nil {
		return 0, err
	}
	return summary.Step, nil
}

// leapScheme is what package simulate's leap computes, and the C program of the same algorithm.
const leapScheme = "leap"

// leapArguments are those of the C program for the network dense.
func leapArguments(network *bnn.Network, n int, step, duration, every float64, seed int) []any {
	arguments := []any{n, duration, step, seed, every}
	for _, population := range network.Populations {
		arguments = append(arguments, population.Rate.(bnn.Logistic).Threshold)
	}
	return arguments
}

// steppers are the leap, which comes first, and its peers.
func (l *laboratory) steppers(ctx context.Context, network *bnn.Network) ([]stepper, error) {
	path, err := l.written(network)
	if err != nil {
		return nil, err
	}
	all := []stepper{{program: "bnn leap", version: l.ownVersion(), scheme: leapScheme, order: 2,
		run: func(ctx context.Context, n int, step, duration, every float64, seed int) (sample, error) {
			ensemble := simulate.Ensemble{Network: network, N: n, Replicas: 1, Seed: uint64(seed), Method: simulate.Leap{Step: step}, Workers: 1}
			return replica(ctx, ensemble, bnn.Every(every, duration)[1:])
		}}}
	c, err := l.cPeer(ctx, leapC)
	if err != nil {
		return nil, err
	}
	all = append(all, stepper{program: c.name, version: c.version, absent: c.absent, scheme: leapScheme, differs: "the program of bnn leap in C", order: 2,
		run: func(ctx context.Context, n int, step, duration, every float64, seed int) (sample, error) {
			return c.run(ctx, leapArguments(network, n, step, duration, every, seed)...)
		}})
	add := func(p peer, scheme, differs string, order float64, more ...any) {
		all = append(all, stepper{program: p.name, version: p.version, absent: p.absent, scheme: scheme, differs: differs, order: order,
			run: func(ctx context.Context, n int, step, duration, every float64, seed int) (sample, error) {
				return p.run(ctx, append([]any{path, n, duration, step, seed, every}, more...)...)
			}})
	}
	jax, err := l.pythonPeer(ctx, "JAX", "jax_leap.py", "jax", "numpy")
	if err != nil {
		return nil, err
	}
	add(jax, "leap in JAX", "the scheme of bnn leap, with steps of one length", 2)
	numpy, err := l.pythonPeer(ctx, "NumPy tau-leaping", "leaping.py", "numpy")
	if err != nil {
		return nil, err
	}
	add(numpy, "tables", "Euler's method; counts by tables that all targets share", 1)
	// The fastest first: on it the error is measured.
	for _, target := range slices.Backward(brianTargets) {
		brian, err := l.brianPeer(ctx, target, "brian.py")
		if err != nil {
			return nil, err
		}
		add(brian, "Brian2", "Euler's method; a Poisson count a neuron and pathway", 1, target)
	}
	return all, nil
}
