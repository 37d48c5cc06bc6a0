package study

import (
	"math"

	"balanced/bnn"
)

// Distance is how far moments are from others at the same times, such as a theory's, in one quantity
// of one population counted from 0: the difference and its square, averaged over all times but the
// first, of which there must be one. At the first a network is where it was put.
//
// Averaged over replicas the difference is a bias; the root of the average square is the error of
// one run, bias and fluctuation together.
func Distance(m, from *bnn.Moments, quantity bnn.Quantity, population int) (difference, square float64) {
	measured, predicted := m.Table(quantity), from.Table(quantity)
	for i := 1; i < len(measured); i++ {
		off := measured[i][population] - predicted[i][population]
		difference, square = difference+off, square+off*off
	}
	after := float64(len(measured) - 1)
	return difference / after, square / after
}

// MeanDifference is the difference of Distance alone: the bias, if moments are averages.
func MeanDifference(m, from *bnn.Moments, quantity bnn.Quantity, population int) float64 {
	difference, _ := Distance(m, from, quantity, population)
	return difference
}

// RelativeDistance is how far a quantity is from another's at the same times in per one of it, averaged over all populations
// and all times but the first, of which there must be one. What is compared with must not be 0.
func RelativeDistance(m, from *bnn.Moments, quantity bnn.Quantity) float64 {
	measured, predicted := m.Table(quantity), from.Table(quantity)
	sum, count := 0.0, 0.0
	for i := 1; i < len(measured); i++ {
		for a := range measured[i] {
			sum, count = sum+measured[i][a]/predicted[i][a]-1, count+1
		}
	}
	return sum / count
}

// Largest is the largest absolute value of a quantity, over all populations and times, the first too; 0 if there is none.
func Largest(m *bnn.Moments, quantity bnn.Quantity) (most float64) {
	for _, row := range m.Table(quantity) {
		for _, value := range row {
			most = max(most, math.Abs(value))
		}
	}
	return most
}

// Off is how far a quantity of one population, counted from 0, is from that of other moments at the same times, such as a theory's:
// the difference at each of them.
func Off(m, from *bnn.Moments, quantity bnn.Quantity, population int) []float64 {
	here, there := m.Table(quantity), from.Table(quantity)
	differences := make([]float64, len(here))
	for row := range here {
		differences[row] = here[row][population] - there[row][population]
	}
	return differences
}
