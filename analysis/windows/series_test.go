package windows

import (
	"errors"
	"math"
	"testing"

	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/theory/common"
)

// waves are two sizes of two replicas each, whose rates and means are waves of another phase in each.
func waves() *study.Runs[bnn.Moments] {
	runs := &study.Runs[bnn.Moments]{Sizes: []study.Size{{N: 100, Replicas: 2}, {N: 400, Replicas: 2}}, Seeds: []uint64{1, 1}}
	for size := range 2 {
		var replicas []bnn.Moments
		for replica := range 2 {
			m := bnn.NewMoments([]string{"E", "I"}, bnn.Every(0.1, 4))
			for k, t := range m.Times {
				phase := float64(size) + 2*float64(replica)
				copy(m.Rate[k], []float64{1 + 0.5*math.Sin(t+phase), 2 + math.Cos(2*t+phase)})
				copy(m.Mean[k], []float64{math.Sin(2*t + phase), math.Cos(t + phase)})
			}
			replicas = append(replicas, m)
		}
		runs.Replicas = append(runs.Replicas, replicas)
	}
	return runs
}

// Each series is what its verbs for one replica give, averaged over replicas.
func TestSeriesOfReplicas(t *testing.T) {
	runs, network := waves(), classical(t)
	average := func(size int, of func(m bnn.Moments) float64) float64 {
		return (of(runs.Replicas[size][0]) + of(runs.Replicas[size][1])) / 2
	}
	counts, err := Covariances(runs, 0, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	inputs, err := InputVariances(runs, network, 1, 1, Hann)
	if err != nil {
		t.Fatal(err)
	}
	currents, err := CurrentCorrelations(runs, network, 0, common.Excitatory, common.Inhibitory, 1)
	if err != nil {
		t.Fatal(err)
	}
	rates, err := Rates(runs, 0, 1, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	private, err := common.Inputs(network)
	if err != nil {
		t.Fatal(err)
	}
	for size, n := range []float64{100, 400} {
		near(t, "n Cov of counts", counts.Estimates[size].Value, average(size, func(m bnn.Moments) float64 {
			x, _ := Counts(m, 0, 1)
			y, _ := Counts(m, 1, 1)
			return n * Covariance(x, y)
		}), 1e-9)
		near(t, "rate", rates.Estimates[size].Value, average(size, func(m bnn.Moments) float64 {
			x, _ := Counts(m, 0, 1)
			return 10 * (x[0] + x[1] + x[2] + x[3]) / 4
		}), 1e-9)
		near(t, "variance of the input", inputs.Estimates[size].Value, average(size, func(m bnn.Moments) float64 {
			x, _ := Inputs(m, 1, network.Populations[1].Tau, 1, Hann)
			return Covariance(x, x)
		}), 1e-9)
		near(t, "correlation of currents", currents.Estimates[size].Value, average(size, func(m bnn.Moments) float64 {
			of, _ := Currents(network, n, m, 0, 1)
			return Correlation(of[0], of[1], private[0].Private[0], private[0].Private[1])
		}), 1e-9)
	}
}

// What neurons do not share is counted as Private does, per share of the population.
func TestOwnCounts(t *testing.T) {
	network := classical(t)
	replica := make([][][]float64, 11)
	for k := range replica {
		replica[k] = [][]float64{{0, 1, 2}, {1, 1.5, 2}}
	}
	own, err := OwnCounts([][][][]float64{replica, replica}, network, 1, 1, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	weights := window(t, Box, 1, 0.5).Integral()
	near(t, "own counts", own.Value, Private(replica, 1, network.Populations[1].Rate.At, weights)/network.Populations[1].Size, 1e-12)
}

func TestSeriesRefused(t *testing.T) {
	runs, network := waves(), classical(t)
	for name, of := range map[string]func() error{
		"a population":      func() error { _, err := Covariances(runs, 0, 2, 1); return err },
		"a length":          func() error { _, err := Covariances(runs, 0, 1, 0.15); return err },
		"no seconds":        func() error { _, err := Rates(runs, 0, 1, 0); return err },
		"inputs of none":    func() error { _, err := InputVariances(runs, network, 2, 1, Box); return err },
		"currents of none":  func() error { _, err := CurrentCorrelations(runs, network, -1, 0, 0, 1); return err },
		"own counts":        func() error { _, err := OwnCounts(nil, network, 2, 1, 0.5); return err },
		"a window too long": func() error { _, err := InputVariances(runs, network, 0, 5, Box); return err },
	} {
		var input *bnn.InputError
		if err := of(); !errors.As(err, &input) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
