package bench

import (
	"context"
	"fmt"
	"math"
	"time"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// crossingBenchmark finds the size beyond which the leap, at its default tolerance, is
// faster than the exact method. The choice of the step is not counted: an ensemble makes
// it once.
func crossingBenchmark(ctx context.Context, l *laboratory) ([]Table, error) {
	times := Table{Name: "sizes", Columns: []string{"network", "n", "duration", "version", "step", "exact_seconds", "leap_seconds",
		"exact_over_leap", "exact_over_leap_low", "exact_over_leap_high", "rounds"}}
	points := Table{Name: "crossing", Columns: []string{"network", "duration", "crossing_n", "low", "high", "note"}}
	for _, name := range []string{"abstract", "dense", "silent"} {
		network, err := bnn.ReadNetwork(l.networkFile(name))
		if err != nil {
			return nil, err
		}
		// The one without balance starts where it is told.
		network.Initial.OnManifold = name != "silent"
		l.say("crossing: %s, n from %d to %d", name, l.crossingN[0], l.crossingN[len(l.crossingN)-1])
		var contenders []contender
		var steps []float64
		for _, n := range l.crossingN {
			step, err := leapStep(ctx, network, n, bnn.Every(outputsEvery, l.crossingDuration))
			if err != nil {
				return nil, fmt.Errorf("%s, n = %d: %w", name, n, err)
			}
			steps = append(steps, step)
			for _, method := range []simulate.Method{simulate.Exact{}, simulate.Leap{Step: step}} {
				contenders = append(contenders, l.repeated(name, network, n, method))
			}
		}
		samples, err := takeTurns(ctx, l.rounds, contenders)
		if err != nil {
			return nil, err
		}
		byRound := make([][]float64, l.rounds) // exact over leap, by n
		var x []float64
		for i, n := range l.crossingN {
			x = append(x, float64(n))
			exact, leap := samples[2*i], samples[2*i+1]
			for round := range byRound {
				byRound[round] = append(byRound[round], exact[round].Seconds/leap[round].Seconds)
			}
			ratio := ratios(exact, leap)
			times.add(name, n, l.crossingDuration, l.ownVersion(), steps[i], median(seconds(exact)), median(seconds(leap)),
				ratio.median, ratio.low, ratio.high, l.rounds)
		}
		addCrossing(&points, name, l.crossingDuration, x, byRound)
	}
	return []Table{times, points}, nil
}

// addCrossing adds the median over rounds of the crossing, or what there is instead.
func addCrossing(points *Table, name string, duration float64, x []float64, byRound [][]float64) {
	var found []float64
	below := 0
	for _, ratio := range byRound {
		n, ok := crossing(x, ratio)
		switch {
		case ok:
			found = append(found, n)
		case ratio[0] > 1:
			below++
		}
	}
	switch len(byRound) {
	case len(found):
		s := spreadOf(found)
		points.add(name, duration, s.median, s.low, s.high, "")
	case below:
		points.add(name, duration, "", "", "", fmt.Sprintf("below n = %g: the leap is faster at all sizes", x[0]))
	default:
		points.add(name, duration, "", "", "", fmt.Sprintf("between n = %g and %g in %d of %d rounds, below in %d", x[0], x[len(x)-1], len(found), len(byRound), below))
	}
}

// repeated is a method as a contender whose samples last long enough to be measured: they
// are averages over replicas, of an ensemble on one core.
func (l *laboratory) repeated(name string, network *bnn.Network, n int, method simulate.Method) contender {
	replicas := 0
	run := func(ctx context.Context, seed, replicas int) (float64, error) {
		ensemble := simulate.Ensemble{Network: network, N: n, Replicas: replicas, Seed: uint64(seed), Method: method, Workers: 1}
		begin := time.Now()
		_, err := ensemble.Run(ctx, []float64{l.crossingDuration})
		return time.Since(begin).Seconds() / float64(replicas), err
	}
	return contender{program: name, version: l.ownVersion(), measure: func(ctx context.Context, round int) (sample, error) {
		if replicas == 0 {
			once, err := run(ctx, round, 1)
			if err != nil {
				return sample{}, err
			}
			replicas = int(math.Ceil(l.crossingLeastSeconds / once))
		}
		each, err := run(ctx, round, replicas)
		return sample{Seconds: each}, err
	}}
}
