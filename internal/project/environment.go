package project

import (
	"os"
	"path/filepath"
)

// The variables that tell cells what kind of run they are in.
const (
	quickVariable = "BALANCED_QUICK" // 1 in a quick run
	apartVariable = "BALANCED_OUT"   // the ApartFolder in a run apart
)

// Environment is the variables, as NAME=VALUE, for the cells of a run: a quick one, one
// apart into a folder, or neither. All are said in any case, so that those of the caller
// do not change a run.
func Environment(quick bool, apart string) []string {
	value := ""
	if quick {
		value = "1"
	}
	return []string{quickVariable + "=" + value, apartVariable + "=" + apart}
}

// IsQuick tells a cell whether this is a quick run.
func IsQuick() bool { return os.Getenv(quickVariable) == "1" }

// ChapterFolder is where a cell keeps the files of the chapter of that name, if its
// notebook is in the folder notebooks of the project.
func ChapterFolder(notebooks, name string) string {
	if apart := os.Getenv(apartVariable); apart != "" {
		return filepath.Join(apart, name)
	}
	return filepath.Join(OutFolder(filepath.Join(notebooks, ".."), IsQuick()), name)
}
