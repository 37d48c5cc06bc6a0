package bench

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/internal/bench/variants"
)

// variantsBenchmark compares what a candidate of the exact method and a neuron-step of the leap cost in
// networks that are the dense one and one thing more. All take turns.
func variantsBenchmark(ctx context.Context, l *laboratory) ([]Table, error) {
	table := Table{Name: "variants", Columns: []string{"method", "version", "n", "duration", "step", "variant", "populations", "seconds", "work",
		"nanoseconds_each", "ratio", "ratio_low", "ratio_high", "allocations", "allocated_bytes", "rounds"}}
	dense, err := l.startingAtZero("dense")
	if err != nil {
		return nil, err
	}
	for _, method := range []struct {
		name string
		of   simulate.Method
		n    int
		step any
		work func(network *bnn.Network, n int, duration float64) (float64, error)
	}{
		{"exact", simulate.Exact{}, l.exactN, "", candidates},
		{"leap", simulate.Leap{Step: growthStep}, l.variantsLeapN, growthStep, neuronSteps},
	} {
		l.say("variants: %s, n = %d", method.name, method.n)
		var contenders []contender
		var work []float64
		for _, variant := range variants.All {
			network := variant.Of(dense)
			all, err := method.work(network, method.n, l.variantsDuration)
			if err != nil {
				return nil, err
			}
			work = append(work, all)
			contenders = append(contenders, l.own(variant.Name, network, method.n, method.of, 1, l.variantsDuration))
		}
		samples, err := takeTurns(ctx, l.rounds, contenders)
		if err != nil {
			return nil, err
		}
		for i, variant := range variants.All {
			took, ratio := median(seconds(samples[i])), ratios(samples[i], samples[0])
			each := work[0] / work[i]
			row := []any{method.name, l.ownVersion(), method.n, l.variantsDuration, method.step, variant.Name, len(variant.Of(dense).Populations),
				took, work[i], took / work[i] * 1e9, ratio.median * each, ratio.low * each, ratio.high * each}
			table.add(append(append(row, allocated(samples[i])...), l.rounds)...)
		}
	}
	return []Table{table}, nil
}

// neuronSteps is the work of a leap of steps of one length.
func neuronSteps(network *bnn.Network, n int, duration float64) (float64, error) {
	all, err := neurons(network, n)
	return float64(all) * duration / growthStep, err
}
