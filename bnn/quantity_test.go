package bnn

import (
	"slices"
	"testing"
)

// twoByTwo has a number of its own in each cell.
func twoByTwo() Moments {
	m := NewMoments([]string{"E", "I"}, []float64{0, 0.5, 1})
	for q, table := range m.Tables() {
		for row := range table {
			for a := range table[row] {
				table[row][a] = float64(100*q + 10*row + a)
			}
		}
	}
	return m
}

func TestSeries(t *testing.T) {
	m := twoByTwo()
	for q, quantity := range Quantities() {
		for a := range m.Populations {
			got, err := m.Series(quantity, a)
			at := float64(100*q + a)
			if want := []float64{at, at + 10, at + 20}; err != nil || !slices.Equal(got, want) {
				t.Errorf("%s of population %d is %v (error %v), want %v", quantity, a, got, err, want)
			}
		}
	}
	values := Must(m.Series(Rates, 1))
	values[0] = -1
	if m.Rate[0][1] == -1 {
		t.Error("a series is not a copy")
	}
	for _, a := range []int{-1, 2} {
		_, err := m.Series(Means, a)
		inputErrorAt(t, err, "population")
	}
	_, err := m.Series("fourth", 0)
	inputErrorAt(t, err, "quantity")
}

func TestMomentsAt(t *testing.T) {
	m := twoByTwo()
	now, err := m.At(0.5)
	if err != nil || !slices.Equal(now.Times, []float64{0.5}) || !slices.Equal(now.Populations, m.Populations) {
		t.Fatalf("the moments at 0.5 are %+v (error %v)", now, err)
	}
	for q, table := range now.Tables() {
		at := float64(100*q + 10)
		if len(table) != 1 || !slices.Equal(table[0], []float64{at, at + 1}) {
			t.Errorf("%s at 0.5 is %v", Quantities()[q], table)
		}
	}
	for _, missing := range []float64{-1, 0.25, 2} {
		_, err := m.At(missing)
		inputErrorAt(t, err, "t")
	}
	_, err = (&Moments{}).At(0)
	inputErrorAt(t, err, "t")
}
