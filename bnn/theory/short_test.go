package theory

import "testing"

// long leaves a test to the whole run: one that compares with simulations, with another
// implementation or over many networks, in a second and more.
func long(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it takes a second and more, and another test goes the same way on less")
	}
}
