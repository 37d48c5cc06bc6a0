package simulate

import (
	"context"

	"balanced/bnn"
)

// moments is what Run averages: the moments and spike counts of each replica.
func (e Ensemble) moments(plan *plan, engine *engine) quantity {
	return quantity{
		recipe: e.recipe(plan, engine, ""),
		check:  exactly(plan.measurements()),
		compute: func(ctx context.Context, replica int) ([]float64, error) {
			return e.measure(ctx, plan, engine, replica)
		},
	}
}

// measurements is the number of values that one replica gives.
func (p *plan) measurements() int {
	populations := len(p.counts)
	return len(p.times) * populations * (4 + populations + len(p.sources))
}

// measure runs one replica and returns its measurements, in the order of plan.layout.
func (e Ensemble) measure(ctx context.Context, plan *plan, engine *engine, replica int) ([]float64, error) {
	var moments MomentRecorder
	var spikes SpikeRecorder
	if err := e.simulate(ctx, plan, engine, replica, []Recorder{&moments, &spikes}); err != nil {
		return nil, err
	}
	measured := make([]float64, 0, plan.measurements())
	for _, table := range moments.Tables() {
		for _, row := range table {
			measured = append(measured, row...)
		}
	}
	for _, counts := range [2][][][]int64{spikes.Spikes, spikes.SourceSpikes} {
		for _, table := range counts {
			for _, row := range table {
				for _, count := range row {
					measured = append(measured, float64(count))
				}
			}
		}
	}
	return measured, nil
}

// layout cuts the flat list of measure into the tables it was made of.
func (p *plan) layout(flat []float64) (moments bnn.Moments, spikes, sourceSpikes [][][]float64) {
	moments, flat = p.layoutMoments(flat)
	cube := func(columns int) [][][]float64 {
		tables := make([][][]float64, len(p.times))
		for i := range tables {
			for range p.counts {
				tables[i] = append(tables[i], flat[:columns:columns])
				flat = flat[columns:]
			}
		}
		return tables
	}
	return moments, cube(len(p.counts)), cube(len(p.sources))
}

// layoutMoments cuts the moments off, and returns the rest.
func (p *plan) layoutMoments(flat []float64) (moments bnn.Moments, rest []float64) {
	moments = bnn.NewMoments(p.network.PopulationNames(), p.times)
	for _, table := range moments.Tables() {
		for _, row := range table {
			flat = flat[copy(row, flat):]
		}
	}
	return moments, flat
}
