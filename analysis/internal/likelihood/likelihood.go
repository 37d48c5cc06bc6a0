// Package likelihood is that of outcomes whose probability is a normal distribution function of a
// variable: its derivatives and where it is largest.
package likelihood

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Responses are successes of trials at z = (x − Centre)/Unit.
type Responses struct {
	Centre, Unit float64
	Z            []float64
	Successes    []float64
	Trials       []float64
}

// A Point is the logarithm of the likelihood of p = Φ(a + b z), its derivatives, and its
// curvature: less the second derivatives, as observed and as expected (Fisher's information).
type Point struct {
	Value, A, B        float64 // the logarithm, and its derivatives by a and b
	Observed, Expected Symmetric
}

// Symmetric is a matrix by a and b.
type Symmetric struct{ AA, AB, BB float64 }

func (s *Symmetric) add(weight, z float64) {
	s.AA, s.AB, s.BB = s.AA+weight, s.AB+weight*z, s.BB+weight*z*z
}

// At is the likelihood at a and b.
func (d *Responses) At(a, b float64) (s Point) {
	for i, z := range d.Z {
		eta, hits, misses := a+b*z, d.Successes[i], d.Trials[i]-d.Successes[i]
		hit, hitSlope := LogNormal(eta)
		miss, missSlope := LogNormal(-eta)
		if hits > 0 {
			s.Value += hits * hit
		}
		if misses > 0 {
			s.Value += misses * miss
		}
		score := hits*hitSlope - misses*missSlope
		s.A, s.B = s.A+score, s.B+score*z
		// The second derivative of log Φ is −h (x + h), where h is the first.
		s.Observed.add(hits*hitSlope*(hitSlope+eta)+misses*missSlope*(missSlope-eta), z)
		s.Expected.add(d.Trials[i]*hitSlope*missSlope, z) // φ²/(Φ(1−Φ))
	}
	return s
}

// LogNormal returns log Φ(x) and its derivative φ(x)/Φ(x), without underflow.
func LogNormal(x float64) (value, slope float64) {
	if x > -30 {
		value = math.Log(math.Erfc(-x/math.Sqrt2) / 2)
		if x > 0 {
			value = math.Log1p(-math.Erfc(x/math.Sqrt2) / 2)
		}
		return value, math.Exp(-x*x/2-value) / math.Sqrt(2*math.Pi)
	}
	// Φ(x) = φ(x)/|x| (1 − 1/x² + 3/x⁴ − …), to 2e-12 from here on.
	u := 1 / (x * x)
	series := 1 - u*(1-u*(3-u*(15-u*105)))
	return -x*x/2 - math.Log(-x*math.Sqrt(2*math.Pi)) + math.Log(series), -x / series
}

// Maximise finds the largest likelihood from a start, by Newton's method with halved steps. The
// likelihood is concave, and has a maximum where outcomes overlap (M. J. Silvapulle, J. Roy.
// Stat. Soc. B 43, 310–313, 1981). Fisher's scoring, with the expected curvature, goes to and
// fro for ever where a curve fits badly. If midpoint is not nil, a = −midpoint·b is kept.
func (d *Responses) Maximise(a, b float64, midpoint *float64) (float64, float64, error) {
	for range 200 {
		here := d.At(a, b)
		c := here.Observed
		var stepA, stepB float64
		if midpoint == nil {
			determinant := c.AA*c.BB - c.AB*c.AB
			stepA, stepB = (c.BB*here.A-c.AB*here.B)/determinant, (c.AA*here.B-c.AB*here.A)/determinant
		} else {
			m := *midpoint
			stepB = (here.B - m*here.A) / (m*m*c.AA - 2*m*c.AB + c.BB)
			stepA = -m * stepB
		}
		gain := stepA*here.A + stepB*here.B // twice what the step should bring
		if math.IsNaN(gain) || math.IsInf(gain, 0) {
			break
		}
		if gain < 1e-18 {
			return a + stepA, b + stepB, nil
		}
		share := 1.0
		for gain > 1e-10*(1+math.Abs(here.Value)) && share > 1e-12 { // below, rounding decides
			if d.At(a+share*stepA, b+share*stepB).Value >= here.Value+share*gain/100 {
				break
			}
			share /= 2
		}
		a, b = a+share*stepA, b+share*stepB
	}
	return 0, 0, errors.New("probit regression: Newton's method does not converge")
}

// Flat is the a of the best fit with b = 0.
func (d *Responses) Flat() float64 {
	total, hits := 0.0, 0.0
	for i := range d.Z {
		total, hits = total+d.Trials[i], hits+d.Successes[i]
	}
	return distuv.UnitNormal.Quantile(hits / total)
}

// Pearson returns χ² with the trials at the same z taken together, and its degrees of freedom.
func (d *Responses) Pearson(a, b float64) (chiSquared float64, degrees int) {
	hits, trials := map[float64]float64{}, map[float64]float64{}
	var order []float64
	for i, z := range d.Z {
		if _, known := trials[z]; !known {
			order = append(order, z)
		}
		hits[z], trials[z] = hits[z]+d.Successes[i], trials[z]+d.Trials[i]
	}
	for _, z := range order {
		p, q := distuv.UnitNormal.CDF(a+b*z), distuv.UnitNormal.CDF(-a-b*z)
		if deviation := hits[z] - trials[z]*p; deviation != 0 {
			chiSquared += deviation * deviation / (trials[z] * p * q)
		}
	}
	return chiSquared, len(order) - 2
}
