package bnn

import "slices"

// A pathNode is a place in a network that a path can lead to: an object with keys, a list
// with indices, or a number. What is below it is looked up when a path goes on there.
type pathNode struct {
	// Of an object: the keys that lead to numbers.
	keys   []string
	member func(key string) pathNode
	// Of a list: its length, and the names of its elements if they have names.
	length  int
	names   []string
	element func(i int) pathNode
	// Of a number.
	path string
	rule NumberRule
	get  func() float64
	set  func(value float64)
}

// numberNode is a number that is kept at a target.
func numberNode(target *float64, rule NumberRule) pathNode {
	return pathNode{rule: rule, get: func() float64 { return *target }, set: func(value float64) { *target = value }}
}

// numbersNode is a list of numbers that follow one rule.
func numbersNode(list []float64, names []string, rule NumberRule) pathNode {
	return pathNode{length: len(list), names: names, element: func(i int) pathNode { return numberNode(&list[i], rule) }}
}

// kindNode is a rate or stimulus, with the parameters of its kind; one that is of no kind of
// network files has none.
func kindNode[T any](target *T, kinds []parametricKind[T]) pathNode {
	kind, _, found := parametersOf(*target, kinds)
	if !found {
		return pathNode{}
	}
	rules := make(map[string]NumberRule)
	var keys []string
	for _, parameter := range kind.parameters {
		keys = append(keys, parameter.key)
		rules[parameter.key] = parameter.rule
	}
	return pathNode{keys: keys, member: func(key string) pathNode {
		return pathNode{rule: rules[key], get: func() float64 { return parameterOf(*target, kinds, key) },
			set: func(value float64) { setParameter(target, kinds, key, value) }}
	}}
}

// parameterOf is one parameter of a rate or stimulus that has it.
func parameterOf[T any](target T, kinds []parametricKind[T], key string) float64 {
	kind, values, _ := parametersOf(target, kinds)
	return values[slices.IndexFunc(kind.parameters, func(p parameter) bool { return p.key == key })]
}

// setParameter gives one parameter of a rate or stimulus another value.
func setParameter[T any](target *T, kinds []parametricKind[T], key string, value float64) {
	kind, values, _ := parametersOf(*target, kinds)
	for i, parameter := range kind.parameters {
		if parameter.key == key {
			values[i] = value
		}
	}
	*target = kind.build(values)
}

// root is the network as a whole.
func (network *Network) root() pathNode {
	names := network.PopulationNames()
	return pathNode{keys: []string{"populations", "weights", "feedforward", "initial"}, member: func(key string) pathNode {
		switch key {
		case "populations":
			return pathNode{length: len(names), names: names, element: func(a int) pathNode { return network.Populations[a].node() }}
		case "weights":
			return pathNode{length: len(network.Weights), names: names, element: func(a int) pathNode {
				return numbersNode(network.Weights[a], names, AnyNumber)
			}}
		case "feedforward":
			var sources []string
			for _, source := range network.Feedforward {
				sources = append(sources, source.Name)
			}
			return pathNode{length: len(sources), names: sources, element: func(x int) pathNode { return network.Feedforward[x].node(names) }}
		}
		return network.Initial.node(names)
	}}
}

func (p *Population) node() pathNode {
	return pathNode{keys: []string{"tau", "size", "noise", "rate", "stimulus"}, member: func(key string) pathNode {
		switch key {
		case "tau":
			return numberNode(&p.Tau, PositiveNumber)
		case "size":
			return numberNode(&p.Size, PositiveNumber)
		case "noise":
			return numberNode(&p.Noise, NonNegativeNumber)
		case "rate":
			return kindNode(&p.Rate, rateKinds)
		}
		if p.Stimulus == nil {
			p.Stimulus = ConstantStimulus{} // which says the same
		}
		return kindNode(&p.Stimulus, stimulusKinds)
	}}
}

func (s *Source) node(populations []string) pathNode {
	return pathNode{keys: []string{"size", "rate", "weights"}, member: func(key string) pathNode {
		switch key {
		case "size":
			return numberNode(&s.Size, PositiveNumber)
		case "rate":
			return kindNode(&s.Rate, stimulusKinds)
		}
		return numbersNode(s.Weights, populations, AnyNumber)
	}}
}

func (initial *Initial) node(populations []string) pathNode {
	return pathNode{keys: []string{"mean", "variance"}, member: func(key string) pathNode {
		if key == "mean" {
			return numbersNode(initial.Mean, populations, AnyNumber)
		}
		return numbersNode(initial.Variance, populations, NonNegativeNumber)
	}}
}
