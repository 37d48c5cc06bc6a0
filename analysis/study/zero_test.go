package study

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"balanced/analysis"
	"balanced/bnn"
)

func TestZeroOfALine(t *testing.T) {
	series := func(error0, value0, error1, value1 float64) *Series {
		return &Series{N: []float64{100, 400}, Estimates: []analysis.Estimate{{Value: value0, StandardError: error0, DegreesOfFreedom: 50},
			{Value: value1, StandardError: error1, DegreesOfFreedom: 20}}}
	}
	y0, y1 := series(0.1, 3, 0.1, 1), series(0.2, -1, 0, -1)
	zero, err := Zero(0.5, 1, y0, y1)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(zero.Estimates[0].Value-0.875) > 1e-12 || math.Abs(zero.Estimates[1].Value-0.75) > 1e-12 {
		t.Errorf("zeros %v, and not 0.875 and 0.75", zero.Values())
	}
	// Against a sample of both values.
	random := rand.New(rand.NewPCG(1, 2))
	var sum, square float64
	const count = 20000
	for range count {
		a, b := 3+0.1*random.NormFloat64(), -1+0.2*random.NormFloat64()
		x := 0.5 + 0.5*a/(a-b) - 0.875
		sum, square = sum+x/count, square+x*x/count
	}
	if spread := math.Sqrt(square - sum*sum); math.Abs(zero.Estimates[0].StandardError/spread-1) > 0.03 {
		t.Errorf("standard error %g, and a spread of %g", zero.Estimates[0].StandardError, spread)
	}
	var refused *bnn.InputError
	if _, err := Zero(1, 1, y0, y1); !errors.As(err, &refused) {
		t.Errorf("one x: %v", err)
	}
	if _, err := Zero(0, 1, y0, y1.UpTo(100)); !errors.As(err, &refused) {
		t.Errorf("different sizes: %v", err)
	}
}

func TestBackAfterTheMaximum(t *testing.T) {
	times := bnn.Every(0.1, 4)
	series := make([]float64, len(times))
	for i, x := range times {
		series[i] = 2 + x*(3-x)*math.Exp(-x)
	}
	if back := Back(times, series); math.Abs(back-3) > 2e-3 {
		t.Errorf("back at %g, and not at 3", back)
	}
	if back := Back(times[:20], series[:20]); !math.IsNaN(back) {
		t.Errorf("back at %g before it is", back)
	}
	// Replicas whose noise hides it, but not their mean.
	random := rand.New(rand.NewPCG(3, 4))
	var replicas []bnn.Moments
	for range 400 {
		m := bnn.Moments{Populations: []string{"I"}, Times: times}
		for _, y := range series {
			m.Rate = append(m.Rate, []float64{y + 0.3*random.NormFloat64()})
		}
		replicas = append(replicas, m)
	}
	e, err := MeanBack(replicas, bnn.Rates, 0)
	if err != nil || math.Abs(e.Value-3) > 5*e.StandardError || e.StandardError > 0.3 {
		t.Errorf("mean back at %+v, %v", e, err)
	}
	var refused *bnn.InputError
	if _, err := MeanBack(replicas[:3], bnn.Rates, 0); !errors.As(err, &refused) {
		t.Errorf("3 replicas: %v", err)
	}
}
