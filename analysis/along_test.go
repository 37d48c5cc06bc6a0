package analysis

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/analysistest"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Along puts each average beside its prediction and its rival, and a claim about them holds for
// the true law and fails for another.
func TestAlong(t *testing.T) {
	runs, prediction := analysistest.Summary(rand.New(rand.NewPCG(11, 12)), 400, 4, 0)
	rival := prediction.Moments
	rival.Mean = nil
	for _, row := range prediction.Mean {
		shifted := append([]float64(nil), row...)
		for a := range shifted {
			shifted[a]++
		}
		rival.Mean = append(rival.Mean, shifted)
	}
	comparisons, err := Along(bnn.Means, runs, &prediction.Moments, &rival, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	if want := len(runs.Times) * len(runs.Populations); len(comparisons) != want {
		t.Errorf("%d comparisons, want %d", len(comparisons), want)
	}
	if verdict, err := claim().Test(comparisons...); err != nil || !verdict.Holds() {
		t.Errorf("%+v, %v", verdict, err)
	}
	if comparisons, err = Along(bnn.Means, runs, &rival, &prediction.Moments, 0.5, runs.Populations[0]); err != nil || len(comparisons) != len(runs.Times) {
		t.Fatalf("%d comparisons, %v", len(comparisons), err)
	}
	if verdict, err := claim().Test(comparisons...); err != nil || verdict.Outcome != Fails {
		t.Errorf("a prediction off by 1: %+v, %v", verdict, err)
	}
	var input *bnn.InputError
	if _, err := Along(bnn.Means, runs, nil, nil, 1); !errors.As(err, &input) {
		t.Errorf("no prediction: %v", err)
	}
	if _, err := Along(bnn.Means, runs, &rival, nil, 1, "none"); !errors.As(err, &input) {
		t.Errorf("no such population: %v", err)
	}
}

// Of a normal sample the shares are those of its law; a law of the same moments with heavier tails
// is told from it.
func TestShares(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	laplace := distuv.Laplace{Mu: 1, Scale: 2 / math.Sqrt2}
	normal, heavy := make([]float64, 20000), make([]float64, 20000)
	for i := range normal {
		normal[i] = 1 + 2*random.NormFloat64()
		heavy[i] = laplace.Quantile(random.Float64())
	}
	for _, c := range []struct {
		sample []float64
		want   Outcome
	}{{normal, Holds}, {heavy, Fails}} {
		comparisons, err := Shares("sample", c.sample, 1, 4, laplace.CDF, 0.02)
		if err != nil {
			t.Fatal(err)
		}
		if verdict, err := claim().Test(comparisons...); err != nil || verdict.Outcome != c.want {
			t.Errorf("%v, want %v; %+v, %v", verdict.Outcome, c.want, verdict.Where, err)
		}
	}
	if _, err := Shares("sample", []float64{1}, 0, 1, laplace.CDF, 1); err == nil {
		t.Error("a sample of one value")
	}
	if _, err := Shares("sample", normal, 0, -1, laplace.CDF, 1); err == nil {
		t.Error("a negative variance")
	}
}

func TestAlongRefuses(t *testing.T) {
	runs, prediction := analysistest.Summary(rand.New(rand.NewPCG(11, 12)), 10, 3, 0)
	single := *runs
	single.Replicas = 1
	short := prediction.Moments
	short.Times = short.Times[:2]
	missing, _ := analysistest.Summary(rand.New(rand.NewPCG(11, 12)), 10, 3, 0)
	missing.StandardError.Variance[0][0] = math.NaN()
	along := func(quantity bnn.Quantity, runs *simulate.Summary, moments *bnn.Moments, margin float64, populations ...string) func() error {
		return func() error {
			_, err := Along(quantity, runs, moments, nil, margin, populations...)
			return err
		}
	}
	refused(t, "quantity", along("fourth", runs, &prediction.Moments, 0))
	refused(t, "margin", along(bnn.Variances, runs, &prediction.Moments, -1))
	refused(t, "populations", along(bnn.Variances, runs, &prediction.Moments, 0, "X"))
	refused(t, "results", along(bnn.Variances, nil, &prediction.Moments, 0))
	refused(t, "runs.replicas", along(bnn.Variances, &single, &prediction.Moments, 0))
	refused(t, "prediction.times", along(bnn.Variances, runs, &short, 0))
	refused(t, "runs.standardError.varia", along(bnn.Variances, missing, &prediction.Moments, 0))
}
