package export

import (
	"context"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/internal/provenance"
	"balanced/internal/table"
	"balanced/internal/table/npz"
	"balanced/internal/table/parquet"
)

// trainColumns are those of spikes: who heard it, of whom, and when.
var trainColumns = []parquet.Column{
	{Name: "replica", Kind: parquet.Integer},
	{Name: "target_population", Kind: parquet.Text}, {Name: "target", Kind: parquet.Integer},
	{Name: "source_population", Kind: parquet.Text}, {Name: "source", Kind: parquet.Integer},
	{Name: "t", Kind: parquet.Number},
}

// writeTrains writes the spikes that the neurons heard, by replica, target and source, and in
// the order of their times. Several replicas are simulated at once.
func (r Recording) writeTrains(ctx context.Context, ensemble simulate.Ensemble, w io.Writer) error {
	workers := ensemble.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	targets := r.Neurons.list()
	// The replicas of a batch do not know of each other's progress.
	single := ensemble
	single.Progress = nil
	if ensemble.Replicas == 1 {
		single.Progress = ensemble.Progress
	}
	var out table.Writer
	for first := 0; first < ensemble.Replicas; first += workers {
		batch := make([]*simulate.SpikeTrains, min(workers, ensemble.Replicas-first))
		group, inside := errgroup.WithContext(ctx)
		for i := range batch {
			group.Go(func() (err error) {
				batch[i], err = single.SpikeTrains(inside, first+i, r.Times[len(r.Times)-1], targets...)
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
		if out == nil {
			var err error
			if out, err = r.newSpikes(w); err != nil {
				return err
			}
		}
		for i, trains := range batch {
			if err := writeSpikes(out, first+i, trains, ensemble.Network); err != nil {
				return err
			}
		}
		if finished := first + len(batch); ensemble.Progress != nil && ensemble.Replicas > 1 {
			ensemble.Progress(simulate.Progress{Finished: finished, Replicas: ensemble.Replicas, Part: float64(finished) / float64(ensemble.Replicas)})
		}
	}
	return out.Close()
}

func (r Recording) newSpikes(w io.Writer) (table.Writer, error) {
	if kindOf(r.Path) == npzFile {
		return &spikeArrays{out: npz.NewWriter(w), record: r.Record()}, nil
	}
	return newRows(w, r.Path, trainColumns, r.Record())
}

// writeSpikes writes the spikes of a replica.
func writeSpikes(out table.Writer, replica int, trains *simulate.SpikeTrains, network *bnn.Network) error {
	row := make([]any, len(trainColumns))
	row[0] = int64(replica)
	for i, target := range trains.Targets {
		row[1], row[2] = network.Populations[target.Population].Name, int64(target.Index)
		for b, population := range trains.Trains[i] {
			row[3] = network.Populations[b].Name
			for k, train := range population {
				row[4] = int64(k)
				for _, t := range train {
					row[5] = t
					if err := out.Write(row); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// spikeArrays holds all spikes, since an array begins with its length.
type spikeArrays struct {
	out     *npz.Writer
	record  provenance.Record
	columns [6][]any
}

func (s *spikeArrays) Write(row []any) error {
	for c, cell := range row {
		s.columns[c] = append(s.columns[c], cell)
	}
	return nil
}

func (s *spikeArrays) Close() error {
	for c, column := range trainColumns {
		if err := writeColumn(s.out, column, s.columns[c]); err != nil {
			return err
		}
	}
	return finish(s.out, s.record)
}

// Bytes is the memory that the recording takes besides what the ensemble's cost tells; an upper
// bound for trains, whose number of spikes is random.
func (r Recording) Bytes(ensemble simulate.Ensemble) float64 {
	counts, _, err := ensemble.Network.Counts(ensemble.N)
	if err != nil || r.Kind != Trains {
		return 0 // and an error is told by who computes
	}
	const pair, spike, cells = 24, 8, 6 * 16
	pairs, spikes := 0.0, 0.0
	for b, count := range counts {
		pairs += float64(count) * float64(r.Neurons.total())
		spikes += float64(count) * float64(r.Neurons.total()) * ensemble.Network.Populations[b].Rate.Bound() * r.Times[len(r.Times)-1]
	}
	workers := float64(min(ensemble.Replicas, max(ensemble.Workers, runtime.GOMAXPROCS(0))))
	bytes := workers * (pairs*pair + 2*spikes*spike)
	if kindOf(r.Path) == npzFile {
		bytes += float64(ensemble.Replicas) * spikes * (cells + 24)
	}
	return bytes
}
