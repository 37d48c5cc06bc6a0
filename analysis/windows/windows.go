// Package windows sums a quantity that fluctuates at rest over windows of time: numbers of spikes, and the input of a neuron
// (theory.md §12 of package bnn, "What rates make of it"). A window is a weight g at each of some evenly spaced times, and what is
// summed are values at such times, by simulations or by theory:
//
//	window := windows.Box(2.5, 0.02)
//	counts := windows.Sums(moments.Rate, 1, window.Integral())          // of population 1, window by window
//	inputs := windows.Sums(moments.Mean, 1, window.Input(tau))
package windows

import (
	"fmt"
	"math"

	"balanced/bnn"
)

// A Window weighs time: At[k] is g at k steps after its begin, from its first to its last moment.
type Window struct {
	Step float64
	At   []float64
}

// Box is a window of weight 1, whose edges are sharp. The length is a whole number of steps, 1 or more, up to 1e-6 of one; otherwise
// the error is a *bnn.InputError.
func Box(length, step float64) (Window, error) {
	return shaped(length, step, func(float64) float64 { return 1 })
}

// Hann is a window without edges, g = 2 sin²(πt/length), whose integral is that of a box. Length and error are those of Box.
func Hann(length, step float64) (Window, error) {
	return shaped(length, step, func(x float64) float64 { return 2 * math.Pow(math.Sin(math.Pi*x), 2) })
}

func shaped(length, step float64, g func(x float64) float64) (Window, error) {
	if err := bnn.PositiveNumber.Check("step", step); err != nil {
		return Window{}, err
	}
	steps := math.Round(length / step)
	if !(steps >= 1) || steps > 1e7 || math.Abs(length-steps*step) > 1e-6*step {
		return Window{}, &bnn.InputError{Path: "length", Value: fmt.Sprint(length), Allowed: fmt.Sprintf("1 to 10,000,000 steps of %g", step)}
	}
	w := Window{step, make([]float64, int(steps)+1)}
	for k := range w.At {
		w.At[k] = g(float64(k) / steps)
	}
	return w, nil
}

// Integral are the weights of values that make ∫ g(t) x(t) dt, by the trapezoid rule: of a rate they make a number of spikes.
func (w Window) Integral() []float64 {
	weights := make([]float64, len(w.At))
	for k := range w.At[1:] {
		weights[k] += w.At[k] * w.Step / 2
		weights[k+1] += w.At[k+1] * w.Step / 2
	}
	return weights
}

// Input are the weights of mean potentials that make ∫ g(t) (x′ + x/τ) dt: what all synapses, sources and stimuli together brought
// to the neurons in the window, for a membrane of time constant τ.
func (w Window) Input(tau float64) []float64 {
	weights := w.Integral()
	for k := range weights {
		weights[k] /= tau
	}
	for k := range w.At[1:] {
		middle := (w.At[k] + w.At[k+1]) / 2
		weights[k] -= middle
		weights[k+1] += middle
	}
	return weights
}

// Sums weighs a column of a table, one row a time, in one window after the other; where one ends the next begins. Rows that are
// left over are left out. There are no sums of a table that is shorter than a window, or of a column that it does not have.
func Sums(table [][]float64, column int, weights []float64) []float64 {
	var sums []float64
	for from := 0; len(weights) > 1 && from+len(weights) <= len(table); from += len(weights) - 1 {
		sum := 0.0
		for k, weight := range weights {
			if column < 0 || column >= len(table[from+k]) {
				return nil
			}
			sum += weight * table[from+k][column]
		}
		sums = append(sums, sum)
	}
	return sums
}

// Covariance is the unbiased covariance of two sums over windows, NaN for fewer than two or for lists of different length.
// Windows are taken for independent; what they remember of each other makes it too small by that covariance between windows,
// on average over all pairs of them.
func Covariance(x, y []float64) float64 {
	if len(x) != len(y) || len(x) < 2 {
		return math.NaN()
	}
	n := float64(len(x))
	mx, my, sum := 0.0, 0.0, 0.0
	for i := range x {
		mx, my = mx+x[i]/n, my+y[i]/n
	}
	for i := range x {
		sum += (x[i] - mx) * (y[i] - my)
	}
	return sum / (n - 1)
}

// Private is how much the sums over a window, of a function of the potential, differ between the neurons of a population: their unbiased variance
// over neurons, averaged over windows, from the potentials of a replica by time, population and neuron. What neurons have in common is not
// in it: it is the variance of one neuron less the covariance of two. NaN for fewer than two neurons, or no window.
func Private(potentials [][][]float64, population int, of func(v float64) float64, weights []float64) float64 {
	var table [][]float64 // by time and neuron
	for _, populations := range potentials {
		if population < 0 || population >= len(populations) {
			return math.NaN()
		}
		row := make([]float64, len(populations[population]))
		for j, v := range populations[population] {
			row[j] = of(v)
		}
		table = append(table, row)
	}
	if len(table) == 0 || len(table) < len(weights) {
		return math.NaN()
	}
	var byWindow [][]float64
	for j := range table[0] {
		for i, sum := range Sums(table, j, weights) {
			if i == len(byWindow) {
				byWindow = append(byWindow, nil)
			}
			byWindow[i] = append(byWindow[i], sum)
		}
	}
	variance := 0.0
	for _, sums := range byWindow {
		variance += Covariance(sums, sums) / float64(len(byWindow))
	}
	if len(byWindow) == 0 {
		return math.NaN()
	}
	return variance
}
