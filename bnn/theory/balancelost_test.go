package theory

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
)

// lossOf runs a limit that is to end with the loss of its balance.
func lossOf(t *testing.T, network *bnn.Network, times []float64) (*bnn.Trajectory, *BalanceLostError) {
	t.Helper()
	limit, err := Limit(t.Context(), network, times)
	var lost *BalanceLostError
	if !errors.As(err, &lost) {
		t.Fatalf("%s: %v, want a BalanceLostError", network.Name, err)
	}
	return limit, lost
}

// A slow sine drives a pair of eigenvalues across the axis: the numbers are those of an
// independent implementation.
func TestLimitEndsInAnOscillation(t *testing.T) {
	network := networktest.LosesBalance(t, "fast-hopf")
	want := networktest.Reference(t, "fast-hopf.limit.csv")
	end := len(want["t"]) - 1
	limit, lost := lossOf(t, network, slices.Concat(want["t"][:end], []float64{5, 12}))
	networktest.Agree(t, limit, want)
	if len(limit.Times) != end {
		t.Errorf("%d rows, want %d", len(limit.Times), end)
	}
	if lost.Kind != Oscillation || math.Abs(lost.Time-3.25602774707) > 1e-9 || math.Abs(lost.Frequency-0.431754353732) > 1e-9 || math.Abs(lost.Stability) > 1e-12 {
		t.Errorf("%+v, want t = 3.25602774707 and ω₀ = 0.431754353732", lost)
	}
	for a, name := range limit.Populations {
		if math.Abs(lost.Mean[a]-want["mean_"+name][end]) > 1e-9 || math.Abs(lost.Variance[a]-want["var_"+name][end]) > 1e-9 {
			t.Errorf("the state of %s is %.12g, %.12g", name, lost.Mean[a], lost.Variance[a])
		}
	}
	if want := "oscillation at t = 3.25602775, angular frequency √n · 0.431754354"; lost.Error() != want {
		t.Errorf("%q, want %q", lost, want)
	}
}

// The projected starts are unstable by a pair; the fast flow runs away from one, and goes
// round a cycle from the other (independent numbers).
func TestStartsThatOscillate(t *testing.T) {
	away := networktest.LosesBalance(t, "fast-hopf-start")
	_, err := Project(t.Context(), away, 0, away.Initial.Mean, away.Initial.Variance)
	refused(t, err, Runaway, "growth √n · 0.134851366 and angular frequency √n · 0.66195244;")

	cycle := networktest.LosesBalance(t, "fast-hopf-start-cycle")
	check := func(at float64, err error) {
		t.Helper()
		var lost *BalanceLostError
		if !errors.As(err, &lost) {
			t.Fatalf("%v, want a BalanceLostError", err)
		}
		if lost.Kind != Oscillation || lost.Time != at || math.Abs(lost.Frequency-0.328371628371628) > 1e-9 || math.Abs(lost.Stability-0.0275690638094) > 1e-9 ||
			!strings.Contains(lost.Reason, "a cycle of angular frequency √n · 0.2421") {
			t.Errorf("%+v", lost)
		}
	}
	_, err = Project(t.Context(), cycle, 0, cycle.Initial.Mean, cycle.Initial.Variance)
	check(0, err)
	limit, err := Limit(t.Context(), cycle, []float64{0, 1})
	check(0, err)
	if len(limit.Times) != 0 {
		t.Errorf("%d rows of an unstable start", len(limit.Times))
	}
	// From far away the same cycle is reached, and around the same balanced state, the only one.
	_, err = Project(t.Context(), cycle, 0, []float64{-0.3, -1.1}, cycle.Initial.Variance)
	check(0, err)
	// So it is after a jump of the drive (numbers of a second implementation).
	limit, err = Limit(t.Context(), networktest.LosesBalance(t, "jump-far"), []float64{0, 1, 2})
	var lost *BalanceLostError
	if !errors.As(err, &lost) || len(limit.Times) != 2 || lost.Time != 1.3 || math.Abs(lost.Frequency-0.5033719346) > 1e-9 || math.Abs(lost.Stability-0.0226673863) > 1e-9 {
		t.Errorf("after a jump: %v", err)
	}
	// A state that is no start is called by its time.
	_, err = Project(t.Context(), networktest.LosesBalance(t, "fast-hopf"), 5, []float64{-1.0, -2.6}, []float64{0.5, 0.4})
	if err == nil || strings.Contains(err.Error(), "the start") || !strings.Contains(err.Error(), "the state at time 5") {
		t.Errorf("%v, want the state at time 5", err)
	}
}

// A jump of the drive onto a manifold that is unstable ends the limit at the jump, with the
// rows before it.
func TestBalanceLostAtAPulse(t *testing.T) {
	network := networktest.LosesBalance(t, "fast-hopf")
	network.Feedforward[0].Rate = bnn.Pulse{Baseline: 1.1, Amplitude: 0.2, Start: 0.3, Duration: 1}
	limit, err := Limit(t.Context(), network, []float64{0, 0.2, 0.3, 1})
	var lost *BalanceLostError
	if !errors.As(err, &lost) || lost.Kind != Oscillation || lost.Time != 0.3 || len(limit.Times) != 2 {
		t.Errorf("%d rows and %v, want 2 and an oscillation at t = 0.3", len(limit.Times), err)
	}
	// Weights of full rank clamp the means, so that a stimulus changes nothing, and its edges,
	// at which the solution starts again, are found to change nothing either.
	network = networktest.LosesBalance(t, "fast-hopf")
	for _, start := range []float64{1.1, 3.2560277, 3.3} {
		network.Populations[0].Stimulus = bnn.Pulse{Amplitude: 3, Start: start, Duration: 0.01}
		if _, lost := lossOf(t, network, []float64{12}); math.Abs(lost.Time-3.25602774707) > 1e-9 {
			t.Errorf("with a pulse at %g: %v", start, lost)
		}
	}
}

// A plain limit solves the limit equations by Runge's and Kutta's method of order 4 with
// fixed steps, written for the test from theory.md §3 with its own U and W.
type plainLimit struct {
	network *bnn.Network
	u, w    *mat.Dense
}

// slope returns the derivatives of means and variances, and S.
func (l plainLimit) slope(t float64, y []float64) (dy []float64, s *mat.Dense) {
	n := l.network
	p := len(n.Populations)
	_, r := l.u.Dims()
	dy = make([]float64, 2*p)
	gain, curve := mat.NewDiagDense(p, nil), make([]float64, p)
	drift := mat.NewVecDense(p, nil)
	bSlope := mat.NewVecDense(p, nil)
	for a, population := range n.Populations {
		e := population.Expectation(y[a], y[p+a])
		gain.SetDiag(a, e.First)
		curve[a] = e.Second
		dy[a] = -y[a]/population.Tau + population.External().At(t)
		dy[p+a] = -2*y[p+a]/population.Tau + population.Noise*population.Noise
		for b, source := range n.Populations {
			dy[p+a] += source.Size * n.Weights[a][b] * n.Weights[a][b] * source.Expectation(y[b], y[p+b]).Value
		}
		for _, x := range n.Feedforward {
			dy[p+a] += x.Size * x.Weights[a] * x.Weights[a] * x.Rate.At(t)
			bSlope.SetVec(a, bSlope.AtVec(a)+x.Size*x.Weights[a]*bnn.Slope(x.Rate, t))
		}
	}
	for a := range p {
		drift.SetVec(a, gain.At(a, a)*dy[a]+curve[a]*dy[p+a]/2)
	}
	s = mat.NewDense(r, r, nil)
	var gained mat.Dense
	gained.Mul(gain, l.u)
	s.Mul(l.w, &gained)
	right, beta, psi, input := mat.NewVecDense(r, nil), mat.NewVecDense(r, nil), mat.NewVecDense(r, nil), mat.NewVecDense(p, nil)
	right.MulVec(l.w, drift)
	if err := beta.SolveVec(l.u, bSlope); err != nil { // least squares: b lies in the range
		panic(err)
	}
	right.AddVec(right, beta)
	if err := psi.SolveVec(s, right); err != nil {
		panic(err)
	}
	input.MulVec(l.u, psi)
	for a := range p {
		dy[a] -= input.AtVec(a)
	}
	return dy, s
}

// step advances y by h.
func (l plainLimit) step(t, h float64, y []float64) []float64 {
	plus := func(f float64, d []float64) []float64 {
		z := slices.Clone(y)
		for i := range z {
			z[i] += f * d[i]
		}
		return z
	}
	k1, _ := l.slope(t, y)
	k2, _ := l.slope(t+h/2, plus(h/2, k1))
	k3, _ := l.slope(t+h/2, plus(h/2, k2))
	k4, _ := l.slope(t+h, plus(h, k3))
	z := slices.Clone(y)
	for i := range z {
		z[i] += h / 6 * (k1[i] + 2*k2[i] + 2*k3[i] + k4[i])
	}
	return z
}

// crossing follows the solution from a balanced state until a pair of eigenvalues of S has
// crossed the axis, and halves the last step until the time is known to 1e-11.
func (l plainLimit) crossing(y []float64, h, end float64) (at, frequency float64) {
	for t := 0.0; t < end; {
		next := l.step(t, h, y)
		_, s := l.slope(t+h, next)
		if leading := linear.LeadingEigenvalue(s); real(leading) > 0 {
			if h < 1e-11 {
				return t, imag(leading)
			}
			h /= 2
			continue
		}
		t, y = t+h, next
	}
	return math.Inf(1), 0
}

// classFactors returns U and W of weights in which the columns of all excitatory
// populations are multiples of the first, and those of the inhibitory ones of the last.
func classFactors(n *bnn.Network) (u, w *mat.Dense) {
	p := len(n.Populations)
	u, w = mat.NewDense(p, 2, nil), mat.NewDense(2, p, nil)
	for a := range p {
		u.Set(a, 0, n.Weights[a][0])
		u.Set(a, 1, n.Weights[a][p-1])
	}
	for b, source := range n.Populations {
		class, like := 0, 0
		if n.Weights[0][b] < 0 {
			class, like = 1, p-1
		}
		w.Set(class, b, source.Size*n.Weights[0][b]/n.Weights[0][like])
	}
	return u, w
}

// fullFactors returns U = 1 and W = B.
func fullFactors(n *bnn.Network) (u, w *mat.Dense) {
	p := len(n.Populations)
	u, w = mat.NewDense(p, p, nil), mat.NewDense(p, p, nil)
	for a := range p {
		u.Set(a, a, 1)
		for b, source := range n.Populations {
			w.Set(a, b, source.Size*n.Weights[a][b])
		}
	}
	return u, w
}

// Moment and frequency agree with those of another method with other factors of B, which
// has looked at the eigenvalues on a fine grid.
func TestOscillationsOfUnseenNetworks(t *testing.T) {
	for name, factors := range map[string]func(*bnn.Network) (u, w *mat.Dense){
		"fast-hopf": fullFactors, "two-slow-sine": fullFactors, "two-fast-sine": fullFactors, "three-of-rank-3": fullFactors,
		"three-of-rank-2": classFactors, "four-without-a-drive-that-moves": classFactors,
	} {
		t.Run(name, func(t *testing.T) {
			network := networktest.LosesBalance(t, name)
			limit, lost := lossOf(t, network, bnn.Every(0.01, 6))
			if last := limit.Times[len(limit.Times)-1]; lost.Time-last > 0.01 || last >= lost.Time || slices.Max(limit.Stability) >= 0 {
				t.Errorf("rows to %g with stability up to %g, loss at %g", last, slices.Max(limit.Stability), lost.Time)
			}
			u, w := factors(network)
			at, frequency := plainLimit{network, u, w}.crossing(slices.Concat(limit.Mean[0], limit.Variance[0]), 0.002, 6)
			if lost.Kind != Oscillation || math.Abs(at-lost.Time) > 1e-8 || math.Abs(frequency-lost.Frequency) > 1e-8 {
				t.Errorf("%v, by the other method at %.10g with %.10g", lost, at, frequency)
			}
		})
	}
}

// A pair that comes near the axis and turns back is no loss, and one that is across it for
// a hundredth of a time constant, shorter than a step, is one.
func TestTangentialOscillation(t *testing.T) {
	t.Parallel()
	network := func(amplitude float64) *bnn.Network {
		n := networktest.LosesBalance(t, "fast-hopf")
		n.Feedforward[0].Rate = bnn.Sine{Baseline: 1.1 - amplitude, Amplitude: amplitude, Period: 3, Phase: math.Pi / 2}
		return n
	}
	highest := func(amplitude float64) (top float64, at int) {
		limit, err := Limit(t.Context(), network(amplitude), bnn.Every(0.001, 3))
		if err != nil {
			return 1, 0
		}
		top = math.Inf(-1)
		for row, stability := range limit.Stability[500:2500] {
			if stability > top {
				top, at = stability, row+500
			}
		}
		return top, at
	}
	// The critical amplitude lies in here: else an end that is halved to fails below.
	safe, lost := 0.2228, 0.2229
	for lost-safe > 1e-9 {
		middle := (safe + lost) / 2
		if _, err := Limit(t.Context(), network(middle), []float64{3}); err == nil {
			safe = middle
		} else {
			lost = middle
		}
	}
	top, at := highest(safe)
	if top < -1e-6 || at == 500 || at == 2499 {
		t.Fatalf("the amplitude %g is not critical: %g at row %d", safe, top, at)
	}
	_, loss := lossOf(t, network(lost), []float64{3})
	if touch := float64(at) / 1000; loss.Kind != Oscillation || math.Abs(loss.Time-touch) > 0.005 {
		t.Errorf("%v, touching at %g", loss, touch)
	}
	// Sampled between the rows, too, nothing crosses where nothing was reported.
	// Where the rows stay clear of 0, eigenvalues do not reach it in a thousandth.
	var dense []float64
	for i := -2000.0; i <= 2000; i++ {
		dense = append(dense, float64(at)/1000+1e-5*i)
	}
	limit, err := Limit(t.Context(), network(safe), dense)
	if err != nil || slices.Max(limit.Stability) >= 1e-9 {
		t.Errorf("%v, stability up to %g", err, slices.Max(limit.Stability))
	}
}

// In the time σ with dt = −κ dσ the equations of rank 1 go through the fold, and its moment
// is where κ = 0: another method for the same number.
func TestFoldIsLocated(t *testing.T) {
	start, lost := lossOf(t, folding(), []float64{0, 3})
	m, err := manifold.New(t.Context(), folding())
	if err != nil {
		t.Fatal(err)
	}
	plain := plainLimit{folding(), m.U, m.W}
	// The state and the time, as functions of σ.
	y := slices.Concat(start.Mean[0], start.Variance[0], []float64{0})
	slope := func(y []float64) ([]float64, float64) {
		dy, s := plain.slope(0, y[:4])
		kappa := s.At(0, 0)
		for i := range dy {
			dy[i] *= -kappa
		}
		return append(dy, -kappa), kappa
	}
	plus := func(y []float64, f float64, d []float64) []float64 {
		z := slices.Clone(y)
		for i := range z {
			z[i] += f * d[i]
		}
		return z
	}
	for h := 0.002; h > 1e-9; {
		k1, _ := slope(y)
		k2, _ := slope(plus(y, h/2, k1))
		k3, _ := slope(plus(y, h/2, k2))
		k4, _ := slope(plus(y, h, k3))
		next := slices.Clone(y)
		for i := range next {
			next[i] += h / 6 * (k1[i] + 2*k2[i] + 2*k3[i] + k4[i])
		}
		if _, kappa := slope(next); kappa >= 0 {
			h /= 2
			continue
		}
		y = next
	}
	if lost.Kind != Fold || math.Abs(lost.Time-y[4]) > 1e-9 {
		t.Errorf("%v, by the other method at %.10g", lost, y[4])
	}
	if !strings.HasPrefix(lost.Error(), "fold at t = 0.312") || strings.Contains(lost.Error(), "frequency") {
		t.Errorf("the message is %q", lost)
	}
}

// Weights of full rank without a drive balance at rates 0 only, which no sigmoid has.
func TestFullRankWithoutDrive(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	network.Feedforward = nil
	const sentence = "weights of full rank and no drive a network can only be balanced at rates 0"
	_, err := Project(t.Context(), network, 0, []float64{0, 0}, []float64{0.5, 0.5})
	var refusal *NotBalancedError
	if !errors.As(err, &refusal) || !strings.Contains(refusal.Reason, sentence) || refusal.Fate != Silent && refusal.Fate != Runaway {
		t.Errorf("%v", err)
	}
}

// The slow eigenvalues at the slow Hopf point of an independent implementation.
func TestSlowOscillation(t *testing.T) {
	network := networktest.ReadNetwork(t, "oscillations/slow-hopf")
	closestTo := func(mean float64) BalancedState {
		t.Helper()
		states, err := StationaryStates(t.Context(), network)
		if err != nil || len(states) == 0 {
			t.Fatal(states, err)
		}
		return slices.MinFunc(states, func(s, r BalancedState) int { return cmp.Compare(math.Abs(s.Mean[0]-mean), math.Abs(r.Mean[0]-mean)) })
	}
	want := networktest.Reference(t, "slow-hopf.stationary.csv")
	s := closestTo(want["mean_"+network.Populations[0].Name][0])
	for a, population := range network.Populations {
		if math.Abs(s.Mean[a]-want["mean_"+population.Name][0]) > 1e-9 || math.Abs(s.Variance[a]-want["var_"+population.Name][0]) > 1e-9 {
			t.Errorf("the state of %s is %.12g, %.12g", population.Name, s.Mean[a], s.Variance[a])
		}
	}
	rate := network.Populations[1].Rate.(bnn.Logistic)
	rate.Slope = 4.71930473818
	network.Populations[1].Rate = rate
	closest := closestTo(-1.95869538111)
	if math.Abs(closest.SlowStability) > 1e-8 || math.Abs(closest.SlowFrequency-1.35534383796) > 1e-8 || math.Abs(closest.Stability+2.84571915272) > 1e-8 {
		t.Errorf("slow %g ± %.12g i, fast %.12g", closest.SlowStability, closest.SlowFrequency, closest.Stability)
	}
}

// Weights of full rank clamp the rates, so that variances relax by the leak alone.
func TestSlowStabilityOfFullRank(t *testing.T) {
	for name, want := range map[string]float64{"fast-hopf": -2, "fast-hopf-start": -2} {
		states, err := StationaryStates(t.Context(), networktest.LosesBalance(t, name))
		if err != nil || len(states) != 1 {
			t.Fatal(states, err)
		}
		if s := states[0]; math.Abs(s.SlowStability-want) > 1e-12 || s.Frequency <= 0 || s.Stability <= 0 {
			t.Errorf("%s: %+v", name, s)
		}
	}
}
