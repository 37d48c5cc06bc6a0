package random

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
)

// New returns the random stream of one replica. Its 256-bit key is a hash of
// all that tells the replica from others, so that streams are independent, and that
// no replica depends on which worker runs it or what ran before.
func New(seed uint64, fingerprint string, n, replica int) *rand.Rand {
	return rand.New(NewSource(seed, fingerprint, n, replica))
}

// NewSource is what the stream comes from, and all the state that it has.
func NewSource(seed uint64, fingerprint string, n, replica int) *rand.ChaCha8 {
	key := sha256.Sum256(fmt.Appendf(nil, "balanced replica seed=%d network=%s n=%d replica=%d", seed, fingerprint, n, replica))
	return rand.NewChaCha8(key)
}
