package theory

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// Covariances of counts with a shared source are those of another implementation, at the state of
// the limit: of the populations' averages, and of two neurons, which have the sampling noise of a
// population with a negative sign.
func TestCountsOfAnotherImplementation(t *testing.T) {
	verification.Long(t)
	const window = 25
	for _, row := range referenceRows(t, "baker.counts.csv")[:6] {
		n := int(numberIn(t, row, "n"))
		system, err := atLimitState(t, networktest.Baker(), n).NewSystem()
		if err != nil {
			t.Fatal(err)
		}
		averages, pairs := system.Counts(window)
		means, rates := system.Means(), system.Rates()
		a, b := indexOf[row["i"]], indexOf[row["j"]]
		for column, got := range map[string]float64{
			"cov_mean":                 system.Lagged(means, means, 0)[a][b],
			"cov_rate":                 system.Lagged(rates, rates, 0)[a][b],
			"cov_population_count_T25": averages[a][b],
			"cov_pair_count_T25":       pairs[a][b],
		} {
			if want := numberIn(t, row, column); math.Abs(got/float64(n)-want) > 1e-6*math.Max(math.Abs(want), 0.1) {
				t.Errorf("n = %d, %s %s, %s: %.9g, want %.9g", n, row["i"], row["j"], column, got/float64(n), want)
			}
		}
	}
}

// For long windows and many neurons the covariance of two neurons is what balance makes of the
// source, less the sampling noise: 1.70 − 1.63 for E and E of this network, 4.62 for E and I, and
// 12.6 − 22.0 for I and I (theory.md §12).
func TestCountsOfLongWindows(t *testing.T) {
	const n, window = 1e12, 1000.
	system, err := atLimitState(t, networktest.Baker(), n).NewSystem()
	if err != nil {
		t.Fatal(err)
	}
	_, pairs := system.Counts(window)
	for _, c := range []struct {
		a, b int
		want float64
	}{{0, 0, 0.0701}, {0, 1, 4.6246}, {1, 1, -9.411}} {
		if got := pairs[c.a][c.b] / window; math.Abs(got-c.want) > 5e-3*math.Max(math.Abs(c.want), 4) {
			t.Errorf("n Cov/T of %d and %d is %.5g, want %.5g", c.a, c.b, got, c.want)
		}
	}
}

// Without a shared source two neurons of a class are anticorrelated over long windows, since the
// network quenches what its population samples.
func TestNeuronsOfAClassAreAnticorrelated(t *testing.T) {
	c, err := CountCovariance(t.Context(), bnn.Must(bnn.ReadNetwork("../../data/networks/feedforward.json")), 1000, 40)
	if err != nil {
		t.Fatal(err)
	}
	for a := range c.Pairs {
		if !(c.Pairs[a][a] < 0 && c.Averages[a][a] > 0) {
			t.Errorf("population %d: pairs %v, averages %v", a, c.Pairs[a][a], c.Averages[a][a])
		}
	}
}

func TestCountsRefuse(t *testing.T) {
	var input *bnn.InputError
	if _, err := CountCovariance(t.Context(), steepStationary(), 400, 0); !errors.As(err, &input) || input.Path != "window" {
		t.Errorf("no window: %v", err)
	}
	if _, err := CountCovariance(t.Context(), steepStationary(), 0, 1); !errors.As(err, &input) || input.Path != "n" {
		t.Errorf("no neurons: %v", err)
	}
	if _, err := LaggedCovariancesLimit(t.Context(), networktest.Baker(), []float64{0}); !errors.As(err, &input) || input.Path != "feedforward[0].shared" {
		t.Errorf("a shared source in the limit: %v", err)
	}
	if _, err := ObservableCovariance(t.Context(), steepStationary(), 400, math.Sqrt, math.Sqrt, []float64{0}); !errors.As(err, &input) {
		t.Errorf("a function without values: %v", err)
	}
}
