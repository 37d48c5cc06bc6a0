// Package transform has the Fourier transforms of series: of segments of them, and of their
// lagged products.
package transform

import (
	"math"

	"gonum.org/v1/gonum/dsp/fourier"
)

// A Welch cuts series into segments and transforms them.
type Welch struct {
	step   float64
	width  int
	window []float64
	plan   *fourier.FFT
}

// NewWelch is for segments of an even number of values, step apart.
func NewWelch(step float64, width int) *Welch {
	w := &Welch{step: step, width: width, window: make([]float64, width), plan: fourier.NewFFT(width)}
	for j := range w.window {
		w.window[j] = (1 - math.Cos(2*math.Pi*float64(j)/float64(width))) / 2
	}
	return w
}

// SegmentCount is how many segments that overlap by half fit into a series.
func SegmentCount(length, width int) int { return (length-width)/(width/2) + 1 }

// Frequencies are those of the transforms, 2πk/(width·step) for k = 1 … width/2.
func (w *Welch) Frequencies() []float64 {
	list := make([]float64, w.width/2)
	for k := range list {
		list[k] = 2 * math.Pi * float64(k+1) / (float64(w.width) * w.step)
	}
	return list
}

// Transforms returns, by replica, segment and frequency, the transforms X(ω) of the deviations
// from a mean, in such units that E X(ω) Y(ω)* is the density S_xy(ω).
func (w *Welch) Transforms(replicas [][]float64, mean float64) [][][]complex128 {
	unit := complex(math.Sqrt(w.step/(3*float64(w.width)/8)), 0) // Σ w_j² = 3N/8
	list := make([][][]complex128, len(replicas))
	piece := make([]float64, w.width)
	for r, series := range replicas {
		for s := range SegmentCount(len(series), w.width) {
			for j, weight := range w.window {
				piece[j] = weight * (series[s*w.width/2+j] - mean)
			}
			x := w.plan.Coefficients(nil, piece)[1:] // what is left at ω = 0 is not asked for
			for k := range x {
				x[k] *= unit
			}
			list[r] = append(list[r], x)
		}
	}
	return list
}

// Densities returns X(ω) Y(ω)* by frequency and unit. The units, whose mean is the estimate,
// are the replicas or, if there is one only, its segments.
func Densities(x, y [][][]complex128) [][]complex128 {
	if len(x) == 1 { // each segment a unit
		x, y = oneEach(x[0]), oneEach(y[0])
	}
	list := make([][]complex128, len(x[0][0]))
	for k := range list {
		list[k] = make([]complex128, len(x))
		for u := range x {
			for s := range x[u] {
				a, b := x[u][s][k], y[u][s][k]
				list[k][u] += a * complex(real(b), -imag(b)) / complex(float64(len(x[u])), 0)
			}
		}
	}
	return list
}

// oneEach makes a list of lists of one of a list.
func oneEach[T any](list []T) [][]T {
	each := make([][]T, len(list))
	for i := range list {
		each[i] = list[i : i+1]
	}
	return each
}
