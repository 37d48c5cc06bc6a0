package study

import "balanced/bnn"

// Class is the part of runs by Potentials that is one population at one time, both counted from 0: by size and replica the
// potentials of its neurons. The error, if a replica has no such time or population, is a *bnn.InputError.
func Class(runs *Runs[[][][]float64], row, population int) (*Runs[[]float64], error) {
	class := &Runs[[]float64]{Sizes: runs.Sizes, Seeds: runs.Seeds}
	for _, replicas := range runs.Replicas {
		potentials := make([][]float64, len(replicas))
		for r, replica := range replicas {
			if err := bnn.CheckIndex("row", row, len(replica)); err != nil {
				return nil, err
			}
			if err := bnn.CheckIndex("population", population, len(replica[row])); err != nil {
				return nil, err
			}
			potentials[r] = replica[row][population]
		}
		class.Replicas = append(class.Replicas, potentials)
	}
	return class, nil
}

// Paths are the potentials of one population, counted from 0, of replicas by time, population and neuron: by replica, time
// and neuron. The error, if a replica has no such population, is a *bnn.InputError.
func Paths(replicas [][][][]float64, population int) ([][][]float64, error) {
	paths := make([][][]float64, len(replicas))
	for r, replica := range replicas {
		for _, potentials := range replica {
			if err := bnn.CheckIndex("population", population, len(potentials)); err != nil {
				return nil, err
			}
			paths[r] = append(paths[r], potentials[population])
		}
	}
	return paths, nil
}
