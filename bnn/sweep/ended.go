package sweep

import (
	"context"
	"errors"

	"balanced/bnn"
)

// ended tells a numerical end of theory, which belongs to the point, from what ends the
// sweep: the end of the context, and what the point should have been refused for.
func ended(ctx context.Context, err error) error {
	var input *bnn.InputError
	var cost *bnn.CostError
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(err, &input), errors.As(err, &cost):
		return err
	}
	return numericalEnd{err}
}
