package project

import (
	"path/filepath"
	"strings"
	"testing"
)

// What a run tells its cells is what these understand, whatever the caller's environment.
func TestCellsKnowTheirRun(t *testing.T) {
	for _, c := range []struct {
		quick  bool
		apart  string
		folder string
	}{
		{false, "", "/p/out/01-a"}, {true, "", "/p/out/quick/01-a"}, {false, ApartFolder("/q/other.ipynb"), "/q/other_files/01-a"},
	} {
		t.Setenv("BALANCED_QUICK", "1")
		t.Setenv("BALANCED_OUT", "/of/the/caller")
		for _, variable := range Environment(c.quick, c.apart) {
			name, value, _ := strings.Cut(variable, "=")
			t.Setenv(name, value)
		}
		if folder := filepath.ToSlash(ChapterFolder(filepath.FromSlash("/p/notebooks"), "01-a")); folder != c.folder || IsQuick() != c.quick {
			t.Errorf("%+v: cells keep files in %s, quick %v", c, folder, IsQuick())
		}
	}
}
