package bench

import (
	"context"
	"fmt"
	"math"

	"balanced/analysis"
	"balanced/bnn"
	"balanced/bnn/theory"
)

// A stepper is a program that simulates in steps, with an error of the means that is
// proportional to step^order.
type stepper struct {
	program, version string
	absent           string
	scheme           string  // what it computes: programs of one scheme err alike
	differs          string  // what it does otherwise than the leap, for the table
	order            float64 // of the error of the means
	run              func(ctx context.Context, n int, step, duration, every float64, seed int) (sample, error)
}

// oneOfEach returns of every scheme the first program that is there, or the first if none is,
// and for each stepper the index of the one of its scheme.
func oneOfEach(steppers []stepper) (ones []stepper, of []int) {
	index := make(map[string]int)
	for _, s := range steppers {
		i, known := index[s.scheme]
		switch {
		case !known:
			i = len(ones)
			index[s.scheme] = i
			ones = append(ones, s)
		case ones[i].absent != "":
			ones[i] = s
		}
		of = append(of, i)
	}
	return ones, of
}

// How the errors of the means are measured: along one simulation of a stationary network,
// once it has forgotten its start.
const (
	outputsEvery = 0.5
	forgotten    = 20.0 // by this time
	batchLength  = 20   // outputs, that is 10 units of time
)

// An accuracy is the error of the means of a stepper as it depends on the step:
// coefficient·step^order, without sign.
type accuracy struct{ coefficient, standardError float64 }

// measureAccuracies measures the mean potential of all neurons for each stepper at two
// steps, and fits the deviations from FiniteSize by b + c·step^order. The error b that
// FiniteSize makes itself, of order 1/n, is common to all; the rest is the stepper's. What
// was measured is added to the table. Each run takes the same number of steps, since the
// larger the step the longer it can see, and the more it says about c.
func (l *laboratory) measureAccuracies(ctx context.Context, network *bnn.Network, n int, steppers []stepper, table *Table) ([]accuracy, error) {
	reference, err := theory.FiniteSize(ctx, network, n, []float64{forgotten})
	if err != nil {
		return nil, err
	}
	var rows [][]float64
	var errors, deviations []float64
	for i, s := range steppers {
		if s.absent != "" {
			table.add(network.Name, n, s.program, "absent", "", "", "", s.absent)
			continue
		}
		for _, step := range []float64{s.largest(n), s.largest(n) / 2} {
			l.say("leap: error of %s at n = %d, step %g", s.program, n, step)
			seen := math.Max(l.accuracySteps*step/float64(n), 2*batchLength*outputsEvery)
			duration := math.Round((forgotten+seen)/outputsEvery) * outputsEvery
			found, err := s.run(ctx, n, step, duration, outputsEvery, 1)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.program, err)
			}
			series, err := deviationsFrom(reference.Mean[0], found.Means, int(duration/outputsEvery))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.program, err)
			}
			mean, err := batchMean(series, batchLength)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.program, err)
			}
			row := make([]float64, 1+len(steppers))
			row[0], row[1+i] = 1, math.Pow(step, s.order)
			rows, errors, deviations = append(rows, row), append(errors, mean.Value), append(deviations, mean.StandardError)
			table.add(network.Name, n, s.program, step, duration-forgotten, mean.Value, mean.StandardError, "")
		}
	}
	return fitAccuracies(network.Name, n, steppers, rows, errors, deviations, table)
}

// fitAccuracies leaves the absent steppers out of the fit: their columns are zero.
func fitAccuracies(name string, n int, steppers []stepper, rows [][]float64, errors, deviations []float64, table *Table) ([]accuracy, error) {
	for r := range rows {
		kept := rows[r][:1]
		for i, s := range steppers {
			if s.absent == "" {
				kept = append(kept, rows[r][1+i])
			}
		}
		rows[r] = kept
	}
	fit, err := analysis.LeastSquares(rows, errors, deviations)
	if err != nil {
		return nil, fmt.Errorf("the errors of the means at two steps: %w", err)
	}
	common := fit.Coefficients[0]
	table.add(name, n, "all, extrapolated", 0, "", common.Value, common.StandardError, "what FiniteSize leaves out")
	accuracies := make([]accuracy, len(steppers))
	next := 1
	for i, s := range steppers {
		if s.absent == "" {
			accuracies[i] = accuracy{math.Abs(fit.Coefficients[next].Value), fit.Coefficients[next].StandardError}
			next++
		}
	}
	return accuracies, nil
}

// largest is the largest step that is measured; it divides outputsEvery. Euler's method is
// unstable beyond 2/(√n|κ|) (theory.md §2), and κ is about −0.2 in the network dense.
func (s stepper) largest(n int) float64 {
	if s.order == 2 {
		return 0.25
	}
	longest := math.Min(0.1, 5/math.Sqrt(float64(n)))
	return outputsEvery / math.Ceil(outputsEvery/longest-1e-9)
}

// deviationsFrom returns the deviations from the reference of the means over all
// populations, at the output times after the start is forgotten.
func deviationsFrom(reference []float64, means [][]float64, times int) ([]float64, error) {
	if len(means) != times {
		return nil, fmt.Errorf("it gave means at %d times: must be %d", len(means), times)
	}
	var series []float64
	for i, row := range means[int(forgotten/outputsEvery):] {
		if len(row) != len(reference) {
			return nil, fmt.Errorf("it gave means of %d populations: must be %d", len(row), len(reference))
		}
		sum := 0.0
		for a, mean := range row {
			sum += mean - reference[a]
		}
		if math.IsNaN(sum) || math.IsInf(sum, 0) {
			return nil, fmt.Errorf("its means are %g, %d times after time %g", row, i, forgotten)
		}
		series = append(series, sum/float64(len(row)))
	}
	return series, nil
}

// stepFor is the step at which the error is the tolerance, but at most the largest that
// was measured, such that a whole number of them makes the duration.
func (a accuracy) stepFor(tolerance, order, largest, duration float64) float64 {
	step := math.Min(math.Pow(tolerance/a.coefficient, 1/order), largest)
	return duration / math.Ceil(duration/step-1e-9)
}
