package theory

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/numbers"
	"balanced/internal/verification"
)

// A network at rest stays there for as long as is asked, at the stationary state, and what
// jumps later still moves it.
func TestLimitAtRest(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	for _, end := range []float64{3e6, 1e300} {
		limit, err := Limit(t.Context(), network, []float64{1, end / 2, end})
		if err != nil {
			t.Fatal(err)
		}
		states, err := StationaryStates(t.Context(), network)
		if err != nil {
			t.Fatal(err)
		}
		for row := 1; row < 3; row++ {
			if d := networktest.DistanceOf(limit.Mean[row], states[0].Mean) + networktest.DistanceOf(limit.Variance[row], states[0].Variance); d > 1e-9 {
				t.Errorf("at t = %g it is %g away from rest", limit.Times[row], d)
			}
		}
	}
	short, late := *network, *network
	short.Populations, late.Populations = append([]bnn.Population(nil), network.Populations...), append([]bnn.Population(nil), network.Populations...)
	short.Populations[0].Stimulus = bnn.Pulse{Amplitude: 1, Start: 50, Duration: 2}
	late.Populations[0].Stimulus = bnn.Pulse{Amplitude: 1, Start: 1e6, Duration: 2}
	soon := bnn.Must(Limit(t.Context(), &short, []float64{51.5}))
	later := bnn.Must(Limit(t.Context(), &late, []float64{1e6 + 1.5}))
	if d := networktest.DistanceOf(soon.Mean[0], later.Mean[0]); d > 1e-9 || math.Abs(later.Mean[0][0]-bnn.Must(StationaryStates(t.Context(), network))[0].Mean[0]) < 0.1 {
		t.Errorf("a late pulse leads to %v, an early one to %v", later.Mean[0], soon.Mean[0])
	}
}

// A sine that is followed for more periods than there are steps is refused at once, with
// what could be asked.
func TestLimitOfTooManyPeriods(t *testing.T) {
	began := time.Now()
	_, err := Limit(t.Context(), networktest.ReadNetwork(t, "feedforward"), []float64{1e300})
	var refusal *bnn.InputError
	if !errors.As(err, &refusal) || refusal.Path != "times" || !strings.Contains(err.Error(), "the stimuli never rest") {
		t.Errorf("%v", err)
	}
	if time.Since(began) > time.Second {
		t.Errorf("it took %v", time.Since(began))
	}
}

// crowd is a network of so many inhibitory populations that all its linear algebra takes
// long. It is balanced where all fire at half their largest rate.
func crowd(populations int) *bnn.Network {
	n := &bnn.Network{Name: "crowd", Weights: numbers.Table(populations, populations)}
	drive := make([]float64, populations)
	for a := range populations {
		n.Populations = append(n.Populations, bnn.Population{Name: "P" + numbers.Text(float64(a)), Tau: 1, Size: 1 / float64(populations), Rate: bnn.Logistic{Max: 1, Slope: 1, Threshold: 0}})
		n.Initial.Mean = append(n.Initial.Mean, 0.1)
		n.Initial.Variance = append(n.Initial.Variance, 1)
		for b := range populations {
			n.Weights[a][b] = -0.1 * float64((7*a+3*b)%5)
			if a == b {
				n.Weights[a][b] = -float64(populations)
			}
			drive[a] -= n.Populations[a].Size * n.Weights[a][b] / 2
		}
	}
	n.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: drive}}
	return n
}

// soon is how long what is to stop within a second may take: a second on a machine that
// multiplies two matrices of the populations in 25 ms, and longer on one that is slower, or as
// busy now.
func soon(populations int) time.Duration {
	a, b, product := mat.NewDense(populations, populations, nil), mat.NewDense(populations, populations, nil), mat.Dense{}
	for i := range a.RawMatrix().Data {
		a.RawMatrix().Data[i], b.RawMatrix().Data[i] = 1/float64(1+i%7), 1/float64(1+i%11)
	}
	begin := time.Now()
	product.Mul(a, b)
	return max(time.Second, 40*time.Since(begin))
}

// The end of the context ends each within a second, also in the middle of the linear algebra
// of 400 populations, and its cause is the error.
func TestTheoryIsCancelled(t *testing.T) {
	verification.Long(t)
	network := crowd(400)
	reason := errors.New("enough")
	for name, solve := range map[string]func(context.Context) error{
		"Limit": func(ctx context.Context) error { _, err := Limit(ctx, network, []float64{0, 100}); return err },
		"Project": func(ctx context.Context) error {
			_, err := Project(ctx, network, 0, network.Initial.Mean, network.Initial.Variances())
			return err
		},
		"StationaryStates": func(ctx context.Context) error { _, err := StationaryStates(ctx, network); return err },
	} {
		for _, after := range []time.Duration{0, 50 * time.Millisecond, 700 * time.Millisecond} {
			if testing.Short() && after > 100*time.Millisecond {
				continue
			}
			// A busy machine may be slow once, slow code is so each time.
			for try := 1; ; try++ {
				ctx, cancel := context.WithCancelCause(t.Context())
				var cancelled time.Time
				time.AfterFunc(after, func() { cancelled = time.Now(); cancel(reason) })
				err := solve(ctx)
				ended := time.Now()
				<-ctx.Done()
				if err != reason && !(name == "Project" && err == nil) { // which may be fast enough
					t.Errorf("%s: %v, want the cause of the context", name, err)
				}
				took, limit := ended.Sub(cancelled), soon(len(network.Populations))
				if err != reason || took <= limit {
					break
				}
				if try == 3 {
					t.Errorf("%s goes on for %v after the end of its context, want at most %v", name, took, limit)
					break
				}
			}
		}
	}
}
