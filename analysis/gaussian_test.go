package analysis

import (
	"math"
	"math/rand/v2"
	"testing"

	"balanced/analysis/internal/analysistest"
)

func TestGaussianKeepsItsProbabilities(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	const trials, count, falseAlarm = 500, 100, 0.1
	critical := distanceAt(falseAlarm, count)
	shift, factor := meanCaught(critical, count), spreadCaught(critical, count)
	var failed, caughtMean, caughtSpread int
	for range trials {
		sample, shifted, spread := make([]float64, count), make([]float64, count), make([]float64, count)
		for i := range sample {
			sample[i] = 3 + 2*random.NormFloat64()
			shifted[i], spread[i] = sample[i]+2*shift, 3+factor*(sample[i]-3)
		}
		test := Gaussian{Claim: "The potentials are normal.", Label: Stated, FalseAlarm: falseAlarm}
		for _, row := range []struct {
			sample []float64
			fails  *int
		}{{sample, &failed}, {shifted, &caughtMean}, {spread, &caughtSpread}} {
			v, err := test.Test(row.sample, 3, 4)
			if err != nil {
				t.Fatal(err)
			}
			if !v.Holds() {
				*row.fails++
			}
		}
	}
	analysistest.Near(t, "false alarms", float64(failed)/trials, falseAlarm, 5*math.Sqrt(falseAlarm*(1-falseAlarm)/trials))
	for name, caught := range map[string]int{"mean": caughtMean, "spread": caughtSpread} {
		if share := float64(caught) / trials; share < 0.98 {
			t.Errorf("%s: caught in %g of the trials, want 0.99 or more", name, share)
		}
	}
}

// Another law of the same mean and variance is caught at the default false alarm.
func TestGaussianCatchesAnotherLaw(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	uniform, skew := make([]float64, 2000), make([]float64, 2000)
	for i := range uniform {
		uniform[i], skew[i] = math.Sqrt(12)*(random.Float64()-0.5), random.ExpFloat64()-1
	}
	for name, sample := range map[string][]float64{"uniform": uniform, "exponential": skew} {
		if v, err := (Gaussian{Claim: "normal", Label: Derived}).Test(sample, 0, 1); err != nil || v.Holds() {
			t.Errorf("%s: %+v, %v", name, v, err)
		}
	}
}

// Around the own mean a shift of all values does not count, but their spread and shape do.
func TestGaussianShape(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	sample := func(draw func() float64) []float64 {
		values := make([]float64, 1000)
		for i := range values {
			values[i] = 3 + draw()
		}
		return values
	}
	claim := Gaussian{Claim: "c", Label: Derived}
	normal := sample(random.NormFloat64)
	if v, err := claim.TestShape(normal, 1); err != nil || !v.Holds() {
		t.Error(v, err)
	}
	if v, err := claim.Test(normal, 0, 1); err != nil || v.Holds() {
		t.Error("a mean wrong by 3 passes", v, err)
	}
	for name, wrong := range map[string][]float64{
		"wide":        sample(func() float64 { return 1.7 * random.NormFloat64() }),
		"exponential": sample(random.ExpFloat64),
	} {
		if v, err := claim.TestShape(wrong, 1); err != nil || v.Holds() {
			t.Errorf("%s: %v, %v", name, v, err)
		}
	}
}
