package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"balanced/internal/verification"
)

// A planted violation makes the comparisons of an experiment, with the stated size of
// violation; 0 is its clean twin.
type planted struct {
	name string
	// sizes of violations that must be caught at the default false alarm, 1e-6.
	sizes      []float64
	experiment func(random *rand.Rand, size float64) []Comparison
}

// must is for experiments, whose input is good.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// replicas measures a number in each of many replicas.
func replicas(count int, measure func() float64) []float64 {
	sample := make([]float64, count)
	for i := range sample {
		sample[i] = measure()
	}
	return sample
}

// potentials of one replica are normal, with a part that all neurons share.
func potentials(random *rand.Rand, neurons int, variance, correlation float64) []float64 {
	common := math.Sqrt(variance*correlation) * random.NormFloat64()
	return replicas(neurons, func() float64 { return common + math.Sqrt(variance*(1-correlation))*random.NormFloat64() })
}

var violations = []planted{
	{"exponent −0.5 + size", []float64{0.1, -0.1, 0.05}, func(random *rand.Rand, size float64) []Comparison {
		y, errors := curve(random, 0.01, func(n float64) float64 { return 2 * math.Pow(n, -0.5+size) })
		return []Comparison{Near("exponent", must(PowerLaw(sizes, y, errors)).Exponent, -0.5, 0)}
	}},
	{"exponent −0.5 + size, with its next order", []float64{0.1, -0.1}, func(random *rand.Rand, size float64) []Comparison {
		y, errors := curve(random, 0.004, func(n float64) float64 { return 2 * math.Pow(n, -0.5+size) * (1 + 2/math.Sqrt(n)) })
		return []Comparison{Near("exponent", must(PowerLawNext(sizes, y, errors, -0.5)).Exponent, -0.5, 0.005)}
	}},
	{"extrapolated value wrong by size", []float64{0.05, -0.05}, func(random *rand.Rand, size float64) []Comparison {
		y, errors := curve(random, 0.01, func(n float64) float64 { return 1 + size + 3/math.Sqrt(n) })
		return []Comparison{Near("limit of large n", must(Trend(sizes, y, errors, 0, -0.5)).Coefficients[0], 1, 0)}
	}},
	{"variance wrong by a factor 1 + size", []float64{0.05, -0.05}, func(random *rand.Rand, size float64) []Comparison {
		variances := replicas(200, func() float64 { return stat.Variance(potentials(random, 200, 1+size, 0), nil) })
		return []Comparison{Near("variance", must(MeanOf(variances)), 1, 0)}
	}},
	{"skewness of the wrong sign", []float64{-1}, func(random *rand.Rand, size float64) []Comparison {
		third := replicas(200, func() float64 {
			sample := replicas(100, func() float64 { return (random.ExpFloat64() - 1) * math.Copysign(1, size) })
			return must(KStatistics(sample))[2]
		})
		return []Comparison{AtLeast("third cumulant", must(MeanOf(third)), 0)}
	}},
	{"neurons correlated by size", []float64{0.02, 0.1}, func(random *rand.Rand, size float64) []Comparison {
		const neurons = 100
		means := replicas(300, func() float64 { return stat.Mean(potentials(random, neurons, 1, size), nil) })
		scaled := must(Bootstrap(len(means), 1, func(chosen []int) float64 {
			sample := make([]float64, len(chosen))
			for k, i := range chosen {
				sample[k] = means[i]
			}
			return neurons * stat.Variance(sample, nil)
		}))
		return []Comparison{Near("n times the variance of the mean", scaled, 1, 0)}
	}},
	{"a mean off by 3 of the units that the power states", []float64{3, -3}, func(random *rand.Rand, size float64) []Comparison {
		const count, comparisons = 50, 20
		const caught = 9.19 // standard errors, with probability 0.99: R's power.t.test, Bonferroni
		unit := caught / math.Sqrt(count)
		var list []Comparison
		for k := range comparisons {
			shift := 0.0
			if k == 7 {
				shift = size * unit
			}
			mean := must(MeanOf(replicas(count, func() float64 { return 5 + shift + random.NormFloat64() })))
			list = append(list, Near(fmt.Sprintf("mean %d", k), mean, 5, 0))
		}
		return list
	}},
	{"all replicas the same one", []float64{1}, func(random *rand.Rand, size float64) []Comparison {
		seed := random.Uint64()
		sample := replicas(50, func() float64 {
			if size == 0 {
				seed = random.Uint64()
			}
			return rand.New(rand.NewPCG(seed, 0)).NormFloat64()
		})
		return []Comparison{Near("mean", must(MeanOf(sample)), 0, 0)}
	}},
	{"variation of the intervals wrong by a factor 1 + size", []float64{0.05, -0.05}, func(random *rand.Rand, size float64) []Comparison {
		// Intervals of two exponential laws or of a delayed one, of mean 1 and CV 1 + size.
		interval := random.ExpFloat64
		if size < 0 {
			interval = func() float64 { return -size + (1+size)*random.ExpFloat64() }
		} else if size > 0 {
			spread := math.Sqrt(((1+size)*(1+size) - 1) / 2)
			interval = func() float64 { return (1 + spread*(2*float64(random.IntN(2))-1)) * random.ExpFloat64() }
		}
		return []Comparison{Near("CV", must(IntervalVariation(renewal(200, 500, interval), 0, math.Inf(1))), 1, 0)}
	}},
	{"rates that differ between trains", []float64{0.5}, func(random *rand.Rand, size float64) []Comparison {
		trains := append(renewal(100, 100, random.ExpFloat64), renewal(100, 100, func() float64 { return random.ExpFloat64() / (1 + size) })...)
		var list []Comparison
		windows := []float64{1, 10}
		for i, factor := range must(FanoFactors(trains, 0, 100, windows)) {
			list = append(list, Near(fmt.Sprint("Fano factor in windows of ", windows[i]), factor, 1, 0))
		}
		return list
	}},
}

// defaultFalseAlarm is so small that a hundred such tests can run every day.
const defaultFalseAlarm = 1e-6

// anyFails tells whether one of the comparisons fails, all together.
func anyFails(t *testing.T, falseAlarm float64, list []Comparison) bool {
	t.Helper()
	equivalences, err := Equivalent(falseAlarm, list...)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(equivalences, func(e Equivalence) bool { return e.Outcome == Fails })
}

// Each violation is caught at the default false alarm, and its clean twin passes.
func TestPlantedViolationsAreCaught(t *testing.T) {
	for _, p := range violations {
		for seed := range uint64(2) {
			for _, size := range append([]float64{0}, p.sizes...) {
				random := rand.New(rand.NewPCG(seed, 31))
				list := p.experiment(random, size)
				if failed := anyFails(t, defaultFalseAlarm, list); failed != (size != 0) {
					t.Errorf("%s, %g: fails %v: %+v", p.name, size, failed, list)
				}
			}
		}
	}
}

// The clean twins fail at a false alarm of 0.05 as often as that, or a little less.
func TestCleanTwinsKeepTheFalseAlarm(t *testing.T) {
	verification.Long(t)
	const falseAlarm = 0.05
	trials := 200 // of which a fraction of 0.11 may fail, four standard deviations above the false alarm
	for _, p := range violations {
		random, failed := rand.New(rand.NewPCG(41, 42)), 0
		for range trials {
			if anyFails(t, falseAlarm, p.experiment(random, 0)) {
				failed++
			}
		}
		if share := float64(failed) / float64(trials); share > falseAlarm+4*math.Sqrt(falseAlarm/float64(trials)) {
			t.Errorf("%s: the clean twin fails with probability %g, want %g", p.name, share, falseAlarm)
		}
	}
}
