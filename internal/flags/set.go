package flags

import (
	"errors"
	"strconv"
	"strings"

	"balanced/bnn"

	"github.com/spf13/cobra"
)

// AddSet gives a command that reads a network file the flag that changes numbers in it.
func AddSet(command *cobra.Command, settings *[]bnn.Setting) {
	command.Flags().Var(settingsValue{settings}, "set",
		"another value for a number of the network file, such as weights[0][1]=-0.5 or populations[I].rate.slope=2; [*] is every index; may be repeated")
}

// A settingsValue is the value of a flag that may be given any number of times.
type settingsValue struct{ settings *[]bnn.Setting }

func (v settingsValue) String() string {
	if v.settings == nil {
		return ""
	}
	var texts []string
	for _, setting := range *v.settings {
		texts = append(texts, setting.String())
	}
	return strings.Join(texts, " ")
}

func (v settingsValue) Type() string { return "PATH=VALUE" }
func (v settingsValue) allowed() string {
	return "PATH=VALUE with a number for a value, such as weights[0][1]=-0.5"
}

func (v settingsValue) Set(text string) error {
	at := strings.LastIndexByte(text, '=') // a source may have one in its name, a number has none
	if at < 0 {
		return errors.New(v.allowed())
	}
	value, err := strconv.ParseFloat(strings.TrimSpace(text[at+1:]), 64)
	if err != nil {
		return errors.New(v.allowed())
	}
	*v.settings = append(*v.settings, bnn.Setting{Path: strings.TrimSpace(text[:at]), Value: value})
	return nil
}
