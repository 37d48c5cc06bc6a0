package model

import (
	"context"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// A RasterQuestion asks for spikes, as a message of kind "raster".
type RasterQuestion struct {
	Network bnn.Network `json:"network"`
	N       int         `json:"n"` // the size, of which a raster uses 150 at most
	Seed    uint64      `json:"seed"`
	To      float64     `json:"to"`   // the last time, ≥ 0
	Rows    int         `json:"rows"` // neurons of each population, 1 to 100
}

// A RasterAnswer holds the spikes that neuron 0 of the first population hears.
type RasterAnswer struct {
	Trains  []Train  `json:"trains"`
	N       int      `json:"n"` // the size that was simulated
	Problem *Problem `json:"problem"`
}

// A Train are the times of the spikes that come from one neuron.
type Train struct {
	Population string    `json:"population"`
	Neuron     int       `json:"neuron"`
	Times      []float64 `json:"times"`
}

// The cost of a raster is of order n², whatever its rows are: at most a second in a browser.
const (
	mostRasterNeurons = 150
	mostRasterRows    = 100
)

// Answer simulates the network pair by pair and returns the spikes from the first neurons
// of each population, without those that the listening neuron would hear from itself.
// The error is a *bnn.InputError, a *theory.NotBalancedError or *theory.BalanceLostError where the
// start cannot be projected, or the cause of the context.
func (q RasterQuestion) Answer(ctx context.Context) (*RasterAnswer, error) {
	if q.Rows < 1 || q.Rows > mostRasterRows {
		return nil, &bnn.InputError{Path: "rows", Value: fmt.Sprint(q.Rows), Allowed: fmt.Sprintf("a whole number from 1 to %d", mostRasterRows)}
	}
	n := min(q.N, mostRasterNeurons)
	listener := simulate.NeuronID{Population: 0, Index: 0}
	ensemble := simulate.Ensemble{Network: &q.Network, N: n, Replicas: 1, Seed: q.Seed, Workers: 1}
	heard, err := ensemble.SpikeTrains(ctx, 0, q.To, listener)
	if err != nil {
		return nil, err
	}
	answer := &RasterAnswer{Trains: []Train{}, N: n}
	for b, trains := range heard.Trains[0] {
		first := 0
		if b == listener.Population {
			first = listener.Index + 1
		}
		for k := first; k < min(first+q.Rows, len(trains)); k++ {
			answer.Trains = append(answer.Trains, Train{q.Network.Populations[b].Name, k, append([]float64{}, trains[k]...)})
		}
	}
	return answer, nil
}
