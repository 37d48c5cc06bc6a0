package flags

import (
	"fmt"

	"github.com/spf13/cobra"
)

// One is for commands with one argument, which their usage calls by this name.
func One(name string) cobra.PositionalArgs {
	return func(command *cobra.Command, args []string) error {
		switch len(args) {
		case 0:
			return fmt.Errorf("%s is missing: must be given once; see %s --help", name, command.CommandPath())
		case 1:
			return nil
		}
		return fmt.Errorf("%s is given %d times, %q: must be given once; see %s --help", name, len(args), args, command.CommandPath())
	}
}

// None is for commands without arguments.
func None(command *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%q: %s takes no arguments", args[0], command.CommandPath())
	}
	return nil
}
