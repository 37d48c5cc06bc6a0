//go:build !js

package bnn

import "embed"

// SourceCode is the code of the rooms that make replicas, from this folder, for the
// identity by which a store keeps replicas apart (package simulate): files can be embedded
// only from above.
//
//go:embed *.go simulate/*.go internal/checkpoint/*.go internal/leap/*.go internal/random/*.go internal/normal/*.go internal/numbers/*.go internal/pieces/*.go
var SourceCode embed.FS
