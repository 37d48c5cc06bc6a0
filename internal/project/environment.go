package project

import (
	"os"
	"path/filepath"
	"strconv"
)

// The variables that tell cells what kind of run they are in.
const (
	quickVariable = "BALANCED_QUICK" // 1 in a quick run
	seedVariable  = "BALANCED_SEED"  // what a run with other random numbers adds to its seeds
	apartVariable = "BALANCED_OUT"   // the ApartFolder in a run apart
)

// A Variant is how a run differs from the one whose results are committed: the zero Variant.
type Variant struct {
	Quick bool   // with smaller numbers
	Seed  uint64 // with other random numbers, unless 0
}

// Aside tells whether the results of the run are nobody's, and kept beside those of the project.
func (v Variant) Aside() bool { return v != Variant{} }

// Environment is the variables, as NAME=VALUE, for the cells of a run, which may be one apart
// into a folder. All are said in any case, so that those of the caller do not change a run.
func Environment(v Variant, apart string) []string {
	quick, seed := "", ""
	if v.Quick {
		quick = "1"
	}
	if v.Seed != 0 {
		seed = strconv.FormatUint(v.Seed, 10)
	}
	return []string{quickVariable + "=" + quick, seedVariable + "=" + seed, apartVariable + "=" + apart}
}

// Current tells a cell what kind of run it is in. A seed that is no number is none.
func Current() Variant {
	seed, _ := strconv.ParseUint(os.Getenv(seedVariable), 10, 64)
	return Variant{Quick: os.Getenv(quickVariable) == "1", Seed: seed}
}

// ChapterFolder is where a cell keeps the files of the chapter of that name, whose notebook is
// in a folder: in out beside the folder if that is called notebooks, as in the project, and in
// out inside of it otherwise, so that nothing is left elsewhere. A folder "" is the working folder.
func ChapterFolder(folder, name string) string {
	if apart := os.Getenv(apartVariable); apart != "" {
		return filepath.Join(apart, name)
	}
	if whole, err := filepath.Abs(folder); err == nil && whole == NotebooksFolder(filepath.Dir(whole)) {
		folder = filepath.Join(folder, "..")
	}
	return filepath.Join(OutFolder(folder, Current()), name)
}
