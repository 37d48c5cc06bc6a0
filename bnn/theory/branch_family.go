package theory

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
)

// A family is the networks along a path.
type family struct {
	base     *bnn.Network
	set      func(network *bnn.Network, value float64) error
	from, to float64
	fixed    *manifold.Manifold // where the path changes neither weights nor sizes
	resizes  []bool             // populations, and behind them sources, whose size the path changes; nil if none
	ends     [2]*bnn.Network    // at rest
}

// newFamily is the family of a path in network files.
func newFamily(network *bnn.Network, path string, from, to float64) (*family, error) {
	f := &family{from: from, to: to, set: func(network *bnn.Network, value float64) error { return network.Set(path, value) }}
	if err := network.Validate(); err != nil {
		return nil, err
	}
	for name, value := range map[string]float64{"from": from, "to": to} {
		if err := bnn.AnyNumber.Check(name, value); err != nil {
			return nil, err
		}
	}
	if path == "n" {
		return nil, &bnn.InputError{Path: "path", Value: `"n"`, Allowed: "of a number of the network file, of which the size n is none: give a branch its n, and follow it for several; a sweep has an axis n"}
	}
	if from == to {
		return nil, &bnn.InputError{Path: "to", Value: fmt.Sprint(to), Allowed: "another value than from"}
	}
	f.base = network
	for i, value := range []float64{from, to} {
		end, err := f.network(value)
		if err != nil {
			return nil, err
		}
		if err := end.Validate(); err != nil {
			return nil, err
		}
		f.ends[i] = end
	}
	ends := f.ends
	f.resizes = resized(ends[0], ends[1])
	if f.resizes == nil && sameWeights(ends[0], ends[1]) {
		if sameDynamics(ends[0], ends[1]) {
			return nil, &bnn.InputError{Path: "path", Value: fmt.Sprintf("%q", path),
				Allowed: "of a number on which stationary states depend: not of the initial law, nor of what is off at rest"}
		}
		var err error
		if f.fixed, err = manifold.Decompose(f.base); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// network returns that of one value, at rest: what is set may be the level at rest of a stimulus
// that changes.
func (f *family) network(value float64) (*bnn.Network, error) {
	network := f.base.Clone()
	if err := f.set(network, value); err != nil {
		return nil, err
	}
	return network.AtRest(), nil
}

// at prepares the network of one value.
func (f *family) at(value float64) (*manifold.Manifold, error) {
	network, err := f.network(value)
	if err != nil {
		return nil, err
	}
	if f.fixed == nil {
		return manifold.Decompose(network)
	}
	return f.fixed.With(network), nil
}

func (f *family) width() float64 { return math.Abs(f.to - f.from) }

// resized tells which populations and sources of two networks differ in size; nil if none do.
func resized(a, b *bnn.Network) []bool {
	var differ []bool
	for i, population := range a.Populations {
		differ = append(differ, population.Size != b.Populations[i].Size)
	}
	for i, source := range a.Feedforward {
		differ = append(differ, source.Size != b.Feedforward[i].Size)
	}
	if !slices.Contains(differ, true) {
		return nil
	}
	return differ
}

func sameWeights(a, b *bnn.Network) bool {
	return slices.EqualFunc(a.Weights, b.Weights, func(x, y []float64) bool { return slices.Equal(x, y) })
}

// sameDynamics tells whether two networks differ in their initial laws and names at most.
func sameDynamics(a, b *bnn.Network) bool {
	return reflect.DeepEqual(a.Populations, b.Populations) && reflect.DeepEqual(a.Feedforward, b.Feedforward) && sameWeights(a, b)
}
