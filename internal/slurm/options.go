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

// ReadOptions reads options of sbatch from a file: one a line, as on the command line, and
// returns their words. Empty lines and lines that begin with # are passed over. A file that is
// not there has none.
func ReadOptions(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var words []string
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		found := []string{line}
		if end := strings.IndexAny(line, "= \t"); end > 0 {
			name, value := line[:end], unquoted(strings.TrimSpace(line[end+1:]))
			if found = []string{name, value}; line[end] == '=' {
				found = []string{name + "=" + value}
			}
		}
		if err := CheckOptions(found); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, number, err)
		}
		words = append(words, found...)
	}
	return words, nil
}

// unquoted is a value without the quotes around it that a shell would take away.
func unquoted(value string) string {
	for _, quote := range []string{`"`, "'"} {
		if len(value) > 1 && strings.HasPrefix(value, quote) && strings.HasSuffix(value, quote) {
			return value[1 : len(value)-1]
		}
	}
	return value
}

// CheckOptions refuses words that are no options of sbatch, and what only this package may say:
// with an array of a site's own, tasks would be missing, and there would be several jobs after
// them.
func CheckOptions(words []string) error {
	for i, word := range words {
		name, _, _ := strings.Cut(word, "=")
		switch {
		case name == "--array" || strings.HasPrefix(name, "-a"):
			return fmt.Errorf("%q is not allowed among options of sbatch: must be said by the number of tasks; scontrol update has ArrayTaskThrottle for how many run at once", word)
		case strings.ContainsAny(word, "\n\r\x00"), i == 0 && !strings.HasPrefix(word, "-"), word == "-", word == "--":
			return fmt.Errorf("%q is not allowed: must be an option of sbatch, such as --time=1:00:00", word)
		}
	}
	return nil
}

// directives are options as lines of #SBATCH have them: each with the word that follows it, if
// that is its value, and with quotes around what means something there.
func directives(words []string) (lines []string) {
	for _, word := range words {
		name, value, found := strings.Cut(word, "=")
		switch {
		case strings.HasPrefix(word, "-") && found:
			lines = append(lines, name+"="+protected(value))
		case strings.HasPrefix(word, "-") || len(lines) == 0:
			lines = append(lines, word)
		default:
			lines[len(lines)-1] += " " + protected(word)
		}
	}
	return lines
}

// protected is a value in which blanks and comments mean nothing to sbatch.
func protected(value string) string {
	if !strings.ContainsAny(value, " \t#\"'\\") {
		return value
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}
