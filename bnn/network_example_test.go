package bnn_test

import (
	"fmt"

	"balanced/bnn"
)

func ExampleReadNetwork() {
	network, err := bnn.ReadNetwork("../data/networks/feedforward.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	for a, population := range network.Populations {
		count, err := network.Count(a, 1000)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %d neurons, weights %v\n", population.Name, count, network.Weights[a])
	}
	fmt.Println("drive at time 1:", network.Feedforward[0].Rate.At(1))
	// Output:
	// E: 1000 neurons, weights [0.5 -1]
	// I: 1000 neurons, weights [0.8 -0.9]
	// drive at time 1: 1.3
}

func ExampleParseNetwork_mistake() {
	_, err := bnn.ParseNetwork([]byte(`{
		"name": "one",
		"populations": [{"name": "E", "tau": -1, "rate": {"kind": "constant", "value": 1}}],
		"weights": [[1]],
		"initial": {"mean": [0], "variance": [1], "project": false}
	}`))
	fmt.Println(err)
	// Output:
	// populations[0].tau: -1 is not allowed: must be a finite number > 0
}

func ExampleNetwork_Fingerprint() {
	network, err := bnn.ReadNetwork("../data/networks/abstract.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	before := network.Fingerprint()
	network.Name = "another label"
	fmt.Println("the name changes it:", network.Fingerprint() != before)
	network.Weights[0][0] = 1.01
	fmt.Println("a weight changes it:", network.Fingerprint() != before)
	// Output:
	// the name changes it: false
	// a weight changes it: true
}

func ExampleNetwork_Clone() {
	network := bnn.Must(bnn.ReadNetwork("../data/networks/abstract.json"))
	weaker := network.Clone()
	weaker.Weights[0][1] = -0.5
	fmt.Println(network.Weights[0], weaker.Weights[0])
	// Output:
	// [1 -1] [1 -0.5]
}

func ExampleNetwork_Set() {
	network := bnn.Must(bnn.ReadNetwork("../data/networks/abstract.json"))
	for _, setting := range []bnn.Setting{
		{Path: "weights[*][I]", Value: -0.9},
		{Path: "populations[E].rate.slope", Value: 2},
		{Path: "populations[1].stimulus.amplitude", Value: 2},
	} {
		if err := network.Set(setting.Path, setting.Value); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(network.Weights, network.Populations[0].Rate)
	fmt.Println("still a network:", network.Validate() == nil)
	// Output:
	// populations[1].stimulus.amplitude: an unknown key is not allowed: must be one of the keys value
	// [[1 -0.9] [1 -0.9]] {2 2 0}
	// still a network: true
}

func ExampleMoments_Series() {
	moments := bnn.NewMoments([]string{"E", "I"}, []float64{0, 0.5, 1})
	for row, t := range moments.Times {
		moments.Variance[row][1] = 1 - t/2
	}
	fmt.Println(bnn.Must(moments.Series(bnn.Variances, 1)))
	now := bnn.Must(moments.At(0.5))
	fmt.Println(now.Variance[0])
	// Output:
	// [1 0.75 0.5]
	// [0 0.75]
}
