package linear

import "context"

// Abandonable returns what compute does, or the cause of the context as soon as that ends:
// compute, which does not look at it, then goes on by itself and its result is dropped. It
// is for what cannot be stopped, a decomposition of a large matrix by gonum. compute must
// not write to anything that its caller goes on using.
func Abandonable[T any](ctx context.Context, compute func() (T, error)) (T, error) {
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

// Patiently computes something about a matrix of the given size, which cannot be stopped
// half way: if that may take long, it does not wait for it beyond the end of the context,
// whose cause is then the error.
func Patiently[T any](ctx context.Context, size int, compute func() T) (T, error) {
	const long = 128 // above which a decomposition takes tens of milliseconds
	if size < long {
		return compute(), nil
	}
	return Abandonable(ctx, func() (T, error) { return compute(), nil })
}
