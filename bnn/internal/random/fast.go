package random

import (
	"math"
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

// open returns a uniform number with 0 < u < 1.
func (r *Fast) open() float64 {
	return (float64(r.word()>>12) + 0.5) / (1 << 52)
}

// The ziggurat of G. Marsaglia and W. W. Tsang (Journal of Statistical Software 5,
// 8, 2000): 256 layers of one area under the normal density, the lowest with the
// tail beyond zigguratTail. A word gives the layer by its low 8 bits and the place,
// signed, by its high 53.
const (
	zigguratLayers = 256
	zigguratTail   = 3.6541528853610088
	zigguratArea   = 0.00492867323399
	zigguratPlaces = 1 << 52
)

// A zigguratLayer spans x from 0 to width·zigguratPlaces; places below inside are
// under the density for sure.
type zigguratLayer struct {
	width  float64
	inside int64
}

var zigguratTable, zigguratDensity = newZiggurat()

func newZiggurat() (layers [zigguratLayers]zigguratLayer, density [zigguratLayers]float64) {
	const last = zigguratLayers - 1
	shape := func(x float64) float64 { return math.Exp(-x * x / 2) }
	x := zigguratTail
	base := zigguratArea / shape(x)
	layers[0] = zigguratLayer{base / zigguratPlaces, int64(x / base * zigguratPlaces)}
	layers[last].width = x / zigguratPlaces
	density[0], density[last] = 1, shape(x)
	for i := last - 1; i >= 1; i-- {
		above := math.Sqrt(-2 * math.Log(zigguratArea/x+shape(x)))
		layers[i+1].inside = int64(above / x * zigguratPlaces)
		x = above
		density[i] = shape(x)
		layers[i].width = x / zigguratPlaces
	}
	return layers, density
}

// AddSkewed adds constant + linear·z + square·z² to each value, with z standard normal
// and independent. words is scratch of at least as many.
func (r *Fast) AddSkewed(values []float64, words []uint64, constant, linear, square float64) {
	words = words[:len(values)]
	r.fill(words)
	for i, word := range words {
		layer := &zigguratTable[word%zigguratLayers]
		place := int64(word) >> 11
		z := float64(place) * layer.width
		if max(place, -place) >= layer.inside {
			z = r.outside(int(word%zigguratLayers), z)
		}
		values[i] += constant + z*(linear+z*square)
	}
}

// outside finishes a draw that the fast test of its layer did not settle.
func (r *Fast) outside(layer int, z float64) float64 {
	for {
		if layer == 0 {
			for {
				x := -math.Log(r.open()) / zigguratTail
				if y := -math.Log(r.open()); 2*y > x*x {
					return math.Copysign(zigguratTail+x, z)
				}
			}
		}
		low, high := zigguratDensity[layer], zigguratDensity[layer-1]
		if low+r.open()*(high-low) < math.Exp(-z*z/2) {
			return z
		}
		word := r.word()
		layer = int(word % zigguratLayers)
		place := int64(word) >> 11
		z = float64(place) * zigguratTable[layer].width
		if max(place, -place) < zigguratTable[layer].inside {
			return z
		}
	}
}
