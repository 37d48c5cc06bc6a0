package book

import "testing"

// Only numbers of paths are rounded: neither transforms, in which a hundredth may be a scale, nor
// what is no path.
func TestRoundPaths(t *testing.T) {
	const before = `<svg viewBox="0 0 1.25 2"><path d="M1.234 5.678L-0.05 12" transform="scale(0.0123)"/></svg>`
	const after = `<svg viewBox="0 0 1.25 2"><path d="M1.2 5.6L-0.0 12" transform="scale(0.0123)"/></svg>`
	if got := string(roundPaths([]byte(before))); got != after {
		t.Errorf("%s, want %s", got, after)
	}
}
