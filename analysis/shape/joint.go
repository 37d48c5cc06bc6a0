package shape

import (
	"fmt"
	"math"
	"slices"

	"balanced/analysis"
	"balanced/bnn"
)

// Joint is how independent two and three neurons of a population are.
type Joint struct {
	// Two and Three are the probabilities that so many neurons are all above the median of the population: 1/4 and 1/8 if
	// they are independent, 1/2 if their potentials are the same.
	Two, Three analysis.Estimate
	// P is the p-value of independence: of the energy distance (analysis.EnergyDistance, 999 permutations) between pairs
	// of neurons of one replica and pairs across replicas, which are independent.
	P float64
}

// Independence measures it in the potentials of a population by replica, 2 or more of 4 or more neurons. The median is
// that of all potentials together, the upper one of an even number.
//
// One pair of each replica is compared: its first two neurons, with the third and the fourth one of the next replica. What is
// compared is the arc tangent of the distance from the median, so that a few potentials that are thrown far away do not
// hide the others. The error is a *bnn.InputError.
func Independence(replicas [][]float64, seed uint64) (Joint, error) {
	for r, sample := range replicas {
		if len(sample) < 4 {
			return Joint{}, &bnn.InputError{Path: fmt.Sprintf("replicas[%d]", r), Value: fmt.Sprint(len(sample)), Allowed: "4 or more neurons"}
		}
	}
	if len(replicas) < 2 {
		return Joint{}, &bnn.InputError{Path: "replicas", Value: fmt.Sprint(len(replicas)), Allowed: "2 or more"}
	}
	pooled := slices.Sorted(slices.Values(slices.Concat(replicas...)))
	median := pooled[len(pooled)/2]
	bounded := func(v float64) float64 { return math.Atan(v - median) }
	var pairs, across [][]float64
	for r, sample := range replicas {
		next := replicas[(r+1)%len(replicas)]
		pairs, across = append(pairs, []float64{bounded(sample[0]), bounded(sample[1])}), append(across, []float64{bounded(sample[2]), bounded(next[3])})
	}
	var joint Joint
	var err error
	if joint.Two, err = TogetherAbove(replicas, 2, median); err != nil {
		return Joint{}, err
	}
	if joint.Three, err = TogetherAbove(replicas, 3, median); err != nil {
		return Joint{}, err
	}
	_, joint.P, err = analysis.EnergyDistance(pairs, across, 999, seed)
	return joint, err
}

// Above is the function that is 1 above a level and 0 elsewhere.
func Above(level float64) func(v float64) float64 {
	return func(v float64) float64 {
		if v > level {
			return 1
		}
		return 0
	}
}
