package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"balanced/bnn"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %.8g, want %.8g ± %g", what, got, want, tolerance)
	}
}

// Critical values of the Kolmogorov–Smirnov distance at 5 % and 1 %: L. H. Miller,
// J. Amer. Stat. Assoc. 51, 111–121 (1956), table 1.
func TestDistanceAgainstMiller(t *testing.T) {
	for _, row := range []struct {
		count         int
		five, percent float64
	}{
		{5, 0.56328, 0.66853}, {10, 0.40925, 0.48893}, {20, 0.29408, 0.35241}, {40, 0.21012, 0.25205}, {100, 0.13403, 0.16081},
	} {
		near(t, fmt.Sprintf("5 %% of %d", row.count), distanceAt(0.05, row.count), row.five, 2e-5)
		near(t, fmt.Sprintf("1 %% of %d", row.count), distanceAt(0.01, row.count), row.percent, 2e-5)
	}
}

// In the centre the tail is an upper bound: G. Marsaglia, W. W. Tsang and J. Wang,
// J. Stat. Software 8 (18), 2003, give P(D < 0.274) = 0.628479615… for 10 values.
// For two values P(D < d) = 2(2d − 1/2)² when 1/4 ≤ d ≤ 1/2, and 1 − 2(1−d)² above.
func TestDistanceAgainstExactValues(t *testing.T) {
	exactTail := 1 - 0.6284796154565
	if got := distanceTail(0.274, 10); got < exactTail || got > exactTail*1.02 {
		t.Errorf("tail %g, want a little above %g", got, exactTail)
	}
	for _, d := range []float64{0.5, 0.7, 0.9} {
		near(t, fmt.Sprint("two values, ", d), distanceTail(d, 2), 2*(1-d)*(1-d), 1e-12)
	}
	// Far out, 2 exp(−2λ²) of Kolmogorov's limit law.
	const count, lambda = 1e6, 2.7
	near(t, "limit law", distanceTail(lambda/math.Sqrt(count), count)/(2*math.Exp(-2*lambda*lambda)), 1, 0.01)
	near(t, "zero", distanceTail(0, 7), 1, 0)
	near(t, "one", distanceTail(1, 7), 0, 0)
}

// The power of the two-sample t test in the documentation of R's power.t.test:
// power.t.test(n = 20, delta = 1, sd = 1) has power 0.8689528, and
// power.t.test(power = .90, delta = 1) needs n = 22.02110.
func TestPowerAgainstR(t *testing.T) {
	for _, row := range []struct{ count, power float64 }{{20, 0.8689528}, {22.02110, 0.9}} {
		degrees := 2*row.count - 2
		critical := distuv.StudentsT{Sigma: 1, Nu: degrees}.Quantile(0.975)
		near(t, fmt.Sprint("n = ", row.count), probabilityCaught(critical, degrees)(math.Sqrt(row.count/2)), row.power, 1e-5)
	}
	if got := shiftCaught(2.0243942, 38, 0.8689528); math.Abs(got-math.Sqrt(10)) > 1e-3 {
		t.Errorf("shift %g, want √10", got)
	}
}

// fake makes a simulation of normal replicas around a prediction, with one error
// planted at the last time of the last population.
func fake(random *rand.Rand, replicas, times int, planted float64) (*bnn.Summary, *bnn.Trajectory) {
	moments := func() bnn.Moments {
		m := bnn.Moments{Populations: []string{"E", "I"}}
		for row := range times {
			m.Times = append(m.Times, float64(row))
			for _, table := range []*[][]float64{&m.Mean, &m.Variance, &m.Third, &m.Rate} {
				*table = append(*table, make([]float64, 2))
			}
		}
		return m
	}
	runs := &bnn.Summary{N: 100, Replicas: replicas, Moments: moments(), StandardError: moments()}
	prediction := &bnn.Trajectory{Moments: moments()}
	for row := range times {
		for a := range 2 {
			prediction.Variance[row][a] = 0.5
			sample := make([]float64, replicas)
			for i := range sample {
				sample[i] = 0.5 + 0.05*random.NormFloat64()
				if row == times-1 && a == 1 {
					sample[i] += planted
				}
			}
			mean, deviation := stat.MeanStdDev(sample, nil)
			runs.Variance[row][a] = mean
			runs.StandardError.Variance[row][a] = stat.StdErr(deviation, float64(replicas))
		}
	}
	return runs, prediction
}

func agreement(falseAlarm, allowance float64) Agreement {
	return Agreement{Claim: "The variances agree.", Label: Derived, Quantity: Variance, FalseAlarm: falseAlarm, Allowance: allowance}
}

// A true claim fails as often as stated, and an error of the size that the power is
// stated for is caught as often as stated: both counted over many simulations.
func TestAgreementKeepsItsProbabilities(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const trials, replicas, times, falseAlarm = 1000, 30, 5, 0.2
	student := distuv.StudentsT{Sigma: 1, Nu: replicas - 1}
	critical := -student.Quantile(falseAlarm / times / 2 / 2)
	planted := shiftCaught(critical, replicas-1, power) * 0.05 / math.Sqrt(replicas)
	failed, caught := 0, 0
	for range trials {
		for _, shift := range []float64{0, planted} {
			runs, prediction := fake(random, replicas, times, shift)
			v, err := agreement(falseAlarm, 0).Test(runs, prediction)
			if err != nil {
				t.Fatal(err)
			}
			if v.Passed != (v.Low <= v.Measured && v.Measured <= v.High) || v.Passed != (v.PValue >= falseAlarm) {
				t.Fatalf("%+v contradicts itself", v)
			}
			switch {
			case shift == 0 && !v.Passed:
				failed++
			case shift != 0 && !v.Passed && strings.Contains(v.Where, "of I, t = 4"):
				caught++
			}
		}
	}
	// Independent comparisons: 1 − (1−0.02)^10 = 0.1829; five standard deviations.
	near(t, "false alarms", float64(failed)/trials, 0.1829, 5*math.Sqrt(0.1829*0.8171/trials))
	// Rarely another comparison is the worst, or the shift is beaten: 0.97 at least.
	if share := float64(caught) / trials; share < 0.97 {
		t.Errorf("the planted error was caught in %g of the trials, want 0.99", share)
	}
}

// A variance that is 5 % too large is caught at the default false alarm, and the
// allowance decides whether it matters.
func TestAgreementCatchesPlantedErrors(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	good, prediction := fake(random, 400, 20, 0)
	for _, row := range []struct {
		name      string
		factor    float64
		shift     float64
		allowance float64
		passes    bool
	}{
		{"nothing planted", 1, 0, 0, true},
		{"5 % too large", 1.05, 0, 0, false},
		{"5 % too small", 0.95, 0, 0, false},
		{"shifted", 1, 0.03, 0, false},
		{"5 % too large, allowed", 1.05, 0, 0.025, true},
		{"5 % too large, a smaller error allowed", 1.05, 0, 0.004, false},
	} {
		bad := *good
		bad.Variance = nil
		for _, values := range good.Variance {
			bad.Variance = append(bad.Variance, []float64{values[0]*row.factor + row.shift, values[1]})
		}
		v, err := agreement(0, row.allowance).Test(&bad, prediction)
		if err != nil || v.Passed != row.passes || v.FalseAlarm != 1e-6 {
			t.Errorf("%s: %+v, %v", row.name, v, err)
		}
	}
	onlyI := agreement(0, 0)
	onlyI.Populations = []string{"I"}
	good.Variance[3][0] = 7
	if v, err := onlyI.Test(good, prediction); err != nil || !v.Passed {
		t.Errorf("an error in E fails the claim on I: %+v, %v", v, err)
	}
}

// Without any spread between replicas only rounding is admitted.
func TestAgreementWithoutSpread(t *testing.T) {
	runs, prediction := fake(rand.New(rand.NewPCG(5, 6)), 3, 2, 0)
	for row := range runs.Times {
		for a := range runs.Populations {
			runs.Variance[row][a], runs.StandardError.Variance[row][a] = 0.5+1e-9, 0
		}
	}
	if v, err := agreement(0, 0).Test(runs, prediction); err != nil || !v.Passed || v.PValue != 1 {
		t.Errorf("rounding: %+v, %v", v, err)
	}
	runs.Variance[1][0] = 0.5001
	if v, err := agreement(0, 0).Test(runs, prediction); err != nil || v.Passed || v.PValue != 0 {
		t.Errorf("more than rounding: %+v, %v", v, err)
	}
}

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
		test := Gaussian{Claim: "The potentials are normal.", Label: Proved, FalseAlarm: falseAlarm}
		for _, row := range []struct {
			sample []float64
			fails  *int
		}{{sample, &failed}, {shifted, &caughtMean}, {spread, &caughtSpread}} {
			v, err := test.Test(row.sample, 3, 4)
			if err != nil {
				t.Fatal(err)
			}
			if !v.Passed {
				*row.fails++
			}
		}
	}
	near(t, "false alarms", float64(failed)/trials, falseAlarm, 5*math.Sqrt(falseAlarm*(1-falseAlarm)/trials))
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
		if v, err := (Gaussian{Claim: "normal", Label: Derived}).Test(sample, 0, 1); err != nil || v.Passed {
			t.Errorf("%s: %+v, %v", name, v, err)
		}
	}
}

func TestTestsRefuseBadInput(t *testing.T) {
	runs, prediction := fake(rand.New(rand.NewPCG(11, 12)), 10, 3, 0)
	single := *runs
	single.Replicas = 1
	short := *prediction
	short.Times = short.Times[:2]
	missing, _ := fake(rand.New(rand.NewPCG(11, 12)), 10, 3, 0)
	missing.StandardError.Variance[0][0] = math.NaN()
	with := func(change func(*Agreement)) Agreement {
		a := agreement(0, 0)
		change(&a)
		return a
	}
	agree := func(a Agreement, runs *bnn.Summary, prediction *bnn.Trajectory) error {
		_, err := a.Test(runs, prediction)
		return err
	}
	gauss := func(sample []float64, mean, variance float64) error {
		_, err := (Gaussian{Claim: "c", Label: Proved}).Test(sample, mean, variance)
		return err
	}
	for part, err := range map[string]error{
		"claim":                    agree(with(func(a *Agreement) { a.Claim = "" }), runs, prediction),
		"label":                    agree(with(func(a *Agreement) { a.Label = "P" }), runs, prediction),
		"falseAlarm":               agree(agreement(0.7, 0), runs, prediction),
		"quantity":                 agree(with(func(a *Agreement) { a.Quantity = "fourth" }), runs, prediction),
		"allowance":                agree(agreement(0, -1), runs, prediction),
		"populations":              agree(with(func(a *Agreement) { a.Populations = []string{"X"} }), runs, prediction),
		"results":                  agree(agreement(0, 0), runs, nil),
		"runs.replicas":            agree(agreement(0, 0), &single, prediction),
		"prediction.times":         agree(agreement(0, 0), runs, &short),
		"runs.standardError.varia": agree(agreement(0, 0), missing, prediction),
		"sample:":                  gauss([]float64{1}, 0, 1),
		"sample[1]":                gauss([]float64{1, math.NaN()}, 0, 1),
		"mean":                     gauss([]float64{1, 2}, math.Inf(1), 1),
		"variance":                 gauss([]float64{1, 2}, 0, 0),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), part) {
			t.Errorf("error %v, want one of %s", err, part)
		}
	}
}

func TestVerdictTables(t *testing.T) {
	verdicts := []Verdict{
		{Claim: "a < b", Label: Proved, Passed: true, Predicted: -1, Measured: -1.5, Low: -2, High: 0, PValue: 0.4, FalseAlarm: 1e-6},
		{Claim: "c", Label: Derived, Test: "a > b", Power: "nothing", PValue: 1e-9, FalseAlarm: 1e-6},
	}
	frame := VerdictFrame(verdicts)
	if frame.Err != nil || frame.Nrow() != 2 || frame.Col("measured").Elem(0).Float() != -1.5 || frame.Col("passed").Elem(1).String() != "false" {
		t.Errorf("%v", frame)
	}
	if VerdictFrame(nil).Err == nil {
		t.Error("a frame of nothing")
	}
	page := VerdictHTML(verdicts)
	for _, part := range []string{"a &lt; b [P]", "✓ holds", "✗ fails", ">−2<", "1 of 2 hold", "2e-06", "<li>a &gt; b. It would have caught nothing.</li>"} {
		if !strings.Contains(page, part) {
			t.Errorf("no %q in %s", part, page)
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
	if v, err := claim.TestShape(normal, 1); err != nil || !v.Passed {
		t.Error(v, err)
	}
	if v, err := claim.Test(normal, 0, 1); err != nil || v.Passed {
		t.Error("a mean wrong by 3 passes", v, err)
	}
	for name, wrong := range map[string][]float64{
		"wide":        sample(func() float64 { return 1.7 * random.NormFloat64() }),
		"exponential": sample(random.ExpFloat64),
	} {
		if v, err := claim.TestShape(wrong, 1); err != nil || v.Passed {
			t.Errorf("%s: %v, %v", name, v, err)
		}
	}
}
