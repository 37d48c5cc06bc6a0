package shotnoise

import (
	"testing"

	"balanced/bnn"
)

// One source more among five in the own class; nothing else.
func TestSelfish(t *testing.T) {
	s, selfish := bnn.Must(New(Deaf(0.5), 5)), bnn.Must(New(Selfish(Deaf(0.5), 5), 5))
	for k := 1; k <= 4; k++ {
		one := bnn.Must(selfish.Cumulant(k, 0, 2)) - bnn.Must(s.Cumulant(k, 0, 2))
		silent := Deaf(0.5) // the own class alone, with which one source is a quarter of four
		silent.Weights[0][1], silent.Populations[0].Stimulus = 0, nil
		silent.Initial = bnn.Initial{Mean: []float64{0, 0}, Variance: []float64{0, 0}}
		near(t, "one source", one, bnn.Must(bnn.Must(New(silent, 5)).Cumulant(k, 0, 2))/4, 1e-12)
	}
}

// The kicked network tells the age of potentials: a thousandth of a time constant is a tenth of its spikes.
func TestKickedTellsAges(t *testing.T) {
	s := bnn.Must(New(Kicked(), 20))
	fresh, stale := bnn.Must(s.Spikes(0, 1, 0, 0.02)), bnn.Must(s.Spikes(0, 1, 0, 0.019))
	near(t, "share of spikes", 1-stale/fresh, 0.1, 0.005)
}

// The other networks are ones that New takes, and far from Gaussian where they say so.
func TestExamples(t *testing.T) {
	s := bnn.Must(New(Listening(), 10))
	gaussian := bnn.Expect(Listening().Populations[1].Rate, bnn.Must(s.Cumulant(1, 1, 2)), bnn.Must(s.Cumulant(2, 1, 2))).Value
	if exact := bnn.Must(s.Rate(1, 2)); !(exact > gaussian+0.2 || exact < gaussian-0.2) {
		t.Errorf("the rate %v is that of a Gaussian, %v", exact, gaussian)
	}
	if s := bnn.Must(New(Many(), 1000)); s.Count(0) != 1000 || s.Populations()[0] != "E" {
		t.Error("not the network of a thousand neurons")
	}
}
