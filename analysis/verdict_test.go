package analysis

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"balanced/analysis/internal/analysistest"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

func TestTestsRefuseBadInput(t *testing.T) {
	runs, prediction := analysistest.Summary(rand.New(rand.NewPCG(11, 12)), 10, 3, 0)
	single := *runs
	single.Replicas = 1
	short := *prediction
	short.Times = short.Times[:2]
	missing, _ := analysistest.Summary(rand.New(rand.NewPCG(11, 12)), 10, 3, 0)
	missing.StandardError.Variance[0][0] = math.NaN()
	with := func(change func(*Agreement)) Agreement {
		a := agreement(0, 0)
		change(&a)
		return a
	}
	agree := func(a Agreement, runs *simulate.Summary, prediction *bnn.Trajectory) error {
		_, err := a.Test(runs, prediction)
		return err
	}
	gauss := func(sample []float64, mean, variance float64) error {
		_, err := (Gaussian{Claim: "c", Label: Stated}).Test(sample, mean, variance)
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
	inf := math.Inf(1)
	verdicts := []Verdict{
		{Claim: "a < b", Label: Stated, Where: "here", Outcome: Holds, PredictedLow: -1, PredictedHigh: -1, Measured: -1.5, Low: -2, High: 0, PValue: 0.4, FalseAlarm: 1e-6},
		{Claim: "c", Label: Derived, Outcome: Fails, Test: "a > b", Power: "nothing", PredictedLow: -inf, PredictedHigh: 3, Measured: 5, Low: 4, High: 6, PValue: 1e-9, FalseAlarm: 1e-6},
	}
	frame := VerdictFrame(verdicts)
	if frame.Err != nil || frame.Nrow() != 2 || frame.Col("measured").Elem(0).Float() != -1.5 || frame.Col("outcome").Elem(1).String() != "fails" ||
		frame.Col("predicted_low").Elem(1).Float() != -inf || frame.Col("predicted_high").Elem(1).Float() != 3 {
		t.Errorf("%v", frame)
	}
	want := "claim label outcome where predicted_low predicted_high measured standard_error low high z because rival rival_value rival_p chi_square degrees p_value false_alarm data test power"
	if names := strings.Join(frame.Names(), " "); names != want {
		t.Errorf("columns %s", names)
	}
	var csv strings.Builder
	if err := WriteCSV(&csv, frame); err != nil || !strings.Contains(csv.String(), ",-Inf,3.0,5.0,0.0,4.0,6.0,") {
		t.Errorf("%v %s", err, csv.String())
	}
	if VerdictFrame(nil).Err == nil {
		t.Error("a frame of nothing")
	}
	page := strings.ReplaceAll(VerdictHTML(verdicts), noBreak, " ")
	for _, part := range []string{">1. a &lt; b [A] – here<", "✓ holds", "✗ fails", ">−1<", ">−1.5 (−2 to 0)<", ">≤ 3<", ">5 (4 to 6)<", "1 of 2 hold", "2e-06",
		"<li>a &gt; b; p = 1e-09. It would have caught nothing.</li>"} {
		if !strings.Contains(page, part) {
			t.Errorf("no %q in %s", part, page)
		}
	}
}

func TestVerdictTexts(t *testing.T) {
	inf := math.Inf(1)
	for _, row := range []struct {
		predictedLow, predictedHigh, measured, low, high float64
		predicted, text                                  string
	}{
		{0.5, 0.5, 0.51, 0.49, 0.53, "0.5", "0.51 (0.49 to 0.53)"},
		{0.5 - 1e-8, 0.5 + 1e-8, 0.51, 0.49, 0.53, "0.5", "0.51 (0.49 to 0.53)"},
		{-1e-8, 1e-8, 0.01, -0.01, 0.03, "0", "0.01 (−0.01 to 0.03)"},
		{0.48, 0.52, 0.51, 0.49, 0.53, "0.48 to 0.52", "0.51 (0.49 to 0.53)"},
		{-inf, -3, -3.11111, -3.22222, -3, "≤ −3", "−3.11 (−3.22 to −3)"},
		{2, inf, 2, 2, 2, "≥ 2", "2 (2 to 2)"},
		{1.2345, 1.2345, 1.23462, 1.23458, 1.23466, "1.2345", "1.23462 (1.23458 to 1.23466)"}, // as many digits as tell them apart
		{0, 0, 0.1, 0, 0.2, "0", "0.1 (0 to 0.2)"},
	} {
		v := Verdict{PredictedLow: row.predictedLow, PredictedHigh: row.predictedHigh, Measured: row.measured, Low: row.low, High: row.high}
		predicted, text := v.Numbers()
		predicted, text = strings.ReplaceAll(predicted, noBreak, " "), strings.ReplaceAll(text, noBreak, " ")
		if predicted != row.predicted || text != row.text {
			t.Errorf("%q and %q, want %q and %q", predicted, text, row.predicted, row.text)
		}
	}
}

// refused wants a *bnn.InputError that begins with a path.
func refused(t *testing.T, path string, try func() error) {
	t.Helper()
	var input *bnn.InputError
	if err := try(); !errors.As(err, &input) || !strings.HasPrefix(err.Error(), path) {
		t.Errorf("error %v, want one of %s", err, path)
	}
}
