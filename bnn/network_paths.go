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
func kindNode[T any](value T, kinds []parametricKind[T], replace func(T)) pathNode {
	kind, values, found := parametersOf(value, kinds)
	if !found {
		return pathNode{}
	}
	var keys []string
	for _, parameter := range kind.parameters {
		keys = append(keys, parameter.key)
	}
	return pathNode{keys: keys, member: func(key string) pathNode {
		i := slices.Index(keys, key)
		place := func(j int) pathNode {
			return pathNode{rule: kind.parameters[i].rule,
				get: func() float64 { return values[i][j] },
				set: func(value float64) {
					// Lists are shared with whoever else has the value: they are copied. And
					// what was set here before, at another place, stays.
					values[i] = slices.Clone(values[i])
					values[i][j] = value
					replace(kind.build(values))
				}}
		}
		if !kind.parameters[i].list {
			return place(0)
		}
		return pathNode{length: len(values[i]), element: place}
	}}
}

// rateNode and stimulusNode are places where a rate or stimulus stands.
func rateNode(target *Rate) pathNode {
	return kindNode(*target, rateKinds, func(rate Rate) { *target = rate })
}

func stimulusNode(target *Stimulus) pathNode {
	return stimulusNodeOf(*target, func(stimulus Stimulus) { *target = stimulus })
}

func stimulusNodeOf(value Stimulus, replace func(Stimulus)) pathNode {
	sum, is := value.(Sum)
	if !is {
		return kindNode(value, stimulusKinds, replace)
	}
	return pathNode{keys: []string{"of"}, member: func(string) pathNode {
		parts := slices.Clone(sum.Of)
		return pathNode{length: len(parts), element: func(i int) pathNode {
			return stimulusNodeOf(parts[i], func(summand Stimulus) {
				parts = slices.Clone(parts)
				parts[i] = summand
				replace(Sum{Of: parts})
			})
		}}
	}}
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
	return pathNode{keys: []string{"tau", "size", "noise", "rate", "spread", "stimulus"}, member: func(key string) pathNode {
		switch key {
		case "tau":
			return numberNode(&p.Tau, PositiveNumber)
		case "size":
			return numberNode(&p.Size, PositiveNumber)
		case "noise":
			return numberNode(&p.Noise, NonNegativeNumber)
		case "rate":
			return rateNode(&p.Rate)
		case "spread":
			return numberNode(&p.Spread, NonNegativeNumber)
		}
		if p.Stimulus == nil {
			p.Stimulus = ConstantStimulus{} // which says the same
		}
		return stimulusNode(&p.Stimulus)
	}}
}

func (s *Source) node(populations []string) pathNode {
	return pathNode{keys: []string{"size", "rate", "weights"}, member: func(key string) pathNode {
		switch key {
		case "size":
			return numberNode(&s.Size, PositiveNumber)
		case "rate":
			return stimulusNode(&s.Rate)
		}
		return numbersNode(s.Weights, populations, AnyNumber)
	}}
}

func (initial *Initial) node(populations []string) pathNode {
	if initial.Components == nil {
		return pathNode{keys: []string{"mean", "variance"}, member: func(key string) pathNode {
			if key == "mean" {
				return numbersNode(initial.Mean, populations, AnyNumber)
			}
			return numbersNode(initial.Variance, populations, NonNegativeNumber)
		}}
	}
	return pathNode{keys: []string{"mean", "components"}, member: func(key string) pathNode {
		if key == "mean" {
			return numbersNode(initial.Mean, populations, AnyNumber)
		}
		return pathNode{length: len(initial.Components), names: populations, element: func(a int) pathNode {
			return pathNode{length: len(initial.Components[a]), element: func(i int) pathNode { return initial.Components[a][i].node() }}
		}}
	}}
}

func (c *Component) node() pathNode {
	return pathNode{keys: []string{"weight", "offset", "variance"}, member: func(key string) pathNode {
		switch key {
		case "weight":
			return numberNode(&c.Weight, PositiveNumber)
		case "offset":
			return numberNode(&c.Offset, AnyNumber)
		}
		return numberNode(&c.Variance, NonNegativeNumber)
	}}
}
