package random

import (
	"math/bits"
	"math/rand/v2"
)

// A Stream is xoroshiro128++ (D. Blackman and S. Vigna, ACM Transactions on
// Mathematical Software 47, article 36, 2021): two words of state, which stay in registers,
// period 2¹²⁸ − 1, and no known failure in the test suites. It is not cryptographic, as
// ChaCha8 is, but several times as fast.
//
// Its state is drawn from the ChaCha8 stream of the replica, whose key is its own.
// Streams are therefore at random places of the period: R of them, of length L each,
// overlap anywhere with a probability below R²L/2¹²⁷, that is 10⁻¹² for a million
// replicas of 10¹³ words.
type Stream struct{ A, B uint64 }

// NewStream draws its state from the stream of a replica.
func NewStream(random *rand.Rand) Stream {
	s := Stream{random.Uint64(), random.Uint64()}
	if s.A == 0 && s.B == 0 {
		s.A = 1 // The one state that would stay where it is.
	}
	return s
}

// Step returns 64 random bits and the state after them. Callers that need speed keep
// the state in two local variables.
func Step(a, b uint64) (word, nextA, nextB uint64) {
	word = bits.RotateLeft64(a+b, 17) + a
	b ^= a
	return word, bits.RotateLeft64(a, 49) ^ b ^ b<<21, bits.RotateLeft64(b, 28)
}

// Word returns 64 random bits.
func (s *Stream) Word() uint64 {
	word, a, b := Step(s.A, s.B)
	s.A, s.B = a, b
	return word
}

// Uniform returns a multiple of 2⁻⁵³ in [0, 1).
func (s *Stream) Uniform() float64 {
	return float64(int64(s.Word()>>11)) * 0x1p-53
}
