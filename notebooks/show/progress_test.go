package show

import (
	"testing"
	"time"

	"balanced/bnn/simulate"
)

func TestProgressLine(t *testing.T) {
	for _, c := range []struct {
		progress simulate.Progress
		want     string
	}{
		{simulate.Progress{Finished: 0, Replicas: 3}, "a: 0 of 3 ░░░░░░░░░░░░░░░░░░░░"},
		{simulate.Progress{Finished: 1, Replicas: 3, Left: 1400 * time.Millisecond, PerSecond: 1}, "a: 1 of 3 ██████░░░░░░░░░░░░░░ 1s left"},
		// Inside of replicas.
		{simulate.Progress{Finished: 0, Replicas: 1, Part: 0.5, Time: 3.1415, End: 6, Speed: 2, Left: time.Minute}, "a: 0 of 1 ██████████░░░░░░░░░░ t = 3.14 of 6 1m0s left"},
		{simulate.Progress{Finished: 999, Replicas: 1000}, "a: 999 of 1000 ███████████████████░"},
		// What stays does not tell how long it took.
		{simulate.Progress{Finished: 3, Replicas: 3, Left: time.Second, PerSecond: 2}, "a: 3 of 3"},
		{simulate.Progress{}, "a: 0 of 0"},
	} {
		if got := progressLine("a", c.progress); got != c.want {
			t.Errorf("%+v is %q, want %q", c.progress, got, c.want)
		}
	}
}
