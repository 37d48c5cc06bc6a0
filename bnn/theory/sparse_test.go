package theory_test

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/normal"
	"balanced/bnn/simulate"
	"balanced/bnn/theory"
	"balanced/internal/verification"
)

// sparseCase is a network of rank 2 with a constant source, whose rates balance fixes.
func sparseCase(t *testing.T, spread float64) *bnn.Network {
	network := networktest.ReadNetwork(t, "feedforward")
	network.Feedforward[0].Rate = bnn.ConstantStimulus{Value: 1}
	network.Populations[0].Spread, network.Populations[1].Spread = spread, spread/2
	return network
}

func onlySparse(t *testing.T, network *bnn.Network, share float64) *theory.SparseState {
	t.Helper()
	states, err := theory.SparseStationary(t.Context(), network, share)
	if err != nil || len(states) != 1 {
		t.Fatalf("%d states, %v", len(states), err)
	}
	return states[0]
}

// rateCovariance is E F(m + √c Z, K − c)² − F² by quadrature over what two times have in common,
// where the theory has the sum of Mehler's formula.
func rateCovariance(rate bnn.Rate, mean, variance, common float64) float64 {
	const step = 0.05
	sum := 0.0
	for z := -9.0; z <= 9; z += step {
		f := bnn.Expect(rate, mean+math.Sqrt(common)*z, math.Max(0, variance-common)).Value
		sum += step * normal.Density(z) * f * f
	}
	return sum - math.Pow(bnn.Expect(rate, mean, variance).Value, 2)
}

// The state obeys its equations, each by another way: the balance, the differential equation of the
// covariance, its slope at lag 0, the quenched variance, and rates that average over neurons.
func TestSparseStateObeysItsEquations(t *testing.T) {
	verification.Long(t)
	for _, spread := range []float64{0, 0.6} {
		for _, share := range []float64{0, 0.2} {
			network := sparseCase(t, spread)
			s := onlySparse(t, network, share)
			near := func(what string, a int, got, want, tolerance float64) {
				t.Helper()
				if !(math.Abs(got-want) <= tolerance*(1e-3+math.Abs(want))) {
					t.Errorf("spread %g, share %g, population %d: %s is %.8g, want %.8g", spread, share, a, what, got, want)
				}
			}
			for a, p := range network.Populations {
				source := network.Feedforward[0]
				balance, white, colored, quenched := source.Weights[a], source.Weights[a]*source.Weights[a], 0.0, 0.0
				i := 220 // at a lag of about 1
				for b, other := range network.Populations {
					weight := network.Weights[a][b]
					square := other.Spread * other.Spread
					all := s.Temporal[b] + s.Quenched[b] + square
					balance += weight * s.Rate[b]
					white += weight * weight * s.Rate[b]
					colored += weight * weight * rateCovariance(other.Rate, s.Mean[b], all, s.Covariance[b][i]+s.Quenched[b]+square)
					quenched += weight * weight * rateCovariance(other.Rate, s.Mean[b], all, s.Quenched[b]+square)
				}
				near("balance", a, balance, 0, 1e-8)
				near("the quenched variance", a, s.Quenched[a], (1-share)*p.Tau*p.Tau*quenched, 1e-6)
				h, k := s.Lags[i]-s.Lags[i-1], s.Lags[i+1]-s.Lags[i]
				c := s.Covariance[a]
				second := 2 * ((c[i+1]-c[i])/k - (c[i]-c[i-1])/h) / (h + k)
				near("τ²C″", a, p.Tau*p.Tau*second, c[i]-(1-share)*p.Tau*p.Tau*(colored-quenched), 1e-3)
				near("the slope at lag 0", a, (c[1]-c[0])/s.Lags[1], -(1-share)*white/2, 0.02)
				near("the covariance at lag 0", a, c[0], s.Temporal[a], 1e-8)
				average, square := 0.0, 0.0
				const step = 0.05
				for z := -8.0; z <= 8; z += step {
					r := s.RateOf(a, z)
					average += step * normal.Density(z) * r
					square += step * normal.Density(z) * r * r
				}
				near("the average rate over neurons", a, average, s.Rate[a], 1e-8)
				near("the variance of rates over neurons", a, square-average*average, s.RateVariance[a], 1e-4)
				if (spread > 0) != (s.Quenched[a] > 0.01) {
					t.Errorf("spread %g: a quenched variance of %g", spread, s.Quenched[a])
				}
			}
		}
	}
}

// Simulations come near to the theory like K^{−1/2}: variance, covariance at two times, and rate;
// the variance of the dense network, without what the rates of few partners fluctuate, is far off.
func TestSparseAgainstSimulation(t *testing.T) {
	verification.Long(t)
	network := sparseCase(t, 0)
	dense := bnn.Must(theory.StationaryStates(t.Context(), network))[0]
	before := math.Inf(1)
	for _, c := range []struct{ inDegree, n, replicas int }{{100, 2000, 4}, {400, 2000, 4}} {
		s := onlySparse(t, network, float64(c.inDegree)/float64(c.n))
		lag := 0
		for s.Lags[lag] < 1 {
			lag++
		}
		e := simulate.Ensemble{Network: network, N: c.n, Replicas: c.replicas, Seed: 1, Method: simulate.Sparse{InDegree: c.inDegree}}
		states := bnn.Must(simulate.Collect(e.States(t.Context(), []float64{2.5, 2.5 + s.Lags[lag]}, 0)))
		for a := range network.Populations {
			var variance, covariance estimate
			for _, state := range states {
				variance.add((within(state[0][a], state[0][a]) + within(state[1][a], state[1][a])) / 2)
				covariance.add(within(state[0][a], state[1][a]))
			}
			root := math.Sqrt(float64(c.inDegree))
			off := variance.mean()/s.Temporal[a] - 1
			t.Logf("K = %d, n = %d, population %d: variance %.4f ± %.4f, theory %.4f (z = %.1f), dense %.4f; √K × relative difference %.2f; covariance at lag 1 %.4f ± %.4f, theory %.4f (z = %.1f)",
				c.inDegree, c.n, a, variance.mean(), variance.error(), s.Temporal[a], (variance.mean()-s.Temporal[a])/variance.error(), dense.Variance[a], root*off,
				covariance.mean(), covariance.error(), s.Covariance[a][lag], (covariance.mean()-s.Covariance[a][lag])/covariance.error())
			if math.Abs(off)*root > 2 {
				t.Errorf("K = %d, population %d: the variance is off by %.3f, more than 2/√K", c.inDegree, a, off)
			}
			if math.Abs(covariance.mean()-s.Covariance[a][lag]) > 2/root*s.Temporal[a] {
				t.Errorf("K = %d, population %d: the covariance at lag 1 is %.4f, theory %.4f", c.inDegree, a, covariance.mean(), s.Covariance[a][lag])
			}
			if math.Abs(variance.mean()-s.Temporal[a]) > math.Abs(variance.mean()-dense.Variance[a])/2 {
				t.Errorf("K = %d, population %d: the variance of the dense network is not refused", c.inDegree, a)
			}
			if a == 0 {
				if !(math.Abs(off) < 0.75*before) {
					t.Errorf("the difference does not fall: %.3f after %.3f", off, before)
				}
				before = math.Abs(off)
			}
		}
	}
}

// An estimate collects one number a replica.
type estimate struct{ count, sum, squares float64 }

func (e *estimate) add(x float64) { e.count, e.sum, e.squares = e.count+1, e.sum+x, e.squares+x*x }
func (e *estimate) mean() float64 { return e.sum / e.count }
func (e *estimate) error() float64 {
	return math.Sqrt((e.squares/e.count - e.mean()*e.mean()) / (e.count - 1))
}

// within is the covariance over the neurons of a population.
func within(x, y []float64) float64 {
	n := float64(len(x))
	sumX, sumY, products := 0.0, 0.0, 0.0
	for i := range x {
		sumX, sumY, products = sumX+x[i], sumY+y[i], products+x[i]*y[i]
	}
	return (products - sumX*sumY/n) / (n - 1)
}

// With spread thresholds neurons keep means of their own: long after, potentials covary by the
// quenched variance.
func TestSparseQuenchedAgainstSimulation(t *testing.T) {
	verification.Only(t)
	const inDegree, n = 200, 2000
	network := sparseCase(t, 1.2)
	s := onlySparse(t, network, float64(inDegree)/n)
	const start, lag = 7.0, 6.0
	e := simulate.Ensemble{Network: network, N: n, Replicas: 6, Seed: 1, Method: simulate.Sparse{InDegree: inDegree}}
	states := bnn.Must(simulate.Collect(e.States(t.Context(), []float64{start, start + lag}, 0)))
	for a := range network.Populations {
		var quenched estimate
		for _, state := range states {
			quenched.add(within(state[0][a], state[1][a]))
		}
		z := (quenched.mean() - s.Quenched[a]) / quenched.error()
		t.Logf("population %d: the quenched variance is %.4f ± %.4f, theory %.4f (z = %.1f), of %.4f in all", a, quenched.mean(), quenched.error(), s.Quenched[a], z, s.Quenched[a]+s.Temporal[a])
		if math.Abs(z) > networktest.FalseAlarmZ || quenched.mean() < networktest.FalseAlarmZ*quenched.error() {
			t.Errorf("population %d: a quenched variance of %.4f ± %.4f, theory %.4f", a, quenched.mean(), quenched.error(), s.Quenched[a])
		}
	}
}

func TestSparseStationarySaysNo(t *testing.T) {
	shared := sparseCase(t, 0)
	shared.Feedforward[0].Shared = true
	for path, ask := range map[string]func() error{
		"share":                 func() error { _, err := theory.SparseStationary(t.Context(), sparseCase(t, 0), 1); return err },
		"feedforward[0].shared": func() error { _, err := theory.SparseStationary(t.Context(), shared, 0); return err },
	} {
		var refused *bnn.InputError
		if err := ask(); !errors.As(err, &refused) || refused.Path != path {
			t.Errorf("%v, want an input error for %s", err, path)
		}
	}
}
