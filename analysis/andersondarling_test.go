package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/analysistest"
	"balanced/internal/verification"
)

// Points at 10 %, 5 % and 1 %: T. W. Anderson and D. A. Darling, J. Amer. Stat. Assoc. 49,
// 765–769 (1954). Their last, 3.857, is the tabulated one; the exact one is 3.878125.
func TestAndersonDarlingAgainstTables(t *testing.T) {
	for _, row := range []struct{ z, tail, tolerance float64 }{
		{1.933, 0.1, 1e-5}, {2.492, 0.05, 3e-5}, {3.857, 0.01, 3e-4}, {3.878125, 0.01, 1e-8},
	} {
		analysistest.Near(t, fmt.Sprint("tail at ", row.z), andersonDarlingTail(row.z), row.tail, row.tolerance)
	}
	analysistest.Near(t, "far tail", andersonDarlingTail(200)*math.Exp(200)*math.Sqrt(200), math.Sqrt(3/math.Pi), 0.01)
	analysistest.Near(t, "near 0", andersonDarlingTail(0.01), 1, 0)
}

// In the limit the mean of A² is 1 and its variance 2(π²−9)/3.
func TestAndersonDarlingMoments(t *testing.T) {
	moment := func(weight func(z float64) float64) float64 {
		sum := 0.0
		for from := 0.0; from < 40; from += 2 {
			sum += quad.Fixed(func(z float64) float64 { return weight(z) * andersonDarlingTail(z) }, from, from+2, 40, quad.Legendre{}, 0)
		}
		return sum
	}
	analysistest.Near(t, "mean", moment(func(float64) float64 { return 1 }), 1, 1e-9)
	analysistest.Near(t, "mean square", moment(func(z float64) float64 { return 2 * z }), 1+2*(math.Pi*math.Pi-9)/3, 1e-9)
}

// Both tests of a law fail as often as stated, for few values and for many.
func TestLawTestsKeepTheirProbabilities(t *testing.T) {
	verification.Long(t)
	random := rand.New(rand.NewPCG(9, 10))
	law := distuv.Exponential{Rate: 2}
	const trials = 4000
	for _, count := range []int{2, 5, 50} {
		failed := map[string]int{}
		for range trials {
			sample := make([]float64, count)
			for i := range sample {
				sample[i] = random.ExpFloat64() / 2
			}
			_, p, err := AndersonDarling(sample, law.CDF)
			_, q, err2 := KolmogorovSmirnov(sample, law.CDF)
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			for _, falseAlarm := range []float64{0.05, 0.3} {
				if p < falseAlarm {
					failed[fmt.Sprint("Anderson–Darling ", falseAlarm)]++
				}
				if q < falseAlarm {
					failed[fmt.Sprint("Kolmogorov–Smirnov ", falseAlarm)]++
				}
			}
		}
		for _, name := range []string{"Anderson–Darling ", "Kolmogorov–Smirnov "} {
			for _, falseAlarm := range []float64{0.05, 0.3} {
				share := float64(failed[fmt.Sprint(name, falseAlarm)]) / trials
				room := 4 * math.Sqrt(falseAlarm/trials)
				if share > falseAlarm+room || share < falseAlarm*0.9-room {
					t.Errorf("%s of %d values fails with probability %g, want %g", name, count, share, falseAlarm)
				}
			}
		}
	}
}

// One value of two at the quartiles of the uniform law, by hand.
func TestLawTestsByHand(t *testing.T) {
	uniform := func(x float64) float64 { return min(1, max(0, x)) }
	distance, p, err := KolmogorovSmirnov([]float64{0.75, 0.25}, uniform)
	if err != nil || distance != 0.25 || p != 1 {
		t.Error(distance, p, err)
	}
	statistic, p, err := AndersonDarling([]float64{0.75, 0.25}, uniform)
	analysistest.Near(t, "A²", statistic, -2-(math.Log(0.25)+3*math.Log(0.75)+math.Log(0.25)+3*math.Log(0.75))/2, 1e-14)
	if err != nil || p < 0.9 {
		t.Error(p, err)
	}
	if statistic, p, err = AndersonDarling([]float64{0.5, 2}, uniform); !math.IsInf(statistic, 1) || p != 0 || err != nil {
		t.Error("a value that the law excludes:", statistic, p, err)
	}
}

// The tails weigh more: 15 of 1000 values at 7 standard deviations, where the others are
// at the quantiles of the normal law.
func TestAndersonDarlingSeesTheTail(t *testing.T) {
	sample := make([]float64, 1000)
	for i := range sample {
		sample[i] = distuv.UnitNormal.Quantile((float64(i) + 0.5) / 1000)
	}
	for range 2 {
		_, tail, err := AndersonDarling(sample, distuv.UnitNormal.CDF)
		_, middle, err2 := KolmogorovSmirnov(sample, distuv.UnitNormal.CDF)
		planted := sample[999] == 7
		if err != nil || err2 != nil || middle < 0.5 || planted != (tail < 0.01) {
			t.Error(planted, tail, middle, err, err2)
		}
		for i := 985; i < 1000; i++ {
			sample[i] = 7
		}
	}
}

func TestLawTestsRefuseBadInput(t *testing.T) {
	for _, test := range []func([]float64, func(float64) float64) (float64, float64, error){KolmogorovSmirnov, AndersonDarling} {
		try := func(sample []float64, cdf func(float64) float64) func() error {
			return func() error { _, _, err := test(sample, cdf); return err }
		}
		refused(t, "sample", try([]float64{1}, distuv.UnitNormal.CDF))
		refused(t, "sample[1]", try([]float64{1, math.Inf(1)}, distuv.UnitNormal.CDF))
		refused(t, "cdf: nil", try([]float64{1, 2}, nil))
		refused(t, "cdf(1): NaN", try([]float64{1, 2}, func(float64) float64 { return math.NaN() }))
		refused(t, "cdf(2): 0.4", try([]float64{1, 2}, func(x float64) float64 { return 0.8 / x }))
		refused(t, "cdf(1): 1.5", try([]float64{1, 2}, func(x float64) float64 { return x + 0.5 }))
	}
}
