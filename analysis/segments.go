package analysis

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"balanced/analysis/internal/check"
	"balanced/analysis/internal/number"
	"balanced/analysis/internal/transform"
	"balanced/bnn"
)

const (
	// leastWidth is the number of values in the shortest segment, leastSegments how many
	// segments a spectrum is averaged over at least.
	leastWidth, leastSegments = 16, 8
	// overlapping is the squared correlation of two windows of Hann that overlap by half,
	// (Σ w_j w_{j+N/2} / Σ w_j²)² = (1/6)²: the correlation of the densities of neighbouring
	// segments where the spectrum is smooth.
	overlapping = 1.0 / 36
)

// newWelch checks what all spectra are asked: that there are replicas, all of them as long and
// finite, and that there are segments enough.
func newWelch(path string, replicas [][]float64, step float64, width int) (*transform.Welch, error) {
	if err := checkReplicas(path, replicas, leastWidth); err != nil {
		return nil, err
	}
	if err := bnn.PositiveNumber.Check("step", step); err != nil {
		return nil, err
	}
	length := len(replicas[0])
	if width < leastWidth || width > length || width%2 != 0 {
		return nil, &bnn.InputError{Path: "width", Value: fmt.Sprint(width), Allowed: fmt.Sprintf("an even number from %d to the %d values of a replica", leastWidth, length)}
	}
	if count := len(replicas) * transform.SegmentCount(length, width); count < leastSegments {
		return nil, &bnn.InputError{Path: "width", Value: fmt.Sprintf("%d, which gives %d segments", width, count), Allowed: fmt.Sprintf("so short that there are %d segments or more in all", leastSegments)}
	}
	return transform.NewWelch(step, width), nil
}

// A spread is how the mean of units varies. Segments of one series overlap, so that their
// mean varies a little more than that of as many independent units, and its variance is
//
//	σ² v,   v = (1 + 2ρ (K−1)/K)/K,
//
// ρ the correlation of neighbours; the mean squared deviation of the units is on average
// σ² (1−v) K/(K−1).
type spread struct {
	inflation float64 // of the squared standard error of as many independent units
	degrees   float64
}

// spreadOf is that of the estimates from so many replicas, of so many segments each.
func spreadOf(replicas, segments int) spread {
	if replicas > 1 {
		return spread{inflation: 1, degrees: float64(replicas - 1)}
	}
	k := float64(segments)
	v := (1 + 2*overlapping*(k-1)/k) / k
	return spread{inflation: v * (k - 1) / (1 - v), degrees: 1/v - 1}
}

// mean is the estimate of the mean of units.
func (s spread) mean(units []float64) Estimate {
	mean, deviation := stat.MeanStdDev(units, nil)
	return Estimate{Value: mean, StandardError: deviation * math.Sqrt(s.inflation/float64(len(units))), DegreesOfFreedom: s.degrees}
}

// interpolated returns the estimate at an angular frequency between two of the list. Those
// next to each other have the correlation 4/9, the square of that of the transforms.
func interpolated(frequencies []float64, estimates []Estimate, omega float64) (Estimate, error) {
	last := len(frequencies) - 1
	if last < 1 {
		return Estimate{}, &bnn.InputError{Path: "frequencies", Value: fmt.Sprintf("%d of them", last+1), Allowed: "those of WelchSpectrum or WelchCrossSpectrum"}
	}
	place := omega/frequencies[0] - 1                                                                             // the k-th frequency is k+1 times the first
	if slack := 1e-9; !(place >= -slack) || !(omega <= frequencies[last]*(1+slack)) || len(estimates) != last+1 { // slack for rounding
		return Estimate{}, &bnn.InputError{Path: "omega", Value: number.Exact(omega), Allowed: fmt.Sprintf("an angular frequency from %s, one turn in a segment, to %s, that of Nyquist",
			number.Exact(frequencies[0]), number.Exact(frequencies[last]))}
	}
	k := min(max(int(place), 0), last-1)
	f := min(max(place-float64(k), 0), 1)
	a, b := estimates[k], estimates[k+1]
	low, high := (1-f)*a.StandardError, f*b.StandardError
	return Estimate{Value: (1-f)*a.Value + f*b.Value, StandardError: math.Sqrt(low*low + high*high + 2*4.0/9*low*high), DegreesOfFreedom: a.DegreesOfFreedom}, nil
}

// meanOfAll is the mean of all values of all replicas, which are as long as each other.
func meanOfAll(replicas [][]float64) float64 {
	sum := 0.0
	for _, series := range replicas {
		sum += stat.Mean(series, nil)
	}
	return sum / float64(len(replicas))
}

// checkReplicas refuses series that are missing, not all as long, too short or not finite.
func checkReplicas(path string, replicas [][]float64, least int) error {
	if len(replicas) == 0 {
		return &bnn.InputError{Path: path, Value: "no series", Allowed: "1 or more replicas"}
	}
	for r, series := range replicas {
		here := fmt.Sprintf("%s[%d]", path, r)
		if err := check.Count(here, len(series), least); err != nil {
			return err
		}
		if err := check.Length(here, series, len(replicas[0]), "times of the first replica"); err != nil {
			return err
		}
		if err := check.Sample(here, series); err != nil {
			return err
		}
	}
	return nil
}

// checkVaries refuses series that are constant, whose variance would be that of rounding.
func checkVaries(path string, replicas [][]float64) error {
	first := replicas[0][0]
	for _, series := range replicas {
		if slices.ContainsFunc(series, func(value float64) bool { return value != first }) {
			return nil
		}
	}
	return &bnn.InputError{Path: path, Value: "always " + number.Exact(first), Allowed: "a series that varies"}
}

// checkPairs refuses two lists of replicas that do not belong together.
func checkPairs(x, y [][]float64) error {
	if len(x) != len(y) {
		return &bnn.InputError{Path: "y", Value: fmt.Sprintf("%d replicas", len(y)), Allowed: fmt.Sprintf("as many replicas as x, %d", len(x))}
	}
	if len(x) > 0 && len(x[0]) != len(y[0]) {
		return &bnn.InputError{Path: "y[0]", Value: fmt.Sprintf("%d values", len(y[0])), Allowed: fmt.Sprintf("as many values as x, %d", len(x[0]))}
	}
	return nil
}
