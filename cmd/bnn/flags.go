package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"balanced/bnn"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A countValue is the value of a flag that counts something: a whole number, which may be
// spelled as in 1000, 1e3 or 1.5e3.
type countValue struct {
	number *int
	least  int
}

func (v countValue) String() string {
	if v.number == nil { // pflag makes such a value to compare with
		return "0"
	}
	return strconv.Itoa(*v.number)
}

func (v countValue) Type() string { return "int" }
func (v countValue) allowed() string {
	return fmt.Sprintf("a whole number ≥ %d, such as 1000 or 1e3", v.least)
}

func (v countValue) Set(text string) error {
	number, err := strconv.Atoi(text)
	if err != nil {
		whole, ok := wholeNumber(text)
		if !ok {
			return errors.New(v.allowed())
		}
		number = int(whole)
	}
	if number < v.least {
		return errors.New(v.allowed())
	}
	*v.number = number
	return nil
}

// A seedValue is the value of a flag for a seed, spelled like a count.
type seedValue struct{ number *uint64 }

func (v seedValue) String() string {
	if v.number == nil {
		return "0"
	}
	return strconv.FormatUint(*v.number, 10)
}

func (v seedValue) Type() string { return "uint" }
func (v seedValue) allowed() string {
	return fmt.Sprintf("a whole number from 0 to %d", uint64(math.MaxUint64))
}

func (v seedValue) Set(text string) error {
	number, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		whole, ok := wholeNumber(text)
		if !ok || whole < 0 {
			return errors.New(v.allowed())
		}
		number = uint64(whole)
	}
	*v.number = number
	return nil
}

// wholeNumber reads a whole number that is spelled with a point or an exponent. Beyond
// 2⁵³ such a spelling does not tell which one is meant.
func wholeNumber(text string) (float64, bool) {
	number, err := strconv.ParseFloat(text, 64)
	return number, err == nil && number == math.Trunc(number) && math.Abs(number) <= 1<<53
}

// A numberValue is the value of a flag for a finite number.
type numberValue struct {
	number   *float64
	positive bool   // 0 is not allowed
	unit     string // said after what is allowed
}

func (v numberValue) String() string {
	if v.number == nil {
		return "0"
	}
	return strconv.FormatFloat(*v.number, 'g', -1, 64)
}

func (v numberValue) Type() string { return "float" }

func (v numberValue) allowed() string {
	if v.positive {
		return "a finite number > 0" + v.unit
	}
	return "a finite number ≥ 0" + v.unit
}

func (v numberValue) Set(text string) error {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || !(number >= 0) || math.IsInf(number, 0) || v.positive && number == 0 {
		return errors.New(v.allowed())
	}
	*v.number = number
	return nil
}

// flagError says what is wrong with the flags of a command in the words of this program:
// which flag, its value, and what is allowed.
func flagError(command *cobra.Command, err error) error {
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

// nameFlag lets an error that refuses a value say the flag that gave it.
func nameFlag(command *cobra.Command, err error) error {
	if input, is := err.(*bnn.InputError); is && command.Flags().Lookup(input.Path) != nil {
		return &bnn.InputError{Path: "--" + input.Path, Value: input.Value, Allowed: input.Allowed}
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
