package study_test

import (
	"fmt"
	"testing"

	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

func TestSized(t *testing.T) {
	network := func(n int) *bnn.Network { return &bnn.Network{Name: fmt.Sprint("of ", n)} }
	plan := study.Sized(network, study.ExactUpTo(100, simulate.Ensemble{Seed: 3}, simulate.Leap{Step: 0.1}, []float64{1, 2}))
	ensemble, times := plan(200)
	if ensemble.Network.Name != "of 200" || ensemble.N != 200 || ensemble.Seed != 3 || ensemble.Method == nil || len(times) != 2 {
		t.Errorf("the plan gives %+v at %v", ensemble, times)
	}
}
