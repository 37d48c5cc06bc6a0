//go:build !js

package simulate

import (
	"context"
	"math"
	"testing"
	"time"
)

// watchedProgress runs an ensemble and returns what its Progress was told.
func watchedProgress(t testing.TB, e Ensemble, run func(e Ensemble) error) []Progress {
	t.Helper()
	before := lookEvery
	lookEvery = 2 * time.Millisecond
	defer func() { lookEvery = before }()
	var told []Progress
	calls := make(chan struct{}, 1)
	e.Progress = func(p Progress) {
		select {
		case calls <- struct{}{}:
		default:
			t.Error("called twice at once")
		}
		told = append(told, p)
		<-calls
	}
	if err := run(e); err != nil {
		t.Fatal(err)
	}
	return told
}

// A single replica shows how far it is, at a speed and with a time left that agree.
func TestProgressInsideReplicas(t *testing.T) {
	for name, ensemble := range longEnsembles(t) {
		for what, run := range map[string]func(e Ensemble) error{
			"Run": func(e Ensemble) error {
				_, err := e.Run(context.Background(), rareTimes)
				return err
			},
			"Replica": func(e Ensemble) error {
				return e.Replica(context.Background(), 0, rareTimes)
			},
		} {
			ensemble.Replicas = 1
			told := watchedProgress(t, ensemble, run)
			last := Progress{}
			inside := 0
			for _, p := range told {
				if p.Replicas != 1 || p.Part < last.Part || p.Finished < last.Finished || p.Part > 1 || p.Left < 0 {
					t.Errorf("%s, %s: after %+v comes %+v", name, what, last, p)
				}
				if p.End > 0 {
					inside++
					if p.End != 1.5 || !(p.Time > 0 && p.Time <= 1.5) || !(p.Speed > 0) || math.Abs(p.Part-p.Time/1.5) > 1e-12 || p.Left <= 0 && p.Time < 1.5 {
						t.Errorf("%s, %s: %+v", name, what, p)
					}
				}
				last = p
			}
			if inside < 5 || last.Finished != 1 || last.Part != 1 || last.Left != 0 {
				t.Errorf("%s, %s: told %d times inside, last %+v", name, what, inside, last)
			}
		}
	}
}

// What was there before, from the store or a checkpoint, is not taken for work of this run.
func TestProgressAfterResume(t *testing.T) {
	now := time.Now()
	w := &watches{replicas: 4}
	stored, done, going := w.begin(0), w.begin(1), w.begin(2)
	w.begin(3) // waits
	w.end(stored, nil)
	w.count()
	done.replicaSeen = replicaSeen{begun: now.Add(-10 * time.Second), end: 2, from: 1, reached: 1.9, kept: -1}
	w.end(done, nil)
	w.count()
	going.replicaSeen = replicaSeen{begun: now.Add(-5 * time.Second), answered: now, end: 2, from: 1, reached: 1.5, kept: -1}
	p := w.progress()
	// Half of replica 1 and a quarter of replica 2 in ten seconds; a quarter and a whole are left.
	if p.Finished != 2 || math.Abs(p.Part-2.75/4) > 1e-12 || math.Abs(p.PerSecond-0.075) > 1e-3 || math.Abs(p.Left.Seconds()-1.25/0.075) > 0.1 {
		t.Errorf("%+v", p)
	}
	if p.Time != 1.5 || p.End != 2 || math.Abs(p.Speed-0.1) > 1e-9 {
		t.Errorf("%+v", p)
	}
}
