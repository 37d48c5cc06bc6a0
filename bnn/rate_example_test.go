package bnn_test

import (
	"fmt"
	"math"

	"balanced/bnn"
)

// leakyCell fires as a leaky integrator without noise does on a constant input v, with a
// refractory time: λ(v) = 1/(refractory + ln(v/(v − threshold))) above the threshold.
type leakyCell struct{ threshold, refractory float64 }

func (c leakyCell) At(v float64) float64 {
	if v <= c.threshold {
		return 0
	}
	return 1 / (c.refractory - math.Log1p(-c.threshold/v))
}
func (c leakyCell) Bound() float64   { return 1 / c.refractory }
func (c leakyCell) Kinks() []float64 { return []float64{c.threshold} }
func (c leakyCell) Key() string {
	return fmt.Sprintf("leaky cell, threshold %v, refractory %v", c.threshold, c.refractory)
}

// A rate of one's own: three methods, and the kink for faster integrals.
func ExampleRate() {
	network := bnn.Must(bnn.ReadNetwork("../data/networks/abstract.json"))
	network.Populations[0].Rate = leakyCell{threshold: 0.5, refractory: 0.25}
	fmt.Println("refused:", network.Validate())
	fmt.Printf("mean rate at mean 0.4 and variance 0.3: %.6f\n", network.Populations[0].Expectation(0.4, 0.3).Value)
	_, err := network.MarshalJSON()
	fmt.Println(err)

	table := bnn.Must(bnn.Tabulate(network.Populations[0].Rate, 0.4, 4.4, 40001))
	fmt.Printf("from its table: %.4f\n", bnn.Expect(table, 0.4, 0.3).Value)
	// Output:
	// refused: <nil>
	// mean rate at mean 0.4 and variance 0.3: 0.377679
	// populations[0].rate: a bnn_test.leakyCell is not allowed: must be for a file one of the kinds logistic, probit, constant, power, table: Tabulate makes a table of it
	// from its table: 0.3777
}

func ExampleSum() {
	flash := bnn.Sum{Of: []bnn.Stimulus{
		bnn.Ramp{From: 0, To: 1, Start: 1, Duration: 2},
		bnn.Pulse{Amplitude: 0.5, Start: 2, Duration: 1},
	}}
	fmt.Println(flash.At(0), flash.At(2), flash.At(4))
	fmt.Println("jumps of it or of its slope:", flash.Jumps())
	fmt.Println("at rest:", flash.Rest())
	// Output:
	// 0 1 1
	// jumps of it or of its slope: [1 2 3]
	// at rest: 1
}
