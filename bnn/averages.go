package bnn

import "math"

// averages are running means and sums of squared deviations of the measurements of
// replicas (B. P. Welford, Technometrics 4, 419–420, 1962).
type averages struct {
	plan          *plan
	count         int
	mean, squares []float64
}

func newAverages(plan *plan) *averages { return &averages{plan: plan} }

func (a *averages) add(measured []float64) {
	if a.count == 0 {
		a.mean = make([]float64, len(measured))
		a.squares = make([]float64, len(measured))
	}
	a.count++
	for i, x := range measured {
		before := x - a.mean[i]
		a.mean[i] += before / float64(a.count)
		a.squares[i] += before * (x - a.mean[i])
	}
}

// summary lays the averages and their standard errors out in tables.
func (a *averages) summary(e Ensemble, step float64) *Summary {
	errors := make([]float64, len(a.squares))
	for i, sum := range a.squares {
		errors[i] = math.Sqrt(sum / float64(a.count-1) / float64(a.count))
	}
	s := &Summary{N: e.N, Replicas: e.Replicas, Seed: e.Seed, Step: step}
	s.Moments, s.Spikes, s.SourceSpikes = a.layout(a.mean)
	s.StandardError, s.SpikesError, s.SourceSpikesError = a.layout(errors)
	return s
}

// layout cuts a flat list of measurements into the tables it was made of.
func (a *averages) layout(flat []float64) (moments Moments, spikes, sourceSpikes [][][]float64) {
	populations := len(a.plan.counts)
	take := func(columns int) []float64 {
		row := flat[:columns:columns]
		flat = flat[columns:]
		return row
	}
	moments = newMoments(a.plan.network.populationNames(), a.plan.times)
	for _, table := range moments.tables() {
		for row := range table {
			copy(table[row], take(populations))
		}
	}
	cube := func(columns int) [][][]float64 {
		tables := make([][][]float64, len(a.plan.times))
		for i := range tables {
			for range populations {
				tables[i] = append(tables[i], take(columns))
			}
		}
		return tables
	}
	return moments, cube(populations), cube(len(a.plan.sources))
}
