package kernel

import (
	"errors"
	"testing"
	"time"

	"balanced/internal/verification"
)

// A cell that reads what nobody writes is given up, and not one that reads and goes on.
func TestCellThatReadsItsInput(t *testing.T) {
	verification.Long(t)
	t.Run("waits", func(t *testing.T) {
		t.Parallel()
		k, begin := start(t), time.Now()
		e, err := k.Execute(t.Context(), "stdout before\nread true", time.Minute)
		if !errors.Is(err, ErrInput) {
			t.Errorf("error %v, want %v", err, ErrInput)
		}
		if took := time.Since(begin); took < (inputSightings-1)*inputInterval {
			t.Errorf("given up after %v, in which a program may be about to go on", took)
		}
		wantOutputs(t, e, stream("stdout", "before\n"))
	})
	for _, busy := range []string{
		"exec sleep 3",                  // waits for something else
		"sleep 3 | cat; exit",           // reads what the cell itself writes
		"cat </dev/null; sleep 3; exit", // reads to an end
	} {
		t.Run(busy, func(t *testing.T) {
			t.Parallel()
			wantOutputs(t, execute(t, start(t), "read "+busy, "stdout after"), stream("stdout", "after\n"))
		})
	}
}

func TestInputWatch(t *testing.T) {
	k := start(t)
	w := inputWatch{process: k.process}
	for range 2 * inputSightings {
		if w.waits() {
			t.Fatal("a kernel without a cell waits for input")
		}
	}
	w.reader, w.seen = "1 0 0", inputSightings-1
	if w.waits() || w.seen != 0 {
		t.Error("another program, or one that has used the processor, counts as the one before")
	}
	w.seen = inputSightings - 1
	if w.output(); w.seen != 0 {
		t.Error("a cell with new output counts as one that waits")
	}
}
