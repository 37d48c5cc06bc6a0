package theory

import (
	"context"
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
)

func TestLimitAgainstReference(t *testing.T) {
	for _, name := range networktest.ReferenceNetworks {
		t.Run(name, func(t *testing.T) {
			network := networktest.ReadNetwork(t, name)
			want := networktest.Reference(t, name+".limit.csv")
			got, err := Limit(t.Context(), network, want["t"])
			if err != nil {
				t.Fatal(err)
			}
			networktest.Agree(t, got, want)
			for row, residual := range got.Residual {
				if residual > 1e-12 {
					t.Errorf("residual %g at t = %g", residual, got.Times[row])
				}
			}
		})
	}
}

// The same path is found by solving piece after piece with constant stimuli, each
// started where the one before ended.
func TestLimitStopsAtJumps(t *testing.T) {
	whole, err := Limit(t.Context(), networktest.Pulsed(t), []float64{0, 0.7, 1, 1.3, 1.5, 2})
	if err != nil {
		t.Fatal(err)
	}
	piecewise := networktest.Pulsed(t)
	for row := range whole.Times[1:] {
		start, end := whole.Times[row], whole.Times[row+1]
		piecewise.Populations[0].Stimulus = bnn.ConstantStimulus{Value: networktest.Pulsed(t).Populations[0].Stimulus.At(start)}
		piecewise.Feedforward[0].Rate = bnn.ConstantStimulus{Value: networktest.Pulsed(t).Feedforward[0].Rate.At(start)}
		piecewise.Initial = bnn.Initial{Mean: whole.Mean[row], Variance: whole.Variance[row]}
		piece, err := Limit(t.Context(), piecewise, []float64{end - start})
		if err != nil {
			t.Fatal(err)
		}
		// At a jump of the drive the row shows the means after it, so that those before
		// it are projected for the comparison.
		want, err := Project(t.Context(), networktest.Pulsed(t), end, piece.Mean[0], piece.Variance[0])
		if err != nil {
			t.Fatal(err)
		}
		if d := networktest.DistanceOf(whole.Mean[row+1], want) + networktest.DistanceOf(whole.Variance[row+1], piece.Variance[0]); d > 1e-9 {
			t.Errorf("at t = %g the whole and the piecewise solution differ by %g", end, d)
		}
	}
	if whole.Mean[2][0] == whole.Mean[1][0] || whole.Residual[2] > 1e-12 {
		t.Errorf("the means do not follow the jump of the drive: residual %g", whole.Residual[2])
	}
}

func TestLimitStaysOnTheManifold(t *testing.T) {
	for _, name := range networktest.ReferenceNetworks {
		limit, err := Limit(t.Context(), networktest.ReadNetwork(t, name), bnn.Every(0.5, 60))
		if err != nil {
			t.Fatal(err)
		}
		for row, residual := range limit.Residual {
			if residual > 1e-12 {
				t.Errorf("%s: residual %g at t = %g", name, residual, limit.Times[row])
			}
		}
	}
}

// Output times change nothing: dense output agrees with stopping there.
func TestLimitDenseOutput(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	dense, err := Limit(t.Context(), network, bnn.Every(0.01, 2))
	if err != nil {
		t.Fatal(err)
	}
	for row := 13; row < len(dense.Times); row += 37 {
		single, err := Limit(t.Context(), network, []float64{dense.Times[row]})
		if err != nil {
			t.Fatal(err)
		}
		if d := networktest.DistanceOf(single.Mean[0], dense.Mean[row]) + networktest.DistanceOf(single.Variance[0], dense.Variance[row]); d > 1e-9 {
			t.Errorf("at t = %g they differ by %g", dense.Times[row], d)
		}
	}
}

// Without weights there is nothing to balance: the membrane equation is linear.
func TestLimitWithoutWeights(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	network.Weights = [][]float64{{0, 0}, {0, 0}}
	network.Populations[0].Noise = 0.5
	limit, err := Limit(t.Context(), network, bnn.Every(0.5, 2))
	if err != nil {
		t.Fatal(err)
	}
	for row, at := range limit.Times {
		decay := math.Exp(-at)
		mean := 1*decay + 0.5*(1-decay)
		variance := 0.25*decay*decay + 0.125*(1-decay*decay)
		if math.Abs(limit.Mean[row][0]-mean) > 1e-9 || math.Abs(limit.Variance[row][0]-variance) > 1e-9 {
			t.Errorf("t = %g: mean %g, variance %g, want %g and %g", at, limit.Mean[row][0], limit.Variance[row][0], mean, variance)
		}
	}
}

// folding loses its balanced state: the stimulus drags E below the shallow curve of I.
func folding() *bnn.Network {
	return &bnn.Network{
		Name: "fold",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1.5, Slope: 4, Threshold: 0}, Stimulus: bnn.ConstantStimulus{Value: -3}},
			{Name: "I", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 2, Slope: 1, Threshold: 0}},
		},
		Weights: [][]float64{{0.3, -0.3}, {0.3, -0.3}},
		Initial: bnn.Initial{Mean: []float64{2, 1}, Variance: []float64{0.05, 0.05}, OnManifold: true},
	}
}

func TestLimitFold(t *testing.T) {
	limit, err := Limit(t.Context(), folding(), bnn.Every(0.01, 3))
	var fold *BalanceLostError
	if !errors.As(err, &fold) || fold.Kind != Fold || fold.Frequency != 0 {
		t.Fatalf("%v, want a fold", err)
	}
	last := limit.Times[len(limit.Times)-1]
	if last > fold.Time || last < fold.Time-0.011 {
		t.Errorf("the last row is at %g, the fold at %g", last, fold.Time)
	}
	for row, stability := range limit.Stability {
		if stability >= 0 || limit.Residual[row] > 1e-10 {
			t.Errorf("t = %g: stability %g, residual %g", limit.Times[row], stability, limit.Residual[row])
		}
	}
	m, err := manifold.New(context.Background(), folding())
	if err != nil {
		t.Fatal(err)
	}
	e := m.Expectations(fold.Mean, fold.Variance)
	if kappa := m.Stability(e); math.Abs(kappa) > 1e-4 {
		t.Errorf("stability %g at the fold", kappa)
	}
	// κ² is linear in time before a fold, so that two rows predict it.
	a, b := len(limit.Times)-2, len(limit.Times)-1
	ka, kb := math.Pow(limit.Stability[a], 2), math.Pow(limit.Stability[b], 2)
	if predicted := limit.Times[b] + (limit.Times[b]-limit.Times[a])*kb/(ka-kb); math.Abs(predicted-fold.Time) > 2e-3 {
		t.Errorf("fold at %g, extrapolated %g", fold.Time, predicted)
	}
	// A large finite network leaves the state soon after.
	finite, err := FiniteSize(context.Background(), folding(), 100_000_000, []float64{fold.Time - 0.02, fold.Time + 0.1})
	if err != nil {
		t.Fatal(err)
	}
	if finite.Mean[0][0] < 0.5 || finite.Mean[1][0] > -2 {
		t.Errorf("the finite network does not jump at the fold: %v", finite.Mean)
	}
}

// Along the manifold of this network the rates die out, and S with them: no fold ends
// the limit, and no step so small that a slider of the book would wait for it.
func TestLimitDiesOut(t *testing.T) {
	network, err := bnn.ReadNetwork("../../data/networks/tipping.json")
	if err != nil {
		t.Fatal(err)
	}
	network.Populations[1].Tau = 0.1
	trajectory, err := Limit(t.Context(), network, bnn.Every(0.05, 8))
	refused(t, err, Silent, "die out")
	last := len(trajectory.Times) - 1
	if time := trajectory.Times[last]; time < 1 || time > 4 {
		t.Errorf("the last row is at %g", time)
	}
	if rate := trajectory.Rate[last][0]; rate > 1e-30 {
		t.Errorf("the last rate is %g", rate)
	}
}
