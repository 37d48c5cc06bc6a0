package progress

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"balanced/bnn/simulate"
)

func TestProgressText(t *testing.T) {
	for _, c := range []struct {
		progress simulate.Progress
		want     string
	}{
		{simulate.Progress{Replicas: 1}, "0 of 1 replicas"},
		{simulate.Progress{Replicas: 1, Part: 0.5, Time: 3.14159, End: 6, Speed: 0.052345, Left: 55 * time.Second}, "0 of 1 replicas, t = 3.14 of 6 at 0.0523 a second, 55s left"},
		{simulate.Progress{Finished: 3, Replicas: 40, Part: 0.08, Left: 90*time.Minute + time.Millisecond}, "3 of 40 replicas, 1h30m0s left"},
	} {
		if got := text(c.progress); got != c.want {
			t.Errorf("%+v is %q, want %q", c.progress, got, c.want)
		}
	}
}

// Without a terminal a long run says a few lines, and a short one none.
func TestProgressLines(t *testing.T) {
	var log bytes.Buffer
	p := NewReplicas(&log)
	p.bar = nil // as where the tests have a terminal
	now := simulate.Progress{Replicas: 2, Time: 1, End: 4, Speed: 0.1}
	for range 100 {
		p.Show(now)
	}
	if log.Len() > 0 {
		t.Errorf("at once it says %q", &log)
	}
	// Ten hours, looked at every minute.
	for minute := range 600 {
		p.begun = time.Now().Add(-time.Duration(minute) * time.Minute)
		p.Show(now)
	}
	if lines := strings.Count(log.String(), "\n"); lines < 8 || lines > 12 || !strings.HasPrefix(log.String(), "bnn: 0 of 2 replicas, t = 1 of 4") {
		t.Errorf("in ten hours it says\n%s", &log)
	}
}
