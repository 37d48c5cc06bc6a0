package sweep

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// maxText is the greatest length in bytes of a file, of which more is not read.
const maxText = 1 << 20

// Read reads a sweep from a JSON file of at most 1 MiB, as strictly as networks are read:
//
//	{"name": "phase", "note": "…", "network": "tipping.json", "seed": 1,
//	 "axes": [{"name": "g", "paths": ["weights[*][1]"], "from": -0.9, "to": -0.15, "count": 60},
//	          {"name": "slope", "paths": ["populations[1].rate.slope"], "values": [1, 2, 4, 8]}],
//	 "measure": [{"kind": "regime", "to": 3}, {"kind": "stationary"}, {"kind": "limit", "to": 3},
//	             {"kind": "finite", "n": 500, "to": 3},
//	             {"kind": "simulation", "n": 500, "replicas": 20, "to": 3, "method": "leap", "step": 0.01}]}
//
// The network is the path of a network file, from the folder of this one, or a network. An
// axis has values or from, to, count and scale, linear (the default) or log; with factor true
// the numbers are multiplied. With design latin and points, where grid is the default, points
// are drawn in a Latin hypercube, and count may be left out. The method of a simulation is
// exact (the default) or leap, whose step is chosen by simulate.DefaultTolerance if it is left
// out; n may be left out where an axis has the path n. The seed is required where anything is
// random.
//
// What the file may not hold is an error that names the file and wraps an *bnn.InputError with
// a path such as axes[0].paths[1]: unknown, missing and repeated keys, wrong types, NaN, values
// out of range and paths that lead to no number of the network. What is wrong with single
// points is found when they are computed, before the first is.
func Read(path string) (*Sweep, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading a sweep: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxText+1))
	if err != nil {
		return nil, fmt.Errorf("reading a sweep: %w", err)
	}
	sweep, err := Parse(text, filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return sweep, nil
}

// Parse reads a sweep from the text of a file in a folder, as Read does.
func Parse(text []byte, folder string) (*Sweep, error) {
	file := bnn.ParseStrict(text, "name", "note", "network", "seed", "design", "points", "axes", "measure")
	s := &Sweep{Name: label(file, "name")}
	if file.Has("note") {
		file.Text("note")
	}
	network, networkFile := file.Network("network")
	latin := file.Has("design") && choice(file, "design", "grid", "latin") == "latin"
	if latin {
		s.Points = file.Whole("points", 1, maxDrawn)
	} else if file.Has("points") {
		file.Refuse("points", "given", `left out, but with "design": "latin"`)
	}
	for _, o := range file.Objects("axes") {
		s.Axes = append(s.Axes, readAxis(o, latin))
	}
	sized := slices.ContainsFunc(s.Axes, Axis.sized)
	random := latin
	for _, o := range file.Objects("measure") {
		m := readMeasure(o, sized)
		_, simulates := m.(simulationMeasure)
		random = random || simulates
		s.Measures = append(s.Measures, m)
	}
	if random || file.Has("seed") {
		s.Seed = file.Seed("seed")
	}
	if err := file.Err(); err != nil {
		return nil, rooted(err)
	}
	if network == nil {
		if !filepath.IsAbs(networkFile) {
			networkFile = filepath.Join(folder, filepath.FromSlash(networkFile))
		}
		var err error
		if network, err = bnn.ReadNetwork(networkFile); err != nil {
			return nil, fmt.Errorf("network: %w", err)
		}
	}
	s.Network = network
	if _, err := s.check(); err != nil {
		return nil, err
	}
	return s, nil
}

// rooted names the sweep where an error is about all of it.
func rooted(err error) error {
	var input *bnn.InputError
	if errors.As(err, &input) && input.Path == "" {
		return &bnn.InputError{Path: "sweep", Value: input.Value, Allowed: input.Allowed}
	}
	return err
}

// label is a text that is not blank.
func label(o bnn.StrictObject, key string) string {
	text := o.Text(key)
	if blank(text) {
		o.RefuseText(key, text, "a text that is not blank")
	}
	return text
}

// choice is one of two texts.
func choice(o bnn.StrictObject, key, one, other string) string {
	text := o.Text(key)
	if text != one && text != other {
		o.RefuseText(key, text, one+" or "+other)
	}
	return text
}

func readAxis(o bnn.StrictObject, latin bool) Axis {
	axis := Axis{}
	if o.Has("values") {
		o.Allow("name", "paths", "factor", "values")
		if axis.Values = o.Numbers("values"); len(axis.Values) == 0 {
			o.Refuse("values", "a list of 0", "a list of 1 or more numbers")
		}
	} else {
		o.Allow("name", "paths", "factor", "from", "to", "count", "scale")
		axis.From, axis.To = o.Number("from"), o.Number("to")
		if !latin || o.Has("count") {
			axis.Count = o.Whole("count", 1, maxPoints)
		}
		axis.Log = o.Has("scale") && choice(o, "scale", "linear", "log") == "log"
	}
	axis.Name = label(o, "name")
	if axis.Paths = o.Texts("paths"); len(axis.Paths) == 0 {
		o.Refuse("paths", "a list of 0", "a list of 1 or more paths")
	}
	if o.Has("factor") {
		axis.Factor = o.Truth("factor")
	}
	return axis
}

// readMeasure reads a measure; sized tells that an axis varies n.
func readMeasure(o bnn.StrictObject, sized bool) Measure {
	size := func() int {
		if sized && !o.Has("n") {
			return 0
		}
		return o.Whole("n", 1, bnn.MaxSize)
	}
	kind := o.Text("kind")
	switch kind {
	case "regime":
		o.Allow("kind", "to")
		return Regime(o.Number("to"))
	case "stationary":
		o.Allow("kind")
		return Stationary()
	case "limit":
		o.Allow("kind", "to")
		return Limit(o.Number("to"))
	case "finite":
		o.Allow("kind", "n", "to")
		return Finite(size(), o.Number("to"))
	case "simulation":
		return Simulation(size(), o.Whole("replicas", 1, bnn.MaxSize), o.Number("to"), readMethod(o))
	}
	o.RefuseText("kind", kind, "one of the kinds regime, stationary, limit, finite, simulation")
	return Stationary()
}

func readMethod(o bnn.StrictObject) simulate.Method {
	if !o.Has("method") || choice(o, "method", "exact", "leap") == "exact" {
		if o.Has("step") {
			o.Refuse("step", "given", "left out, but with the method leap")
		}
		o.Allow("kind", "n", "replicas", "to", "method")
		return simulate.Exact{}
	}
	o.Allow("kind", "n", "replicas", "to", "method", "step")
	leap := simulate.Leap{Tolerance: simulate.DefaultTolerance}
	if o.Has("step") {
		if leap.Step = o.Number("step"); leap.Step <= 0 {
			o.Refuse("step", fmt.Sprint(leap.Step), "a finite number > 0")
		}
	}
	return leap
}
