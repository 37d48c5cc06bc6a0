package bnn

import (
	"fmt"
	"math"
	"slices"
)

// MaxNeurons is the largest number of neurons of a population or source, 2⁴⁰: more than any
// network has.
const MaxNeurons = 1 << 40

// MaxSize is the largest n: up to it, n is a whole number in floating point.
const MaxSize = 1 << 53

// Count returns the number of neurons round(q·n) of a population in a network of
// size n. Fewer than 2 (which have no variance) or more than 2⁴⁰ are an
// *InputError for n that tells the range the size of the population allows.
func (network *Network) Count(population, n int) (int, error) {
	if err := CheckIndex("population", population, len(network.Populations)); err != nil {
		return 0, err
	}
	path := IndexPath("populations", population) + ".size"
	return neuronCount(path, network.Populations[population].Size, n, 2)
}

// SourceCount returns the number of neurons round(q·n) of a feedforward source in
// a network of size n. None or more than 2⁴⁰ are an *InputError for n that tells the
// range the size of the source allows.
func (network *Network) SourceCount(source, n int) (int, error) {
	if err := CheckIndex("source", source, len(network.Feedforward)); err != nil {
		return 0, err
	}
	path := IndexPath("feedforward", source) + ".size"
	return neuronCount(path, network.Feedforward[source].Size, n, 1)
}

func neuronCount(path string, share float64, n, fewest int) (int, error) {
	if err := PositiveNumber.Check(path, share); err != nil {
		return 0, err
	}
	count := math.Round(share * float64(n))
	if count >= float64(fewest) && count <= MaxNeurons && n <= MaxSize {
		return int(count), nil
	}
	least := math.Ceil((float64(fewest) - 0.5) / share)
	most := min(math.Ceil((MaxNeurons+0.5)/share)-1, MaxSize)
	return 0, &InputError{"n", fmt.Sprint(n), fmt.Sprintf("a whole number from %.0f to %.0f, so that %s, which is %v, makes round(size·n) at least %d and at most %d neurons",
		least, most, path, share, fewest, MaxNeurons)}
}

// Counts returns the numbers of neurons of all populations and sources at size n.
// The errors are those of Count and SourceCount.
func (network *Network) Counts(n int) (populations, sources []int, err error) {
	for a := range network.Populations {
		count, err := network.Count(a, n)
		if err != nil {
			return nil, nil, err
		}
		populations = append(populations, count)
	}
	for x := range network.Feedforward {
		count, err := network.SourceCount(x, n)
		if err != nil {
			return nil, nil, err
		}
		sources = append(sources, count)
	}
	return populations, sources, nil
}

// AtSize returns the network as it is at size n: a copy whose sizes are N_a/n and N_x/n,
// with whole numbers N_a = round(q_a n) of neurons. Everything that is said about a finite
// network is said about this one; q itself, which differs by up to 1/(2n), belongs to the
// limit. Weights and the initial law are shared with the network, which is not changed.
// The errors are those of Count.
func (network *Network) AtSize(n int) (*Network, error) {
	populations, sources, err := network.Counts(n)
	if err != nil {
		return nil, err
	}
	sized := *network
	sized.Populations = slices.Clone(network.Populations)
	for a, count := range populations {
		sized.Populations[a].Size = float64(count) / float64(n)
	}
	sized.Feedforward = slices.Clone(network.Feedforward)
	for x, count := range sources {
		sized.Feedforward[x].Size = float64(count) / float64(n)
	}
	return &sized, nil
}
