package export

import (
	"context"
	"io"

	"balanced/bnn/simulate"
	"balanced/internal/table/npz"
)

// writePotentialArrays writes states or traces as arrays: v by replica, time and neuron, t the
// times, population and neuron those of the neurons. What does not fit is refused with v.
func (r Recording) writePotentialArrays(ctx context.Context, ensemble simulate.Ensemble, w io.Writer) error {
	out := npz.NewWriter(w)
	v, err := out.Floats("v", ensemble.Replicas, len(r.Times), r.Neurons.total())
	if err != nil {
		return err
	}
	err = r.states(ctx, ensemble, func(_ int, potentials [][][]float64) error {
		for _, now := range potentials {
			for a, count := range r.Neurons {
				if err := v.Floats(now[a][:count]...); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := r.writeAxes(out, ensemble); err != nil {
		return err
	}
	return finish(out, r.Record())
}

// writeAxes writes what the indices of v mean.
func (r Recording) writeAxes(out *npz.Writer, ensemble simulate.Ensemble) error {
	t, err := out.Floats("t", len(r.Times))
	if err != nil {
		return err
	}
	if err := t.Floats(r.Times...); err != nil {
		return err
	}
	neurons := r.Neurons.list()
	names := make([]string, len(neurons))
	for i, neuron := range neurons {
		names[i] = ensemble.Network.Populations[neuron.Population].Name
	}
	if err := out.Texts("population", names...); err != nil {
		return err
	}
	numbers, err := out.Ints("neuron", len(neurons))
	if err != nil {
		return err
	}
	for _, neuron := range neurons {
		if err := numbers.Ints(neuron.Index); err != nil {
			return err
		}
	}
	return nil
}
