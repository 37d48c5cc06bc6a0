package theory

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/coxprocess"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/numbers"
	"balanced/internal/verification"
)

// twoClasses is the network with which theory.md §5 was checked: rank 1, sizes 1.
func twoClasses() *bnn.Network {
	return &bnn.Network{
		Name: "two classes",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 1, Threshold: 0}, Stimulus: bnn.ConstantStimulus{Value: 0.3}},
			{Name: "I", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 3, Threshold: 0.5}},
		},
		Weights: [][]float64{{1, -1.5}, {1.2, -1.8}},
		Initial: bnn.Initial{Mean: []float64{0.5, 0.2}, Variance: []float64{0.3, 0.2}, OnManifold: true},
	}
}

// For two classes of rank 1 the general formula is the one written out in theory.md §5,
// with the numbers given there for t = 1.
func TestSamplingNoiseAtStartOfTwoClasses(t *testing.T) {
	network := twoClasses()
	limit, err := Limit(t.Context(), network, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	mean, variance := limit.Mean[0], limit.Variance[0]
	got, err := SamplingNoiseAtStart(context.Background(), network, 1, mean, variance)
	if err != nil {
		t.Fatal(err)
	}
	u, w, sigma := []float64{1, 1.2}, []float64{1, 1.5}, []float64{1, -1}
	var slope [2]float64
	kappa, noise := 0.0, 0.0
	for a := range 2 {
		rate := network.Populations[a].Rate.(bnn.Logistic)
		e := bnn.Expect(rate, mean[a], variance[a])
		slope[a] = e.First
		kappa += sigma[a] * w[a] * u[a] * e.First
		// λ² = λ̄(λ − λ′/β) for a logistic.
		noise += w[a] * w[a] * (rate.Max*(e.Value-e.First/rate.Slope) - e.Value*e.Value)
	}
	want := [2][2]float64{}
	for a := range 2 {
		for b := range 2 {
			want[a][b] = u[a]*u[b]*noise/(kappa*kappa) -
				u[a]*sigma[b]*w[b]*variance[b]*slope[b]/kappa - u[b]*sigma[a]*w[a]*variance[a]*slope[a]/kappa
		}
		want[a][a] += variance[a]
	}
	quoted := [2][2]float64{{3.46, 1.62}, {1.62, 0.90}}
	for a := range 2 {
		for b := range 2 {
			if math.Abs(got[a][b]-want[a][b]) > 1e-9 || math.Abs(got[a][b]-quoted[a][b]) > 0.006 {
				t.Errorf("entry %d, %d: %.12g, written out %.12g, quoted %g", a, b, got[a][b], want[a][b], quoted[a][b])
			}
		}
	}
}

// threeClasses has unequal sizes and weights of the given rank.
func threeClasses(rank int) *bnn.Network {
	network := &bnn.Network{
		Name: "three classes",
		Populations: []bnn.Population{
			{Name: "E", Tau: 0.8, Size: 1.6, Rate: bnn.Logistic{Max: 2, Slope: 1, Threshold: 0}},
			{Name: "F", Tau: 0.8, Size: 0.4, Rate: bnn.Probit{Max: 2, Slope: 0.8, Threshold: 0.3}},
			{Name: "I", Tau: 0.8, Size: 0.5, Rate: bnn.Logistic{Max: 3, Slope: 3, Threshold: 0.4}},
		},
		Initial: bnn.Initial{Mean: []float64{0.4, 0.1, 0.3}, Variance: []float64{0.5, 0.4, 0.6}},
	}
	switch rank {
	case 0:
		network.Weights = [][]float64{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}
	case 1:
		network.Weights = [][]float64{{0.6, 0.5, -2}, {0.72, 0.6, -2.4}, {0.48, 0.4, -1.6}}
	case 2:
		network.Weights = [][]float64{{-0.9, -0.5, -0.3}, {-0.4, -1.5, -0.6}, {-0.9, -0.5, -0.3}}
	case 3:
		network.Weights = [][]float64{{-0.9, -0.5, 0.3}, {-0.4, -1.5, 0.6}, {-0.2, -0.7, 0.1}}
	}
	if rank > 1 { // inhibition that a source holds in balance
		source := bnn.Source{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: make([]float64, 3)}
		rates := []float64{0.9, 0.8, 1.1}
		for a, row := range network.Weights {
			for b, weight := range row {
				source.Weights[a] -= network.Populations[b].Size * weight * rates[b]
			}
		}
		network.Feedforward = []bnn.Source{source}
	}
	return network
}

// staticCovariance draws the static problem of theory.md §5 again and again: a sample of
// n q_b Gaussian potentials a population, shifted along U until the sampled rates
// balance; it returns n Cov of the sampled means, and the standard errors.
func staticCovariance(t *testing.T, network *bnn.Network, mean, variance []float64, n, draws int) (covariance, errors [][]float64) {
	t.Helper()
	m, err := manifold.New(context.Background(), network)
	if err != nil {
		t.Fatal(err)
	}
	p := len(mean)
	b := m.Drive(0)
	e := m.Expectations(mean, variance)
	random := rand.New(rand.NewPCG(5, uint64(m.Rank)))
	sampled := make([][]float64, draws)
	potentials := make([][]float64, p)
	for draw := range sampled {
		sampled[draw] = make([]float64, p)
		for a := range potentials {
			potentials[a] = make([]float64, int(math.Round(network.Populations[a].Size*float64(n))))
			for j := range potentials[a] {
				potentials[a][j] = math.Sqrt(variance[a]) * random.NormFloat64()
			}
		}
		shift := make([]float64, p)
		for range 4 { // simplified Newton, contracting by n^{-1/2} each
			if m.Rank == 0 {
				break
			}
			rates := make([]bnn.Expectation, p)
			for a, rate := range e {
				rates[a] = rate
				rates[a].Value = 0
				for _, x := range potentials[a] {
					rates[a].Value += network.Populations[a].Rate.At(mean[a] + shift[a] + x)
				}
				rates[a].Value /= float64(len(potentials[a]))
			}
			step := mat.NewVecDense(m.Rank, nil)
			if err := step.SolveVec(m.Sensitivity(e), mat.NewVecDense(m.Rank, m.Imbalance(rates, b))); err != nil {
				t.Fatal(err)
			}
			for a, move := range m.Along(step.RawVector().Data) {
				shift[a] -= move
			}
		}
		for a := range p {
			sum := 0.0
			for _, x := range potentials[a] {
				sum += x
			}
			sampled[draw][a] = math.Sqrt(float64(n)) * (shift[a] + sum/float64(len(potentials[a])))
		}
	}
	return networktest.SampleCovariance(sampled)
}

// Every rank, sizes unlike 1, and all rates against the static problem drawn directly.
// A formula that forgets the sizes, or the correlation of rates and potentials, is
// caught.
func TestSamplingNoiseAtStartAgainstDraws(t *testing.T) {
	verification.Long(t)
	t.Parallel()
	const n, draws = 800, 3000
	for rank := range 4 {
		network := threeClasses(rank)
		if got, err := Rank(network); err != nil || got != rank {
			t.Fatalf("rank %d, want %d (%v)", got, rank, err)
		}
		variance := network.Initial.Variances()
		mean, err := Project(t.Context(), network, 0, network.Initial.Mean, variance)
		if err != nil {
			t.Fatal(err)
		}
		want, err := SamplingNoiseAtStart(context.Background(), network, 0, mean, variance)
		if err != nil {
			t.Fatal(err)
		}
		got, errors := staticCovariance(t, network, mean, variance, n, draws)
		worst := func(predicted [][]float64) float64 {
			largest := 0.0
			for a := range predicted {
				for b := range predicted {
					largest = math.Max(largest, math.Abs(got[a][b]-predicted[a][b])/errors[a][b])
				}
			}
			return largest
		}
		t.Logf("rank %d: largest |z| %.2f; with wrong sizes %.1f, without the correlation %.1f",
			rank, worst(want), worst(wrongNoiseAtStart(t, network, mean, false)), worst(wrongNoiseAtStart(t, network, mean, true)))
		if worst(want) > 3.5 {
			t.Errorf("rank %d: off by %.1f standard errors: %.4v, drawn %.4v", rank, worst(want), want, got)
		}
		if z := worst(wrongNoiseAtStart(t, network, mean, false)); z < 5 {
			t.Errorf("rank %d: wrong sizes are off by %.1f standard errors only", rank, z)
		}
		if z := worst(wrongNoiseAtStart(t, network, mean, true)); rank > 0 && z < 5 {
			t.Errorf("rank %d: without the correlation it is off by %.1f standard errors only", rank, z)
		}
	}
}

// wrongNoiseAtStart forgets the sizes, or with them in place the correlation of η and ζ.
func wrongNoiseAtStart(t *testing.T, network *bnn.Network, mean []float64, uncorrelated bool) [][]float64 {
	t.Helper()
	m, err := manifold.New(context.Background(), network)
	if err != nil {
		t.Fatal(err)
	}
	e := m.Expectations(mean, network.Initial.Variances())
	shift, err := noiseShift(m, e)
	if err != nil {
		t.Fatal(err)
	}
	wrong := numbers.Table(len(mean), len(mean))
	for a := range wrong {
		for b := range wrong {
			for c, population := range network.Populations {
				variance := network.Initial.Variances()[c]
				size, cross := 1.0, variance*e[c].First
				if uncorrelated {
					size, cross = population.Size, 0
				}
				_, ofRate := coxprocess.New(population.Rate, mean[c], variance).Moments()
				wrong[a][b] += shift.At(a, c) * shift.At(b, c) * ofRate / size
				if b == c {
					wrong[a][b] += shift.At(a, c) * cross / size
				}
				if a == c {
					wrong[a][b] += shift.At(b, c) * cross / size
				}
				if a == c && b == c {
					wrong[a][b] += variance / size
				}
			}
		}
	}
	return wrong
}

// Constant rates without weights: each mean is that of N_a independent potentials. And
// a matrix of covariances is symmetric and has no negative eigenvalue.
func TestSamplingNoiseAtStartIsACovariance(t *testing.T) {
	for rank := range 4 {
		network := threeClasses(rank)
		got, err := SamplingNoiseAtStart(context.Background(), network, 0, network.Initial.Mean, network.Initial.Variances())
		if err != nil {
			t.Fatal(err)
		}
		matrix := mat.NewSymDense(3, nil)
		for a, row := range got {
			for b, value := range row {
				if math.Abs(value-got[b][a]) > 1e-12*(1+math.Abs(value)) {
					t.Errorf("rank %d is not symmetric: %v", rank, got)
				}
				if own := network.Initial.Variances()[a] / network.Populations[a].Size; rank == 0 && a == b && value != own {
					t.Errorf("without weights %g, want K/q = %g", value, own)
				}
				matrix.SetSym(a, b, value)
			}
		}
		var eigen mat.EigenSym
		if !eigen.Factorize(matrix, false) || eigen.Values(nil)[0] < -1e-12 {
			t.Errorf("rank %d: eigenvalues %v", rank, eigen.Values(nil))
		}
	}
}

func TestSamplingNoiseAtStartRefuses(t *testing.T) {
	network := twoClasses()
	two := []float64{0.3, 0.2}
	refused := func(want string, network *bnn.Network, at float64, mean, variance []float64) {
		t.Helper()
		var input *bnn.InputError
		if _, err := SamplingNoiseAtStart(context.Background(), network, at, mean, variance); !errors.As(err, &input) || input.Path != want {
			t.Errorf("%v, want an InputError for %s", err, want)
		}
	}
	refused("t", network, math.NaN(), two, two)
	refused("mean", network, 0, two[:1], two)
	refused("variance[1]", network, 0, two, []float64{1, -1})
	unequal := twoClasses()
	unequal.Populations[1].Tau = 2
	refused("populations[1].tau", unequal, 0, two, two)
	runaway := twoClasses()
	runaway.Populations[0].Rate = bnn.Logistic{Max: 9, Slope: 1, Threshold: 0}
	var unbalanced *NotBalancedError
	if _, err := SamplingNoiseAtStart(context.Background(), runaway, 0, two, two); !errors.As(err, &unbalanced) {
		t.Errorf("%v, want a NotBalancedError", err)
	}
}
