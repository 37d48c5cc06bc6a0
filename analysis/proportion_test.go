package analysis

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/bnn"
)

// The ends of the interval are where the observed number is at the edge of what chance allows.
func TestProportionIsClopperPearson(t *testing.T) {
	const confidence = 0.95
	for _, c := range []struct{ successes, trials int }{{0, 1}, {0, 20}, {1, 20}, {7, 20}, {20, 20}, {3, 1000}} {
		interval, err := Proportion(c.successes, c.trials, confidence)
		if err != nil {
			t.Fatal(err)
		}
		k, n := float64(c.successes), float64(c.trials)
		if c.successes > 0 {
			if tail := 1 - (distuv.Binomial{N: n, P: interval.Low}).CDF(k-1); math.Abs(tail-0.025) > 1e-9 {
				t.Errorf("%+v: at the lower end %v the chance of so many is %v", c, interval.Low, tail)
			}
		} else if interval.Low != 0 {
			t.Errorf("%+v: lower end %v", c, interval.Low)
		}
		if c.successes < c.trials {
			if tail := (distuv.Binomial{N: n, P: interval.High}).CDF(k); math.Abs(tail-0.025) > 1e-9 {
				t.Errorf("%+v: at the upper end %v the chance of so few is %v", c, interval.High, tail)
			}
		} else if interval.High != 1 {
			t.Errorf("%+v: upper end %v", c, interval.High)
		}
	}
}

// Of intervals of 90 % at least 90 % hold the truth, within the chance of so many repetitions:
// one that took the number of replicas for the exposure is caught.
func TestWaitingTimeCovers(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	const mean, horizon, replicas, repetitions = 2.0, 0.5, 60, 2000
	covered, wrong := 0, 0
	for range repetitions {
		events, exposure := 0, 0.0
		for range replicas {
			wait := random.ExpFloat64() * mean
			if wait < horizon {
				events++
			}
			exposure += math.Min(wait, horizon)
		}
		interval, err := WaitingTime(events, exposure, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		if interval.Low <= mean && mean <= interval.High {
			covered++
		}
		if planted, err := WaitingTime(events, replicas, 0.9); err == nil && planted.Low <= mean && mean <= planted.High {
			wrong++
		}
	}
	// 4 standard deviations below 0.9.
	const least = repetitions*9/10 - 54
	if covered < least || wrong > least {
		t.Errorf("%d of %d intervals hold the mean, with the wrong exposure %d", covered, repetitions, wrong)
	}
	none, err := WaitingTime(0, 10, 0.95)
	if err != nil || !math.IsInf(none.Value, 1) || !math.IsInf(none.High, 1) || math.Abs(none.Low-10/3.688879) > 1e-5 {
		t.Errorf("without events: %+v, %v", none, err)
	}
}

func TestProportionsRefuse(t *testing.T) {
	for _, c := range []struct {
		path string
		err  error
	}{
		{"trials", second(Proportion(0, 0, 0.9))},
		{"successes", second(Proportion(3, 2, 0.9))},
		{"confidence", second(Proportion(1, 2, 1))},
		{"events", second(WaitingTime(-1, 1, 0.9))},
		{"exposure", second(WaitingTime(1, 0, 0.9))},
		{"confidence", second(WaitingTime(1, 1, math.NaN()))},
	} {
		var input *bnn.InputError
		if !errors.As(c.err, &input) || input.Path != c.path {
			t.Errorf("%s: error %v", c.path, c.err)
		}
	}
}

func second[T any](_ T, err error) error { return err }
