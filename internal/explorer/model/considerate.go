package model

import (
	"context"
	"time"
)

// Considerate returns a context that lets others have the processor: whoever asks it
// whether to go on pauses for a moment once the given time has passed since the last
// pause. In a browser, where Go has a single thread, a long computation would otherwise
// not hear that it is to stop. Only one goroutine may ask.
func Considerate(ctx context.Context, every time.Duration) context.Context {
	return &considerate{ctx, every, time.Now()}
}

// within returns a context that ends with the cause once the given time has passed, by the clock
// of whoever asks it whether to go on: in a browser nothing else runs meanwhile. The function
// frees it.
func within(ctx context.Context, limit time.Duration, cause error) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &timed{ctx, time.Now().Add(limit), func() { cancel(cause) }}, func() { cancel(context.Canceled) }
}

type timed struct {
	context.Context
	end  time.Time
	stop func()
}

// Err implements context.Context.
func (t *timed) Err() error {
	if time.Now().After(t.end) {
		t.stop()
	}
	return t.Context.Err()
}

type considerate struct {
	context.Context
	every time.Duration
	last  time.Time
}

// Err implements context.Context.
func (c *considerate) Err() error {
	if time.Since(c.last) >= c.every {
		// A shorter sleep would be over before Go looks for events of the browser.
		time.Sleep(time.Millisecond)
		c.last = time.Now()
	}
	return c.Context.Err()
}
