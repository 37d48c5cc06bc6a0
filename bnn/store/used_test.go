//go:build !js

package store

import (
	"slices"
	"testing"
)

func TestUsed(t *testing.T) {
	s := At(t.TempDir())
	if used := append(s.Used(), (*Store)(nil).Used()...); len(used) != 0 {
		t.Errorf("used are %v before any shelf is opened", used)
	}
	var want []string
	for _, seed := range []uint64{3, 1, 2, 1} {
		recipe := example
		recipe.Seed = seed
		shelf := openShelf(t, s, recipe)
		if !slices.Contains(want, shelf.Key()) {
			want = append(want, shelf.Key())
		}
		if err := shelf.Close(); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(want)
	if got := s.Used(); !slices.Equal(got, want) || len(want) != 3 {
		t.Errorf("used are %v, want %v", got, want)
	}
}
