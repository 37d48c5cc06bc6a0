package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The table and the picture say how they were made: the limit by its name, lists as they were
// asked for, in one spelling.
func TestSpectrumFiles(t *testing.T) {
	folder := t.TempDir()
	for list, want := range map[string]string{"--omega 1e0,2:3.0:5": "--omega 1,2:3:5", "--lags -1,0": "--lags -1,0"} {
		for _, n := range []string{"inf", "4e2"} {
			table, picture := filepath.Join(folder, "table.csv"), filepath.Join(folder, "picture.svg")
			_, messages, code := call(t, strings.Fields("spectrum "+example("abstract")+" --n "+n+" "+list+" --out "+table+" --plot "+picture)...)
			if code != 0 {
				t.Fatalf("%s, n = %s: exit %d, %s", list, n, code, messages)
			}
			size := map[string]string{"inf": "--n inf", "4e2": "--n 400"}[n]
			for _, file := range []string{table, picture} {
				shown, messages, code := call(t, "show", file)
				if code != 0 || !strings.Contains(shown, want) || !strings.Contains(shown, size) {
					t.Errorf("%s of %s, n = %s: exit %d, %s%s", file, list, n, code, shown, messages)
				}
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	// A picture needs a curve; the table stands.
	out, messages, code := call(t, "spectrum", example("abstract"), "--n", "inf", "--omega", "0", "--plot", filepath.Join(folder, "one.svg"))
	if code != exitUsage || !strings.Contains(messages, "--omega: ") || strings.Count(out, "\n") != 2 {
		t.Errorf("a picture of one frequency: exit %d, %s%s", code, messages, out)
	}
}
