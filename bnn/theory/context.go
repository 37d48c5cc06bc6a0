package theory

import "context"

// abandonable returns what compute does, or the cause of the context as soon as that ends:
// compute, which does not look at it, then goes on by itself and its result is dropped. It
// is for what cannot be stopped, a decomposition of a large matrix by gonum. compute must
// not write to anything that its caller goes on using.
func abandonable[T any](ctx context.Context, compute func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	if ctx.Err() == nil {
		go func() {
			value, err := compute()
			done <- result{value, err}
		}()
	}
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}
