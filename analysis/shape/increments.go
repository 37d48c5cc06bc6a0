package shape

import (
	"fmt"
	"math"

	"balanced/analysis"
	"balanced/bnn"
)

// A Path is what the increments z of the potential of one neuron are like, over equal steps of time. For
// a Gaussian potential that forgets at one rate they are independent and Gaussian, and all but Variance is 0.
type Path struct {
	Variance    analysis.Estimate // of z
	Correlation analysis.Estimate // of an increment and the next
	// Squares is Cov(z²_i, z²_{i+1}) over Variance²: positive if the noise of some neurons is
	// stronger than that of others.
	Squares analysis.Estimate
	// Skewness and Kurtosis are those of z, the latter in excess of a Gaussian.
	Skewness, Kurtosis analysis.Estimate
}

// Increments measures them in potentials by replica, time and neuron, 2 or more replicas at 3 or more equidistant
// times and of 2 or more neurons: with w the potential less the mean of its replica at that time,
//
//	z_i = w(t_{i+1}) − decay·w(t_i),   decay = e^{−Δ/τ},
//
// the noise that the neuron alone heard in the step (theory.md §22), and the mean of what its population
// shares removed. Averages are over neurons, steps and replicas, and errors from replicas, to first
// order. Removing the mean changes all by a relative 1/neurons, which is corrected in Variance and Correlation. The
// error is a *bnn.InputError.
func Increments(replicas [][][]float64, decay float64) (Path, error) {
	const variance, next, squares, third, fourth = 0, 1, 2, 3, 4
	var moments [5][]float64
	for r, replica := range replicas {
		z, err := increments(replica, decay)
		if err != nil {
			return Path{}, fmt.Errorf("replica %d: %w", r, err)
		}
		var sums [5]float64
		neurons, steps := float64(len(z[0])), float64(len(z))
		for i := range z {
			for j, x := range z[i] {
				sums[variance] += x * x / (steps * (neurons - 1))
				sums[third] += x * x * x / (steps * neurons)
				sums[fourth] += x * x * x * x / (steps * neurons)
				if i > 0 {
					before := z[i-1][j]
					sums[next] += x * before / ((steps - 1) * (neurons - 1))
					sums[squares] += x * x * before * before / ((steps - 1) * neurons)
				}
			}
		}
		for k := range sums {
			moments[k] = append(moments[k], sums[k])
		}
	}
	var path Path
	for _, result := range []struct {
		to     *analysis.Estimate
		moment int
		power  float64 // of the variance below it
		less   float64 // what a Gaussian has
	}{{&path.Variance, variance, 0, 0}, {&path.Correlation, next, 1, 0}, {&path.Squares, squares, 2, 1}, {&path.Skewness, third, 1.5, 0}, {&path.Kurtosis, fourth, 2, 3}} {
		e, err := over(moments[result.moment], moments[variance], result.power)
		if err != nil {
			return Path{}, err
		}
		e.Value -= result.less
		*result.to = e
	}
	return path, nil
}

// increments are those of a replica, by step and neuron.
func increments(replica [][]float64, decay float64) ([][]float64, error) {
	if len(replica) < 3 || len(replica[0]) < 2 {
		return nil, &bnn.InputError{Path: "times", Value: fmt.Sprint(len(replica)), Allowed: "3 or more, of 2 or more neurons"}
	}
	var centred [][]float64
	for i, potentials := range replica {
		if len(potentials) != len(replica[0]) {
			return nil, &bnn.InputError{Path: fmt.Sprintf("times[%d]", i), Value: fmt.Sprintf("%d neurons", len(potentials)), Allowed: fmt.Sprintf("the %d of the first", len(replica[0]))}
		}
		mean := 0.0
		for _, v := range potentials {
			mean += v / float64(len(potentials))
		}
		w := make([]float64, len(potentials))
		for j, v := range potentials {
			w[j] = v - mean
		}
		centred = append(centred, w)
	}
	for i := range len(centred) - 1 {
		for j := range centred[i] {
			centred[i][j] = centred[i+1][j] - decay*centred[i][j]
		}
	}
	return centred[:len(centred)-1], nil
}

// over is the average of a moment over a power of the average variance.
func over(moment, variance []float64, power float64) (analysis.Estimate, error) {
	var mean, second float64
	for r := range moment {
		mean, second = mean+moment[r]/float64(len(moment)), second+variance[r]/float64(len(moment))
	}
	if len(moment) > 0 && !(second > 0) {
		return analysis.Estimate{}, &bnn.InputError{Path: "replicas", Value: "values that are all the same", Allowed: "values that differ"}
	}
	linear := make([]float64, len(moment)) // their mean is the ratio
	for r := range moment {
		linear[r] = (moment[r] - power*mean*(variance[r]/second-1)) / math.Pow(second, power)
	}
	return analysis.MeanOf(linear)
}
