package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
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

// interruptible runs a computation that does not look at the context, and gives up
// waiting for it when the context ends: the program is about to exit.
func interruptible[T any](ctx context.Context, compute func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := compute()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}
