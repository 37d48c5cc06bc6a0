package analysis

import (
	"fmt"
	"math"

	"balanced/analysis/internal/check"

	"gonum.org/v1/gonum/stat"
)

// jackknife estimates a statistic of count ≥ 2 independent replicas from its values θ_i
// without each of them:
//
//	value = R θ − (R−1) θ̄,   standard error² = (R−1)/R Σ_i (θ_i − θ̄)²,
//
// which also removes a bias of order 1/R (J. W. Tukey, Ann. Math. Stat. 29, 614, 1958).
// The statistic is called with −1 for that of all replicas.
func jackknife(count int, statistic func(without int) float64) (Estimate, error) {
	replicas, sample := float64(count), make([]float64, count)
	for i := range sample {
		sample[i] = statistic(i)
		if err := check.Finite(fmt.Sprintf("statistic without replica %d", i), sample[i]); err != nil {
			return Estimate{}, err
		}
	}
	mean, deviation := stat.PopMeanStdDev(sample, nil)
	e := Estimate{
		Value:            replicas*statistic(-1) - (replicas-1)*mean,
		StandardError:    math.Sqrt(replicas-1) * deviation,
		DegreesOfFreedom: replicas - 1,
	}
	return e, e.check("jackknife")
}
