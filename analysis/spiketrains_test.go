package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"balanced/analysis/internal/analysistest"
)

// renewal makes trains whose intervals are drawn from a law of mean 1/rate. Each starts
// long before time 0, so that it is stationary.
func renewal(trains int, length float64, interval func() float64) [][]float64 {
	list := make([][]float64, trains)
	for i := range list {
		for t := -20.0; t < length; t += interval() {
			if t >= 0 {
				list[i] = append(list[i], t)
			}
		}
	}
	return list
}

// Counts that can be checked by hand; and the jackknife against its definition.
func TestFanoFactorsByHand(t *testing.T) {
	trains := [][]float64{{-1, 0, 0.5, 1.9, 2.5, 2.99, 3}, {1, 1.5}, {0.2, 2, 2.1, 2.2}}
	counts := [][]float64{{2, 1, 2}, {0, 2, 0}, {1, 0, 3}} // in windows of 1 from 0 to 3.5
	fano := func(without int) float64 {
		var all []float64
		for i := range counts {
			if i != without {
				all = append(all, counts[i]...)
			}
		}
		mean, variance := stat.PopMeanVariance(all, nil)
		return variance / mean
	}
	var leftOut []float64
	for i := range counts {
		leftOut = append(leftOut, fano(i))
	}
	got, err := FanoFactors(trains, 0, 3.5, []float64{1, 3.5})
	if err != nil || len(got) != 2 || got[0].DegreesOfFreedom != 2 {
		t.Fatal(got, err)
	}
	analysistest.Near(t, "value", got[0].Value, 3*fano(-1)-2*stat.Mean(leftOut, nil), 1e-13)
	analysistest.Near(t, "standard error", got[0].StandardError, math.Sqrt(2)*stat.PopStdDev(leftOut, nil), 1e-13)
}

func TestIntervalVariationByHand(t *testing.T) {
	intervals := [][]float64{{1, 2, 1}, {5}, {2, 3}}
	trains := [][]float64{{1, 2, 4, 5}, {7}, {10, 15}, nil, {-1, 1, 4}}
	variation := func(without int) float64 {
		var all []float64
		for i := range intervals {
			if i != without {
				all = append(all, intervals[i]...)
			}
		}
		mean, deviation := stat.PopMeanStdDev(all, nil)
		return deviation / mean
	}
	leftOut := []float64{variation(0), variation(1), variation(2)}
	got := variationOf(t, trains)
	analysistest.Near(t, "value", got.Value, 3*variation(-1)-2*stat.Mean(leftOut, nil), 1e-13)
	analysistest.Near(t, "standard error", got.StandardError, math.Sqrt(2)*stat.PopStdDev(leftOut, nil), 1e-13)
}

// A Poisson process has 1, a renewal process CV² in long windows, and trains of random
// rates Λ have 1 + W Var(Λ)/E(Λ).
func TestFanoFactorsOfKnownProcesses(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	poisson := func(rate float64) func() float64 { return func() float64 { return random.ExpFloat64() / rate } }
	mixed := append(renewal(200, 100, poisson(1)), renewal(200, 100, poisson(3))...)
	for _, row := range []struct {
		name   string
		trains [][]float64
		window float64
		want   float64
		room   float64
	}{
		{"Poisson, short", renewal(100, 100, poisson(2)), 0.1, 1, 0},
		{"Poisson, long", renewal(100, 100, poisson(2)), 20, 1, 0},
		{"gamma of order 2, long", renewal(100, 400, func() float64 { return (random.ExpFloat64() + random.ExpFloat64()) / 2 }), 50, 0.5, 0.01},
		{"random rates", mixed, 2, 2, 0},
	} {
		got, err := FanoFactors(row.trains, 0, 100, []float64{row.window})
		if err != nil {
			t.Fatal(err)
		}
		if e := got[0]; math.Abs(e.Value-row.want) > 4*e.StandardError+row.room || !(e.StandardError < 0.1) {
			t.Errorf("%s: %+v, want %g", row.name, e, row.want)
		}
	}
}

// Intervals miss the Fano factor and the variation as often as stated.
func TestSpikeTrainsKeepTheirProbabilities(t *testing.T) {
	random := rand.New(rand.NewPCG(23, 24))
	const trials, falseAlarm = 1000, 0.05
	fano, variation := 0, 0
	for range trials {
		trains := renewal(25, 100, random.ExpFloat64)
		f, err := FanoFactors(trains, 0, 100, []float64{2})
		v, err2 := IntervalVariation(trains, math.Inf(-1), math.Inf(1))
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if low, high := f[0].Interval(falseAlarm); low > 1 || high < 1 {
			fano++
		}
		if low, high := v.Interval(falseAlarm); low > 1 || high < 1 {
			variation++
		}
	}
	for name, count := range map[string]int{"Fano": fano, "variation": variation} {
		analysistest.Near(t, name, float64(count)/trials, falseAlarm, 5*math.Sqrt(falseAlarm/trials))
	}
}

func TestIntervalVariationOfKnownProcesses(t *testing.T) {
	clock := variationOf(t, [][]float64{{1e6, 1e6 + 1, 1e6 + 2}, {5, 6, 7, 8}, {3}, nil})
	if clock.Value != 0 || clock.StandardError != 0 || clock.DegreesOfFreedom != 1 {
		t.Errorf("clock: %+v", clock)
	}
	random := rand.New(rand.NewPCG(25, 26))
	for order := 1; order <= 4; order++ {
		e := variationOf(t, renewal(50, 1000, func() float64 {
			sum := 0.0
			for range order {
				sum += random.ExpFloat64() / float64(order)
			}
			return sum
		}))
		analysistest.Near(t, fmt.Sprint("gamma of order ", order), e.Value, 1/math.Sqrt(float64(order)), 4*e.StandardError)
		if e.StandardError > 0.01 {
			t.Errorf("%+v", e)
		}
	}
}

func variationOf(t *testing.T, trains [][]float64) Estimate {
	t.Helper()
	e, err := IntervalVariation(trains, math.Inf(-1), math.Inf(1))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestSpikeTrainsRefuseBadInput(t *testing.T) {
	good := [][]float64{{1, 2}, {3, 4}}
	fano := func(trains [][]float64, from, to float64, windows ...float64) func() error {
		return func() error { _, err := FanoFactors(trains, from, to, windows); return err }
	}
	variation := func(trains ...[]float64) func() error {
		return func() error { _, err := IntervalVariation(trains, math.Inf(-1), math.Inf(1)); return err }
	}
	refused(t, "trains: 1", fano(good[:1], 0, 1, 1))
	refused(t, "trains[1][1]", fano([][]float64{{1}, {2, 1}}, 0, 1, 1))
	refused(t, "from", fano(good, math.NaN(), 1, 1))
	refused(t, "to", fano(good, 2, 1, 1))
	refused(t, "windows: 0", fano(good, 0, 1))
	for _, window := range []float64{0, -1, math.NaN(), 11} {
		refused(t, "windows[1]", fano(good, 0, 10, 1, window))
	}
	refused(t, "windows[0]: trains: 1", fano([][]float64{{1}, {20}, nil}, 0, 10, 1)) // 20 is outside
	refused(t, "trains: 2", variation([]float64{1, 1}, []float64{2, 2}))
	refused(t, "trains: 0", variation(nil, []float64{1}))
	refused(t, "trains[0][1]", variation([]float64{1, math.NaN()}, good[1]))
}

// Spikes that two trains have in common make their covariance, and those that are alone none.
func TestCountCovarianceOfCommonSpikes(t *testing.T) {
	random := rand.New(rand.NewPCG(27, 28))
	var sum, squares float64
	const trials, length, window = 400, 100.0, 2.0
	for range trials {
		trains := renewal(6, length, random.ExpFloat64)
		common := renewal(1, length, func() float64 { return 2 * random.ExpFloat64() })[0] // of rate 1/2
		for i := range trains {
			trains[i] = slices.Sorted(slices.Values(append(trains[i], common...)))
		}
		covariance, err := CountCovariance(trains, 0, length, window)
		if err != nil {
			t.Fatal(err)
		}
		sum, squares = sum+covariance, squares+covariance*covariance
	}
	mean := sum / trials
	if deviation := math.Sqrt((squares/trials - mean*mean) / trials); math.Abs(mean-window/2) > 4*deviation || deviation > 0.02 {
		t.Errorf("the covariance is %v ± %v, and %v spikes are common", mean, deviation, window/2)
	}
	refused(t, "window", func() error { _, err := CountCovariance([][]float64{{1}, {2}}, 0, 10, 6); return err })
	refused(t, "trains: 1", func() error { _, err := CountCovariance([][]float64{{1}}, 0, 10, 1); return err })
	refused(t, "to: 1", func() error { _, err := IntervalVariation([][]float64{{1, 2}, {3, 4}}, 1, 1); return err })
}

// Intervals are counted where they begin, to their end: a window as short as an interval does not
// leave out the long ones.
func TestIntervalsAreCountedWhereTheyBegin(t *testing.T) {
	random := rand.New(rand.NewPCG(29, 30))
	trains := renewal(4000, 60, random.ExpFloat64)
	e, err := IntervalVariation(trains, 10, 12)
	if err != nil || math.Abs(e.Value-1) > 4*e.StandardError || e.StandardError > 0.02 {
		t.Errorf("of a Poisson process: %+v, %v", e, err)
	}
	cut := make([][]float64, len(trains))
	for i, train := range trains {
		for _, at := range train {
			if at < 12 {
				cut[i] = append(cut[i], at)
			}
		}
	}
	if e, err = IntervalVariation(cut, 10, 12); err != nil || math.Abs(e.Value-1) < 10*e.StandardError {
		t.Errorf("trains that end too early look like a Poisson process: %+v, %v", e, err)
	}
}
