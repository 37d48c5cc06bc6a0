package sweep

import (
	"fmt"

	"balanced/bnn"
	"balanced/bnn/internal/random"
)

// Latin is a Latin hypercube of so many points (M. D. McKay, R. J. Beckman and W. J. Conover,
// Technometrics 21, 239–245, 1979): each axis, from From to To on its scale, is cut into as
// many equal parts as there are points, each part has one point, at a random place in it, and
// which parts of different axes meet is random too. Listed values have equal shares. The same
// seed gives the same points; it takes 4 bytes a point and axis.
//
// Fewer points than 1 are refused when the design is used.
func Latin(network *bnn.Network, points int, seed uint64, axes ...Axis) Design {
	if points < 1 {
		points = -1 // 0 would be a grid
	}
	return Design{Network: network, Axes: axes, Points: points, Seed: seed}
}

// maxDrawn is the greatest number of points of a Latin hypercube.
const maxDrawn = 100_000_000

// stream is the random stream of an axis, or of a point on it: those of replicas belong to
// fingerprints, which such a text is none of.
func (d Design) stream(axis, point int) (float func() float64, below func(int) int) {
	r := random.New(d.Seed, fmt.Sprintf("Latin hypercube, axis %d", axis), d.Points, point)
	return r.Float64, r.IntN
}

// order says which part of an axis each of the points has.
func (d Design) order(axis int) []int32 {
	order := make([]int32, d.Points)
	for i := range order {
		order[i] = int32(i)
	}
	_, below := d.stream(axis, -1)
	for i := len(order) - 1; i > 0; i-- {
		j := below(i + 1)
		order[i], order[j] = order[j], order[i]
	}
	return order
}

// drawn is the value of a point on an axis.
func (l *layout) drawn(axis, point int) float64 {
	uniform, _ := l.stream(axis, point)
	return l.Axes[axis].part((float64(l.orders[axis][point]) + uniform()) / float64(l.Points))
}
