package bench

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// startingAtZero reads one of the example networks and takes the projection from its
// start: silent has no balanced state, and the peers know of no projection.
func (l *laboratory) startingAtZero(name string) (*bnn.Network, error) {
	network, err := bnn.ReadNetwork(l.networkFile(name))
	if err != nil {
		return nil, err
	}
	network.Initial.OnManifold = false
	return network, nil
}

// written writes a network for peers and returns the path.
func (l *laboratory) written(network *bnn.Network) (string, error) {
	text, err := json.Marshal(network)
	if err != nil {
		return "", err
	}
	path := filepath.Join(l.folder, network.Name+".json")
	return path, os.WriteFile(path, text, 0o666)
}

// ownVersion is that of bnn and of the Go that made it.
func (l *laboratory) ownVersion() string { return l.Version + ", " + runtime.Version() }

// own is a method of package bnn as a contender, on so many cores. A sample is one
// replica; each round has its own seed.
func (l *laboratory) own(program string, network *bnn.Network, n int, method simulate.Method, workers int, duration float64) contender {
	return contender{program: program, version: l.ownVersion(), measure: func(ctx context.Context, round int) (sample, error) {
		ensemble := simulate.Ensemble{Network: network, N: n, Replicas: 1, Seed: uint64(round), Method: method, Workers: workers}
		return replica(ctx, ensemble, []float64{duration})
	}}
}

// replica runs the first replica of an ensemble.
func replica(ctx context.Context, ensemble simulate.Ensemble, times []float64) (sample, error) {
	var moments simulate.MomentRecorder
	var spikes simulate.SpikeRecorder
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := time.Now()
	if err := ensemble.Replica(ctx, 0, times, &moments, &spikes); err != nil {
		return sample{}, err
	}
	s := sample{Seconds: time.Since(begin).Seconds(), Means: moments.Mean, Variances: moments.Variance}
	runtime.ReadMemStats(&after)
	s.Allocations, s.Bytes = float64(after.Mallocs-before.Mallocs), float64(after.TotalAlloc-before.TotalAlloc)
	for _, row := range spikes.Spikes[len(times)-1] {
		for _, count := range row {
			s.Spikes += float64(count)
		}
	}
	return s, nil
}

// external is a peer as a contender. The arguments are those of a run, made from the
// seed of its round.
func (p peer) external(differs string, arguments func(seed int) []any) contender {
	return contender{program: p.name, version: p.version, absent: p.absent, differs: differs, measure: func(ctx context.Context, round int) (sample, error) {
		return p.run(ctx, arguments(round)...)
	}}
}

// neurons is the number of neurons of all populations in a network of size n.
func neurons(network *bnn.Network, n int) (int, error) {
	total := 0
	for a := range network.Populations {
		count, err := network.Count(a, n)
		if err != nil {
			return 0, err
		}
		total += count
	}
	return total, nil
}
