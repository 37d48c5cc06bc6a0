package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/sweep"
	"balanced/internal/flags"
	"balanced/internal/provenance"

	"github.com/spf13/cobra"
)

// The exit codes of the command line.
const (
	exitFailed = 1 // a numerical end, or a failed run
	exitUsage  = 2 // bad usage, or a bad file
)

func main() {
	limitMemory()
	ctx, stop := signalContext()
	code := perform(ctx, rootCommand())
	stop()
	os.Exit(code)
}

// perform runs the command that the arguments ask for, says what went wrong, and returns the
// exit code.
func perform(ctx context.Context, root *cobra.Command) int {
	begun := markBegin(root)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	err = flags.NameFlag(command, err)
	var signal signalError
	var replicas *simulate.InterruptedError
	var points *sweep.InterruptedError
	if errors.As(err, &signal) || errors.As(context.Cause(ctx), &signal) {
		switch { // both say what is kept, too
		case errors.As(err, &points):
			fmt.Fprintln(root.ErrOrStderr(), "bnn:", points)
		case errors.As(err, &replicas):
			fmt.Fprintln(root.ErrOrStderr(), "bnn:", replicas)
		default:
			fmt.Fprintln(root.ErrOrStderr(), "bnn:", signal)
		}
		return signal.exitCode()
	}
	fmt.Fprintln(root.ErrOrStderr(), "bnn:", err)
	if !*begun {
		return exitUsage
	}
	return exitCode(err)
}

// markBegin makes all commands note when they begin: an error before that is one of
// usage, such as an unknown command, a missing flag or a value that is no number.
func markBegin(command *cobra.Command) *bool {
	begun := new(bool)
	var mark func(*cobra.Command)
	mark = func(c *cobra.Command) {
		if run := c.RunE; run != nil {
			c.RunE = func(command *cobra.Command, args []string) error {
				*begun = true
				return run(command, args)
			}
		}
		for _, child := range c.Commands() {
			mark(child)
		}
	}
	mark(command)
	return begun
}

// exitCode tells bad input from a failed computation.
func exitCode(err error) int {
	var usage flags.UsageError
	var input *bnn.InputError
	if errors.As(err, &usage) || errors.As(err, &input) {
		return exitUsage
	}
	return exitFailed
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "bnn",
		Short: "A laboratory for balanced networks of spiking neurons",
		Long: `bnn simulates networks of excitatory and inhibitory spiking neurons, solves the
equations they obey in the limit of many neurons, and executes the notebooks that
compare the two. Networks are JSON files, like those in data/networks.

Data goes to standard output, everything else to standard error. The exit code is
0 on success, 1 on a numerical end or a failed run, 2 on bad usage or a bad file,
130 after Ctrl-C, 143 after SIGTERM.`,
		Version:       fmt.Sprintf("%s %s", provenance.Program(), runtime.Version()),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	root.SetFlagErrorFunc(flags.Error)
	root.AddCommand(limitCommand(), simulateCommand(), balanceCommand(), showCommand(), citeCommand(), branchCommand(), spectrumCommand(), sweepCommand(), storeCommand(), benchCommand(),
		runCommand(), bookCommand(), serveCommand(), newCommand(), labCommand(), kernelCommand())
	return root
}

// limitMemory makes the garbage collector keep the program within the memory there is,
// unless the user has said how it should (GOMEMLIMIT): what is estimated is without garbage.
func limitMemory() {
	if memory := bnn.AvailableMemory(); memory > 0 && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(0.9 * memory))
	}
}
