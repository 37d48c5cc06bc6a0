package plane

import (
	"fmt"
	"math"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/theory/tipping"
)

// Fold is a panel in which fibres are upright, in the coordinates of Upright: it has all states of a network of
// two populations and weights of rank 1 in which the currents of order √n cancel, at the given variances and at time 0,
// stable ones as a solid line and unstable ones as a dashed one. Where these meet is a fold, which gets a note:
// a network that is dragged beyond it finds no balance on its fibre, and jumps (theory.md §18).
//
// Along are means of population 0, across the first coordinate of Upright; both axes need ends. For each of 401 means of
// population 0 that of population 1 is found by bisection to 1e-9 within 50 of it; where it is not the lines have
// a gap. The errors are those of tipping.At, and a *bnn.InputError for axes without ends or another number of populations.
func Fold(network *bnn.Network, variance []float64, across, along figure.Axis) (figure.Panel, error) {
	if p := len(network.Populations); p != 2 {
		return figure.Panel{}, &bnn.InputError{Path: "network", Value: fmt.Sprintf("%d populations", p), Allowed: "2 populations"}
	}
	if !(across.Low < across.High) || !(along.Low < along.High) {
		return figure.Panel{}, &bnn.InputError{Path: "axes", Value: fmt.Sprintf("from %g to %g and %g to %g", across.Low, across.High, along.Low, along.High),
			Allowed: "ends that increase"}
	}
	const steps = 400
	panel := figure.Panel{X: across, Y: along}
	lines := []figure.Line{{Name: "stable balance", Color: figure.Grey}, {Name: "unstable balance", Color: figure.Grey, Dashed: true}}
	before := math.NaN() // the κ of the point before
	for i := range steps + 1 {
		m := along.Low + (along.High-along.Low)*float64(i)/steps
		other, kappa, err := balance(network, variance, m)
		if err != nil {
			return figure.Panel{}, err
		}
		x := m - slope(network)*other
		for k := range lines {
			drawn := x
			if unstable := k == 1; unstable != (kappa > 0) && unstable != (before > 0) { // where they meet they share a piece
				drawn = math.NaN()
			}
			lines[k].X, lines[k].Y = append(lines[k].X, drawn), append(lines[k].Y, m)
		}
		if kappa*before < 0 && x > across.Low && x < across.High {
			panel.Notes = append(panel.Notes, figure.Note{X: x, Y: m, Text: "fold"})
		}
		before = kappa
	}
	panel.Lines = lines
	return panel, nil
}

// balance is the mean of population 1 that cancels the currents of order √n at a mean of population 0, and the κ there;
// NaN if there is none.
func balance(network *bnn.Network, variance []float64, m float64) (other, kappa float64, err error) {
	const far = 50.0
	var at tipping.Motion
	force := func(other float64) float64 {
		var refused error
		if at, refused = tipping.At(network, []float64{m, other}, variance, 0); refused != nil {
			err = refused
		}
		return at.Force
	}
	low, high := force(m-far), force(m+far)
	if err != nil || !(low*high < 0) {
		return math.NaN(), math.NaN(), err
	}
	other, err = tipping.Bisect(m-far, m+far, 1e-9, func(other float64) (bool, error) { return force(other)*high > 0, err })
	if err != nil {
		return math.NaN(), math.NaN(), err
	}
	force(other)
	return other, at.Kappa, err
}

// slope is u_0/u_1 for weights u_a w_b.
func slope(network *bnn.Network) float64 {
	if network.Weights[1][0] != 0 {
		return network.Weights[0][0] / network.Weights[1][0]
	}
	return network.Weights[0][1] / network.Weights[1][1]
}

// Upright returns moments with other means, those of m_0 − (u_0/u_1) m_1, which the fast motion leaves as it is, and
// of m_0: the fibres of two populations with weights u_a w_b are upright in the plane of the two.
func Upright(network *bnn.Network, m *bnn.Moments) *bnn.Moments {
	upright := *m
	upright.Mean = nil
	for _, mean := range m.Mean {
		upright.Mean = append(upright.Mean, []float64{mean[0] - slope(network)*mean[1], mean[0]})
	}
	return &upright
}
