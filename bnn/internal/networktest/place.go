// Package networktest has networks, references and checks that the tests of several rooms share.
package networktest

import (
	"os"
	"path/filepath"
	"testing"
)

// Place returns the path of a file of the repository, named from its root, whichever room
// the test stands in.
func Place(t testing.TB, parts ...string) string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			return filepath.Join(append([]string{root}, parts...)...)
		}
		if filepath.Dir(root) == root {
			t.Fatal("no go.mod in any folder above the test")
		}
		root = filepath.Dir(root)
	}
}
