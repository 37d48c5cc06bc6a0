package theory

import (
	"errors"
	"math"
	"reflect"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

// withComponents gives each population the same mixture.
func withComponents(network *bnn.Network, components ...bnn.Component) *bnn.Network {
	mixed := network.Clone()
	mixed.Initial.Variance, mixed.Initial.Components = nil, nil
	for range mixed.Populations {
		mixed.Initial.Components = append(mixed.Initial.Components, components)
	}
	return mixed
}

// One component is a Gaussian start, to the last bit.
func TestOneComponentIsAGaussianStart(t *testing.T) {
	times := bnn.Every(0.25, 2)
	for _, name := range []string{"abstract", "feedforward", "two-timescales"} {
		gaussian := networktest.ReadNetwork(t, name)
		mixed := gaussian.Clone()
		mixed.Initial.Variance = nil
		for _, variance := range gaussian.Initial.Variance {
			mixed.Initial.Components = append(mixed.Initial.Components, []bnn.Component{{Weight: 1, Variance: variance}})
		}
		if want, got := bnn.Must(Limit(t.Context(), gaussian, times)), bnn.Must(Limit(t.Context(), mixed, times)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the limits differ by %g", name, farthest(got, want))
		}
		want, got := bnn.Must(FiniteSize(t.Context(), gaussian, 300, times)), bnn.Must(FiniteSize(t.Context(), mixed, 300, times))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the finite-n equations differ by %g", name, farthest(got, want))
		}
		if want, got := bnn.Must(Start(t.Context(), gaussian)), bnn.Must(Start(t.Context(), mixed)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: starts at %g, want %g", name, got, want)
		}
	}
}

// Components that are alike are one.
func TestEqualComponentsAreOne(t *testing.T) {
	times := bnn.Every(0.25, 2)
	network := networktest.ReadNetwork(t, "abstract")
	parted := withComponents(network, bnn.Component{Weight: 0.3, Variance: 0.25}, bnn.Component{Weight: 0.7, Variance: 0.25})
	if d := farthest(bnn.Must(Limit(t.Context(), network, times)), bnn.Must(Limit(t.Context(), parted, times))); d > 1e-10 {
		t.Errorf("the limits differ by %g", d)
	}
	if d := farthest(bnn.Must(FiniteSize(t.Context(), network, 300, times)), bnn.Must(FiniteSize(t.Context(), parted, 300, times))); d > 1e-9 {
		t.Errorf("the finite-n equations differ by %g", d)
	}
}

func TestMixtureAgainstReference(t *testing.T) {
	network := networktest.MixtureSymmetric(t)
	want := networktest.Reference(t, "mixture-symmetric.limit.csv")
	got := bnn.Must(Limit(t.Context(), network, want["t"]))
	for row := range got.Times {
		for a, name := range got.Populations {
			for column, value := range map[string]float64{"mean_" + name: got.Mean[row][a], "var_" + name: got.Variance[row][a],
				"rate_" + name: got.Rate[row][a], "cum3_" + name: got.Third[row][a]} {
				if math.Abs(value-want[column][row]) > 1e-10 {
					t.Errorf("%s at t = %g: %.12g, reference %.12g", column, got.Times[row], value, want[column][row])
				}
			}
		}
		if got.Residual[row] > 1e-12 {
			t.Errorf("residual %g", got.Residual[row])
		}
	}
	// Simulated by another program.
	simulated := networktest.Reference(t, "mixture-symmetric.n2000.csv")
	finite := bnn.Must(FiniteSize(t.Context(), network, 2000, simulated["t"]))
	fourth := bnn.Must(FourthCumulant(t.Context(), network, 2000, simulated["t"]))
	far, farOfLimit := 0.0, 0.0
	limit := bnn.Must(Limit(t.Context(), network, simulated["t"]))
	for row := range finite.Times {
		for a, name := range finite.Populations {
			for column, value := range map[string]float64{"mean_" + name: finite.Mean[row][a], "var_" + name: finite.Variance[row][a],
				"rate_" + name: finite.Rate[row][a], "cum3_" + name: finite.Third[row][a], "cum4_" + name: fourth[row][a]} {
				z := (value - simulated[column][row]) / simulated["se_"+column][row]
				far = math.Max(far, math.Abs(z))
			}
			farOfLimit = math.Max(farOfLimit, math.Abs(limit.Mean[row][a]-simulated["mean_"+name][row])/simulated["se_mean_"+name][row])
		}
	}
	t.Logf("largest |z| %.2f, of the limit's means %.1f", far, farOfLimit)
	if far > 4.5 || farOfLimit < 8 {
		t.Errorf("finite n is off by %.2f standard errors, and the limit by %.2f", far, farOfLimit)
	}
}

// The start is forgotten: by stationary states, and by the limit after a while.
func TestMixturesAreForgotten(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	mixed := networktest.MixtureSymmetric(t)
	want := bnn.Must(StationaryStates(t.Context(), network))
	if got := bnn.Must(StationaryStates(t.Context(), mixed)); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	end := bnn.Must(Limit(t.Context(), mixed, []float64{40}))
	if networktest.DistanceOf(end.Mean[0], want[0].Mean) > 1e-9 {
		t.Errorf("ends at %g, want %g", end.Mean[0], want[0].Mean)
	}
}

// Finite n tends to the limit like n^{-1/2}, also between the components.
func TestMixturesConverge(t *testing.T) {
	network := withComponents(networktest.ReadNetwork(t, "abstract"),
		bnn.Component{Weight: 0.25, Offset: -1.5, Variance: 0.3}, bnn.Component{Weight: 0.75, Offset: 0.5, Variance: 0.02})
	times := bnn.Every(0.25, 2)
	limit := bnn.Must(Limit(t.Context(), network, times))
	if limit.Third[1][0] > -0.1 {
		t.Errorf("third cumulant %g of a start that is skew", limit.Third[1][0])
	}
	few := farthest(limit, bnn.Must(FiniteSize(t.Context(), network, 10_000, times)))
	many := farthest(limit, bnn.Must(FiniteSize(t.Context(), network, 40_000, times)))
	if ratio := few / many; ratio < 1.9 || ratio > 2.1 {
		t.Errorf("off by %g and %g", few, many)
	}
}

// How balance ends is told of populations, by errors and by courses.
func TestLostBalanceOfMixtures(t *testing.T) {
	network := networktest.LosesBalance(t, "fast-hopf")
	mixed := withComponents(network, bnn.Component{Weight: 1})
	for a, variance := range network.Initial.Variance {
		mixed.Initial.Components[a] = []bnn.Component{{Weight: 0.5, Offset: -0.01, Variance: variance}, {Weight: 0.5, Offset: 0.01, Variance: variance}}
	}
	var lost *BalanceLostError
	rows, err := Limit(t.Context(), mixed, bnn.Every(0.25, 6))
	if !errors.As(err, &lost) || lost.Kind != Oscillation || len(lost.Mean) != 2 || len(rows.Mean) == 0 {
		t.Fatalf("%v", err)
	}
	if course := bnn.Must(FindRegime(t.Context(), mixed, 6)); course.Regime != RegimeOscillation || len(course.Mean) != 2 || len(course.Rate) != 2 || course.Time != lost.Time {
		t.Errorf("%+v", course)
	}
	tipping := networktest.ReadNetwork(t, "tipping")
	tipping.Initial.Mean = []float64{1.7, 1.7}
	mixed = withComponents(tipping, bnn.Component{Weight: 0.5, Offset: -0.1, Variance: 0.2}, bnn.Component{Weight: 0.5, Offset: 0.1, Variance: 0.2})
	var refused *NotBalancedError
	if _, err := Limit(t.Context(), mixed, []float64{1}); !errors.As(err, &refused) || refused.Fate != Runaway || len(refused.Mean) != 2 {
		t.Errorf("%v", err)
	}
	var input *bnn.InputError
	if _, err := SamplingNoise(t.Context(), networktest.MixtureSymmetric(t), 100, []float64{1}); !errors.As(err, &input) || input.Path != "initial.components" {
		t.Errorf("%v", err)
	}
}
