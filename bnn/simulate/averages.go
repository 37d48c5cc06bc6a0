package simulate

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
func (a *averages) summary(e Ensemble, engine *engine) *Summary {
	errors := make([]float64, len(a.squares))
	for i, sum := range a.squares {
		errors[i] = math.Sqrt(sum / float64(a.count-1) / float64(a.count))
	}
	s := &Summary{N: e.N, Replicas: e.Replicas, Seed: e.Seed,
		Step: engine.step, Steps: engine.steps, Engine: engine.name, Fallback: engine.fallback}
	s.Moments, s.Spikes, s.SourceSpikes = a.plan.layout(a.mean)
	s.StandardError, s.SpikesError, s.SourceSpikesError = a.plan.layout(errors)
	return s
}
