//go:build !js

package simulate

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/store"
)

// leftGoroutines waits until no goroutine runs code of this package but those of tests, and
// tells the stacks of those that stay.
func leftGoroutines() string {
	var left string
	for range 200 {
		buffer := make([]byte, 1<<20)
		buffer = buffer[:runtime.Stack(buffer, true)]
		left = ""
		for _, stack := range strings.Split(string(buffer), "\n\n") {
			if strings.Contains(stack, "balanced/bnn/simulate.") && !strings.Contains(stack, "testing.tRunner") {
				left += stack + "\n\n"
			}
		}
		if left == "" {
			return ""
		}
		time.Sleep(10 * time.Millisecond)
	}
	return left
}

// first takes so many of a sequence and leaves the loop.
func first[T any](t testing.TB, sequence iter.Seq2[T, error], count int) (taken []T) {
	t.Helper()
	for one, err := range sequence {
		if err != nil {
			t.Fatal(err)
		}
		if taken = append(taken, one); len(taken) == count {
			break
		}
	}
	return taken
}

// Whoever leaves the loop early, has had the first replicas, in order, and leaves no
// goroutine behind: not by break, not by a panic, with workers and from a store.
func TestLeavingEachEarly(t *testing.T) {
	times := bnn.Every(0.5, 1)
	ensemble := Ensemble{Network: networktest.ReadNetwork(t, "abstract"), N: 30, Replicas: 60, Seed: 5, Workers: 4}
	all := bnn.Must(Collect(ensemble.Each(t.Context(), times)))
	states := bnn.Must(Collect(ensemble.States(t.Context(), times, 3)))
	kept := store.At(t.TempDir())
	for _, count := range []int{1, 7, 60} {
		for _, s := range []*store.Store{nil, kept} {
			ensemble.Store = s
			if got := first(t, ensemble.Each(t.Context(), times), count); !reflect.DeepEqual(got, all[:count]) {
				t.Errorf("the first %d replicas are others", count)
			}
			if got := first(t, ensemble.States(t.Context(), times, 3), count); !reflect.DeepEqual(got, states[:count]) {
				t.Errorf("the states of the first %d replicas are others", count)
			}
			if left := leftGoroutines(); left != "" {
				t.Fatalf("after %d replicas these stay:\n%s", count, left)
			}
		}
	}
	func() {
		defer func() { _ = recover() }()
		for range ensemble.Each(t.Context(), []float64{0.25}) {
			panic("a loop that fails")
		}
	}()
	if left := leftGoroutines(); left != "" {
		t.Fatalf("after a panic these stay:\n%s", left)
	}
}

// A long replica that nobody wants any more is left in the middle.
func TestLeavingEachStopsLongReplicas(t *testing.T) {
	ensemble := Ensemble{Network: networktest.ReadNetwork(t, "abstract"), N: 10, Replicas: 2, Seed: 5, Workers: 2}
	compute := func(ctx context.Context, replica int) ([]float64, error) {
		if replica == 0 {
			return []float64{1}, nil
		}
		<-ctx.Done() // for ever, if nobody stops it
		return nil, context.Cause(ctx)
	}
	err := ensemble.collect(t.Context(), quantity{compute: compute}, func([]float64) bool { return false })
	if err != errEnough {
		t.Errorf("%v, want that no more are wanted", err)
	}
}

// The replicas of a loop that was left are in the store, and read by the next one.
func TestLeavingEachKeepsWhatIsFinished(t *testing.T) {
	kept := store.At(t.TempDir())
	ensemble := Ensemble{Network: networktest.ReadNetwork(t, "abstract"), N: 10, Replicas: 40, Seed: 5, Workers: 2, Store: kept}
	first(t, ensemble.Each(t.Context(), []float64{1}), 10)
	// At most two a worker are ahead.
	if replicas := replicasIn(t, kept); replicas < 10 || replicas > 10+2*2 {
		t.Errorf("%d replicas are kept of a loop that was left after 10", replicas)
	}
}

// An error comes once and last, after the replicas before it, and with none of its own.
func TestEachEndsWithItsError(t *testing.T) {
	ensemble := Ensemble{Network: networktest.ReadNetwork(t, "abstract"), N: 10, Replicas: 1000, Seed: 5, Workers: 2}
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	enough := errors.New("enough")
	good, bad := 0, 0
	for moments, err := range ensemble.Each(ctx, []float64{1}) {
		switch {
		case err == nil && bad == 0:
			good++
		case bad == 0 && errors.Is(err, enough) && moments.Times == nil:
			bad++
		default:
			t.Errorf("after %d replicas and %d errors come %v and %v", good, bad, moments, err)
		}
		if good == 3 {
			cancel(enough)
		}
	}
	if good < 3 || good > 3+2*2 || bad != 1 {
		t.Errorf("%d replicas and %d errors", good, bad)
	}
}

// What ran is told, and why it was not what the method is made for.
func TestSummaryTellsTheEngine(t *testing.T) {
	noisy := networktest.ReadNetwork(t, "abstract")
	noisy.Populations[1].Noise = 0.3
	leaking := networktest.ReadNetwork(t, "abstract")
	leaking.Initial.OnManifold = false
	leaking.Populations[1].Tau = 1e-12
	// A stimulus of so many periods that the equations at finite n give up.
	fast := networktest.ReadNetwork(t, "abstract")
	fast.Initial.OnManifold = false
	fast.Populations[0].Stimulus = bnn.Sine{Amplitude: 1e-6, Period: 1e-9}
	for _, c := range []struct {
		network  *bnn.Network
		method   Method
		engine   string
		fallback string // a part of it
	}{
		{networktest.ReadNetwork(t, "abstract"), nil, "thinning", ""},
		{noisy, Exact{}, "thinning", ""},
		{leaking, Exact{}, "plain", "populations[1] has a time constant"},
		{noisy, Pairwise{}, "pairwise", ""},
		{noisy, Leap{Step: 0.1}, "leap", ""},
		{noisy, Leap{}, "leap", ""},
		{fast, Leap{Tolerance: 0.1}, "leap", "the step was chosen by halving steps"},
		{noisy, MeanField{}, "mean field", ""},
		{noisy, SharedSpikes{}, "shared spikes", ""},
		{noisy, Sparse{InDegree: 4}, "sparse", ""},
	} {
		s, err := Ensemble{Network: c.network, N: 10, Replicas: 1, Method: c.method}.Run(t.Context(), []float64{0.2})
		if err != nil {
			t.Fatal(err)
		}
		if s.Engine != c.engine || !strings.Contains(s.Fallback, c.fallback) || c.fallback == "" && s.Fallback != "" {
			t.Errorf("%T: %q and %q, want %q and %q", c.method, s.Engine, s.Fallback, c.engine, c.fallback)
		}
		if _, leap := c.method.(Leap); leap != (s.Steps > 0) || leap && float64(s.Steps)*s.Step < 0.2*(1-1e-9) {
			t.Errorf("%T: %d steps of at most %g", c.method, s.Steps, s.Step)
		}
	}
}
