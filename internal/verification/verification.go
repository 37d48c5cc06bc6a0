// Package verification says which tests run when, by the one convention of docs/decisions/tests.md:
// short ones always, long ones without -short, and verification if the environment asks for it.
package verification

import (
	"os"
	"testing"
)

// Variable is the environment variable that asks for verification, as .ci/run does.
const Variable = "BALANCED_VERIFICATION"

// Only leaves a test to verification: one of laws over many replicas, of orders over many runs, of
// kills at many moments or of many networks or pages, which takes more than some five seconds.
// In a table it leaves rows that go the same way as another, which stays a unit test.
func Only(t testing.TB) {
	t.Helper()
	if testing.Short() || os.Getenv(Variable) == "" {
		t.Skipf("left to verification, which %s=1 go test runs", Variable)
	}
}

// Long leaves a test out of short runs: one that takes more than half a second.
func Long(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it takes more than half a second, and on less it would tell nothing")
	}
}
