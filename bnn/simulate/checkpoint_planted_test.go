package simulate

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/random"
	"balanced/internal/verification"
)

// Planted: a variable that keeps the value it has in a new run, as if the checkpoint had
// forgotten it, is noticed in the bytes.
func TestForgottenStateIsNoticed(t *testing.T) {
	verification.Long(t)
	everyMoment(t)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	stimulated := resumedCases(t)[4].ensemble.Network
	exactBugs := map[string]func(r, fresh *exactRun){
		"nothing": func(_, _ *exactRun) {},
		"stream":  forgetting("stream"),
		"half of stream": func(r, fresh *exactRun) {
			inside[random.Stream](r, "stream").B = inside[random.Stream](fresh, "stream").B
		},
		"next candidate": forgetting("next"),
		"x":              forgetting("x"),
		"x of one neuron": func(r, fresh *exactRun) {
			(*inside[[]float64](r, "x"))[3] = (*inside[[]float64](fresh, "x"))[3]
		},
		"polynomials":     forgetting("members"),
		"pathways":        forgetting("pathways"),
		"when they start": forgetting("sync"),
		"how far":         func(r, fresh *exactRun) { *inside[float64](r, "span") = *inside[float64](fresh, "span") / 2 },
		"end of window": func(r, _ *exactRun) {
			*inside[float64](r, "window", "end") = *inside[float64](r, "sync") + 0.01
		},
		"row": forgetting("row"),
	}
	classBugs := map[string]func(r, fresh *exactRun){
		"nothing": func(_, _ *exactRun) {},
		"order by classes": func(r, _ *exactRun) {
			slices.Reverse((*inside[[]uint32](r, "order"))[:len(*inside[[]uint16](r, "class"))])
		},
		"slots":              func(r, _ *exactRun) { slices.Reverse(inside[[4096]uint16](r, "slots")[:]) },
		"classes of neurons": func(r, _ *exactRun) { slices.Reverse((*inside[[]uint16](r, "class"))[:150]) },
		"limits": func(r, _ *exactRun) {
			for i := range inside[[256]float64](r, "few", "limits") {
				inside[[256]float64](r, "few", "limits")[i] = -100
			}
		},
	}
	plainBugs := map[string]func(r, fresh *plainRun){
		"nothing":        func(_, _ *plainRun) {},
		"next candidate": func(r, fresh *plainRun) { r.next = fresh.next },
		"row":            func(r, fresh *plainRun) { r.row = fresh.row },
		"a potential":    func(r, fresh *plainRun) { r.decaying[1][2] = fresh.decaying[1][2] },
		"its time":       func(r, fresh *plainRun) { r.updated[1][2] = fresh.updated[1][2] },
		"spikes":         func(r, fresh *plainRun) { r.state.Spikes[0][1] = fresh.state.Spikes[0][1] },
		"random numbers": func(r, fresh *plainRun) { r.random = fresh.random },
	}
	leapBugs := map[string]func(r, fresh *leapRun){
		"nothing":          func(_, _ *leapRun) {},
		"rates before":     func(r, fresh *leapRun) { r.scheme.Before = fresh.scheme.Before },
		"rates":            func(r, fresh *leapRun) { r.scheme.After = fresh.scheme.After },
		"input":            func(r, fresh *leapRun) { r.scheme.Input = fresh.scheme.Input },
		"step before":      func(r, fresh *leapRun) { r.scheme.Previous = fresh.scheme.Previous },
		"shift owed":       func(r, fresh *leapRun) { r.scheme.Pending = fresh.scheme.Pending },
		"expected spikes":  func(r, fresh *leapRun) { r.scheme.Expected = fresh.scheme.Expected },
		"kick owed":        func(r, fresh *leapRun) { r.scheme.Stopped = !r.scheme.Stopped },
		"a potential":      func(r, fresh *leapRun) { r.state.Potentials[0][1]++ },
		"stream of blocks": func(r, fresh *leapRun) { r.neurons.Blocks[0].Random = fresh.neurons.Blocks[0].Random },
		"random numbers":   func(r, fresh *leapRun) { r.neurons.Spikes.Random = fresh.neurons.Spikes.Random },
		"excess spikes":    func(r, fresh *leapRun) { r.neurons.Spikes.Excess = fresh.neurons.Spikes.Excess },
	}
	for name, bug := range classBugs {
		plantBug(t, ended, networktest.ReadNetwork(t, "silent"), 150, nil, 450, name, bug)
	}
	fewBugs := map[string]func(r, fresh *exactRun){
		"nothing":     func(_, _ *exactRun) {},
		"polynomials": forgetting("few", "members"),
		"pathways":    forgetting("few", "pathways"),
	}
	for name, bug := range fewBugs {
		plantBug(t, ended, networktest.ReadNetwork(t, "dense"), 200, nil, 1300, name, bug)
	}
	// A moment within a window at which all of these matter: the polynomials are soon made anew.
	for name, bug := range exactBugs {
		plantBug(t, ended, stimulated, 60, nil, 15, name, bug)
	}
	for name, bug := range plainBugs {
		plantBug(t, ended, stimulated, 60, Pairwise{}, 9, name, bug)
	}
	for name, bug := range leapBugs {
		plantBug(t, ended, stimulated, 60, Leap{Step: 0.01}, 90, name, bug)
	}
}

// plantBug stops a run after so many questions, changes what is read from its checkpoint, and
// complains if that goes unnoticed.
func plantBug[R resumable](t *testing.T, ended context.Context, network *bnn.Network, n int, method Method, asks int, name string, bug func(r, fresh R)) {
	t.Helper()
	plan, err := newPlan(context.Background(), network, n, bnn.Every(0.25, 2))
	if err != nil {
		t.Fatal(err)
	}
	// The whole run, the one to be stopped and the one that goes on.
	record := func(ctx context.Context, found []byte, mend func(resumable)) ([]float64, []byte, error) {
		source := random.NewSource(1, "", 2, 3)
		var moments MomentRecorder
		var spikes SpikeRecorder
		recorders := []Recorder{&moments, &spikes}
		for _, recorder := range recorders {
			if err := recorder.Start(network, plan.counts, plan.times); err != nil {
				t.Fatal(err)
			}
		}
		var state []byte
		watch := &replicaWatch{found: found, keep: func(kept []byte) error { state = kept; return nil }}
		watch.begin(2, source, recorders)
		if to, is := ctx.(*interrupting); is {
			to.watch = watch
		} else {
			ctx = withWatch(ctx, watch)
		}
		run, start := newRun(t, plan, method, rand.New(source), recorders...)
		watch.parts = append(watch.parts, mending{func() { mend(run) }})
		err := start(ctx)
		return flatten(&moments, &spikes), state, err
	}
	nothing := func(resumable) {}
	want, _, err := record(context.Background(), nil, nothing)
	if err != nil {
		t.Fatal(err)
	}
	_, state, err := record(&interrupting{Context: ended, asks: asks, round: rand.New(rand.NewPCG(1, 2))}, nil, nothing)
	if err != context.Canceled {
		t.Fatal(err)
	}
	fresh, _ := newRun(t, plan, method, random.New(1, "", 2, 3))
	got, _, err := record(context.Background(), state, func(run resumable) { bug(run.(R), fresh.(R)) })
	if same := err == nil && reflect.DeepEqual(got, want); same != (name == "nothing") {
		t.Errorf("%T: with %s forgotten the bytes are the same: %v, %v", fresh, name, same, err)
	}
}

// A mending changes a run once it has been read.
type mending struct{ change func() }

func (m mending) checkpoint(c *checkpoint.Coder) {
	if c.Reading() {
		m.change()
	}
}

// inside is a variable of an exact replica, which is another package's; they are of the sizes that
// the package gives them.
func inside[T any](run *exactRun, path ...string) *T {
	field := reflect.ValueOf(run.replica).Elem()
	for _, name := range path {
		field = field.FieldByName(name)
	}
	if field.Type() != reflect.TypeFor[T]() {
		panic(field.Type().String())
	}
	return (*T)(field.Addr().UnsafePointer())
}

// forgetting gives a variable of an exact replica the value that it has in a new one.
func forgetting(path ...string) func(r, fresh *exactRun) {
	return func(r, fresh *exactRun) {
		to, from := reflect.ValueOf(r.replica).Elem(), reflect.ValueOf(fresh.replica).Elem()
		for _, name := range path {
			to, from = to.FieldByName(name), from.FieldByName(name)
		}
		reflect.NewAt(to.Type(), to.Addr().UnsafePointer()).Elem().Set(reflect.NewAt(from.Type(), from.Addr().UnsafePointer()).Elem())
	}
}
