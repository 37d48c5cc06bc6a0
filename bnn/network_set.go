package bnn

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"balanced/bnn/internal/numbers"
)

// A Setting is another value for the numbers of a network that a path names, see
// Network.Set.
type Setting struct {
	Path  string
	Value float64
}

// String writes a setting as PATH=VALUE.
func (s Setting) String() string { return s.Path + "=" + numbers.Text(s.Value) }

// Set gives another value to every number that a path names, in the notation of network
// files and of the errors about them: weights[0][1], populations[1].rate.slope,
// feedforward[0].rate.value, initial.mean[0]. The index * stands for every one, and where
// populations or sources are counted their names are indices too: populations[I].rate.slope,
// weights[E][I]. Digits are always an index.
//
// A path that names no number, and a value that one of them may not have, is an *InputError
// that says what there is or what is allowed; the network is then as it was. Rules that hold
// between numbers, such as one sign a column of weights, are not looked at: call Validate
// after the last change. The network may be one that Validate refuses.
//
// Rows of Weights and other lists are changed in place: Clone a network that is to stay.
func (network *Network) Set(path string, value float64) error {
	return network.change(path, func(float64) float64 { return value })
}

// Scale multiplies every number that a path names by a factor; all else is as with Set, and
// the value that an error tells is the product.
func (network *Network) Scale(path string, factor float64) error {
	if err := AnyNumber.Check("factor", factor); err != nil {
		return err
	}
	return network.change(path, func(value float64) float64 { return factor * value })
}

// change gives every number that a path names the value that follows from the one it has.
func (network *Network) change(path string, next func(value float64) float64) error {
	steps, err := parsePath(path)
	if err != nil {
		return err
	}
	places, err := network.root().find("", steps)
	if err != nil {
		return err
	}
	values := make([]float64, len(places))
	for i, place := range places {
		values[i] = next(place.get())
		if err := place.rule.Check(place.path, values[i]); err != nil {
			return err
		}
	}
	for i, place := range places {
		place.set(values[i])
	}
	return nil
}

// A pathStep is a key, or an index in brackets.
type pathStep struct {
	text  string
	index bool
}

// parsePath reads key, key[index], key.key and so on.
func parsePath(path string) ([]pathStep, error) {
	malformed := &InputError{"path", quoteShort(path), "keys with indices, such as weights[0][1] or populations[I].rate.slope"}
	var steps []pathStep
	for rest := path; rest != "" || len(steps) == 0; {
		if bracket, is := strings.CutPrefix(rest, "["); is && len(steps) > 0 {
			index, after, closed := strings.Cut(bracket, "]")
			if !closed || index == "" {
				return nil, malformed
			}
			steps, rest = append(steps, pathStep{index, true}), after
			continue
		}
		if len(steps) > 0 {
			after, is := strings.CutPrefix(rest, ".")
			if !is {
				return nil, malformed
			}
			rest = after
		}
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		if end == 0 {
			return nil, malformed
		}
		steps, rest = append(steps, pathStep{rest[:end], false}), rest[end:]
	}
	return steps, nil
}

// find returns the places of all numbers that the steps lead to from a node at a path.
func (node pathNode) find(path string, steps []pathStep) ([]pathNode, error) {
	if len(steps) == 0 {
		if node.set == nil {
			return nil, &InputError{path, "a path to no number", "continued by " + node.choices()}
		}
		node.path = path
		return []pathNode{node}, nil
	}
	step := steps[0]
	at, value := keyPath(path, step.text), "an unknown key"
	if step.index {
		at, value = path+"["+step.text+"]", "an unknown index"
	}
	switch {
	case step.index != (node.element != nil):
		return nil, &InputError{at, value, node.choices()}
	case !step.index:
		if !slices.Contains(node.keys, step.text) {
			return nil, &InputError{at, value, node.choices()}
		}
		return node.member(step.text).find(at, steps[1:])
	case step.text == "*" && node.length > 0:
		var places []pathNode
		for i := range node.length {
			found, err := node.element(i).find(IndexPath(path, i), steps[1:])
			if err != nil {
				return nil, err
			}
			places = append(places, found...)
		}
		return places, nil
	}
	i, err := strconv.Atoi(step.text)
	if err != nil {
		i = slices.Index(node.names, step.text)
	}
	if i < 0 || i >= node.length {
		return nil, &InputError{at, value, node.choices()}
	}
	return node.element(i).find(IndexPath(path, i), steps[1:])
}

// choices says what may follow after a node, to be read after "must be".
func (node pathNode) choices() string {
	switch {
	case node.element != nil && node.length == 0:
		return "left out: the list is empty"
	case node.element != nil:
		text := fmt.Sprintf("an index from [0] to [%d], or [*] for all", node.length-1)
		const most = 20 // names that are worth reading
		if len(node.names) > 0 && len(node.names) <= most {
			text += fmt.Sprintf(", or one of the names %s in brackets", strings.Join(node.names, ", "))
		}
		return text
	case len(node.keys) > 0:
		return "one of the keys " + strings.Join(node.keys, ", ")
	case node.set != nil:
		return "left out: the path has come to a number"
	}
	return "left out: there is " + missing
}
