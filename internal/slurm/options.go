package slurm

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// OptionsFile is the name of the file with a site's options, beside what is submitted.
const OptionsFile = "slurm.options"

// ReadOptions reads options of sbatch from a file: one a line, as on the command line. Empty
// lines and lines that begin with # are passed over. A file that is not there has none.
func ReadOptions(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var options []string
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "--"):
			options = append(options, line)
		default:
			return nil, fmt.Errorf("%s, line %d: %q is not allowed: must be an option of sbatch, such as --time=1:00:00", path, number, line)
		}
	}
	return options, nil
}
