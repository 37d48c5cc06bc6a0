//go:build !js

package sweep

import (
	"errors"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/store"
)

// Rows after a Status reads what that has gathered, but a sweep that was changed meanwhile is
// checked again.
func TestRowsAfterStatus(t *testing.T) {
	counted := newCounted("counted")
	s := &Sweep{Design: small(t), Measures: []Measure{counted}, Workers: 1}
	want := rows(t, s)
	s.Store = store.At(t.TempDir())
	for number := range 3 {
		s.Shard = Shard{number + 1, 3}
		rows(t, s)
	}
	s.Shard = whole
	counted.taken()
	for range 2 { // gathered by Status, and by Rows itself
		if got := rows(t, s); !slices.Equal(got, want) || len(counted.taken()) > 0 {
			t.Errorf("%q, and without a store %q", got, want)
		}
		if status, err := s.Status(t.Context()); err != nil || status.Complete != 12 {
			t.Fatalf("%+v, %v", status, err)
		}
	}
	s.Axes = slices.Clone(s.Axes)
	s.Axes[1].Values = []float64{-1, 2, 8}
	for _, err := range s.Rows(t.Context()) {
		var input *bnn.InputError
		if !errors.As(err, &input) {
			t.Errorf("a slope of -1 after Status: %v", err)
		}
	}
	if len(counted.taken()) > 0 {
		t.Error("points were computed of a sweep with a bad value")
	}
}
