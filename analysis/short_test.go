package analysis

import "testing"

// long leaves a test to the whole run: one that counts how often an estimate or a test is right,
// which takes all its repetitions for the faults that are planted in it.
func long(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it counts over many repetitions, and over fewer it would tell nothing")
	}
}
