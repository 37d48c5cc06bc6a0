package random

import "math"

// The ziggurat of G. Marsaglia and W. W. Tsang (Journal of Statistical Software 5,
// 8, 2000): 1024 layers of one area under the normal density, the lowest with the
// tail beyond 4.04. A word gives the layer by its low 10 bits and the place,
// signed, by its high 53. With so many 99.6 % of variates are taken at once.
const (
	normalLayers = 1024
	normalTail   = 4.038849846109504522714
	normalArea   = 0.001226324646353088072885
	normalPlaces = 1 << 52
)

// A normalLayer spans x from 0 to width·normalPlaces; places below inside are
// under the density for sure.
type normalLayer struct {
	width  float64
	inside int64
}

var normalZiggurat, normalDensity = newNormalZiggurat()

func newNormalZiggurat() (layers [normalLayers]normalLayer, density [normalLayers]float64) {
	const last = normalLayers - 1
	shape := func(x float64) float64 { return math.Exp(-x * x / 2) }
	x := normalTail
	base := normalArea / shape(x)
	layers[0] = normalLayer{base / normalPlaces, int64(x / base * normalPlaces)}
	layers[last].width = x / normalPlaces
	density[0], density[last] = 1, shape(x)
	for i := last - 1; i >= 1; i-- {
		above := math.Sqrt(-2 * math.Log(normalArea/x+shape(x)))
		layers[i+1].inside = int64(above / x * normalPlaces)
		x = above
		density[i] = shape(x)
		layers[i].width = x / normalPlaces
	}
	return layers, density
}

// FastNormal is for loops that draw their words themselves, as FastExponential is: what is not inside
// its layer is for NormalFrom.
func FastNormal(word uint64) (z float64, inside bool) {
	layer := &normalZiggurat[word%normalLayers]
	place := int64(word) >> 11
	return float64(place) * layer.width, max(place, -place) < layer.inside
}

// NormalFrom returns a standard normal variate from a word that is already drawn.
func (s *Stream) NormalFrom(word uint64) float64 {
	z, inside := FastNormal(word)
	if inside {
		return z
	}
	return outside(s.Word, int(word%normalLayers), z)
}

// Normal returns a standard normal variate.
func (s *Stream) Normal() float64 { return s.NormalFrom(s.Word()) }

// open returns a uniform number with 0 < u < 1.
func open(word uint64) float64 { return (float64(word>>12) + 0.5) / (1 << 52) }

// outside finishes a draw that the fast test of its layer did not settle.
func outside(word func() uint64, layer int, z float64) float64 {
	for {
		if layer == 0 {
			for {
				x := -math.Log(open(word())) / normalTail
				if y := -math.Log(open(word())); 2*y > x*x {
					return math.Copysign(normalTail+x, z)
				}
			}
		}
		low, high := normalDensity[layer], normalDensity[layer-1]
		if low+open(word())*(high-low) < math.Exp(-z*z/2) {
			return z
		}
		next := word()
		layer = int(next % normalLayers)
		var inside bool
		if z, inside = FastNormal(next); inside {
			return z
		}
	}
}
