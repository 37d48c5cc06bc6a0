package figure

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"balanced/analysis/internal/analysistest"
)

// A sample that is exactly at its expected places lies on the line, in any units.
func TestQuantilePanelOfANormalLaw(t *testing.T) {
	for _, count := range []int{2, 5, 200, 201, 5000} {
		sample := make([]float64, count)
		for i := range sample {
			sample[i] = 3 + 2*normalQuantile(i, count)
		}
		rand.New(rand.NewPCG(1, 1)).Shuffle(count, func(i, j int) { sample[i], sample[j] = sample[j], sample[i] })
		before := slices.Clone(sample)
		panel, err := QuantilePanel("E", Excitatory, sample, 3, 4)
		if err != nil {
			t.Fatal(err)
		}
		points := panel.Points[0]
		for i := range points.X {
			analysistest.Near(t, "quantile", points.Y[i], points.X[i], 1e-12)
		}
		if !slices.Equal(before, sample) {
			t.Error("the sample was changed")
		}
		if _, err := New("", "", panel); err != nil {
			t.Error(err)
		}
	}
}

func TestDrawnRanks(t *testing.T) {
	for _, count := range []int{1, 199, 200, 201, 202, 250, 1000, 1000000} {
		ranks := drawnRanks(count)
		if len(ranks) > 200 || len(ranks) < min(count, 130) || ranks[0] != 0 || ranks[len(ranks)-1] != count-1 {
			t.Errorf("%d of %d: from %d to %d", len(ranks), count, ranks[0], ranks[len(ranks)-1])
		}
		for i := 1; i < len(ranks); i++ {
			if ranks[i] <= ranks[i-1] {
				t.Errorf("of %d: %d after %d", count, ranks[i], ranks[i-1])
			}
		}
		if count >= 60 && (ranks[29] != 29 || ranks[len(ranks)-30] != count-30) {
			t.Errorf("of %d: tails are not whole", count)
		}
	}
}

func TestQuantilePanelRefuses(t *testing.T) {
	two := []float64{1, 2}
	for want, err := range map[string]error{
		"sample: 1 values":   second(QuantilePanel("", Ink, two[:1], 0, 1)),
		"sample[1]: NaN":     second(QuantilePanel("", Ink, []float64{1, math.NaN()}, 0, 1)),
		"mean: +Inf":         second(QuantilePanel("", Ink, two, math.Inf(1), 1)),
		"variance: 0":        second(QuantilePanel("", Ink, two, 0, 0)),
		"quantiles.color: 9": second(QuantilePanel("", 9, two, 0, 1)),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

func second(_ Panel, err error) error { return err }
