package simulate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// Every target has its in-degree exactly, of different neurons, itself not among them, up to a
// population that hears all others; and every neuron is heard equally often on average.
func TestSparseConnections(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		targets, sources, inDegree int
		within                     bool
	}{{50, 50, 7, true}, {50, 50, 49, true}, {30, 80, 5, false}, {80, 30, 30, false}, {2, 2, 1, true}, {1, 9, 1, false}} {
		p := newPathway(random, c.targets, c.sources, c.inDegree, c.within)
		heard := make([]int, c.targets)
		for k := range p.sources() {
			hearers := p.hearers(k)
			for i, j := range hearers {
				heard[j]++
				if i > 0 && hearers[i-1] >= j {
					t.Errorf("%+v: neuron %d is heard twice by %d, or they are not in order", c, k, j)
				}
				if c.within && int(j) == k {
					t.Errorf("%+v: neuron %d hears itself", c, k)
				}
			}
		}
		for j, h := range heard {
			if h != c.inDegree {
				t.Errorf("%+v: neuron %d hears %d", c, j, h)
			}
		}
	}
}

// All sets are equally likely: the 4 pairs that a neuron can hear of 5 others, and so on; a planted
// bug of the sampling, the last one not taken in its stead, is seen as an in-degree that is not met.
func TestSparseSetsAreEquallyLikely(t *testing.T) {
	const targets, sources, inDegree = 30_000, 6, 3
	random := rand.New(rand.NewPCG(3, 4))
	p := newPathway(random, targets, sources, inDegree, false)
	sets := make([]int, targets) // a bit a source neuron
	for k := range sources {
		for _, j := range p.hearers(k) {
			sets[j] |= 1 << k
		}
	}
	counts := map[int]float64{}
	for _, set := range sets {
		counts[set]++
	}
	const all = 20 // 6 over 3
	chi := 0.0
	for _, count := range counts {
		chi += math.Pow(count-targets/all, 2) / (targets / all)
	}
	if len(counts) != all || chi > 19+5*math.Sqrt(2*19) {
		t.Errorf("%d sets, χ² = %.1f with 19 degrees of freedom", len(counts), chi)
	}
}

// shared is the mean number of source neurons that several neurons of a population hear in common.
func shared(neurons, heard, several int, within bool) float64 {
	if within {
		return float64(neurons-several) * math.Pow(float64(heard)/float64(neurons-1), float64(several))
	}
	return float64(neurons) * math.Pow(float64(heard)/float64(neurons), float64(several))
}

// sparseClosedForm gives the exact expectations of the empirical moments with constant rates.
// Several neurons have their joint cumulants by the spikes that all of them hear: κ(i,i) − κ(i,j)
// is the variance within the population, and κ(i,i,i) − 3κ(i,i,j) + 2κ(i,j,k) its third cumulant.
func sparseClosedForm(network *bnn.Network, n, inDegree int, times []float64, sharing bool) bnn.Moments {
	m := bnn.NewMoments(network.PopulationNames(), times)
	for row, t := range times {
		for a, p := range network.Populations {
			leak := func(k float64) float64 { return -math.Expm1(-k*t/p.Tau) * p.Tau / k }
			mean := network.Initial.Mean[a]*math.Exp(-t/p.Tau) + bnn.Response(p.External(), t, p.Tau)
			variance := network.Initial.Variances()[a]*math.Exp(-2*t/p.Tau) + p.Noise*p.Noise*leak(2)
			third := 0.0
			hear := func(neurons, heard int, rate, weight float64, within bool) {
				weight /= math.Sqrt(float64(inDegree))
				pairs, triples := shared(neurons, heard, 2, within), shared(neurons, heard, 3, within)
				if !sharing {
					pairs, triples = 0, 0
				}
				mean += float64(heard) * rate * weight * leak(1)
				variance += (float64(heard) - pairs) * rate * weight * weight * leak(2)
				third += (float64(heard) - 3*pairs + 2*triples) * rate * weight * weight * weight * leak(3)
			}
			for b, source := range network.Populations {
				hear(bnn.Must(network.Count(b, n)), bnn.Must(network.Count(b, inDegree)), source.Rate.At(0), network.Weights[a][b], a == b)
			}
			for x, source := range network.Feedforward {
				hear(bnn.Must(network.SourceCount(x, n)), bnn.Must(network.SourceCount(x, inDegree)), source.Rate.At(0), source.Weights[a], false)
			}
			m.Mean[row][a], m.Variance[row][a], m.Third[row][a], m.Rate[row][a] = mean, variance, third, p.Rate.At(0)
		}
	}
	return m
}

func TestSparseAgainstClosedForm(t *testing.T) {
	verification.Only(t)
	const n, inDegree = 9, 4
	network := networktest.ConstantRates()
	times := []float64{0.2, 1, 3}
	s, err := Ensemble{Network: network, N: n, Replicas: 8000, Seed: 1, Method: Sparse{InDegree: inDegree}}.Run(context.Background(), times)
	if err != nil {
		t.Fatal(err)
	}
	z, where := largestZ(s, sparseClosedForm(network, n, inDegree, times, true))
	t.Logf("largest |z| = %.1f, for the %s", z, where)
	if z > networktest.FalseAlarmZ {
		t.Errorf("|z| = %.1f for the %s", z, where)
	}
	for name, wrong := range map[string]bnn.Moments{
		"nothing heard in common": sparseClosedForm(network, n, inDegree, times, false),
		"weights of size n":       sparseClosedForm(network, n, n-1, times, true),
	} {
		if z, _ := largestZ(s, wrong); z <= networktest.FalseAlarmZ {
			t.Errorf("%s: goes unseen, |z| = %.1f", name, z)
		}
	}
	// So many arrivals: those of each neuron, at so many who hear it.
	for row, at := range times {
		for a := range network.Populations {
			for b, source := range network.Populations {
				expected := float64(bnn.Must(network.Count(a, n))*bnn.Must(network.Count(b, inDegree))) * source.Rate.At(0) * at
				if z := (s.Spikes[row][a][b] - expected) / s.SpikesError[row][a][b]; math.Abs(z) > networktest.FalseAlarmZ {
					t.Errorf("t = %g: %g arrivals from %d to %d, want %g (z = %.1f)", at, s.Spikes[row][a][b], b, a, expected, z)
				}
			}
		}
	}
}

// With the connections of one replica kept, two neurons covary by the partners that they share, and
// by the connections of no other replica.
func TestSparsePartnersInCommon(t *testing.T) {
	verification.Long(t)
	const n, inDegree, replicas, end = 8, 4, 10_000, 1.5
	network := networktest.ConstantRates()
	p, err := newPlan(t.Context(), network, n, []float64{end})
	if err != nil {
		t.Fatal(err)
	}
	heard, sourcesHeard, err := Sparse{inDegree}.inDegrees(p)
	if err != nil {
		t.Fatal(err)
	}
	kept := newSparseRun(p, rand.New(rand.NewPCG(1, 1)), inDegree, heard, sourcesHeard)
	other := newSparseRun(p, rand.New(rand.NewPCG(3, 3)), inDegree, heard, sourcesHeard)
	covariance := func(r *sparseRun, i, j uint32) float64 {
		sum := 0.0
		hear := func(p pathway, rate, weight float64) {
			for k := range p.sources() {
				if hearers := p.hearers(k); slices.Contains(hearers, i) && slices.Contains(hearers, j) {
					sum += rate * weight * weight / inDegree
				}
			}
		}
		for b, source := range network.Populations {
			hear(r.pathways[0][b], source.Rate.At(0), network.Weights[0][b])
		}
		hear(r.sourcePathways[0][0], network.Feedforward[0].Rate.At(0), network.Feedforward[0].Weights[0])
		return sum * -math.Expm1(-2*end) / 2
	}
	const neurons = 6
	var mean [neurons]float64
	var product [neurons][neurons]float64
	random := rand.New(rand.NewPCG(5, 6))
	for range replicas {
		r := newSparseRun(p, random, inDegree, heard, sourcesHeard)
		r.pathways, r.sourcePathways = kept.pathways, kept.sourcePathways
		if err := r.run(t.Context(), p.times, nil); err != nil {
			t.Fatal(err)
		}
		v := r.state.Potentials[0]
		for i := range neurons {
			mean[i] += v[i] / replicas
			for j := range neurons {
				product[i][j] += v[i] * v[j] / replicas
			}
		}
	}
	largest := func(r *sparseRun) float64 {
		largest := 0.0
		for i := range neurons {
			for j := range i {
				error := math.Sqrt(product[i][i]-mean[i]*mean[i]) * math.Sqrt(product[j][j]-mean[j]*mean[j]) / math.Sqrt(replicas)
				largest = math.Max(largest, math.Abs(product[i][j]-mean[i]*mean[j]-covariance(r, uint32(i), uint32(j)))/error)
			}
		}
		return largest
	}
	z := largest(kept)
	t.Logf("largest |z| = %.1f of 15", z)
	if z > networktest.FalseAlarmZ {
		t.Errorf("|z| = %.1f", z)
	}
	if z := largest(other); z <= networktest.FalseAlarmZ {
		t.Errorf("the connections of another replica go unseen: |z| = %.1f", z)
	}
}

func TestSparseSaysNo(t *testing.T) {
	source := networktest.ReadNetwork(t, "feedforward")
	shared := source.Clone()
	shared.Feedforward[0].Shared = true
	for want, e := range map[string]Ensemble{
		"in-degree: 0 is not allowed":       {Network: source, N: 40, Method: Sparse{}},
		"in-degree: -3 is not allowed":      {Network: source, N: 40, Method: Sparse{InDegree: -3}},
		"at most 39 at n = 40":              {Network: source, N: 40, Method: Sparse{InDegree: 40}},
		"feedforward[0].shared: true is no": {Network: shared, N: 40, Method: Sparse{InDegree: 4}},
	} {
		e.Replicas = 1
		_, err := e.Run(t.Context(), []float64{1})
		var refused *bnn.InputError
		if !errors.As(err, &refused) || !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func BenchmarkSparse(b *testing.B) {
	network := networktest.ReadNetwork(b, "abstract")
	const n, inDegree, end = 4000, 200, 1.0
	arrivals := 0.0
	for b.Loop() {
		var spikes SpikeRecorder
		e := Ensemble{Network: network, N: n, Replicas: 1, Method: Sparse{InDegree: inDegree}}
		if err := e.Replica(context.Background(), 0, []float64{end}, &spikes); err != nil {
			b.Fatal(err)
		}
		arrivals = 0
		for _, row := range spikes.Spikes[0] {
			for _, count := range row {
				arrivals += float64(count)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/arrivals, "ns/arrival")
}
