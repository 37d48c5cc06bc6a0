package random

import (
	"math"
	"sort"

	"balanced/bnn"
)

// NewCurve returns the curve of a rate from its values, and the β and θ of its y. One that never
// falls is evaluated at some ten thousand potentials, each within a 1024th of the next in its
// value, between which its quantiles lie; tables then leave to an evaluation two or three
// candidates in 1024. Of any other rate the curve decides nothing by a table.
func NewCurve(rate bnn.Rate) (c *Curve, slope, threshold float64) {
	nodes, ok := nodesOf(rate)
	if !ok {
		bound := rate.Bound()
		return (&Curve{at: func(y float64) float64 { return rate.At(y) / bound }, own: true}).withTables(), 1, 0
	}
	slope, threshold = nodes.standard()
	bound := rate.Bound()
	for i := range nodes.v {
		nodes.v[i] = (nodes.v[i] - threshold) * slope
		nodes.rate[i] /= bound
	}
	at := func(y float64) float64 { return rate.At(threshold+y/slope) / bound }
	return (&Curve{at: at, quantiles: nodes.quantiles, spacing: ownSpacing, own: true}).withTables(), slope, threshold
}

// ownSpacing is that of the levels of a rate in its y.
const ownSpacing = 0.5

// SteepestOwn is the greatest β of a rate that is none of the sigmoids.
const SteepestOwn = 1e6

// rateNodes are values of a rate that never falls, at increasing potentials.
type rateNodes struct{ v, rate []float64 }

const (
	nodeRatio = 1. / 1024 // the value at a node differs from the next by so much of itself,
	nodeFloor = 0x1p-22   // or so much of the bound
	// The nodes at the two ends are beyond all potentials, also in units of y.
	nodeReach = 1e35
	// How close nodes come at a jump, and how far apart they are at most, so that a rate which falls
	// is seen: in units of the argument of sinh.
	finestNodes, coarsestNodes = 1e-12, 0.5
	mostNodes                  = 1 << 17
)

// nodesOf evaluates a rate, unless it may fall or does.
func nodesOf(rate bnn.Rate) (nodes rateNodes, ok bool) {
	if increasing, is := rate.(bnn.IncreasingRate); !is || !increasing.Increasing() {
		return nodes, false
	}
	reach := math.Asinh(nodeReach)
	floor := nodeFloor * rate.Bound()
	add := func(v, value float64) { nodes.v, nodes.rate = append(nodes.v, v), append(nodes.rate, value) }
	var split func(from, to, low, high float64)
	split = func(from, to, low, high float64) {
		near := high-low <= math.Max(nodeRatio*high, floor) && to-from <= coarsestNodes
		if near || to-from <= finestNodes || len(nodes.v) > mostNodes {
			add(math.Sinh(to), high)
			return
		}
		middle := (from + to) / 2
		value := rate.At(math.Sinh(middle))
		split(from, middle, low, value)
		split(middle, to, value, high)
	}
	low, high := rate.At(-nodeReach), rate.At(nodeReach)
	add(-nodeReach, low)
	split(-reach, reach, low, high)
	nodes.v[len(nodes.v)-1] = nodeReach
	for i := 1; i < len(nodes.rate); i++ {
		if !(nodes.rate[i] >= nodes.rate[i-1]) {
			// Rounding may do that; more breaks the promise, and then nothing is taken for granted.
			if !(nodes.rate[i] >= nodes.rate[i-1]-1e-13*rate.Bound()) {
				return nodes, false
			}
			nodes.rate[i] = nodes.rate[i-1]
		}
	}
	return nodes, len(nodes.v) <= mostNodes
}

// at returns the first potential of a node whose value reaches one.
func (n rateNodes) at(value float64) float64 {
	return n.v[min(sort.SearchFloat64s(n.rate, value), len(n.v)-1)]
}

// standard returns the β and θ by which levels below the middle of the range are ownSpacing apart
// in y and a factor of about 1.65 in λ.
func (n rateNodes) standard() (slope, threshold float64) {
	last := len(n.rate) - 1
	least, rise := n.rate[0], n.rate[last]-n.rate[0]
	threshold = n.at(least + rise/2)
	const ratio, levels = 1.65, 4
	fall := (n.at(least+0.3*rise) - n.at(least+0.3*rise*math.Pow(ratio, -levels))) / levels
	if !(math.Abs(threshold) < 1e9) || !(fall < 1e9) {
		return 1, 0 // it does not change where potentials are
	}
	return math.Min(ownSpacing/fall, SteepestOwn), threshold
}

// quantiles returns the nodes between which F passes p.
func (n rateNodes) quantiles(p float64) (low, high float64) {
	low, high = math.Inf(-1), math.Inf(1)
	if i := sort.Search(len(n.rate), func(i int) bool { return n.rate[i] > p }); i > 0 {
		low = n.v[i-1]
	}
	if i := sort.SearchFloat64s(n.rate, p); i < len(n.rate) {
		high = n.v[i]
	}
	return low, high
}
