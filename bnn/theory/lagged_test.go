package theory

import (
	"context"
	"encoding/csv"
	"errors"
	"math"
	"math/cmplx"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/noise"
	"balanced/internal/verification"
)

// referenceRows reads a table of data/references, by the names of its columns.
func referenceRows(t *testing.T, name string) (rows []map[string]string) {
	t.Helper()
	file, err := os.Open("../../data/references/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil || len(lines) < 2 {
		t.Fatalf("%s: %d lines, %v", name, len(lines), err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func numberIn(t *testing.T, row map[string]string, column string) float64 {
	t.Helper()
	value, err := strconv.ParseFloat(row[column], 64)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

var indexOf = map[string]int{"E": 0, "I": 1}

// atLimitState is the noise of a network of size n with F′, K and the modes of the limit's state.
func atLimitState(t *testing.T, network *bnn.Network, n int) *noise.State {
	t.Helper()
	m, err := manifold.New(t.Context(), network.AtRest())
	if err != nil {
		t.Fatal(err)
	}
	r := resting{manifold: m}
	if err := r.follow(t.Context(), network, 60); err != nil {
		t.Fatal(err)
	}
	x, ok := r.settle()
	if !ok {
		t.Fatal("no rest")
	}
	p := len(network.Populations)
	state, err := noise.NewState(m, 1/math.Sqrt(float64(n)), x[:p], x[p:], make([]float64, p), m.Expectations(x[:p], x[p:]))
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// Covariances over time are those of another implementation, to the 8 digits that it has, at both
// states and in both orders of the populations.
func TestLaggedCovariancesOfAnotherImplementation(t *testing.T) {
	verification.Long(t)
	worst := 0.0
	for _, row := range referenceRows(t, "steep-stationary.lags.csv") {
		n, lag := int(numberIn(t, row, "n")), numberIn(t, row, "lag")
		a, b := indexOf[row["i"]], indexOf[row["j"]]
		var mean, rate float64
		if row["state"] == "finite" {
			c, err := LaggedCovariances(t.Context(), steepStationary(), n, []float64{lag})
			if err != nil {
				t.Fatal(err)
			}
			mean, rate = c.Mean[0][a][b], c.Rate[0][a][b]
		} else {
			system, err := atLimitState(t, steepStationary(), n).NewSystem()
			if err != nil {
				t.Fatal(err)
			}
			mean = system.Lagged(system.Means(), system.Means(), lag)[a][b]
			rate = system.Lagged(system.Rates(), system.Rates(), lag)[a][b]
		}
		wantMean, wantRate := numberIn(t, row, "nC_mm"), numberIn(t, row, "nC_LL")
		miss := math.Max(math.Abs(mean-wantMean)/math.Abs(wantMean), math.Abs(rate-wantRate)/math.Abs(wantRate))
		worst = math.Max(worst, miss)
		if miss > 1e-5 {
			t.Errorf("%v: %.10g and %.10g", row, mean, rate)
		}
	}
	t.Logf("worst relative difference %.2g", worst)
}

// So are covariances of functions of the potentials, at the state of the limit, from which two
// neurons follow.
func TestObservablesOfAnotherImplementation(t *testing.T) {
	functions := map[string]func(float64) float64{"v": func(v float64) float64 { return v }, "v2": func(v float64) float64 { return v * v }, "tanh": math.Tanh}
	state := map[int]*noise.State{}
	for _, row := range referenceRows(t, "steep-stationary.functions.csv") {
		n := int(numberIn(t, row, "n"))
		if state[n] == nil {
			state[n] = atLimitState(t, steepStationary(), n)
		}
		system, err := state[n].NewSystem()
		left, errLeft := coefficientsOf("f", functions[row["f"]], state[n])
		right, errRight := coefficientsOf("g", functions[row["g"]], state[n])
		if err = errors.Join(err, errLeft, errRight); err != nil {
			t.Fatal(err)
		}
		c, err := observableCovariance(t.Context(), steepStationary(), system, left, right, []float64{0})
		if err != nil {
			t.Fatal(err)
		}
		want := numberIn(t, row, "nCov")
		if got := c.Averages[0][indexOf[row["i"]]][indexOf[row["j"]]]; math.Abs(got-want) > 1e-6*math.Max(math.Abs(want), 0.1) {
			t.Errorf("%v: %.10g", row, got)
		}
	}
}

// What is asked of many functions at once is what is asked of each.
func TestObservablesAtOnce(t *testing.T) {
	functions := []func(float64) float64{math.Tanh, func(v float64) float64 { return v * v }}
	all, err := ObservableCovarianceEach(t.Context(), steepStationary(), 400, functions, []float64{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range functions {
		if one, err := ObservableCovariance(t.Context(), steepStationary(), 400, f, f, []float64{0, 1}); err != nil || !reflect.DeepEqual(one, all[i]) {
			t.Errorf("function %d: %v, and together %v; %v", i, one, all[i], err)
		}
	}
	var input *bnn.InputError
	functions[1] = func(float64) float64 { return math.NaN() }
	if _, err := ObservableCovarianceEach(t.Context(), steepStationary(), 400, functions, []float64{0}); !errors.As(err, &input) || !strings.HasPrefix(input.Path, "functions[1](") {
		t.Errorf("a function without values: %v", err)
	}
}

// With spread thresholds, shared sources and rates of a kink the spectrum still adds up to the
// covariance at one time, and what a neuron shares with itself is what averages have and pairs
// have not.
func TestSpectrumAddsUpInWiderNetworks(t *testing.T) {
	verification.Long(t)
	for name, change := range map[string]func(*bnn.Network){
		"spread": func(n *bnn.Network) { n.Populations[0].Spread, n.Populations[1].Spread = 0.6, 0.4 },
		"shared": func(n *bnn.Network) {
			n.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 0.2}, Weights: []float64{1, 1.2}, Shared: true}}
		},
		"power": func(n *bnn.Network) {
			n.Populations[0].Rate = bnn.PowerRate{Max: 1, Gain: 0.4, Exponent: 1, Threshold: -0.5}
		},
	} {
		network := steepStationary()
		change(network)
		const n, count = 400, 4000
		var omega []float64
		for i := range count {
			omega = append(omega, 3*math.Tan(math.Pi*((float64(i)+0.5)/count-0.5)))
		}
		s, err := Spectrum(t.Context(), network, n, omega)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		c, err := LaggedCovariances(t.Context(), network, n, []float64{0})
		if err != nil {
			t.Fatal(err)
		}
		for a := range 2 {
			for b := range 2 {
				mean, rate := 0.0, 0.0
				for i, w := range omega {
					weight := (9 + w*w) / (3 * 2 * count)
					mean += weight * real(s.Mean[i][a][b])
					rate += weight * real(s.Rate[i][a][b])
				}
				if math.Abs(mean-c.Mean[0][a][b]) > 1e-4*math.Abs(c.Mean[0][a][a])+1e-6 || math.Abs(rate-c.Rate[0][a][b]) > 1e-2*math.Abs(c.Rate[0][a][a]) {
					t.Errorf("%s, %d and %d: spectra add up to %g and %g, covariances are %g and %g", name, a, b, mean, rate, c.Mean[0][a][b], c.Rate[0][a][b])
				}
			}
		}
	}
}

// The limit is what large networks come to, in frequency and over lags, with shared sources in
// frequency only; and W Λ̂ vanishes in it at low frequencies and all lags.
func TestFluctuationsInTheLimit(t *testing.T) {
	for name, network := range map[string]*bnn.Network{"rank 1": steepStationary(), "rank 2": bnn.Must(bnn.ReadNetwork("../../data/networks/feedforward.json")).AtRest(), "shared": networktest.Baker()} {
		const n = 1_000_000_000_000
		omega := []float64{0, 0.3, 2}
		limit, err := SpectrumLimit(t.Context(), network, omega)
		if err != nil {
			t.Fatal(err)
		}
		large, err := Spectrum(t.Context(), network, n, omega)
		if err != nil {
			t.Fatal(err)
		}
		for i := range omega {
			for a := range 2 {
				for b := range 2 {
					for _, pair := range [][2]complex128{{limit.Mean[i][a][b], large.Mean[i][a][b]}, {limit.Rate[i][a][b], large.Rate[i][a][b]}} {
						scale := cmplx.Abs(limit.Mean[i][a][a]) + cmplx.Abs(limit.Mean[i][b][b])
						if cmplx.Abs(pair[0]-pair[1]) > 1e-4*scale {
							t.Errorf("%s, ω = %v, %d and %d: %v in the limit, %v at n = 10¹²", name, omega[i], a, b, pair[0], pair[1])
						}
					}
				}
			}
		}
		if name == "shared" {
			continue
		}
		over, err := LaggedCovariancesLimit(t.Context(), network, []float64{-0.7, 0, 0.7})
		if err != nil {
			t.Fatal(err)
		}
		finite, err := LaggedCovariances(t.Context(), network, n, []float64{-0.7, 0, 0.7})
		if err != nil {
			t.Fatal(err)
		}
		for i := range over.Lags {
			for a := range 2 {
				for b := range 2 {
					if math.Abs(over.Mean[i][a][b]-finite.Mean[i][a][b]) > 1e-3*over.Mean[1][a][a] || math.Abs(over.Rate[i][a][b]-finite.Rate[i][a][b]) > 1e-3*over.Mean[1][a][a] {
						t.Errorf("%s, lag %v, %d and %d: %v and %v in the limit, %v and %v at n = 10¹²", name, over.Lags[i], a, b, over.Mean[i][a][b], over.Rate[i][a][b], finite.Mean[i][a][b], finite.Rate[i][a][b])
					}
				}
			}
		}
	}
}

// A network that loses its balance, or goes round, has no spectrum, and says why.
func TestNoStableState(t *testing.T) {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/tipping.json"))
	if err := network.Set("weights[*][I]", -0.2); err != nil {
		t.Fatal(err)
	}
	var unstable *UnstableError
	if _, err := SpectrumLimit(t.Context(), network, []float64{1}); !errors.As(err, &unstable) || unstable.Reason == "" {
		t.Errorf("%v", err)
	}
	if testing.Short() {
		return // the next one goes round for hundreds of time constants before it is given up
	}
	if _, err := Spectrum(t.Context(), bnn.Must(bnn.ReadNetwork("../../data/networks/oscillations/slow-cycle.json")), 1_000_000_000, []float64{1}); !errors.As(err, &unstable) {
		t.Errorf("%v", err)
	}
}

// Another program simulated the network, of 400 neurons a class and of 6400, each once for a long
// time: theory is within three standard errors of it, all of which one run shares, and what it
// neglects of order n^{-1/2} is not seen. Error bars of half the size would be caught, and so would
// the wrong sign of the lag.
func TestLaggedCovariancesOfSimulations(t *testing.T) {
	verification.Long(t)
	worst, turned := 0.0, 0.0
	for _, row := range referenceRows(t, "steep-stationary.lags.sim.csv") {
		n, lag := int(numberIn(t, row, "n")), numberIn(t, row, "lag")
		a, b := indexOf[row["i"]], indexOf[row["j"]]
		c, err := LaggedCovariances(t.Context(), steepStationary(), n, []float64{lag})
		if err != nil {
			t.Fatal(err)
		}
		table := c.Mean[0]
		if row["quantity"] == "nC_LL" {
			table = c.Rate[0]
		}
		simulated, deviation := numberIn(t, row, "sim"), numberIn(t, row, "se")
		z := math.Abs(simulated-table[a][b]) / deviation
		worst, turned = math.Max(worst, z), math.Max(turned, math.Abs(simulated-table[b][a])/deviation)
		if z > 3 {
			t.Errorf("%v: %.5g, z = %.1f", row, table[a][b], z)
		}
	}
	t.Logf("largest z %.1f, with lags turned round %.1f", worst, turned)
	if worst < 1.5 || turned < 6 {
		t.Errorf("z of at most %.1f, with lags turned round %.1f: the test sees nothing", worst, turned)
	}
}

// Several lags at once give what each gives alone.
func TestLagsDoNotMix(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	lags := []float64{0.1, 0.5, 0, -0.5}
	all := bnn.Must(LaggedCovariances(context.Background(), network, 100, lags))
	for i, lag := range lags {
		alone := bnn.Must(LaggedCovariances(context.Background(), network, 100, []float64{lag}))
		if !reflect.DeepEqual(all.Mean[i], alone.Mean[0]) || !reflect.DeepEqual(all.Rate[i], alone.Rate[0]) {
			t.Errorf("at lag %g the covariances are %v and %v, alone %v and %v", lag, all.Mean[i], all.Rate[i], alone.Mean[0], alone.Rate[0])
		}
	}
}
