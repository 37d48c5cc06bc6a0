package random

import (
	"math/bits"
	"math/rand/v2"
)

// A Fast is the generator xoshiro256++ (D. Blackman and S. Vigna, ACM
// Transactions on Mathematical Software 47, 36, 2021), made to fill a buffer at
// about 1 ns a word. Its 256-bit state comes from the stream of the replica, so that
// the streams of two blocks of neurons overlap with probability below 2⁻¹⁵⁰.
type Fast struct{ S0, S1, S2, S3 uint64 }

// NewFast draws the state of a generator from the stream of a replica.
func NewFast(random *rand.Rand) Fast {
	// The all-zero state, the only one to avoid, is excluded by the last bit.
	return Fast{random.Uint64(), random.Uint64(), random.Uint64(), random.Uint64() | 1}
}

// fill writes uniform words.
func (r *Fast) fill(words []uint64) {
	s0, s1, s2, s3 := r.S0, r.S1, r.S2, r.S3
	for i := range words {
		words[i] = bits.RotateLeft64(s0+s3, 23) + s0
		t := s1 << 17
		s2 ^= s0
		s3 ^= s1
		s1 ^= s2
		s0 ^= s3
		s2 ^= t
		s3 = bits.RotateLeft64(s3, 45)
	}
	r.S0, r.S1, r.S2, r.S3 = s0, s1, s2, s3
}

func (r *Fast) word() uint64 {
	var one [1]uint64
	r.fill(one[:])
	return one[0]
}

// AddSkewed adds constant + linear·z + square·z² to each value, with z standard normal
// and independent. words is scratch of at least as many.
func (r *Fast) AddSkewed(values []float64, words []uint64, constant, linear, square float64) {
	words = words[:len(values)]
	r.fill(words)
	for i, word := range words {
		z, inside := FastNormal(word)
		if !inside {
			z = outside(r.word, int(word%normalLayers), z)
		}
		values[i] += constant + z*(linear+z*square)
	}
}
