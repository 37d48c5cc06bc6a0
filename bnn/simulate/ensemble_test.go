package simulate

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

func TestEnsembleSameForAnyWorkers(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	run := func(workers int) *Summary {
		s, err := Ensemble{Network: network, N: 20, Replicas: 17, Seed: 3, Workers: workers}.Run(context.Background(), bnn.Every(0.25, 1))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one := run(1)
	for _, workers := range []int{2, 3, 40} {
		if !reflect.DeepEqual(one, run(workers)) {
			t.Errorf("%d workers give another result than one", workers)
		}
	}
}

// Replicas of one ensemble, and of ensembles of different seeds, are different and
// uncorrelated draws: a shared stream would make standard errors meaningless.
func TestReplicasAreIndependent(t *testing.T) {
	verification.Long(t)
	network := networktest.ConstantRates()
	times := []float64{1}
	const replicas = 400
	values := map[uint64][]float64{}
	for _, seed := range []uint64{1, 2} {
		for replica := range replicas {
			var m MomentRecorder
			ensemble := Ensemble{Network: network, N: 10, Replicas: replicas, Seed: seed}
			if err := ensemble.Replica(context.Background(), replica, times, &m); err != nil {
				t.Fatal(err)
			}
			values[seed] = append(values[seed], m.Mean[0][0])
		}
	}
	correlation := func(x, y []float64) float64 {
		var sx, sy, xx, yy, xy float64
		n := float64(len(x))
		for i := range x {
			sx, sy = sx+x[i]/n, sy+y[i]/n
		}
		for i := range x {
			xx += (x[i] - sx) * (x[i] - sx)
			yy += (y[i] - sy) * (y[i] - sy)
			xy += (x[i] - sx) * (y[i] - sy)
		}
		return xy / math.Sqrt(xx*yy)
	}
	for name, c := range map[string]float64{
		"neighbours": correlation(values[1][1:], values[1][:replicas-1]),
		"seeds":      correlation(values[1], values[2]),
	} {
		if math.Abs(c)*math.Sqrt(replicas) > networktest.FalseAlarmZ {
			t.Errorf("%s are correlated: %.2f", name, c)
		}
	}
	// Planted: a stream shared by two replicas.
	if c := correlation(values[1], values[1]); math.Abs(c)*math.Sqrt(replicas) <= networktest.FalseAlarmZ {
		t.Error("a shared stream goes unseen")
	}
}

// The standard errors are those of the averages: over ensembles, averages scatter by them.
func TestStandardErrors(t *testing.T) {
	verification.Long(t)
	network := networktest.ConstantRates()
	var averages []float64
	claimed := 0.0
	const ensembles = 200
	for seed := range uint64(ensembles) {
		s, err := Ensemble{Network: network, N: 5, Replicas: 20, Seed: seed}.Run(context.Background(), []float64{1})
		if err != nil {
			t.Fatal(err)
		}
		averages = append(averages, s.Mean[0][0])
		claimed += s.StandardError.Mean[0][0] * s.StandardError.Mean[0][0] / ensembles
	}
	mean, square := 0.0, 0.0
	for _, x := range averages {
		mean += x / ensembles
	}
	for _, x := range averages {
		square += (x - mean) * (x - mean) / (ensembles - 1)
	}
	// The ratio of two variance estimates of 199 and about 3800 degrees of freedom.
	if ratio := square / claimed; ratio < 0.55 || ratio > 1.65 {
		t.Errorf("the averages scatter by %.3g times the variance claimed", ratio)
	}
}

func TestEnsembleProgressAndCancel(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	var seen []int
	var cancelled time.Time
	ctx, cancel := context.WithCancelCause(context.Background())
	stop := errors.New("enough")
	ensemble := Ensemble{Network: network, N: 40, Replicas: 1000, Seed: 1, Progress: func(p Progress) {
		if p.Replicas != 1000 || !(p.PerSecond > 0) || p.Left < 0 {
			t.Errorf("progress %+v", p)
		}
		if seen = append(seen, p.Finished); p.Finished == 5 {
			cancelled = time.Now()
			cancel(stop)
		}
	}}
	begin := time.Now()
	_, err := ensemble.Run(ctx, bnn.Every(0.5, 1))
	if !errors.Is(err, stop) {
		t.Errorf("%v, want the cause of the cancellation", err)
	}
	for i, finished := range seen {
		if finished != i+1 {
			t.Fatalf("progress %v", seen)
		}
	}
	// On this machine as it is now, what is under way may take as long as what came before.
	if took, before := time.Since(cancelled), cancelled.Sub(begin); len(seen) > 20 || took > time.Second+before {
		t.Errorf("%d replicas, %v until 5 of them and %v until the end of a cancelled run", len(seen), before, took)
	}
}

// lookedAt is a context that ends when it is looked at for the third time.
type lookedAt struct {
	context.Context
	cancel context.CancelCauseFunc
	cause  error
	looks  []time.Time
}

func (c *lookedAt) Err() error {
	if c.looks = append(c.looks, time.Now()); len(c.looks) == 3 {
		c.cancel(c.cause)
	}
	return c.Context.Err()
}

// A long replica looks often at the context, and is left where it finds it ended.
func TestLongReplicaIsLeftInTheMiddle(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	network.Initial.OnManifold = false // which looks at the context, too
	begin := time.Now()
	if err := Simulate(context.Background(), network, 2000, 1, []float64{0.1}); err != nil {
		t.Fatal(err)
	}
	short := time.Since(begin) // a thousandth of the long one, and as slow as this machine is now
	ctx, cancel := context.WithCancelCause(context.Background())
	c := &lookedAt{Context: ctx, cancel: cancel, cause: errors.New("enough")}
	// The third look finds the end, and one more may be for its cause.
	if err := Simulate(c, network, 2000, 1, []float64{100}); !errors.Is(err, c.cause) || len(c.looks) > 4 {
		t.Fatalf("%v after %d looks, want the cause of the end after 3", err, len(c.looks))
	}
	if gap := c.looks[2].Sub(c.looks[1]); gap > 100*time.Millisecond+short {
		t.Errorf("%v between two looks, %v for a thousandth of the replica", gap, short)
	}
}

func TestSingleReplicaHasNoStandardError(t *testing.T) {
	s, err := Ensemble{Network: networktest.ReadNetwork(t, "abstract"), N: 10, Replicas: 1}.Run(context.Background(), bnn.Every(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	if !math.IsNaN(s.StandardError.Mean[1][0]) {
		t.Errorf("standard error %g of a single replica", s.StandardError.Mean[1][0])
	}
}
