package simulate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
	"balanced/internal/verification"
)

// yardstick is how long this machine takes now for five million exponentials, a twentieth of a
// second of one that is quiet: what is measured in it means the same on a slow machine and a busy one.
func yardstick() time.Duration {
	begin, sum := time.Now(), 0.0
	for i := range 5_000_000 {
		sum += math.Exp(-float64(i%1000) / 100)
	}
	if sum <= 0 { // never; but the sum has to be needed
		return 0
	}
	return time.Since(begin)
}

// The end of the context ends what is computed at finite n within twenty yardsticks, also in the
// midst of the long steps of many populations.
func TestFiniteComputationsStop(t *testing.T) {
	const n = 4000
	network := networktest.ManyClasses(250)
	network.Initial.OnManifold = false // which takes as long as the times below
	times := bnn.Every(0.02, 6)        // at each of which a step ends
	for name, compute := range map[string]func(ctx context.Context) error{
		"finite size": func(ctx context.Context) error { _, err := theory.FiniteSize(ctx, network, n, times); return err },
		"fourth":      func(ctx context.Context) error { _, err := theory.FourthCumulant(ctx, network, n, times); return err },
		"sampling noise": func(ctx context.Context) error {
			_, err := theory.SamplingNoise(ctx, network, n, times)
			return err
		},
		"leap": func(ctx context.Context) error {
			_, err := Ensemble{Network: network, N: n, Replicas: 50, Method: Leap{}}.Run(ctx, times)
			return err
		},
	} {
		for _, after := range []time.Duration{0, 50 * time.Millisecond, 1500 * time.Millisecond} {
			t.Run(fmt.Sprint(name, " after ", after), func(t *testing.T) {
				switch {
				case after == 0:
					verification.Long(t) // in the midst it takes more
				case after > time.Second:
					verification.Only(t)
				}
				// A machine may get busy in between once, slow code is slow each time.
				const allowed = 20
				took := math.Inf(1) // yardsticks
				for try := 0; try < 5 && took > allowed; try++ {
					unit := yardstick()
					stop := errors.New("enough")
					ctx, cancel := context.WithCancelCause(context.Background())
					var asked time.Time
					time.AfterFunc(after, func() { asked = time.Now(); cancel(stop) })
					if err := compute(ctx); !errors.Is(err, stop) {
						t.Fatalf("%s, stopped after %v: %v", name, after, err)
					}
					took = min(took, float64(time.Since(asked))/float64(unit))
				}
				if took > allowed {
					t.Errorf("%s, stopped after %v: ended %.3g yardsticks later, at most %d are allowed", name, after, took, allowed)
				}
				t.Logf("%s, stopped after %v: ended %.3g yardsticks later", name, after, took)
			})
		}
	}
}
