package model

import (
	"context"
	"time"
)

// Considerate returns a context that lets others have the processor: whoever asks it
// whether to go on pauses once the given time has passed since the last pause. In a browser,
// where Go has a single thread, a long computation would otherwise not hear that it is to
// stop. pause returns after the others had their turn; a mere sleep may be over before they
// had one, where the collector of garbage or another program took the time. Only one
// goroutine may ask.
func Considerate(ctx context.Context, every time.Duration, pause func()) context.Context {
	return &considerate{ctx, every, pause, time.Now()}
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
	pause func()
	last  time.Time
}

// Err implements context.Context.
func (c *considerate) Err() error {
	if time.Since(c.last) >= c.every {
		c.pause()
		c.last = time.Now()
	}
	return c.Context.Err()
}
