package bench

import (
	"context"

	"balanced/bnn/simulate"
)

// growthBenchmark fits how the time of a replica grows with n. All sizes take turns.
func growthBenchmark(ctx context.Context, l *laboratory) ([]Table, error) {
	times := Table{Name: "growth", Columns: []string{"network", "method", "version", "n", "duration", "seconds", "rounds"}}
	fits := Table{Name: "exponents", Columns: []string{"network", "method", "n_from", "n_to", "exponent", "low_95", "high_95"}}
	network, err := l.startingAtZero("dense")
	if err != nil {
		return nil, err
	}
	for _, series := range []struct {
		name   string
		method simulate.Method
		n      []int
	}{
		{"exact", simulate.Exact{}, l.growthExact},
		{"leap", simulate.Leap{Step: growthStep}, l.growthLeap},
	} {
		l.say("growth: %s, n from %d to %d", series.name, series.n[0], series.n[len(series.n)-1])
		var contenders []contender
		for _, n := range series.n {
			contenders = append(contenders, l.own("bnn "+series.name, network, n, series.method, 1, l.growthDuration))
		}
		samples, err := takeTurns(ctx, l.rounds, contenders)
		if err != nil {
			return nil, err
		}
		var x, y []float64
		for i, n := range series.n {
			x, y = append(x, float64(n)), append(y, median(seconds(samples[i])))
			times.add(network.Name, series.name, l.ownVersion(), n, l.growthDuration, y[i], l.rounds)
		}
		fit, err := fitExponent(x, y)
		if err != nil {
			return nil, err
		}
		low, high := fit.Interval(0.05)
		fits.add(network.Name, series.name, series.n[0], series.n[len(series.n)-1], fit.Value, low, high)
	}
	return []Table{times, fits}, nil
}
