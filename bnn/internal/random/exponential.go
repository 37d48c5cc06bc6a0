package random

import "math"

// The ziggurat method for the exponential density (G. Marsaglia and W. W. Tsang,
// Journal of Statistical Software 5, issue 8, 2000): layers of equal area, of each of which
// the part that is surely under the density is taken at once. With 1024 layers this
// serves 99.7 % of variates.
const (
	exponentialLayers = 1024 // a power of two, so that ten bits choose one
	// Where the tail begins, and the area of each layer: the tail with the rectangle
	// beside it is the first of them.
	exponentialTail = 9.256164544265543686698
	exponentialArea = 9.796789906620209168363e-4
)

// An exponentialLayer turns 53 random bits into a variate.
type exponentialLayer struct {
	inside uint64  // fewer bits than this are surely under the density
	width  float64 // of the layer, times 2⁻⁵³
}

var (
	exponentialZiggurat [exponentialLayers]exponentialLayer
	// Right end of each layer and the density there, from the tail to the top.
	exponentialEdge, exponentialDensity [exponentialLayers + 1]float64
)

func init() {
	exponentialEdge[0] = exponentialArea / math.Exp(-exponentialTail)
	exponentialEdge[1] = exponentialTail
	for i := 2; i < exponentialLayers; i++ {
		exponentialEdge[i] = -math.Log(math.Exp(-exponentialEdge[i-1]) + exponentialArea/exponentialEdge[i-1])
	}
	for i, edge := range exponentialEdge {
		exponentialDensity[i] = math.Exp(-edge)
	}
	for i := range exponentialZiggurat {
		exponentialZiggurat[i].width = exponentialEdge[i] * 0x1p-53
		exponentialZiggurat[i].inside = uint64(exponentialEdge[i+1] / exponentialEdge[i] * 0x1p53)
	}
}

// FastExponential is for loops that draw their words themselves and have no room for a call: a
// word whose bits above the eleventh are inside the layer that its low bits choose gives a variate at
// once. All others are for ExponentialFrom.
func FastExponential(word uint64) (x float64, inside bool) {
	layer := &exponentialZiggurat[word%exponentialLayers]
	return float64(int64(word>>11)) * layer.width, word>>11 < layer.inside
}

// Exponential returns a standard exponential variate.
func (s *Stream) Exponential() float64 { return s.ExponentialFrom(s.Word()) }

// ExponentialFrom starts with a word that is already drawn: ten bits choose the layer
// and 53 others the place in it.
func (s *Stream) ExponentialFrom(word uint64) float64 {
	shift := 0.0
	for ; ; word = s.Word() {
		x, inside := FastExponential(word)
		if inside {
			return shift + x
		}
		i := word % exponentialLayers
		if i == 0 {
			// Beyond the tail the density has the same shape again.
			shift += exponentialTail
			continue
		}
		low, high := exponentialDensity[i], exponentialDensity[i+1]
		if low+s.Uniform()*(high-low) < math.Exp(-x) {
			return shift + x
		}
	}
}
