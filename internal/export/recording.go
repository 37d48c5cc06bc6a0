package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/internal/files"
	"balanced/internal/provenance"
	"balanced/internal/table/parquet"
)

// What can be recorded of single neurons.
const (
	// States are the potentials, a row for each replica, time and neuron.
	States = "states"
	// Traces are the potentials too, a column for each neuron.
	Traces = "traces"
	// Trains are the spikes that neurons heard from all others: a row for each.
	Trains = "trains"
)

// maxTraces is how many columns of neurons a table has at most.
const maxTraces = 4096

// A Recording is what is recorded of the replicas of an ensemble, and into which file.
type Recording struct {
	Kind    string // States, Traces or Trains
	Neurons Neurons
	Times   []float64 // of the potentials; trains end at the last one
	Path    string    // of the file

	// Record is called when the first replica is there: the store has opened its shelf then.
	Record func() provenance.Record
}

// Check refuses what cannot be recorded, by an *InputError; without a kind nothing is.
func (r Recording) Check() error {
	switch r.Kind {
	case "", States, Trains:
	case Traces:
		if total := r.Neurons.total(); total > maxTraces && kindOf(r.Path) != npzFile {
			return &bnn.InputError{Path: "neurons", Value: fmt.Sprint(total), Allowed: fmt.Sprintf("at most %d for traces, which have a column each", maxTraces)}
		}
	default:
		return &bnn.InputError{Path: "record", Value: fmt.Sprintf("%q", r.Kind), Allowed: strings.Join([]string{States, Traces, Trains}, ", ")}
	}
	return nil
}

// Write simulates the replicas and writes the file. The errors are those of Ensemble.States
// and Ensemble.SpikeTrains, and those of the file, which is not there then.
func (r Recording) Write(ctx context.Context, ensemble simulate.Ensemble) error {
	if err := errors.Join(r.Check(), Check(r.Path)); err != nil {
		return err
	}
	return files.ReplaceBy(r.Path, func(w io.Writer) error {
		switch {
		case r.Kind == Trains:
			return r.writeTrains(ctx, ensemble, w)
		case kindOf(r.Path) == npzFile:
			return r.writePotentialArrays(ctx, ensemble, w)
		}
		return r.writePotentials(ctx, ensemble, w)
	})
}

// states are the potentials of the replicas, by time, population and neuron: of each
// population as many as of the one with the most neurons.
func (r Recording) states(ctx context.Context, ensemble simulate.Ensemble, each func(replica int, potentials [][][]float64) error) error {
	replica := 0
	for potentials, err := range ensemble.States(ctx, r.Times, r.Neurons.most()) {
		if err == nil {
			err = each(replica, potentials)
		}
		if err != nil {
			return err
		}
		replica++
	}
	return nil
}

// writePotentials writes states or traces as a table.
func (r Recording) writePotentials(ctx context.Context, ensemble simulate.Ensemble, w io.Writer) error {
	var names []string
	for _, population := range ensemble.Network.Populations {
		names = append(names, population.Name)
	}
	columns := []parquet.Column{{Name: "replica", Kind: parquet.Integer}, {Name: "t", Kind: parquet.Number}}
	if r.Kind == States {
		columns = append(columns, parquet.Column{Name: "population", Kind: parquet.Text},
			parquet.Column{Name: "neuron", Kind: parquet.Integer}, parquet.Column{Name: "v", Kind: parquet.Number})
	} else {
		for _, neuron := range r.Neurons.list() {
			columns = append(columns, parquet.Column{Name: fmt.Sprintf("%s_%d", names[neuron.Population], neuron.Index), Kind: parquet.Number})
		}
	}
	var out interface {
		Write(row []any) error
		Close() error
	}
	row := make([]any, len(columns))
	err := r.states(ctx, ensemble, func(replica int, potentials [][][]float64) (err error) {
		if out == nil {
			if out, err = newRows(w, r.Path, columns, r.Record()); err != nil {
				return err
			}
		}
		row[0] = int64(replica)
		for i, t := range r.Times {
			row[1] = t
			column := 2
			for a, count := range r.Neurons {
				for k, v := range potentials[i][a][:count] {
					if r.Kind == Traces {
						row[column] = v
						column++
						continue
					}
					row[2], row[3], row[4] = names[a], int64(k), v
					if err := out.Write(row); err != nil {
						return err
					}
				}
			}
			if r.Kind == Traces {
				if err := out.Write(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return out.Close()
}
