//go:build !js

package bnn

import "embed"

// SourceCode is the code of the rooms that make replicas and points of sweeps, from this
// folder, for the identities by which a store keeps them apart (packages simulate and
// sweep): files can be embedded only from above.
//
//go:embed *.go simulate/*.go internal/checkpoint/*.go internal/leap/*.go internal/thinning/*.go internal/random/*.go internal/normal/*.go internal/numbers/*.go internal/pieces/*.go internal/quadrature/*.go theory/*.go sweep/*.go internal/ode/*.go internal/linear/*.go internal/continuation/*.go internal/coxprocess/*.go internal/manifold/*.go internal/stationary/*.go internal/noise/*.go internal/equations/*.go
var SourceCode embed.FS
