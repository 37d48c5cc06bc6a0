package bench

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/internal/verification"
)

const (
	agreeN        = 50
	agreeInDegree = 10
	agreeDuration = 3.0
	agreeWithin   = 4.5 // joint standard errors, for the means and variances of two populations
)

// present skips where a peer is absent, but where BALANCED_PEERS=required it fails.
func present(t *testing.T, p peer, err error) peer {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if p.absent != "" && os.Getenv("BALANCED_PEERS") == "required" {
		t.Fatal("absent: " + p.absent)
	}
	if p.absent != "" {
		t.Skip("absent: " + p.absent)
	}
	return p
}

// apart is by how many joint standard errors the values of two samples differ at most, where each
// sample has the values of the two populations in its rows.
func apart(own, others [][2]float64) float64 {
	most := 0.0
	for a := range 2 {
		var x, y []float64
		for _, row := range own {
			x = append(x, row[a])
		}
		for _, row := range others {
			y = append(y, row[a])
		}
		mean, variance := stat.MeanVariance(x, nil)
		other, otherVariance := stat.MeanVariance(y, nil)
		z := math.Abs(other-mean) / math.Sqrt(variance/float64(len(x))+otherVariance/float64(len(y)))
		if !(z <= most) {
			most = z
		}
	}
	return most
}

// replicas runs a contender so many times, and returns the means and the variances at the end.
func replicas(t *testing.T, c contender, count int) (means, variances [][2]float64, samples []sample) {
	t.Helper()
	all, err := takeTurns(t.Context(), count, []contender{c})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all[0] {
		means = append(means, [2]float64(s.Means[len(s.Means)-1]))
		variances = append(variances, [2]float64(s.Variances[len(s.Variances)-1]))
	}
	return means, variances, all[0]
}

// The C programs simulate the same as the package does, pair by pair and on sparse graphs. One that is told
// another threshold is found out.
func TestCPeersAgree(t *testing.T) {
	verification.Long(t)
	const count = 100
	for name, thresholds := range map[string][2]float64{"dense": {0, 0.5}, "silent": {0.5, 0}} {
		for _, inDegree := range []int{0, agreeInDegree} {
			l := testLaboratory(t)
			network, err := l.startingAtZero(name)
			if err != nil {
				t.Fatal(err)
			}
			var method simulate.Method = simulate.Exact{}
			sources := []string{naiveC, rssaC, coevolveC}
			if inDegree > 0 {
				method, sources = simulate.Sparse{InDegree: inDegree}, sources[1:]
			}
			means, variances, own := replicas(t, l.own("bnn", network, agreeN, method, 1, agreeDuration), count)
			for _, source := range sources {
				t.Run(filepath.Base(source), func(t *testing.T) {
					if name == "silent" {
						verification.Only(t)
					}
					p, err := l.cPeer(t.Context(), source)
					p = present(t, p, err)
					run := func(shift float64) (means, variances [][2]float64, samples []sample) {
						return replicas(t, p.external("", func(seed int) []any {
							arguments := []any{agreeN, agreeDuration, seed, thresholds[0] + shift, thresholds[1]}
							if source == naiveC {
								return arguments
							}
							return append(arguments, inDegree)
						}), count)
					}
					itsMeans, itsVariances, its := run(0)
					if z, y := apart(means, itsMeans), apart(variances, itsVariances); !(max(z, y) < agreeWithin) {
						t.Errorf("%s, in-degree %d: means %.1f and variances %.1f standard errors apart", name, inDegree, z, y)
					}
					if err := sameSpikes([]contender{{program: "bnn"}, {program: source}}, [][]sample{own, its}); err != nil {
						t.Error(err)
					}
					if name == "silent" {
						return // Its mean hardly follows the threshold.
					}
					if itsMeans, _, _ := run(0.5); apart(means, itsMeans) < agreeWithin {
						t.Errorf("in-degree %d: another threshold was not found out", inDegree)
					}
				})
			}
		}
	}
}

// And so does the C program of the leap, at a step that its second order makes short enough.
func TestLeapCAgrees(t *testing.T) {
	verification.Long(t)
	const count = 400
	l := testLaboratory(t)
	network, err := l.startingAtZero("dense")
	if err != nil {
		t.Fatal(err)
	}
	p, err := l.cPeer(t.Context(), leapC)
	p = present(t, p, err)
	means, variances, _ := replicas(t, l.own("bnn", network, agreeN, simulate.Exact{}, 1, agreeDuration), count)
	run := func(network *bnn.Network) (means, variances [][2]float64, samples []sample) {
		return replicas(t, p.external("", func(seed int) []any {
			return leapArguments(network, agreeN, 0.02, agreeDuration, agreeDuration, seed)
		}), count)
	}
	itsMeans, itsVariances, _ := run(network)
	if z, y := apart(means, itsMeans), apart(variances, itsVariances); !(max(z, y) < agreeWithin) {
		t.Errorf("means %.1f and variances %.1f standard errors apart", z, y)
	}
	shifted := network.Clone()
	shifted.Populations[0].Rate = bnn.Logistic{Max: 1, Slope: 4, Threshold: 0.15}
	if itsMeans, _, _ := run(shifted); apart(means, itsMeans) < agreeWithin {
		t.Error("another threshold was not found out")
	}
}

// inTime are batches of what a network at rest shows along one run, which has outputs every 2 τ.
func inTime(t *testing.T, rows [][]float64) (batches [][2]float64) {
	t.Helper()
	const batch = 6
	for rows = rows[10:]; len(rows) >= batch; rows = rows[batch:] {
		var mean [2]float64
		for _, row := range rows[:batch] {
			for a := range mean {
				mean[a] += row[a] / batch
			}
		}
		batches = append(batches, mean)
	}
	if len(batches) < 10 {
		t.Fatalf("%d batches", len(batches))
	}
	return batches
}

// The Python programs of the dense network, where there are packages for them, give the means and variances of
// the exact method along one run, in steps short enough that their error is not seen.
func TestPythonPeersAgree(t *testing.T) {
	verification.Long(t)
	const every, duration = 2.0, 200.0
	l := testLaboratory(t)
	network, err := l.startingAtZero("dense")
	if err != nil {
		t.Fatal(err)
	}
	path, err := l.written(network)
	if err != nil {
		t.Fatal(err)
	}
	own, err := replica(t.Context(), simulate.Ensemble{Network: network, N: agreeN, Replicas: 1, Seed: 1, Method: simulate.Exact{}, Workers: 1},
		bnn.Every(every, 10*duration)[1:])
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, script, packages string
		step                   float64
	}{
		{"NumPy per-step", "steps.py", "numpy", 0.02},
		{"NumPy tau-leaping", "leaping.py", "numpy", 0.02},
		{"numba", "naive.py", "numba numpy", 0.02},
		{"JAX", "jax_leap.py", "jax numpy", 0.1},
		{"Brian2 numpy", "brian.py", "", 0.02},
		{"Brian2 cython", "brian.py", "", 0.02},
		{"Brian2 cpp_standalone", "brian.py", "", 0.02},
	} {
		t.Run(c.name, func(t *testing.T) {
			target, ofBrian := strings.CutPrefix(c.name, "Brian2 ")
			arguments := []any{path, agreeN, duration, c.step, 1, every}
			var p peer
			var err error
			if c.packages != "numpy" {
				verification.Only(t) // They compile, Brian2 for minutes the first time.
			}
			if ofBrian {
				arguments = append(arguments, target)
				p, err = l.brianPeer(t.Context(), target, c.script)
			} else {
				p, err = l.pythonPeer(t.Context(), c.name, c.script, strings.Fields(c.packages)...)
			}
			p = present(t, p, err)
			its, err := p.run(t.Context(), arguments...)
			if err != nil {
				t.Fatal(err)
			}
			if len(its.Means) != duration/every || len(its.Variances) != duration/every {
				t.Fatalf("means at %d times and variances at %d", len(its.Means), len(its.Variances))
			}
			z, y := apart(inTime(t, own.Means), inTime(t, its.Means)), apart(inTime(t, own.Variances), inTime(t, its.Variances))
			if !(max(z, y) < agreeWithin) {
				t.Errorf("means %.1f and variances %.1f standard errors apart", z, y)
			}
			t.Logf("means %.1f and variances %.1f standard errors apart", z, y)
			shifted := inTime(t, its.Means)
			for i := range shifted {
				shifted[i][0] += 0.2
			}
			if apart(inTime(t, own.Means), shifted) < agreeWithin {
				t.Error("a mean that is off by 0.2 was not found out")
			}
		})
	}
}

// Brian2 and NEST on the silent sparse network: its means and variances at the end, of populations large enough
// that one run tells. NEST's intensities, exponentials, are those of the network nearly.
func TestSparsePeersAgree(t *testing.T) {
	verification.Only(t)
	const n, inDegree, duration, count = 500, 50, 10.0, 3
	l := testLaboratory(t)
	network, err := l.startingAtZero("silent")
	if err != nil {
		t.Fatal(err)
	}
	path, err := l.written(network)
	if err != nil {
		t.Fatal(err)
	}
	means, variances, own := replicas(t, l.own("bnn", network, n, simulate.Sparse{InDegree: inDegree}, 1, duration), 20)
	for _, c := range []struct {
		name, script string
		analogue     bool // of which only about as many spikes are expected
	}{
		{"Brian2 numpy", "brian_sparse.py", false}, {"NEST", "nest_sparse.py", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			arguments := []any{path, n, duration, sparseStep}
			after := []any{duration, inDegree}
			var p peer
			var err error
			if target, ofBrian := strings.CutPrefix(c.name, "Brian2 "); ofBrian {
				after = append(after, target)
				p, err = l.brianPeer(t.Context(), target, c.script)
			} else {
				p, err = l.pythonPeer(t.Context(), c.name, c.script, "nest", "numpy")
			}
			p = present(t, p, err)
			itsMeans, itsVariances, its := replicas(t, p.external("", func(seed int) []any {
				return append(append(arguments[:len(arguments):len(arguments)], seed), after...)
			}), count)
			z, y := apart(means, itsMeans), apart(variances, itsVariances)
			t.Logf("means %.1f and variances %.1f standard errors apart: %v, %v", z, y, itsMeans, itsVariances)
			if !c.analogue && !(max(z, y) < 2*agreeWithin) { // Of three runs errors are not well known.
				t.Errorf("means %.1f and variances %.1f standard errors apart", z, y)
			}
			if err := sameSpikes([]contender{{program: "bnn"}, {program: c.name}}, [][]sample{own, its}); err != nil {
				t.Error(err)
			}
		})
	}
}
