package simulate

import "testing"

// long leaves a test to the whole run: one that needs its full sample for the bugs that are
// planted in it, or kills processes, or measures memory. What is left with -short runs side by side
// all that the room runs side by side, and is what the race detector looks at.
func long(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it takes seconds, and with a smaller sample it would tell nothing")
	}
}
