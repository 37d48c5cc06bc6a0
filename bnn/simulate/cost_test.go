package simulate

import (
	"context"
	"errors"
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
	"balanced/internal/verification"
)

// peakMemory returns by how much the memory in use grows at most while do runs, with a
// collector that hardly lets garbage wait.
func peakMemory(do func()) float64 {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	inUse := func() float64 {
		metrics.Read(sample)
		return float64(sample[0].Value.Uint64())
	}
	before, peak := inUse(), 0.0
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	for tick := time.NewTicker(time.Millisecond); ; {
		select {
		case <-done:
			return max(peak, inUse()-before)
		case <-tick.C:
			peak = max(peak, inUse()-before)
		}
	}
}

// checkMemory compares an estimate with what is measured, up to a factor of 1.5.
func checkMemory(t *testing.T, name string, cost bnn.Cost, do func()) {
	t.Helper()
	begin := time.Now()
	measured := peakMemory(do)
	ratio := cost.Bytes / measured
	t.Logf("%s: %.3g bytes estimated, %.3g measured, ratio %.2f; %.2g s estimated, %v", name, cost.Bytes, measured, ratio, cost.Seconds, time.Since(begin))
	if !(ratio > 1/1.5 && ratio < 1.5) {
		t.Errorf("%s: %.3g bytes of memory are estimated, %.3g are measured", name, cost.Bytes, measured)
	}
}

func TestCostOfEnsembles(t *testing.T) {
	verification.Only(t)
	abstract, many := networktest.ReadNetwork(t, "abstract"), networktest.ManyPopulations(40)
	spread := abstract.Clone()
	for a := range spread.Populations {
		spread.Populations[a].Spread = 0.5
	}
	rows := bnn.Every(2e-5, 1)
	ensemble := func(e Ensemble, times []float64) func() (bnn.Cost, func()) {
		return func() (bnn.Cost, func()) {
			return bnn.Must(e.Cost(times)), func() { bnn.Must(e.Run(context.Background(), times)) }
		}
	}
	for name, estimated := range map[string]func() (bnn.Cost, func()){
		"exact":              ensemble(Ensemble{Network: abstract, N: 1_000_000, Replicas: 1}, []float64{0}),
		"exact, two at once": ensemble(Ensemble{Network: abstract, N: 1_000_000, Replicas: 2, Workers: 2}, []float64{0}),
		"exact, spread":      ensemble(Ensemble{Network: spread, N: 1_000_000, Replicas: 1}, []float64{0}),
		"leap, spread":       ensemble(Ensemble{Network: spread, N: 1_000_000, Replicas: 1, Method: Leap{Step: 0.1}}, []float64{0, 0.1}),
		"pairwise":           ensemble(Ensemble{Network: abstract, N: 1_000_000, Replicas: 1, Method: Pairwise{}}, []float64{0}),
		"leap":               ensemble(Ensemble{Network: abstract, N: 2_000_000, Replicas: 1, Method: Leap{Step: 0.1}}, []float64{0, 0.1}),
		"leap, many steps":   ensemble(Ensemble{Network: abstract, N: 2, Replicas: 1, Method: Leap{Step: 2e-6}}, []float64{0, 1}),
		"many times":         ensemble(Ensemble{Network: abstract, N: 2, Replicas: 3, Workers: 1}, rows),
		"many populations":   ensemble(Ensemble{Network: many, N: 20, Replicas: 2, Workers: 1}, bnn.Every(1e-3, 1)),
	} {
		cost, do := estimated()
		checkMemory(t, name, cost, do)
	}
}

func TestCostOfEquations(t *testing.T) {
	verification.Long(t)
	abstract, many := networktest.ReadNetwork(t, "abstract"), networktest.ManyPopulations(40)
	rows := bnn.Every(2e-5, 1)
	for name, estimated := range map[string]func() (bnn.Cost, func()){
		"finite-n, many populations": func() (bnn.Cost, func()) {
			network := networktest.ManyPopulations(160)
			times := []float64{0, 1e-4}
			return bnn.Must(theory.FiniteSizeCost(network, times)), func() { bnn.Must(theory.FiniteSize(context.Background(), network, 100, times)) }
		},
		"finite-n, many times": func() (bnn.Cost, func()) {
			return bnn.Must(theory.FiniteSizeCost(abstract, rows)), func() { bnn.Must(theory.FiniteSize(context.Background(), abstract, 100, rows)) }
		},
		"sampling noise": func() (bnn.Cost, func()) {
			times := []float64{1. / 4} // of more steps than are prepared at once
			return bnn.Must(theory.SamplingNoiseCost(many, times)), func() { bnn.Must(theory.SamplingNoise(context.Background(), many, 100, times)) }
		},
		"limit, many times": func() (bnn.Cost, func()) {
			return bnn.Must(theory.LimitCost(abstract, rows)), func() { bnn.Must(theory.Limit(t.Context(), abstract, rows)) }
		},
	} {
		cost, do := estimated()
		checkMemory(t, name, cost, do)
	}
}

// What no machine can do is refused at once, by whatever would do it, with both numbers.
func TestTooCostly(t *testing.T) {
	abstract, ctx := networktest.ReadNetwork(t, "abstract"), context.Background()
	huge := Ensemble{Network: abstract, N: 1_000_000_000, Replicas: 1}
	begin := time.Now()
	for name, try := range map[string]func() error{
		"Run":     func() error { _, err := huge.Run(ctx, []float64{0, 1}); return err },
		"Each":    func() error { _, err := Collect(huge.Each(ctx, []float64{0, 1})); return err },
		"States":  func() error { _, err := Collect(huge.States(ctx, []float64{0, 1}, 1)); return err },
		"Replica": func() error { return huge.Replica(ctx, 0, []float64{0, 1}) },
		"Each, of many replicas": func() error {
			_, err := Collect(Ensemble{Network: abstract, N: 2, Replicas: math.MaxInt}.Each(ctx, []float64{0}))
			return err
		},
		"States, of all neurons": func() error {
			_, err := Collect(Ensemble{Network: abstract, N: 100_000, Replicas: 1000, Method: Leap{Step: 0.1}}.States(ctx, bnn.Every(1e-5, 1), 0))
			return err
		},
		"SamplingNoise": func() error {
			_, err := theory.SamplingNoise(context.Background(), networktest.ManyPopulations(1000), 100, []float64{1e6})
			return err
		},
		"beyond all addresses, forced": func() error {
			_, err := Collect(Ensemble{Network: abstract, N: 1_000_000_000, Replicas: math.MaxInt, Force: true}.States(ctx, bnn.Every(1e-6, 1), 0))
			return err
		},
	} {
		var refused *bnn.CostError
		if err := try(); !errors.As(err, &refused) {
			t.Errorf("%s: error %v, want a *CostError", name, err)
		}
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("refusing took %v", took)
	}
}

// A forced ensemble is run, and so is what fits.
func TestForce(t *testing.T) {
	e := Ensemble{Network: networktest.ReadNetwork(t, "abstract"), N: 1_000_000_000, Replicas: 1}
	enough := errors.New("enough")
	ended, cancel := context.WithCancelCause(context.Background())
	cancel(enough)
	e.Network.Initial.OnManifold = true // which asks whether the context has ended
	var refused *bnn.CostError
	if _, err := e.Run(ended, []float64{0, 1}); !errors.As(err, &refused) {
		t.Error("a thousand million neurons are not refused")
	}
	e.Force = true
	if _, err := e.Run(ended, []float64{0, 1}); !errors.Is(err, enough) {
		t.Error(err)
	}
}
