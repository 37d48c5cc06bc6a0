package study_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"balanced/analysis"
	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// potentials of two replicas at two times: 100·replica + 10·time + population, and neuron/10.
func potentials() [][][][]float64 {
	replicas := make([][][][]float64, 2)
	for r := range replicas {
		for t := range 2 {
			rows := [][]float64{}
			for a := range 2 {
				at := float64(100*r + 10*t + a)
				rows = append(rows, []float64{at, at + 0.1, at + 0.2})
			}
			replicas[r] = append(replicas[r], rows)
		}
	}
	return replicas
}

func TestClassAndPaths(t *testing.T) {
	runs := &study.Runs[[][][]float64]{Sizes: []study.Size{{N: 3, Replicas: 2}}, Seeds: []uint64{5}, Replicas: [][][][][]float64{potentials()}}
	class, err := study.Class(runs, 1, 0)
	if err != nil || !slices.Equal(class.Replicas[0][1], []float64{110, 110.1, 110.2}) || class.String() != runs.String() {
		t.Errorf("the class is %v: %v", class, err)
	}
	paths, err := study.Paths(potentials(), 1)
	if err != nil || !slices.Equal(paths[1][0], []float64{101, 101.1, 101.2}) || len(paths[0]) != 2 {
		t.Errorf("the paths are %v: %v", paths, err)
	}
	var bad *bnn.InputError
	for _, at := range [][2]int{{2, 0}, {-1, 0}, {0, 2}, {0, -1}} {
		if _, err := study.Class(runs, at[0], at[1]); !errors.As(err, &bad) {
			t.Errorf("row %d of population %d: %v", at[0], at[1], err)
		}
	}
	if _, err := study.Paths(potentials(), 2); !errors.As(err, &bad) {
		t.Errorf("a third population: %v", err)
	}
	// What needs no n is the same as what does not use it.
	first := func(replicas [][]float64) (analysis.Estimate, error) {
		return study.Mean(replicas, func(r []float64) float64 { return r[0] })
	}
	series, err := class.Of(first)
	if err != nil || series.N[0] != 3 || series.Estimates[0].Value != 60 {
		t.Errorf("%+v, not 60 at n = 3: %v", series, err)
	}
}

// Small networks are simulated exactly and large ones by leaps; an ensemble is not changed.
func TestExactUpTo(t *testing.T) {
	ensemble := simulate.Ensemble{Network: deaf(), Seed: 3}
	plan := study.ExactUpTo(100, ensemble, simulate.Leap{Step: 0.1}, []float64{1})
	small, times := plan(100)
	large, _ := plan(101)
	if small.Method != nil || large.Method != (simulate.Leap{Step: 0.1}) || ensemble.Method != nil || !slices.Equal(times, []float64{1}) {
		t.Errorf("methods %v and %v at %v", small.Method, large.Method, times)
	}
}

// Replicas at known distances from a theory that depends on n.
func TestBiasAndErrorOfOneRun(t *testing.T) {
	replica := func(off float64) bnn.Moments {
		m := bnn.NewMoments([]string{"E"}, []float64{0, 1})
		m.Mean[1][0] = off
		return m
	}
	runs := &study.Runs[bnn.Moments]{Sizes: []study.Size{{N: 4, Replicas: 2}}, Seeds: []uint64{1}, Replicas: [][]bnn.Moments{{replica(4), replica(6)}}}
	theory := func(n float64) *bnn.Moments { m := replica(n); return &m }
	bias, err := study.Bias(runs, bnn.Means, 0, theory)
	if err != nil || bias.Estimates[0].Value != 1 || math.Abs(bias.Estimates[0].StandardError-1) > 1e-12 {
		t.Errorf("the bias is %+v, not 1 ± 1: %v", bias, err)
	}
	four := replica(4)
	if same, err := study.Bias(runs, bnn.Means, 0, study.Always(&four)); err != nil || same.Estimates[0] != bias.Estimates[0] {
		t.Errorf("of a theory without n the bias is %+v: %v", same, err)
	}
	one, err := study.OfOneRun(runs, bnn.Means, 0, theory) // squares 0 and 4: 2 ± 2
	if err != nil || math.Abs(one.Estimates[0].Value-math.Sqrt2) > 1e-12 || math.Abs(one.Estimates[0].StandardError-1/math.Sqrt2) > 1e-3 {
		t.Errorf("the error of one run is %+v, not √2 ± 1/√2: %v", one, err)
	}
}

// The average of simulated runs of a network that is solved has no bias, and a run the error of its fluctuation.
func TestBiasOfASolvedNetwork(t *testing.T) {
	runs, err := study.Moments(context.Background(), sizes[:2], func(n int) (simulate.Ensemble, []float64) {
		return simulate.Ensemble{Network: deaf(), Seed: 4}, []float64{0, 1}
	})
	if err != nil {
		t.Fatal(err)
	}
	exact := func(n float64) *bnn.Moments {
		m := bnn.NewMoments([]string{"E"}, []float64{0, 1})
		m.Mean[1][0] = exactly(n)
		return &m
	}
	bias, err := study.Bias(runs, bnn.Means, 0, exact)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range bias.Estimates {
		if math.Abs(e.Value) > 4*e.StandardError {
			t.Errorf("n = %g: the bias is %v ± %v", bias.N[i], e.Value, e.StandardError)
		}
	}
}

func TestOfOnePopulation(t *testing.T) {
	if second := study.Of(1, func(n float64) []float64 { return []float64{n, 2 * n} }); second(3) != 6 {
		t.Errorf("the second of n and 2n is %v at 3", second(3))
	}
}

func TestMeanOfEstimates(t *testing.T) {
	mean := study.MeanOf(analysis.Estimate{Value: 1, StandardError: 3, DegreesOfFreedom: 9}, analysis.Estimate{Value: 2, StandardError: 4, DegreesOfFreedom: 5})
	if mean.Value != 1.5 || math.Abs(mean.StandardError-2.5) > 1e-12 || mean.DegreesOfFreedom != 5 {
		t.Errorf("the average is %+v", mean)
	}
}
