package analysis

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat"

	"balanced/internal/verification"
)

// A calibration makes estimates whose truth is known, one repetition a call.
type calibration struct {
	name string
	// repetitions are so many that the mean squared deviation is known to 10 % or better.
	repetitions int
	draw        func(random *rand.Rand) []measured
}

type measured struct {
	estimate Estimate
	truth    float64
}

var calibrations = []calibration{
	{"MeanOf", 2000, func(random *rand.Rand) []measured {
		return []measured{{must(MeanOf(replicas(20, random.NormFloat64))), 0}}
	}},
	{"Bootstrap of a variance", 300, func(random *rand.Rand) []measured {
		sample := replicas(80, random.Float64)
		variance := must(Bootstrap(len(sample), random.Uint64(), func(chosen []int) float64 {
			sum, squares := 0.0, 0.0
			for _, i := range chosen {
				sum, squares = sum+sample[i], squares+sample[i]*sample[i]
			}
			return (squares - sum*sum/float64(len(chosen))) / float64(len(chosen)-1)
		}))
		return []measured{{variance, 1.0 / 12}}
	}},
	{"LeastSquares and Trend", 1000, func(random *rand.Rand) []measured {
		y, errors := curve(random, 0.01, func(n float64) float64 { return 1 + 3/math.Sqrt(n) })
		fit := must(Trend(sizes, y, errors, 0, -0.5))
		return []measured{{fit.Coefficients[0], 1}, {fit.Coefficients[1], 3}}
	}},
	{"PowerLaw", 1000, func(random *rand.Rand) []measured {
		y, errors := curve(random, 0.01, func(n float64) float64 { return 2 / math.Sqrt(n) })
		fit := must(PowerLaw(sizes, y, errors))
		return []measured{{fit.Exponent, -0.5}, {fit.Constant, 2}}
	}},
	{"PowerLawNext", 1000, func(random *rand.Rand) []measured {
		// In the form that is fitted: no bias.
		y, errors := curve(random, 0.004, func(n float64) float64 { return 2 / math.Sqrt(n) * math.Exp(1/math.Sqrt(n)) })
		return []measured{{must(PowerLawNext(sizes, y, errors, -0.5)).Exponent, -0.5}}
	}},
	{"Extrapolate", 1000, func(random *rand.Rand) []measured {
		y, errors := curve(random, 0.01, func(n float64) float64 { return 1 + 3/math.Sqrt(n) - 2/n })
		fit := must(Extrapolate(sizes, y, errors, 2))
		return []measured{{fit.Limit, 1}, {fit.First, 3}, {fit.Second, -2}}
	}},
	{"PairedDifference", 2000, func(random *rand.Rand) []measured {
		x, y := replicas(20, random.NormFloat64), make([]float64, 20)
		for i := range y {
			y[i] = 1 + 0.8*x[i] + random.NormFloat64()
		}
		return []measured{{must(PairedDifference(x, y)).Estimate, -1}}
	}},
	{"ControlVariate", 2000, func(random *rand.Rand) []measured {
		control, y := replicas(20, random.NormFloat64), make([]float64, 20)
		for i := range y {
			y[i] = 1 + 2*control[i] + random.NormFloat64()
		}
		return []measured{{must(ControlVariate(y, control, 0)).Estimate, 1}}
	}},
	{"FanoFactors", 400, func(random *rand.Rand) []measured {
		factors := must(FanoFactors(renewal(40, 50, random.ExpFloat64), 0, 50, []float64{1, 5}))
		return []measured{{factors[0], 1}, {factors[1], 1}}
	}},
	{"IntervalVariation", 400, func(random *rand.Rand) []measured {
		// Long trains: their ends do not matter.
		return []measured{{must(IntervalVariation(renewal(20, 400, random.ExpFloat64), 0, math.Inf(1))), 1}}
	}},
	{"Period", 600, func(random *rand.Rand) []measured {
		// A jump at the end of each period, of 20 units of time or a little more or less.
		var times, series []float64
		t := 0.0
		for range 30 {
			t += 20 + random.NormFloat64()
			times, series = append(times, t-0.1, t+0.1), append(series, -1, 1)
		}
		return []measured{{must(Period(times, series, -0.5, 0)), 20}}
	}},
	{"WelchSpectrum", 300, func(random *rand.Rand) (list []measured) {
		s := must(WelchSpectrum(replicaSeries(random, 20, 256), 0.2, 64))
		for k := 4; k < 32; k += 6 {
			list = append(list, measured{s.Density[k], folded(s.Frequencies[k], 1, 0.2)})
		}
		// Between two frequencies, too, where the curve is nearly straight.
		omega := (s.Frequencies[20] + s.Frequencies[21]) / 2
		return append(list, measured{must(s.At(omega)), folded(omega, 1, 0.2)})
	}},
	{"WelchCrossSpectrum", 100, func(random *rand.Rand) (list []measured) {
		x, y := delayed(random, 20, 512, 0, 2, 1)
		s := must(WelchCrossSpectrum(x, y, 1, 64))
		for k := 4; k < 31; k += 6 {
			list = append(list, measured{s.Real[k], 2}, measured{s.Imag[k], 0}, measured{s.Coherence[k], 0.8})
		}
		return list
	}},
	{"CrossCovariances", 150, func(random *rand.Rand) []measured {
		x, y := delayed(random, 20, 100, 1, 2, 1)
		c := must(CrossCovariances(x, y, 1, 2))
		return []measured{{c.Covariance[3], 2}, {c.Correlation[3], 2 / math.Sqrt(5)}, {c.Covariance[1], 0}, {c.Correlation[1], 0}}
	}},
	{"ProbitRegression", 400, func(random *rand.Rand) []measured {
		x := []float64{0, 0.5, 1, 1.5, 2, 2.5}
		successes, trials := thresholds(random, x, 150, 1.2, 1.5)
		fit := must(ProbitRegression(x, successes, trials))
		return []measured{{fit.Midpoint, 1.2}, {fit.Slope, 1.5}, {fit.Width, 1 / 1.5}}
	}},
}

func replicaSeries(random *rand.Rand, count, length int) [][]float64 {
	series := make([][]float64, count)
	for r := range series {
		series[r] = ornsteinUhlenbeck(random, length, 1, 0.2)
	}
	return series
}

// z has the mean square 1 where a standard error is what it says; with Student's t of ν degrees
// of freedom, ν/(ν−2). The factor 1.5 that an error bar must not be off by makes 2.25 of it, or
// 0.44: for each estimate by itself, all of which are between the two by far.
func TestStandardErrorsAreCalibrated(t *testing.T) {
	verification.Long(t)
	const low, high = 0.72, 1.38
	for i, c := range calibrations {
		repetitions := c.repetitions
		random := rand.New(rand.NewPCG(51, uint64(i)))
		var squares [][]float64
		for range repetitions {
			for i, m := range c.draw(random) {
				if i == len(squares) {
					squares = append(squares, nil)
				}
				z, degrees := (m.estimate.Value-m.truth)/m.estimate.StandardError, m.estimate.DegreesOfFreedom
				if !math.IsInf(degrees, 1) {
					z *= math.Sqrt((degrees - 2) / degrees)
				}
				squares[i] = append(squares[i], z*z)
			}
		}
		all := 0.0
		for i := range squares {
			square := stat.Mean(squares[i], nil)
			all += square / float64(len(squares))
			// Of few repetitions each alone says less; the square of a normal number has the variance 2.
			slack := 4 * math.Sqrt(2.5/float64(repetitions))
			if square < min(low, 1-slack) || square > max(high, 1+slack) {
				t.Errorf("%s, estimate %d: mean squared deviation %.3f", c.name, i, square)
			}
		}
		t.Logf("%s: mean squared deviation %.3f", c.name, all)
		if all < low || all > high {
			t.Errorf("%s: mean squared deviation %.3f, not from %v to %v", c.name, all, low, high)
		}
		for _, factor := range []float64{1.5, 1 / 1.5} {
			if planted := all * factor * factor; planted >= low && planted <= high {
				t.Errorf("%s: error bars that are too small by a factor of %.2f are not caught", c.name, factor)
			}
		}
	}
}
