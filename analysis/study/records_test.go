package study_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"balanced/analysis"
	"balanced/analysis/study"
	"balanced/bnn"
)

// A record starts where it is asked to, and its square is n times that of the quantity.
func TestRecord(t *testing.T) {
	m := bnn.NewMoments([]string{"E", "I"}, []float64{0, 1, 2})
	m.Mean[1][1], m.Mean[2][1] = 3, -1
	records, err := study.Record([]bnn.Moments{m}, bnn.Means, 1, 1, 16)
	if err != nil || len(records) != 1 || !slices.Equal(records[0], []float64{12, -4}) {
		t.Errorf("records %v: %v", records, err)
	}
	var bad *bnn.InputError
	if _, err := study.Record([]bnn.Moments{m}, bnn.Means, 2, 1, 16); !errors.As(err, &bad) {
		t.Errorf("a third population: %v", err)
	}
}

// Averages over replicas, at every second time, over what stands for the times.
func TestOverTime(t *testing.T) {
	one, other := bnn.NewMoments([]string{"E"}, []float64{0, 1, 2}), bnn.NewMoments([]string{"E"}, []float64{0, 1, 2})
	one.Mean[0][0], one.Mean[2][0], other.Mean[2][0] = 7, 1, 3
	series, err := study.OverTime([]bnn.Moments{one, other}, []float64{0, 10, 20}, 2, func(mean []float64) float64 { return 10 * mean[0] })
	if err != nil || !slices.Equal(series.N, []float64{0, 20}) || !slices.Equal(series.Values(), []float64{35, 20}) || math.Abs(series.Errors()[1]-10) > 1e-12 {
		t.Errorf("%+v: %v", series, err)
	}
	var bad *bnn.InputError
	if _, err := study.OverTime([]bnn.Moments{one, other}, []float64{0, 1, 2, 3}, 1, func([]float64) float64 { return 0 }); !errors.As(err, &bad) {
		t.Errorf("a fourth time: %v", err)
	}
}

// autoregressive are records x_{i+1} = x_i/2 + z of variance 1: covariances 2^{−lag}.
func autoregressive() [][]float64 {
	random := rand.New(rand.NewPCG(7, 8))
	records := make([][]float64, 300)
	for r := range records {
		x := random.NormFloat64()
		for range 200 {
			records[r] = append(records[r], x)
			x = x/2 + math.Sqrt(0.75)*random.NormFloat64()
		}
	}
	return records
}

func TestLaggedAndSpectral(t *testing.T) {
	records := autoregressive()
	lagged, err := study.Lagged(records, 0.5, 0, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{1, 0.5, 0.25} {
		if e := lagged.Estimates[i]; math.Abs(e.Value-want) > 4*e.StandardError || e.StandardError > 0.01 {
			t.Errorf("lag %g: %v ± %v, not %v", lagged.N[i], e.Value, e.StandardError, want)
		}
	}
	spectral, err := study.Spectral(records, 0.5, 64, 2, 5)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := analysis.WelchSpectrum(records, 0.5, 64)
	if err != nil || spectral.N[1] != whole.Frequencies[5] || spectral.Estimates[0] != whole.Density[2] {
		t.Errorf("%+v is no part of the spectrum: %v", spectral, err)
	}
	where := spectral.RelativeTo(study.Constant(2)).From(1).Compare("spectrum", 1, study.Constant(1), nil)[0].Where
	if want := "spectrum, ω = 1.18"; where != want { // the sixth multiple of 2π/(64·0.5)
		t.Errorf("the comparison is %q, not %q", where, want)
	}
	var bad *bnn.InputError
	for _, lag := range []float64{-0.5, 0.7} {
		if _, err := study.Lagged(records, 0.5, lag); !errors.As(err, &bad) {
			t.Errorf("lag %g: %v", lag, err)
		}
	}
	if _, err := study.Spectral(records, 0.5, 64, 1000); !errors.As(err, &bad) {
		t.Errorf("frequency 1000: %v", err)
	}
}
