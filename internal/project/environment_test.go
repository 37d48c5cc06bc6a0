package project

import (
	"path/filepath"
	"strings"
	"testing"
)

// What a run tells its cells is what these understand, whatever the caller's environment.
func TestCellsKnowTheirRun(t *testing.T) {
	for _, c := range []struct {
		variant Variant
		apart   string
		folder  string
	}{
		{Variant{}, "", "/p/out/01-a"}, {Variant{Quick: true}, "", "/p/out/quick/01-a"}, {Variant{}, ApartFolder("/q/other.ipynb"), "/q/other_files/01-a"},
		{Variant{Seed: 7}, "", "/p/out/seed-7/01-a"}, {Variant{Quick: true, Seed: 8}, "", "/p/out/quick-seed-8/01-a"},
	} {
		t.Setenv("BALANCED_QUICK", "1")
		t.Setenv("BALANCED_SEED", "3")
		t.Setenv("BALANCED_OUT", "/of/the/caller")
		for _, variable := range Environment(c.variant, c.apart) {
			name, value, _ := strings.Cut(variable, "=")
			t.Setenv(name, value)
		}
		if folder := filepath.ToSlash(ChapterFolder(filepath.FromSlash("/p/notebooks"), "01-a")); folder != c.folder || Current() != c.variant {
			t.Errorf("%+v: cells keep files in %s and know of %+v", c, folder, Current())
		}
	}
}

// A notebook that is not in a folder notebooks leaves nothing outside of its own folder.
func TestChapterFolderAnywhere(t *testing.T) {
	t.Chdir(t.TempDir())
	for folder, want := range map[string]string{"/my place": "/my place/out/01-a", "": "out/01-a", "/p/notebooks/mine": "/p/notebooks/mine/out/01-a"} {
		if got := filepath.ToSlash(ChapterFolder(filepath.FromSlash(folder), "01-a")); got != want {
			t.Errorf("%q: %s, want %s", folder, got, want)
		}
	}
}
