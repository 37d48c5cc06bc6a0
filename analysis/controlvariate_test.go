package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Pairs with shared noise differ as if nothing was shared; a control of which y is a multiple
// takes all noise away.
func TestReductionsAreExact(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 1))
	shared := replicas(50, random.NormFloat64)
	x, y := make([]float64, 50), make([]float64, 50)
	for i, s := range shared {
		x[i], y[i] = 3+2*s, 1+2*s
	}
	if d := must(PairedDifference(x, y)); math.Abs(d.Value-2) > 1e-12 || d.Reduction < 1e20 || d.DegreesOfFreedom != 49 {
		t.Errorf("%+v", d)
	}
	c := must(ControlVariate(x, shared, 0))
	if math.Abs(c.Value-3) > 1e-12 || math.Abs(c.Coefficient-2) > 1e-12 || c.StandardError > 1e-12 || c.DegreesOfFreedom != 48 {
		t.Errorf("%+v", c)
	}
	// The line through the points, which LeastSquares fits, too.
	noisy, design := make([]float64, 50), make([][]float64, 50)
	for i := range noisy {
		noisy[i], design[i] = x[i]+random.NormFloat64(), []float64{1, shared[i] - 0.3}
	}
	c = must(ControlVariate(noisy, shared, 0.3))
	line := must(LeastSquares(design, noisy, replicas(50, func() float64 { return 1 })))
	want := line.Coefficients[0].StandardError * math.Sqrt(line.ChiSquared/48)
	if math.Abs(c.Value-line.Coefficients[0].Value) > 1e-12 || math.Abs(c.StandardError-want) > 1e-12 {
		t.Errorf("%+v, and by least squares %+v", c, line)
	}
}

// The reductions that correlations ρ tell: 1/(1−ρ²) by a control, 1/(1−ρ) by pairs.
func TestReductionsAreTold(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 1))
	const rho = 0.9
	y, control := make([]float64, 4000), make([]float64, 4000)
	for i := range y {
		control[i] = random.NormFloat64()
		y[i] = rho*control[i] + math.Sqrt(1-rho*rho)*random.NormFloat64()
	}
	if c := must(ControlVariate(y, control, 0)); math.Abs(c.Reduction*(1-rho*rho)-1) > 0.1 || math.Abs(c.Value) > 5*c.StandardError {
		t.Errorf("%+v", c)
	}
	if d := must(PairedDifference(y, control)); math.Abs(d.Reduction*(1-rho)-1) > 0.1 {
		t.Errorf("%+v", d)
	}
}
