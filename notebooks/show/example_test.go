package show_test

import (
	"context"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/notebooks/show"
)

func ExampleProgress() {
	network, err := bnn.ReadNetwork("../../data/networks/abstract.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	ensemble := simulate.Ensemble{Network: network, N: 100, Replicas: 8, Seed: 1, Progress: show.Progress("replicas")}
	summary, err := ensemble.Run(context.Background(), []float64{0, 0.1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(summary.Replicas, "replicas")
	// Output: 8 replicas
}
