package figure_test

import (
	"context"
	"fmt"
	"strings"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory"
)

// small is a network of two populations, and 200 runs of 50 neurons each.
func small() (*bnn.Network, *simulate.Summary) {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	ensemble := simulate.Ensemble{Network: network, N: 50, Replicas: 200, Seed: 1}
	return network, bnn.Must(ensemble.Run(context.Background(), []float64{0, 0.5}))
}

func ExampleMoments() {
	network, runs := small()
	limit := bnn.Must(theory.Limit(context.Background(), network, runs.Times))
	drawn := bnn.Must(figure.Moments(runs, limit, nil))
	svg := bnn.Must(drawn.SVG())
	fmt.Printf("%.4s\n", svg)
	fmt.Println(drawn.Caption)
	// Output:
	// <svg
	// Mean and variance of the membrane potentials of each population over time. Points: averages over 200 replicas of a network of size n = 50, bars ±2 standard errors. Solid: the limit of large n.
}

// Theory as a line and simulation as points, on logarithmic axes, with a slope to
// compare them with. The names make the key.
func ExampleNew() {
	sizes := []float64{100, 1000, 10000}
	drawn, err := figure.New(
		"Bias of the mean against the size. Line: finite-n equations; points: averages over replicas, bars ±2 standard errors.",
		"A straight line that falls by a factor of ten when the size grows by a hundred; the points lie on it.",
		figure.Panel{
			Title:  "E",
			X:      figure.Axis{Label: "size n", Log: true},
			Y:      figure.Axis{Label: "bias of the mean", Log: true},
			Lines:  []figure.Line{{Name: "finite-n equations", X: sizes, Y: []float64{0.1, 0.0316, 0.01}, Color: figure.Excitatory}},
			Points: []figure.Points{{Name: "simulation", X: sizes, Y: []float64{0.104, 0.031, 0.012}, Error: []float64{0.003, 0.002, 0.001}, Color: figure.Excitatory}},
			Slopes: []figure.Slope{{Name: "slope −1/2", Exponent: -0.5, X: 1000, Y: 0.05}},
		})
	if err != nil {
		fmt.Println(err)
		return
	}
	svg := bnn.Must(drawn.SVG())
	fmt.Printf("%.4s, %t\n", svg, strings.Contains(string(svg), "\nslope −1/2\n"))

	_, err = figure.New("", "", figure.Panel{
		Y:     figure.Axis{Log: true},
		Lines: []figure.Line{{Name: "limit", X: sizes, Y: []float64{1, 0, 1}}},
	})
	fmt.Println(err)
	// Output:
	// <svg, true
	// panels[0].lines[0] "limit".y[1]: 0 is not allowed: must be a finite number > 0, the axis being logarithmic
}

// Whether the potentials of many neurons follow a normal law, at a glance.
func ExampleQuantilePanel() {
	potentials := []float64{-1.2, -0.4, 0.1, 0.3, 1.4}
	panel := bnn.Must(figure.QuantilePanel("E", figure.Excitatory, potentials, 0, 1))
	for i, x := range panel.Points[0].X {
		fmt.Printf("%5.2f %5.2f\n", x, panel.Points[0].Y[i])
	}
	// Output:
	// -1.18 -1.20
	// -0.50 -0.40
	//  0.00  0.10
	//  0.50  0.30
	//  1.18  1.40
}
