package analysis

import (
	"errors"
	"math"
	"strings"
	"testing"

	"balanced/bnn"
)

func TestVerdictTables(t *testing.T) {
	inf := math.Inf(1)
	verdicts := []Verdict{
		{Claim: "a < b", Label: Stated, Where: "here", Outcome: Holds, PredictedLow: -1, PredictedHigh: -1, Measured: -1.5, Low: -2, High: 0, PValue: 0.4, FalseAlarm: 1e-6},
		{Claim: "c", Label: Derived, Outcome: Fails, Test: "a > b", PredictedLow: -inf, PredictedHigh: 3, Measured: 5, Low: 4, High: 6, PValue: 1e-9, FalseAlarm: 1e-6},
	}
	frame := VerdictFrame(verdicts)
	if frame.Err != nil || frame.Nrow() != 2 || frame.Col("measured").Elem(0).Float() != -1.5 || frame.Col("outcome").Elem(1).String() != "fails" ||
		frame.Col("predicted_low").Elem(1).Float() != -inf || frame.Col("predicted_high").Elem(1).Float() != 3 {
		t.Errorf("%v", frame)
	}
	want := "claim label outcome where predicted_low predicted_high measured standard_error low high z because rival rival_value rival_p chi_square degrees p_value false_alarm data test"
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
