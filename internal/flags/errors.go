package flags

import (
	"errors"
	"fmt"
	"strconv"

	"balanced/bnn"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A UsageError marks an error that is the caller's: bad usage, or a bad file.
type UsageError struct{ error }

// Usage makes an error one of the caller's.
func Usage(err error) error { return UsageError{err} }

// Unwrap returns the error that was marked.
func (e UsageError) Unwrap() error { return e.error }

// Error says what is wrong with the flags of a command in the words of this program:
// which flag, its value, and what is allowed.
func Error(command *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name, dashes := unknown.GetSpecifiedName(), "--"
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			name, dashes = short, "-"
		}
		return fmt.Errorf("unknown flag %q for %q%s", dashes+name, command.CommandPath(), suggestedFlags(command, name))
	case errors.As(err, &missing):
		return fmt.Errorf("--%s: its value is missing: must be %s", missing.GetFlag().Name, allowedValue(missing.GetFlag()))
	case errors.As(err, &invalid):
		value := invalid.GetValue()
		if _, err := strconv.ParseFloat(value, 64); err != nil {
			value = strconv.Quote(value)
		}
		return &bnn.InputError{Path: "--" + invalid.GetFlag().Name, Value: value, Allowed: allowedValue(invalid.GetFlag())}
	}
	return err
}

// NameFlag lets an error that refuses a value say the flag that gave it.
func NameFlag(command *cobra.Command, err error) error {
	if input, is := err.(*bnn.InputError); is && command.Flags().Lookup(input.Path) != nil {
		return &bnn.InputError{Path: "--" + input.Path, Value: input.Value, Allowed: input.Allowed}
	}
	return err
}

// OfFlag makes an error about the input of that path one about a flag.
func OfFlag(err error, path, flag string) error {
	var input *bnn.InputError
	if errors.As(err, &input) && input.Path == path {
		return &bnn.InputError{Path: "--" + flag, Value: input.Value, Allowed: input.Allowed}
	}
	return err
}

// allowedValue is what may be given to a flag, to be read after "must be".
func allowedValue(flag *pflag.Flag) string {
	if value, is := flag.Value.(interface{ allowed() string }); is {
		return value.allowed()
	}
	switch flag.Value.Type() {
	case "bool":
		return "true or false"
	case "duration":
		return "a time with its unit, such as 90s or 10m"
	}
	return "given once, after the flag"
}

// suggestedFlags are those that a mistyped one may have meant, by the rule by which cobra
// suggests commands.
func suggestedFlags(command *cobra.Command, name string) string {
	rule := &cobra.Command{SuggestionsMinimumDistance: 2}
	command.Flags().VisitAll(func(flag *pflag.Flag) {
		rule.AddCommand(&cobra.Command{Use: flag.Name, Run: func(*cobra.Command, []string) {}})
	})
	text := ""
	for _, suggestion := range rule.SuggestionsFor(name) {
		text += "\n\t--" + suggestion
	}
	if text == "" {
		return "; see " + command.CommandPath() + " --help"
	}
	return "\n\nDid you mean this?" + text
}
