// Package quadrature integrates functions of one variable to an error that it controls: those
// that users of the model bring themselves, of which nothing is known but their values and
// where they have kinks.
package quadrature

import (
	"math"
	"slices"
)

// The rule of Gauss and Kronrod with 15 nodes, and that of Gauss with the 7 among them that
// have odd numbers (W. Gautschi, ACM Transactions on Mathematical Software 21, 1995; the
// digits are those of QUADPACK, R. Piessens et al., Springer 1983).
var (
	kronrodNodes = [8]float64{
		0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
		0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
		0.586087235467691130294144691693137, 0.405845151377397166906606412076961,
		0.207784955007898467600689403773245, 0,
	}
	kronrodWeights = [8]float64{
		0.022935322010529224963732008058970, 0.063092092629978553290700663189204,
		0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
		0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
		0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
	}
	gaussWeights = [4]float64{
		0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
		0.381830050505118944950369775488975, 0.417959183673469387755102040816327,
	}
)

// deepest is how often an interval is halved at most: what is left of it then is rounding.
const deepest = 48

// Pieces cuts the interval from a to b at the places that are inside of it, which need not be
// sorted.
func Pieces(a, b float64, places []float64) []float64 {
	cuts := []float64{a, b}
	for _, place := range places {
		if place > a && place < b {
			cuts = append(cuts, place)
		}
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// Integrate adds to sums the integrals of the functions that f gives, from the first to the
// last of increasing cuts; f fills as many values as there are sums. An interval is halved until
// the rule of 15 nodes and that of 7 differ by less than its share of the tolerance in each of
// them, or by so little that hundreds of such intervals do not matter, which bounds the error of
// the better one amply. A function with finitely many kinks or
// jumps, whether or not they are among the cuts, takes a few thousand evaluations at most.
func Integrate(f func(x float64, values []float64), cuts []float64, tolerance float64, sums []float64) {
	if len(cuts) < 2 {
		return
	}
	w := workspace{f: f, values: make([]float64, len(sums)), sums: sums,
		tolerance: tolerance, density: tolerance / (cuts[len(cuts)-1] - cuts[0])}
	for i, a := range cuts[:len(cuts)-1] {
		w.integrate(a, cuts[i+1], deepest)
	}
}

type workspace struct {
	f                  func(x float64, values []float64)
	values             []float64 // at one node
	sums               []float64
	tolerance, density float64 // of the whole, and a unit of length
}

func (w *workspace) integrate(a, b float64, depth int) {
	center, half := a+(b-a)/2, (b-a)/2
	fine, rough := make([]float64, len(w.sums)), make([]float64, len(w.sums))
	for i, node := range kronrodNodes {
		for _, side := range [2]float64{-1, 1} {
			if node == 0 && side < 0 {
				continue
			}
			w.f(center+side*half*node, w.values)
			for k, value := range w.values {
				fine[k] += kronrodWeights[i] * value
				if i%2 == 1 {
					rough[k] += gaussWeights[i/2] * value
				}
			}
		}
	}
	miss := 0.0
	for k := range fine {
		miss = math.Max(miss, math.Abs(fine[k]-rough[k])*half)
	}
	// Next to a root or a logarithm intervals get so short that values at them are rounding.
	const negligible = 1. / 256
	if depth == 0 || miss <= math.Max(w.density*(b-a), negligible*w.tolerance) || !(a < center && center < b) {
		for k := range fine {
			w.sums[k] += half * fine[k]
		}
		return
	}
	w.integrate(a, center, depth-1)
	w.integrate(center, b, depth-1)
}
