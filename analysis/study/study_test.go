package study_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"balanced/analysis"
	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/simulate"

	"gonum.org/v1/gonum/stat"
)

// deaf is a network whose neurons do not listen: its mean at t is exactly J E c √n (1 − e^{−t}), less
// the own input, so that everything about sizes is known.
func deaf() *bnn.Network {
	return &bnn.Network{Name: "deaf", Populations: []bnn.Population{{Name: "E", Tau: 1, Size: 1, Rate: bnn.ConstantRate{Value: 0.5}}},
		Weights: [][]float64{{1}}, Initial: bnn.Initial{Mean: []float64{0}, Variance: []float64{0}}}
}

func plan(seed uint64) study.Plan {
	return func(int) (simulate.Ensemble, []float64) {
		return simulate.Ensemble{Network: deaf(), Seed: seed}, []float64{1}
	}
}

var sizes = []study.Size{{N: 10, Replicas: 1000}, {N: 40, Replicas: 400}, {N: 160, Replicas: 40}, {N: 640, Replicas: 20}}

// exactly is the mean at t = 1.
func exactly(n float64) float64 { return 0.5 * (n - 1) / math.Sqrt(n) * (1 - math.Exp(-1)) }

func TestMeansOfANetworkThatIsKnown(t *testing.T) {
	runs, err := study.Moments(context.Background(), sizes, plan(3))
	if err != nil {
		t.Fatal(err)
	}
	mean, err := runs.Measure(func(_ float64, m bnn.Moments) float64 { return m.Mean[0][0] })
	if err != nil {
		t.Fatal(err)
	}
	claim := analysis.Claim{Says: "the mean is that of shot noise", Label: analysis.Derived, Rival: "a neuron that hears itself", Because: "a third of the own input", Data: runs.String()}
	own := func(n float64) float64 { return exactly(n) * n / (n - 1) }
	verdict, err := claim.Test(mean.UpTo(40).Compare("mean", 0.035, exactly, own)...)
	if err != nil {
		t.Fatal(err)
	}
	if !verdict.Holds() {
		t.Errorf("the mean is not that of shot noise: %+v", verdict)
	}
	if verdict.Data != "1000 replicas of n = 10, 400 of n = 40, 40 of n = 160, 20 of n = 640, seed 3" {
		t.Errorf("what was simulated is told as %q", verdict.Data)
	}
	exponent, err := mean.Exponent(-1)
	if err != nil {
		t.Fatal(err)
	}
	if z := (exponent.Value - 0.5) / exponent.StandardError; math.Abs(z) > 4 {
		t.Errorf("the mean grows like n to the power %v, by %v standard errors not 1/2", exponent, z)
	}
	constant, err := mean.Scaled(-0.5).AtInfinity(2)
	if c, wrong := mean.Scaled(-0.5).CompareAtInfinity("mean", 1, 0.1, 2); wrong != nil || c.Measured != constant || c.Where != "mean, n → ∞" {
		t.Errorf("compared is %+v, %v", c, wrong)
	}
	if err != nil {
		t.Fatal(err)
	}
	if z := (constant.Value - 0.5*(1-math.Exp(-1))) / constant.StandardError; math.Abs(z) > 4 {
		t.Errorf("the mean over √n tends to %v, off by %v standard errors", constant, z)
	}
}

// Estimates at two sizes with one seed share no random numbers, and pairs of equal runs do.
func TestPairsOfReplicas(t *testing.T) {
	one, err := study.Moments(context.Background(), sizes[:2], plan(3))
	if err != nil {
		t.Fatal(err)
	}
	same, err := one.MeasureWith(one, func(_ float64, a, b bnn.Moments) float64 { return a.Mean[0][0] - b.Mean[0][0] })
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range same.Estimates {
		if e.Value != 0 || e.StandardError != 0 {
			t.Errorf("replicas less themselves at n = %g are %v", same.N[i], e)
		}
	}
	other, err := study.Moments(context.Background(), sizes[1:2], plan(3))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.MeasureWith(other, nil); !isInput(err) {
		t.Errorf("runs of other sizes were paired: %v", err)
	}
}

func isInput(err error) bool {
	var input *bnn.InputError
	return errors.As(err, &input)
}

func TestSizesThatSayNothing(t *testing.T) {
	for _, bad := range [][]study.Size{nil, {{N: 10, Replicas: 1}}, {{N: 0, Replicas: 5}}} {
		if _, err := study.Moments(context.Background(), bad, plan(1)); !isInput(err) {
			t.Errorf("sizes %v: %v", bad, err)
		}
	}
	if _, err := study.Potentials(context.Background(), sizes[:1], -1, plan(1)); !isInput(err) {
		t.Errorf("−1 neurons: %v", err)
	}
}

// What is done to a series is done to its errors.
func TestSeriesKeepTheirErrors(t *testing.T) {
	e := func(value, standardError float64) analysis.Estimate {
		return analysis.Estimate{Value: value, StandardError: standardError, DegreesOfFreedom: 9}
	}
	series := &study.Series{N: []float64{4, 16}, Estimates: []analysis.Estimate{e(-2, 0.1), e(3, 0.2)}}
	for name, c := range map[string]struct {
		got          *study.Series
		value, error float64
	}{
		"less":        {series.Less(func(n float64) float64 { return n }), -6, 0.1},
		"relative":    {series.RelativeTo(func(n float64) float64 { return -n / 2 }), 1, 0.05},
		"scaled":      {series.Scaled(0.5), -4, 0.2},
		"absolute":    {series.Absolute(), 2, 0.1},
		"transformed": {series.Transformed(func(n, x float64) float64 { return n * math.Exp(x) }), 4 * math.Exp(-2), 0.4 * math.Exp(-2)},
		"up to":       {series.UpTo(4), -2, 0.1},
		"from":        {series.From(4), -2, 0.1},
	} {
		got := c.got.Estimates[0]
		if math.Abs(got.Value-c.value) > 1e-12 || math.Abs(got.StandardError-c.error) > 1e-6 || got.DegreesOfFreedom != 9 {
			t.Errorf("%s: %v", name, got)
		}
	}
	if series.From(5).N[0] != 16 || len(series.UpTo(5).N) != 1 {
		t.Error("a part of a series is another part")
	}
}

func TestDifference(t *testing.T) {
	got := study.Difference(analysis.Estimate{Value: 3, StandardError: 0.3, DegreesOfFreedom: 7}, analysis.Estimate{Value: 1, StandardError: 0.4, DegreesOfFreedom: 9})
	if want := (analysis.Estimate{Value: 2, StandardError: 0.5, DegreesOfFreedom: 7}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestCovariance(t *testing.T) {
	type pair [2]float64
	x, y := func(p pair) float64 { return p[0] }, func(p pair) float64 { return p[1] }
	replicas := []pair{{1, 2}, {2, 1}, {3, 6}, {6, 7}}
	e, err := study.Covariance(replicas, x, y)
	if want := stat.Covariance([]float64{1, 2, 3, 6}, []float64{2, 1, 6, 7}, nil); err != nil || math.Abs(e.Value-want) > 1e-14 {
		t.Errorf("the covariance is %v, %v, want %v", e, err, want)
	}
	if e, err = study.Covariance(replicas, x, x); err != nil || math.Abs(e.Value-stat.Variance([]float64{1, 2, 3, 6}, nil)) > 1e-14 {
		t.Errorf("the variance is %v, %v", e, err)
	}
	if _, err := study.Covariance(replicas[:1], x, y); !isInput(err) {
		t.Errorf("of one replica: %v", err)
	}
}

// A summary is of the same replicas.
func TestSummaryOfASize(t *testing.T) {
	runs, err := study.Moments(context.Background(), sizes[:1], plan(3))
	if err != nil {
		t.Fatal(err)
	}
	mean, err := runs.Measure(func(_ float64, m bnn.Moments) float64 { return m.Mean[0][0] })
	if err != nil {
		t.Fatal(err)
	}
	summary, err := study.Summary(context.Background(), sizes[0], plan(3))
	if err != nil {
		t.Fatal(err)
	}
	if got := study.Average(summary, bnn.Means, 0, 0); math.Abs(got.Value-mean.Estimates[0].Value) > 1e-12 || math.Abs(got.StandardError-mean.Estimates[0].StandardError) > 1e-12 {
		t.Errorf("averaged %v, one by one %v", got, mean.Estimates[0])
	}
}

// A claim that nothing fails needs as many trials as tell the edge of its margin from 0: at 5 % and
// the 99.9 % of claims more than 200.
func TestSharesNeedTrials(t *testing.T) {
	for _, c := range []struct {
		trials int
		want   analysis.Outcome
	}{{20, analysis.Undecided}, {150, analysis.Undecided}, {300, analysis.Holds}} {
		verdict, err := analysis.Claim{Says: "none fails", Label: analysis.Derived, Rival: "half of them do", Because: "one in twenty", Data: "trials"}.Test(
			analysis.Near("share", study.Share(0, c.trials, 0.05), 0, 0.05).Against(0.5))
		if err != nil || verdict.Outcome != c.want {
			t.Errorf("%d trials: %v, %v", c.trials, verdict.Outcome, err)
		}
	}
	if e := study.Share(50, 100, 0.05); e.Value != 0.5 || e.StandardError != 0.05 {
		t.Errorf("half of 100: %v", e)
	}
	for _, bad := range []analysis.Estimate{study.Share(-1, 2, 0.1), study.Share(3, 2, 0.1), study.Share(0, 0, 0.1), study.Share(0, 1, 0)} {
		if !math.IsNaN(bad.Value) {
			t.Errorf("%v of what is no share", bad)
		}
	}
}

func TestCrossing(t *testing.T) {
	m := bnn.NewMoments([]string{"E"}, []float64{0, 1, 2, 4})
	for i, x := range []float64{3, 1, 2, 6} {
		m.Mean[i][0] = x
	}
	for level, want := range map[float64]float64{1.5: 1.5, 4: 3, 6: 4} {
		if got := study.Crossing(m, bnn.Means, 0, level); math.Abs(got-want) > 1e-15 {
			t.Errorf("%v is passed at %v, want %v", level, got, want)
		}
	}
	if got := study.Crossing(m, bnn.Means, 0, 7); !math.IsNaN(got) {
		t.Errorf("7 is passed at %v", got)
	}
}

func ExampleSeries_AtInfinity() {
	series := &study.Series{N: []float64{100, 400, 1600, 6400}}
	for _, n := range series.N {
		series.Estimates = append(series.Estimates, analysis.Estimate{Value: 2 + 3/math.Sqrt(n), StandardError: 0.01, DegreesOfFreedom: 50})
	}
	limit, err := series.AtInfinity(1)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.3f ± %.3f\n", limit.Value, limit.StandardError)
	// Output: 2.000 ± 0.009
}

// An ensemble is simulated by its own method at all sizes.
func TestAllSizes(t *testing.T) {
	of := study.AllSizes(simulate.Ensemble{Network: deaf(), Seed: 3, Method: simulate.Leap{Step: 0.5}}, []float64{1, 2})
	for _, n := range []int{1, 1000000} {
		if ensemble, times := of(n); ensemble.Method != (simulate.Leap{Step: 0.5}) || ensemble.Seed != 3 || len(times) != 2 {
			t.Errorf("at n = %d it is %+v at %v", n, ensemble, times)
		}
	}
}
