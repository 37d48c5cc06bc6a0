package sweep_test

import (
	"context"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/sweep"
	"balanced/bnn/theory"
)

// What becomes of a network as inhibition gets weaker.
func ExampleSweep() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/tipping.json"))
	axis := sweep.Linear("weights[*][1]", -0.75, -0.15, 4)
	axis.Name = "g"
	s := &sweep.Sweep{Design: sweep.Grid(network, axis), Measures: []sweep.Measure{sweep.Regime(3)}}
	for row, err := range s.Rows(context.Background()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%v: g = %.2f is %v\n", row[0], row[1], row[2])
	}
	// Output:
	// 0: g = -0.75 is balanced
	// 1: g = -0.55 is balanced
	// 2: g = -0.35 is runaway
	// 3: g = -0.15 is runaway
}

// Any function of a network can be swept; an error stands beside its point.
func ExampleMap() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/tipping.json"))
	design := sweep.Grid(network, sweep.Values("weights[*][I]", -0.7, -0.6, -0.2))
	for _, r := range bnn.Must(sweep.Map(context.Background(), design, theory.StationaryStates)) {
		fmt.Println(r.Values, len(r.Value), "states", r.Err)
	}
	// Output:
	// [-0.7] 2 states <nil>
	// [-0.6] 2 states <nil>
	// [-0.2] 0 states <nil>
}

// A function of a point knows the size, which an axis may vary.
func ExampleEach() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	design := sweep.Grid(network, sweep.Log("n", 100, 10000, 3))
	neurons := func(_ context.Context, p sweep.Point) (int, error) { return p.Network.Count(0, p.N) }
	for r, err := range sweep.Each(context.Background(), design, 0, neurons) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Index, r.N, r.Value)
	}
	// Output:
	// 0 100 100
	// 1 1000 1000
	// 2 10000 10000
}

// A sweep in a file, with what stands in the columns of its table.
func ExampleRead() {
	s := bnn.Must(sweep.Read("../../data/sweeps/phase.json"))
	for _, column := range bnn.Must(s.Columns())[:7] {
		fmt.Println(column.Name, column.Kind)
	}
	fmt.Println(s.Len(), "points")
	// Output:
	// point integer
	// g number
	// slope number
	// regime text
	// regime_time number
	// regime_why text
	// regime_error text
	// 3600 points
}
