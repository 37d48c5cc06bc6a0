package analysis

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
)

// wave returns a sine of angular frequency 2π/period with ripples that pass the level 0
// several times a period.
func wave(period, ripple, step float64, count int) (times, values []float64) {
	for i := range count {
		t := float64(i) * step
		times = append(times, t)
		values = append(values, math.Sin(2*math.Pi*t/period)+ripple*math.Sin(40*math.Pi*t/period))
	}
	return times, values
}

func TestPeriodOfAWave(t *testing.T) {
	times, values := wave(3.7, 0.2, 0.01, 10_000)
	period, err := Period(times, values, -0.5, 0)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(period.Value-3.7) > 1e-4 || period.StandardError > 1e-4 || period.DegreesOfFreedom != 24 && period.DegreesOfFreedom != 25 {
		t.Errorf("period %v, want 3.7 from 25 or 26 of them", period)
	}
}

func TestPeriodRefuses(t *testing.T) {
	times, values := wave(3.7, 0, 0.01, 500)
	var input *bnn.InputError
	if _, err := Period(times, values, -0.5, 0); !errors.As(err, &input) || input.Path != "series" {
		t.Errorf("too few periods: %v", err)
	}
	if _, err := Period(times, values, 0.5, 0); !errors.As(err, &input) || input.Path != "arm" {
		t.Errorf("arm above the level: %v", err)
	}
	if _, err := Period(times[1:], values, -0.5, 0); !errors.As(err, &input) || input.Path != "series" {
		t.Errorf("other number of times: %v", err)
	}
}

func TestRingingFrequencyOfAWave(t *testing.T) {
	_, values := wave(0.37, 0, 0.01, 4096)
	for i := range values {
		values[i] += 5 // the mean is no frequency
	}
	omega, err := RingingFrequency(values, 0.01, 1024)
	if err != nil {
		t.Fatal(err)
	}
	if want := 2 * math.Pi / 0.37; math.Abs(omega-want) > 0.2 {
		t.Errorf("frequency %v, want %v", omega, want)
	}
}

func TestRingingFrequencyRefuses(t *testing.T) {
	var input *bnn.InputError
	if _, err := RingingFrequency(make([]float64, 100), 0.01, 64); !errors.As(err, &input) || input.Path != "series" {
		t.Errorf("constant: %v", err)
	}
	if _, err := RingingFrequency(make([]float64, 100), 0.01, 128); !errors.As(err, &input) || input.Path != "width" {
		t.Errorf("wide: %v", err)
	}
	if _, err := RingingFrequency(make([]float64, 100), 0, 64); !errors.As(err, &input) || input.Path != "step" {
		t.Errorf("step: %v", err)
	}
}
