package flags

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// noMatter are flags that do not change what is computed, but where and how, or how it is shown.
var noMatter = []string{"workers", "store", "force", "format", "out", "plot", "shard", "dry-run", "slurm", "print"}

// Canonical is the command line that a result is known by: the command, its arguments without
// their folders, and by their names the flags that were given and matter to what is computed,
// in quotes where a shell needs them.
func Canonical(command *cobra.Command, args []string) string {
	words := strings.Fields(command.CommandPath())
	for _, arg := range args {
		words = append(words, quoted(filepath.Base(arg)))
	}
	command.Flags().Visit(func(flag *pflag.Flag) {
		if slices.Contains(noMatter, flag.Name) || flag.Value.String() == flag.DefValue {
			return
		}
		if many, is := flag.Value.(settingsValue); is {
			for _, setting := range *many.settings {
				words = append(words, "--"+flag.Name, quoted(setting.String()))
			}
			return
		}
		words = append(words, "--"+flag.Name, quoted(flag.Value.String()))
	})
	return strings.Join(words, " ")
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./=:,@%+-]+$`)

// quoted is a word of a command line as a shell reads it back.
func quoted(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
