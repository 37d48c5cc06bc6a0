package show

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/store"
	"balanced/internal/project/keep"
)

// Keep returns what is kept in the store under a name and inputs, or computes it and keeps it: a
// solution, a sweep, anything that takes its time and that another cell, or another run, asks for
// again. Replicas need it not, since ensembles with a Store keep them.
//
// It is computed again if the name or the inputs, which are written as JSON, are others, if the code
// of the function is, or of anything that it calls in the notebook, or if the code of any package
// below bnn and analysis is. What the function captures from around it has to be among the inputs:
//
//	limit := show.Keep("limit", network, func() (*bnn.Trajectory, error) {
//		return theory.Limit(context.Background(), network, bnn.Every(0.01, 10))
//	})
//
// The value must be of numbers, texts, slices, maps, pointers and structs with exported fields, or
// write and read itself (MarshalBinary), and take at most 700 MB. It comes back as it was, floats
// bit for bit. Looking it up takes a tenth of a second in each cell, most of it to read the code; a
// million numbers take another third. It panics with the error of the function, of which nothing
// is kept then, and if something cannot be kept.
func Keep[T any](name string, inputs any, compute func() (T, error)) T {
	return bnn.Must(keep.Value(context.Background(), bnn.Must(store.Default()), name, inputs, compute))
}
