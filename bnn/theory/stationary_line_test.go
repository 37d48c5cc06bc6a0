package theory

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/stationary"
	"balanced/internal/verification"
)

// randomBalance is a network of two to four populations whose rank is that number or one less,
// with or without a drive.
func randomBalance(random *rand.Rand, populations int, full, driven bool) *bnn.Network {
	n := &bnn.Network{Name: "random"}
	within := func(low, high float64) float64 { return low + (high-low)*random.Float64() }
	for a := range populations {
		var rate bnn.Rate = bnn.Logistic{Max: within(1, 6), Slope: within(0.5, 10.5), Threshold: within(-2, 2)}
		if random.IntN(5) == 0 {
			rate = bnn.Probit{Max: within(1, 6), Slope: within(0.5, 5.5), Threshold: within(-2, 2)}
		}
		n.Populations = append(n.Populations, bnn.Population{Name: fmt.Sprint("p", a), Tau: within(0.5, 1.5), Size: within(0.5, 1.5),
			Noise: float64(random.IntN(2)) * random.Float64(), Rate: rate, Stimulus: bnn.ConstantStimulus{Value: within(-3, 3)}})
		row := make([]float64, populations)
		for b := range row {
			row[b] = within(0.1, 1.1) * float64(1-2*(b%2))
		}
		n.Weights = append(n.Weights, row)
		n.Initial.Mean, n.Initial.Variance = append(n.Initial.Mean, 0), append(n.Initial.Variance, 0.1)
	}
	if !full {
		factor := within(0.5, 1.5)
		for b, weight := range n.Weights[0] {
			n.Weights[1][b] = factor * weight
		}
	}
	if driven { // such that these rates balance it
		source := bnn.Source{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: within(0.5, 1.5)}, Weights: make([]float64, populations)}
		for b := range populations {
			rate := within(0, 2)
			for a := range populations {
				source.Weights[a] -= n.Populations[b].Size * n.Weights[a][b] * rate
			}
		}
		n.Feedforward = []bnn.Source{source}
	}
	return n
}

// Along the line of rates all states are found that 400 starts find, in a fraction of the
// time, and some more; all are where the limit equations stand still.
func TestStatesOnALineOfRates(t *testing.T) {
	verification.Only(t)
	random := rand.New(rand.NewPCG(1, 2))
	networks, states, several := 240, 0, 0
	for i := range networks {
		network := randomBalance(random, 2+i%3, i%4 == 0, i%2 == 0)
		m := bnn.Must(manifold.New(t.Context(), network))
		search := stationary.NewSearch(m)
		starts := slices.Collect(search.Starts())
		if len(starts) >= 100 { // one next to each state, and not one of many anywhere
			t.Fatalf("network %d of rank %d has no line", i, m.Rank)
		}
		want := bnn.Must(statesFrom(t.Context(), search, search.Scattered()))
		got := bnn.Must(StationaryStates(t.Context(), network))
		if len(starts) == 0 && len(want) > 0 {
			t.Errorf("network %d: no rates, but %+v", i, want)
		}
		for _, state := range want {
			if !slices.ContainsFunc(got, func(s BalancedState) bool { return s.near(state.Mean, state.Variance) }) {
				t.Errorf("network %d of rank %d: not found is %+v", i, m.Rank, state)
			}
		}
		if states += len(got); len(got) > 1 {
			several++
		}
		for _, s := range got {
			standsStill(t, m, s)
		}
	}
	if states < networks/2 || several < networks/24 {
		t.Errorf("%d states only, %d networks with several", states, several)
	}
}

// standsStill checks that the limit equations do not move a state.
func standsStill(t *testing.T, m *manifold.Manifold, s BalancedState) {
	t.Helper()
	network := m.Network
	balance := m.Residual(m.Expectations(s.Mean, s.Variance), m.Drive(0))
	across := make([]float64, len(s.Mean))
	for a, population := range network.Populations {
		across[a] = s.Mean[a]/population.Tau - population.External().At(0)
		change := population.Noise*population.Noise - 2*s.Variance[a]/population.Tau
		for b, source := range network.Populations {
			change += source.Size * network.Weights[a][b] * network.Weights[a][b] * s.Rate[b]
		}
		for _, source := range network.Feedforward {
			change += source.Size * source.Weights[a] * source.Weights[a] * source.Rate.At(0)
		}
		if change > 1e-8 || change < -1e-8 {
			t.Errorf("a variance of %+v changes by %g", s, change)
		}
	}
	if balance > 1e-8 || m.Unbalanceable(across) > 1e-8 {
		t.Errorf("%+v: out of balance by %g, off the range of the weights by %g", s, balance, m.Unbalanceable(across))
	}
}

// Of the three states between the folds of a branch, one has so small a basin that 400 starts
// miss it.
func TestStatesThatManyStartsMiss(t *testing.T) {
	network := networktest.ReadNetwork(t, "oscillations/slow-hopf")
	m := bnn.Must(manifold.New(t.Context(), network))
	states := bnn.Must(StationaryStates(t.Context(), network))
	if len(states) != 3 {
		t.Fatalf("%d states", len(states))
	}
	for _, s := range states {
		standsStill(t, m, s)
	}
}
