package ring

import (
	"context"
	"errors"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/internal/verification"
)

// A cosine of any height and centre is found exactly, whatever its mean and second component are.
func TestComponentOfACosine(t *testing.T) {
	for _, angles := range []int{3, 8, 12} {
		values := make([]float64, 2*angles)
		for k := range angles {
			theta := 2 * math.Pi * float64(k) / float64(angles)
			values[k] = 5 + 1.5*math.Cos(theta-0.7)
			values[angles+k] = 0.5 * math.Cos(theta+2)
			if angles > 3 {
				values[k] += 0.3 * math.Cos(2*theta)
			}
		}
		for _, c := range []struct {
			bump Bump
			want complex128
		}{{Bump{1, 0}, cmplx.Rect(1.5, 0.7)}, {Bump{0, 1}, cmplx.Rect(0.5, -2)}, {Bump{1, -1}, cmplx.Rect(1.5, 0.7) - cmplx.Rect(0.5, -2)}} {
			got, err := c.bump.Component(values)
			if err != nil || cmplx.Abs(got-c.want) > 1e-14 {
				t.Errorf("%d angles, %v: %v, %v, not %v", angles, c.bump, got, err, c.want)
			}
		}
	}
}

// The variance of the centre is that of centres of values that are drawn with the covariance.
func TestCentreVarianceOfSamples(t *testing.T) {
	const angles, samples, small = 8, 20000, 0.01
	random := rand.New(rand.NewPCG(1, 2))
	values, covariance := make([]float64, 2*angles), make([][]float64, 2*angles)
	for i := range values {
		values[i] = math.Sin(2*math.Pi*float64(i)/angles) * float64(1+i/angles)
		covariance[i] = make([]float64, 2*angles)
		for j := range covariance[i] {
			covariance[i][j] = small * small // what all have in common
		}
		covariance[i][i] += small * small * float64(1+i)
	}
	bump := Bump{1, -0.2}
	want, err := bump.CentreVariance(values, covariance)
	if err != nil {
		t.Fatal(err)
	}
	centre, _ := bump.Component(values)
	sum := 0.0
	for range samples {
		common, drawn := small*random.NormFloat64(), make([]float64, 2*angles)
		for i := range drawn {
			drawn[i] = values[i] + common + small*math.Sqrt(float64(1+i))*random.NormFloat64()
		}
		z, err := bump.Component(drawn)
		if err != nil {
			t.Fatal(err)
		}
		sum += math.Pow(cmplx.Phase(z/centre), 2)
	}
	if ratio := sum / samples / want; math.Abs(ratio-1) > 0.05 {
		t.Errorf("the centre's variance over the predicted one is %g", ratio)
	}
}

// On a ring whose classes hear all others alike the difference of E and I fluctuates as if neurons
// were independent (theory.md §21), at any n; the bump of E does not.
func TestDifferenceIsIndependent(t *testing.T) {
	verification.Long(t)
	network, err := bnn.ReadNetwork("../../data/networks/classes/ring.json")
	if err != nil {
		t.Fatal(err)
	}
	const half = 4 // angles suffice
	network.Populations = append(network.Populations[:half], network.Populations[8:8+half]...)
	network.Initial.Mean, network.Initial.Variance = network.Initial.Mean[:2*half], network.Initial.Variance[:2*half]
	network.Weights = network.Weights[:2*half]
	for a := range network.Populations {
		network.Populations[a].Size = 1.0 / half
		theta := math.Pi / 2 * float64(a%half)
		if a < half {
			network.Initial.Mean[a], network.Populations[a].Stimulus = math.Cos(theta), bnn.ConstantStimulus{Value: 1 + math.Cos(theta)}
		}
		network.Weights[a] = make([]float64, 2*half)
		for b := range network.Weights[a] {
			network.Weights[a][b] = (1 + math.Cos(theta-math.Pi/2*float64(b%half))) / 2 * float64(1-b/half*2)
		}
	}
	const n = 400
	for _, c := range []struct {
		bump        Bump
		independent bool
	}{{Bump{1, -1}, true}, {Bump{1, 0}, false}, {Bump{0, 1}, false}} {
		w, err := Wander(context.Background(), network, n, c.bump)
		if err != nil {
			t.Fatal(err)
		}
		if same := math.Abs(w.Linear/w.Neurons-1) < 1e-5; same != c.independent {
			t.Errorf("%v: %+v", c.bump, *w)
		}
		// Of one class all is left when the classes are apart; the difference has more then, since E and I move together.
		if one := math.Abs(w.Classes/w.Linear-1) < 1e-12; one == c.independent || w.Classes < w.Linear*(1-1e-12) {
			t.Errorf("%v: %+v", c.bump, *w)
		}
	}
	state, err := theory.FiniteSize(context.Background(), network, n, []float64{atRest})
	if err != nil {
		t.Fatal(err)
	}
	lagged, err := theory.LaggedCovariances(context.Background(), network, n, []float64{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	now, err := Bump{1, -1}.CentreVariance(state.Mean[0], lagged.Mean[0])
	if err != nil {
		t.Fatal(err)
	}
	if later, err := (Bump{1, -1}).CentreVariance(state.Mean[0], lagged.Mean[1]); err != nil || math.Abs(later/now*math.E-1) > 1e-4 {
		t.Errorf("at lag 1 the difference has the covariance %g, %v, not %g", later, err, now/math.E)
	}
}

func TestRefusals(t *testing.T) {
	square := func(n int) [][]float64 {
		rows := make([][]float64, n)
		for i := range rows {
			rows[i] = make([]float64, n)
		}
		return rows
	}
	good := []float64{1, 2, 4}
	for name, do := range map[string]func() error{
		"no weights":    func() error { _, err := Bump{}.Component(good); return err },
		"not divisible": func() error { _, err := Bump{1, 1}.Component([]float64{1, 2, 3, 4, 5, 6, 7}); return err },
		"too few":       func() error { _, err := Bump{1, 1}.Component([]float64{1, 2, 3, 4}); return err },
		"few rows":      func() error { _, err := Bump{1}.CentreVariance(good, square(2)); return err },
		"a short row": func() error {
			_, err := Bump{1}.CentreVariance(good, [][]float64{{1, 0, 0}, {0, 1}, {0, 0, 1}})
			return err
		},
		"no bump": func() error { _, err := Bump{1}.CentreVariance([]float64{0, 0, 0}, square(3)); return err },
		"few variances": func() error {
			_, err := Independent(&bnn.Network{Populations: make([]bnn.Population, 2)}, good)
			return err
		},
		"no rows":        func() error { _, err := Bump{1}.Over(&bnn.Moments{Mean: [][]float64{{1}}}); return err },
		"no values here": func() error { _, err := Bump{1}.Component(nil); return err },
	} {
		var input *bnn.InputError
		if err := do(); !errors.As(err, &input) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The difference of E and I follows a moving stimulus by an explicit formula (theory.md §21), whatever the rates.
func TestDifferenceIsExplicit(t *testing.T) {
	network, err := bnn.ReadNetwork("../../data/networks/classes/ring.json")
	if err != nil {
		t.Fatal(err)
	}
	if rank, err := theory.Rank(network); err != nil || rank != 3 {
		t.Errorf("rank %d, %v", rank, err)
	}
	limit, err := theory.Limit(context.Background(), network, []float64{0.5, 2, 4})
	if err != nil {
		t.Fatal(err)
	}
	components, err := Bump{1, -1}.Over(&limit.Moments)
	if err != nil {
		t.Fatal(err)
	}
	for row, at := range limit.Times {
		const omega = 2 * math.Pi / 6
		forgotten := complex(math.Exp(-at), 0)
		want := -1i*forgotten + (cmplx.Rect(1, omega*at)-forgotten)/complex(1, omega)
		if got := components[row]; cmplx.Abs(got-want) > 1e-6 {
			t.Errorf("t = %g: %v, not %v", at, got, want)
		}
	}
}
