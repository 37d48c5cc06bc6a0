package show_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/notebooks/show"
)

// Cells share functions, not variables: each that calls limit gets what the first one computed.
func ExampleKeep() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	times := bnn.Every(0.01, 10)
	limit := func() *bnn.Trajectory {
		return show.Keep("limit", []any{network, times}, func() (*bnn.Trajectory, error) {
			return theory.Limit(context.Background(), network, times)
		})
	}
	show.Markdown(fmt.Sprintf("The last mean of E is %.3f.", limit().Mean[len(times)-1][0]))
}

func TestKeep(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	computed := 0
	for range 2 {
		if got := show.Keep("x", 3, func() (float64, error) { computed++; return 0.1, nil }); got != 0.1 {
			t.Errorf("kept is %v", got)
		}
	}
	if computed != 1 {
		t.Errorf("computed %d times, want once", computed)
	}
	broken := errors.New("no limit")
	defer func() {
		if err, _ := recover().(error); !errors.Is(err, broken) {
			t.Errorf("panics with %v, want the error of the function", err)
		}
	}()
	show.Keep("y", nil, func() (float64, error) { return 0, broken })
}
