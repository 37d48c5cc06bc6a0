package theory

import (
	"math"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

// coxTrain draws the spike times of a Cox process whose intensity is the rate of a
// stationary Ornstein–Uhlenbeck potential: candidates at the rate λ̄, each kept with
// probability λ/λ̄. It is exact, since the potential has a closed law from one candidate
// to the next.
func coxTrain(rate bnn.Rate, mean, variance, tau, duration float64, seed uint64) []float64 {
	random := rand.New(rand.NewPCG(seed, 17))
	var train []float64
	z := random.NormFloat64()
	for t := 0.0; ; {
		pause := random.ExpFloat64() / rate.Bound()
		if t += pause; t > duration {
			return train
		}
		decay := math.Exp(-pause / tau)
		z = decay*z + math.Sqrt(1-decay*decay)*random.NormFloat64()
		if random.Float64()*rate.Bound() < rate.At(mean+math.Sqrt(variance)*z) {
			train = append(train, t)
		}
	}
}

// batchMeans returns the mean of correlated values and its standard error, by a
// hundred batches.
func batchMeans(values []float64) (mean, standardError float64) {
	const batches = 100
	size := len(values) / batches
	sum, squares := 0.0, 0.0
	for i := range batches {
		batch := 0.0
		for _, x := range values[i*size : (i+1)*size] {
			batch += x / float64(size)
		}
		sum += batch
		squares += batch * batch
	}
	mean = sum / batches
	return mean, math.Sqrt((squares/batches - mean*mean) / (batches - 1))
}

// fanoOfTrain measures the Fano factor: the mean of (count − mean)²/mean over windows.
func fanoOfTrain(train []float64, duration, window float64) (fano, standardError float64) {
	counts := make([]float64, int(duration/window))
	for _, t := range train {
		if i := int(t / window); i < len(counts) {
			counts[i]++
		}
	}
	expected := 0.0
	for _, count := range counts {
		expected += count / float64(len(counts))
	}
	for i, count := range counts {
		counts[i] = (count - expected) * (count - expected) / expected
	}
	return batchMeans(counts)
}

// variationOfTrain measures the squared coefficient of variation of the intervals, from
// E T² F² − 1 linearised around the mean interval.
func variationOfTrain(train []float64) (squared, standardError float64) {
	intervals := make([]float64, len(train)-1)
	first, second := 0.0, 0.0
	for i := range intervals {
		x := train[i+1] - train[i]
		intervals[i] = x
		first += x / float64(len(intervals))
		second += x * x / float64(len(intervals))
	}
	ratio := second / (first * first)
	for i, x := range intervals {
		intervals[i] = x*x/(first*first) - 2*ratio*(x/first-1) - 1
	}
	return batchMeans(intervals)
}

// Both formulas against the process itself, drawn exactly; and a wrong correlation time
// is caught.
func TestCoxProcess(t *testing.T) {
	verification.Long(t)
	t.Parallel()
	for name, c := range map[string]struct {
		rate                bnn.Rate
		mean, variance, tau float64
	}{
		"logistic":           {bnn.Logistic{Max: 4, Slope: 2, Threshold: 0.5}, 0.3, 0.8, 1},
		"steep, vanishing":   {bnn.Logistic{Max: 3, Slope: 30, Threshold: 1}, 0, 1, 1.5},
		"probit, slow":       {bnn.Probit{Max: 5, Slope: 3, Threshold: 0}, -0.5, 0.5, 3},
		"steep, fast":        {bnn.Probit{Max: 2, Slope: 50, Threshold: -0.2}, 0, 0.3, 0.4},
		"rate that is rigid": {bnn.ConstantRate{Value: 2}, 0, 1, 1},
	} {
		const duration = 300_000.0
		train := coxTrain(c.rate, c.mean, c.variance, c.tau, duration, 3)
		windows := []float64{0.3, 2, 20}
		fano, err := FanoFactor(c.rate, c.mean, c.variance, c.tau, windows)
		if err != nil {
			t.Fatal(err)
		}
		wrong, err := FanoFactor(c.rate, c.mean, c.variance, c.tau/2, windows)
		if err != nil {
			t.Fatal(err)
		}
		caught := 0.0
		for i, window := range windows {
			measured, standardError := fanoOfTrain(train, duration, window)
			z := (measured - fano[i]) / standardError
			caught = math.Max(caught, math.Abs(measured-wrong[i])/standardError)
			t.Logf("%s, window %g: Fano factor %.4f ± %.4f, predicted %.4f (z = %.1f)", name, window, measured, standardError, fano[i], z)
			if math.Abs(z) > 3.5 {
				t.Errorf("%s, window %g: Fano factor %.4f ± %.4f, predicted %.4f", name, window, measured, standardError, fano[i])
			}
		}
		if _, rigid := c.rate.(bnn.ConstantRate); !rigid && caught < 5 {
			t.Errorf("%s: Fano factors of half the correlation time are off by %.1f standard errors only", name, caught)
		}
		variation, err := IntervalVariation(c.rate, c.mean, c.variance, c.tau)
		if err != nil {
			t.Fatal(err)
		}
		wrongVariation, err := IntervalVariation(c.rate, c.mean, c.variance, c.tau/2)
		if err != nil {
			t.Fatal(err)
		}
		measured, standardError := variationOfTrain(train)
		z := (measured - variation*variation) / standardError
		caught = math.Abs(measured-wrongVariation*wrongVariation) / standardError
		t.Logf("%s: CV² %.4f ± %.4f, predicted %.4f (z = %.1f)", name, measured, standardError, variation*variation, z)
		if math.Abs(z) > 3.5 {
			t.Errorf("%s: CV² %.4f ± %.4f, predicted %.4f", name, measured, standardError, variation*variation)
		}
		if _, rigid := c.rate.(bnn.ConstantRate); !rigid && caught < 5 {
			t.Errorf("%s: the variation of half the correlation time is off by %.1f standard errors only", name, caught)
		}
	}
}
