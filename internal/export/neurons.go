package export

import (
	"fmt"
	"strconv"
	"strings"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Neurons are so many of each population, the first ones: neurons of a population are alike,
// and the first as good a sample as any.
type Neurons []int

// ChooseNeurons reads a choice of the neurons of a network of size n: a number for as many of
// each population, as far as it has them, a list such as E=10,I=2, where others have none, or
// "" for all. The error is an *InputError.
func ChooseNeurons(text string, network *bnn.Network, n int) (Neurons, error) {
	all, _, err := network.Counts(n)
	if err != nil || text == "" {
		return all, err
	}
	refuse := func(value string) error {
		return &bnn.InputError{Path: "neurons", Value: fmt.Sprintf("%q", value), Allowed: "a number ≥ 1 of the first neurons of each population, or a list of them by populations of the network, such as E=10,I=2"}
	}
	if number, err := strconv.Atoi(text); err == nil {
		if number < 1 {
			return nil, refuse(text)
		}
		chosen := make(Neurons, len(all))
		for a, count := range all {
			chosen[a] = min(count, number)
		}
		return chosen, nil
	}
	chosen := make(Neurons, len(all))
	for _, part := range strings.Split(text, ",") {
		name, count, _ := strings.Cut(part, "=")
		a := populationOf(network, name)
		number, err := strconv.Atoi(count)
		if a < 0 || err != nil || number < 1 || chosen[a] != 0 {
			return nil, refuse(part)
		}
		if number > all[a] {
			return nil, &bnn.InputError{Path: "neurons", Value: part, Allowed: fmt.Sprintf("at most the %d neurons that %s has", all[a], name)}
		}
		chosen[a] = number
	}
	return chosen, nil
}

func populationOf(network *bnn.Network, name string) int {
	for a, population := range network.Populations {
		if population.Name == name {
			return a
		}
	}
	return -1
}

// total is the number of neurons of all populations.
func (n Neurons) total() int {
	total := 0
	for _, count := range n {
		total += count
	}
	return total
}

// most is the greatest number of neurons of a population.
func (n Neurons) most() int {
	most := 0
	for _, count := range n {
		most = max(most, count)
	}
	return most
}

// list is all of them by population and number.
func (n Neurons) list() []simulate.NeuronID {
	list := make([]simulate.NeuronID, 0, n.total())
	for a, count := range n {
		for index := range count {
			list = append(list, simulate.NeuronID{Population: a, Index: index})
		}
	}
	return list
}
