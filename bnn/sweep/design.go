package sweep

import (
	"fmt"
	"strconv"
	"strings"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// A Design says at which points of the space of its axes a network is looked at. It is made
// by Grid or Latin.
type Design struct {
	Network *bnn.Network
	Axes    []Axis
	Points  int    // of a Latin hypercube; 0 for a grid
	Seed    uint64 // of a Latin hypercube, and of what is simulated
}

// Grid is the design of all combinations of the values on the axes, the last axis fastest.
func Grid(network *bnn.Network, axes ...Axis) Design {
	return Design{Network: network, Axes: axes}
}

// A Point is one network of a design.
type Point struct {
	Index   int       // from 0
	Values  []float64 // one an axis
	N       int       // the size, 0 if no axis varies it
	Network *bnn.Network
}

// maxPoints is the greatest number of points of a design.
const maxPoints = 1 << 31

// Len is the number of points, 0 for a design that Check refuses.
func (d Design) Len() int {
	if d.Points > 0 {
		return d.Points
	}
	total := 1
	for _, axis := range d.Axes {
		if total *= max(0, axis.length()); total > maxPoints {
			return 0
		}
	}
	return total
}

// A layout is a design whose axes are right, ready to give its points, to one at a time.
type layout struct {
	Design
	orders [][]int32 // of a Latin hypercube, one an axis; nil until they are needed
}

// layout checks everything but the single points, by *InputErrors for axes[i] and what is
// below it.
func (d Design) layout() (*layout, error) {
	if d.Network == nil {
		return nil, &bnn.InputError{Path: "network", Value: "nil", Allowed: "a network"}
	}
	if err := d.Network.Validate(); err != nil {
		return nil, err
	}
	if d.Points < 0 || d.Points > maxDrawn {
		return nil, &bnn.InputError{Path: "points", Value: fmt.Sprint(d.Points), Allowed: fmt.Sprintf("a whole number from 1 to %d", maxDrawn)}
	}
	if len(d.Axes) == 0 {
		return nil, &bnn.InputError{Path: "axes", Value: "a list of 0", Allowed: "a list of 1 or more axes"}
	}
	names := map[string]string{"point": "the column point"}
	for i, axis := range d.Axes {
		path := bnn.IndexPath("axes", i)
		if err := axis.check(path, d.Points > 0); err != nil {
			return nil, err
		}
		if owner, taken := names[axis.label()]; taken {
			return nil, &bnn.InputError{Path: path + ".name", Value: strconv.Quote(axis.label()), Allowed: "unlike " + owner}
		}
		names[axis.label()] = path + ".name"
		if err := d.checkPaths(path, axis); err != nil {
			return nil, err
		}
	}
	if d.Len() == 0 {
		return nil, &bnn.InputError{Path: "axes", Value: "more points than can be numbered", Allowed: fmt.Sprintf("axes of at most %d points together", maxPoints)}
	}
	return &layout{Design: d}, nil
}

// checkPaths refuses a path that leads to no number, and a value on the axis of a grid that
// the number may not have.
func (d Design) checkPaths(path string, axis Axis) error {
	network := d.Network.Clone()
	for i, target := range axis.Paths {
		if target == sizePath {
			continue
		}
		// Every number of a network may keep its value.
		if err := network.Scale(target, 1); err != nil {
			return &bnn.InputError{Path: bnn.IndexPath(path+".paths", i), Value: strconv.Quote(target), Allowed: fmt.Sprintf("the path of a number of the network, or n (%v)", err)}
		}
	}
	if axis.Factor || d.Points > 0 {
		return nil // the points will tell
	}
	type place struct {
		path  string
		value float64
	}
	var places []place
	for i, value := range axis.Values {
		places = append(places, place{bnn.IndexPath(path+".values", i), value})
	}
	if len(axis.Values) == 0 {
		places = append(places, place{path + ".from", axis.From})
		if axis.Count > 1 {
			places = append(places, place{path + ".to", axis.To})
		}
	}
	for _, at := range places {
		for _, target := range axis.Paths {
			if target == sizePath {
				continue
			}
			if err := network.Set(target, at.value); err != nil {
				return &bnn.InputError{Path: at.path, Value: numbers.Text(at.value), Allowed: fmt.Sprintf("a value for %s (%v)", target, err)}
			}
		}
	}
	return nil
}

// values are those of a point on the axes.
func (l *layout) values(index int) []float64 {
	values := make([]float64, len(l.Axes))
	if l.Points > 0 {
		for i := len(l.orders); i < len(l.Axes); i++ {
			l.orders = append(l.orders, l.order(i))
		}
		for i := range l.Axes {
			values[i] = l.drawn(i, index)
		}
		return values
	}
	for i := len(l.Axes) - 1; i >= 0; i-- {
		length := l.Axes[i].length()
		values[i] = l.Axes[i].value(index % length)
		index /= length
	}
	return values
}

// point makes a point, or refuses it, with its number and values, if its network or its size
// is not right.
func (l *layout) point(index int) (Point, error) {
	point := Point{Index: index, Values: l.values(index), Network: l.Network.Clone()}
	for i, axis := range l.Axes {
		for _, target := range axis.Paths {
			var err error
			switch {
			case target == sizePath:
				point.N = int(point.Values[i])
			case axis.Factor:
				err = point.Network.Scale(target, point.Values[i])
			default:
				err = point.Network.Set(target, point.Values[i])
			}
			if err != nil {
				return point, l.refuse(point, err)
			}
		}
	}
	if err := point.Network.Validate(); err != nil {
		return point, l.refuse(point, err)
	}
	if point.N > 0 {
		if _, _, err := point.Network.Counts(point.N); err != nil {
			return point, l.refuse(point, err)
		}
	}
	return point, nil
}

// refuse says which point an error is about.
func (l *layout) refuse(point Point, err error) error {
	var where []string
	for i, axis := range l.Axes {
		where = append(where, axis.label()+" = "+numbers.Text(point.Values[i]))
	}
	return fmt.Errorf("point %d (%s): %w", point.Index, strings.Join(where, ", "), err)
}
