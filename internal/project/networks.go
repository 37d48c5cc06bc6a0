package project

import (
	"os"
	"path/filepath"
	"strings"
)

// NamedNetworks names the example networks of the project at root, as seen from the working
// folder, for the end of a message; "" if it has none.
func NamedNetworks(root string) string {
	folder := filepath.Join(root, "data", "networks")
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		return ""
	}
	if here, err := os.Getwd(); err == nil {
		for i, file := range files {
			if relative, err := filepath.Rel(here, file); err == nil {
				files[i] = relative
			}
		}
	}
	return "; there are " + strings.Join(files, ", ")
}
