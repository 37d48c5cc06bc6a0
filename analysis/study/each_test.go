package study_test

import (
	"errors"
	"slices"
	"testing"

	"balanced/analysis"
	"balanced/analysis/study"
	"balanced/bnn/simulate"
)

func TestEach(t *testing.T) {
	series, err := study.Each([]float64{3, 5}, func(i int) (analysis.Estimate, error) {
		return analysis.Estimate{Value: float64(i), StandardError: 0.1}, nil
	})
	if err != nil || !slices.Equal(series.N, []float64{3, 5}) || !slices.Equal(series.Values(), []float64{0, 1}) ||
		!slices.Equal(series.Errors(), []float64{0.1, 0.1}) {
		t.Errorf("the series is %+v, %v", series, err)
	}
	broken := errors.New("broken")
	if _, err := study.Each([]float64{1}, func(int) (analysis.Estimate, error) { return analysis.Estimate{}, broken }); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
}

func TestSpikes(t *testing.T) {
	runs := &simulate.Summary{Replicas: 5, Spikes: [][][]float64{{{1, 2}, {3, 4}}}, SpikesError: [][][]float64{{{0.1, 0.2}, {0.3, 0.4}}}}
	if e := study.Spikes(runs, 0, 1, 0); e != (analysis.Estimate{Value: 3, StandardError: 0.3, DegreesOfFreedom: 4}) {
		t.Errorf("the estimate is %+v", e)
	}
}
