package theory

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
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
	verification.Long(t)
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

// A pair that comes near the axis and turns back is no loss, and one that is across it for
// a hundredth of a time constant, shorter than a step, is one.
func TestTangentialOscillation(t *testing.T) {
	verification.Long(t)
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
