package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// A signalError is why a command was told to stop.
type signalError struct{ signal syscall.Signal }

func (e signalError) Error() string { return "stopped by " + e.signal.String() }

// exitCode is what a shell reports for a program that the signal ended.
func (e signalError) exitCode() int { return 128 + int(e.signal) }

// signalContext returns a context that Ctrl-C, SIGTERM and the end of the terminal end,
// the signal being its cause. A second signal ends the program at once.
func signalContext() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // as under nohup
		signal.Notify(signals, syscall.SIGHUP)
	}
	go func() {
		if received, ok := (<-signals).(syscall.Signal); ok {
			cancel(signalError{received})
		}
		if received, ok := (<-signals).(syscall.Signal); ok {
			os.Exit(signalError{received}.exitCode())
		}
	}()
	return ctx, func() { signal.Stop(signals) }
}

// patience is how long a command may take to end by itself after a signal, of the second
// that it has in all.
const patience = 200 * time.Millisecond

// stoppable lets a command end soon after a signal, whatever it is doing. What looks at the
// context ends by itself, and says what came of it; what does not, since it allocates, sorts
// or waits for a full pipe, is given up, as the program is about to exit.
func stoppable(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, args []string) error {
		ctx := command.Context()
		done := make(chan error, 1)
		go func() { done <- run(command, args) }()
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
		}
		select {
		case err := <-done:
			return err
		case <-time.After(patience):
			return context.Cause(ctx)
		}
	}
}
