package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat"

	"balanced/analysis/internal/check"
	"balanced/bnn"
)

// resamples is how many the bootstrap draws. The standard error it finds is then itself
// uncertain by 1/√(2·1000), which is 2 %.
const resamples = 1000

// Bootstrap estimates a statistic of count ≥ 2 independent replicas whose standard error
// has no formula. The statistic is given the numbers of the replicas to use, from 0 to
// count−1, some of them several times; it must not keep the slice. Value is the statistic
// of all replicas, each once. The standard error is the standard deviation of the
// statistic over 1000 samples of count replicas drawn with replacement (B. Efron, Ann.
// Stat. 7, 1–26, 1979), times √(count/(count−1)), which makes it the usual one where the
// statistic is a mean (T. C. Hesterberg, The American Statistician 69, 371–386, 2015).
// There are count−1 degrees of freedom. The same seed draws the same samples.
//
// The bootstrap is right for many replicas and a smooth statistic: not for the smallest
// of all values, say. The error is a *bnn.InputError; it names the sample where the
// statistic is not finite.
func Bootstrap(count int, seed uint64, statistic func(chosen []int) float64) (Estimate, error) {
	if count < 2 {
		return Estimate{}, &bnn.InputError{Path: "count", Value: fmt.Sprint(count), Allowed: "2 or more replicas"}
	}
	if statistic == nil {
		return Estimate{}, &bnn.InputError{Path: "statistic", Value: "nil", Allowed: "a function of the replicas chosen"}
	}
	random := rand.New(rand.NewPCG(seed, 0xb007))
	chosen := make([]int, count)
	for i := range chosen {
		chosen[i] = i
	}
	value := statistic(chosen)
	if err := check.Finite("statistic of all replicas", value); err != nil {
		return Estimate{}, err
	}
	sample := make([]float64, resamples)
	for k := range sample {
		for i := range chosen {
			chosen[i] = random.IntN(count)
		}
		sample[k] = statistic(chosen)
		if err := check.Finite(fmt.Sprintf("statistic of resample %d", k), sample[k]); err != nil {
			return Estimate{}, err
		}
	}
	replicas := float64(count)
	e := Estimate{Value: value, StandardError: stat.StdDev(sample, nil) * math.Sqrt(replicas/(replicas-1)), DegreesOfFreedom: replicas - 1}
	return e, e.check("bootstrap")
}
