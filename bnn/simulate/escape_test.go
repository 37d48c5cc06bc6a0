package simulate

import (
	"errors"
	"testing"

	"balanced/bnn"
)

// Replicas of a constant input cross a level when their mean does, all at the same time.
func TestEscapes(t *testing.T) {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	ensemble := Ensemble{Network: network, N: 50, Replicas: 8, Seed: 3}
	times := bnn.Every(0.25, 1)
	for _, c := range []struct {
		name  string
		left  func(bnn.Moments) bool
		want  float64
		count int
	}{
		{"never", func(bnn.Moments) bool { return false }, 1, 0},
		{"from the start", func(bnn.Moments) bool { return true }, 0, 8},
		{"after a while", func(m bnn.Moments) bool { return m.Times[0] >= 0.5 }, 0.5, 8},
	} {
		escapes, err := ensemble.Escapes(t.Context(), times, c.left)
		if err != nil {
			t.Fatal(err)
		}
		if escapes.Count() != c.count || escapes.Exposure() != 8*c.want || len(escapes.Times) != 8 {
			t.Errorf("%s: %+v", c.name, escapes)
		}
	}
	// Looking on after the last time makes no difference to what was seen before.
	late := func(m bnn.Moments) bool { return m.Mean[0][0] > 0.55 }
	first, err := ensemble.Escapes(t.Context(), times, late)
	if err != nil {
		t.Fatal(err)
	}
	for i, left := range first.Left {
		if left && !(first.Times[i] <= 1) || !left && first.Times[i] != 1 {
			t.Errorf("replica %d: left %v at %v", i, left, first.Times[i])
		}
	}
	var input *bnn.InputError
	if _, err := ensemble.Escapes(t.Context(), nil, late); !errors.As(err, &input) || input.Path != "times" {
		t.Errorf("error %v", err)
	}
}
