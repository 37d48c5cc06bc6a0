package simulate

import (
	"context"
	"errors"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
)

// The end of the context ends what is computed at finite n within a second, also in the
// midst of the long steps of many populations.
func TestFiniteComputationsStop(t *testing.T) {
	const n = 4000
	network := networktest.ManyClasses(250)
	network.Initial.OnManifold = false // which takes as long as the times below
	times := bnn.Every(0.5, 3)
	for name, compute := range map[string]func(ctx context.Context) error{
		"finite size": func(ctx context.Context) error { _, err := theory.FiniteSize(ctx, network, n, times); return err },
		"fourth":      func(ctx context.Context) error { _, err := theory.FourthCumulant(ctx, network, n, times); return err },
		"sampling noise": func(ctx context.Context) error {
			_, err := theory.SamplingNoise(ctx, network, n, []float64{1e-3})
			return err
		},
		"leap": func(ctx context.Context) error {
			_, err := Ensemble{Network: network, N: n, Replicas: 1, Method: Leap{}}.Run(ctx, times)
			return err
		},
	} {
		for _, after := range []time.Duration{0, 50 * time.Millisecond, 1500 * time.Millisecond} {
			if testing.Short() && after > time.Second {
				continue
			}
			// A busy machine may be slow once, slow code is so each time.
			took := time.Hour
			for try := 0; try < 5 && took > time.Second; try++ {
				stop := errors.New("enough")
				ctx, cancel := context.WithCancelCause(context.Background())
				var asked time.Time
				time.AfterFunc(after, func() { asked = time.Now(); cancel(stop) })
				if err := compute(ctx); !errors.Is(err, stop) {
					t.Fatalf("%s, stopped after %v: %v", name, after, err)
				}
				took = min(took, time.Since(asked))
			}
			if took > time.Second {
				t.Errorf("%s, stopped after %v: ended %v later", name, after, took)
			}
			t.Logf("%s, stopped after %v: ended %v later", name, after, took)
		}
	}
}
