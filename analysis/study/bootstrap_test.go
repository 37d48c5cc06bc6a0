package study_test

import (
	"math"
	"testing"

	"balanced/analysis/study"
	"balanced/bnn"
)

// Of a mean, the bootstrap has the standard error of the mean.
func TestBootstrap(t *testing.T) {
	replicas := make([]float64, 100)
	for i := range replicas {
		replicas[i] = math.Sqrt(float64(i))
	}
	mean := func(values []float64) (sum float64) {
		for _, v := range values {
			sum += v / float64(len(values))
		}
		return sum
	}
	runs := &study.Runs[float64]{Sizes: []study.Size{{N: 10, Replicas: 100}}, Seeds: []uint64{1}, Replicas: [][]float64{replicas}}
	series, err := runs.Bootstrap(1, mean)
	if err != nil {
		t.Fatal(err)
	}
	got, want := series.Estimates[0], bnn.Must(study.Mean(replicas, func(v float64) float64 { return v }))
	if math.Abs(got.Value-want.Value) > 1e-12 || math.Abs(got.StandardError/want.StandardError-1) > 0.15 {
		t.Errorf("the bootstrap of a mean is %+v, and not %+v", got, want)
	}
}

func TestStartingAt(t *testing.T) {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	started := study.StartingAt(network, []float64{0.12345678, -1}, []float64{1, 2})
	if initial := started.Initial; initial.Mean[0] != 0.123457 || initial.Variance[1] != 2 || initial.OnManifold || !network.Initial.OnManifold {
		t.Errorf("it starts at %+v, the network itself at %+v", initial, network.Initial)
	}
}
