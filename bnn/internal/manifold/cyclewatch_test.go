package manifold

import "testing"

// Rounds narrow if each is narrower than the one before: at the limit of stability widths of a solver jitter, and the last of
// some may well be less than the first.
func TestRoundsThatJitterDoNotNarrow(t *testing.T) {
	for _, c := range []struct {
		sizes            []float64
		narrowing, round bool
	}{
		{[]float64{3, 2}, false, false},
		{[]float64{3, 2.9, 2.8, 2.7}, true, true},
		{[]float64{37.122, 37.043, 37.073, 37.059}, false, true},
		{[]float64{2, 3, 4}, false, true},
	} {
		var w cycleWatch
		for i, size := range c.sizes {
			w.maxima = append(w.maxima, maximum{time: 2 * float64(i), size: size})
		}
		period, narrowing, round := w.trend()
		if narrowing != c.narrowing || round != c.round || round && period != 2 {
			t.Errorf("widths %g: period %g, narrowing %t, round %t", c.sizes, period, narrowing, round)
		}
	}
}

// A flow counts as turning if it went round often enough and wider than errors of the solver would let it.
func TestTurning(t *testing.T) {
	wide, narrow := cycleWatch{count: 2, maxima: []maximum{{size: 1}}}, cycleWatch{count: 2, maxima: []maximum{{size: 1e-6}}}
	if !wide.turning(2) || wide.turning(3) || narrow.turning(2) {
		t.Errorf("2 rounds are turning: of width 1 %t (3 asked: %t), of width 1e-6 %t", wide.turning(2), wide.turning(3), narrow.turning(2))
	}
}
