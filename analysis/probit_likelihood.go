package analysis

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// responses are successes of trials at z = (x − centre)/unit.
type responses struct {
	centre, unit float64
	z            []float64
	successes    []float64
	trials       []float64
}

// A summit is the logarithm of the likelihood of p = Φ(a + b z), its derivatives, and its
// curvature: less the second derivatives, as observed and as expected (Fisher's information).
type summit struct {
	value, da, db float64
	observed      symmetric
	expected      symmetric
}

// symmetric is a matrix by a and b.
type symmetric struct{ aa, ab, bb float64 }

func (s *symmetric) add(weight, z float64) {
	s.aa, s.ab, s.bb = s.aa+weight, s.ab+weight*z, s.bb+weight*z*z
}

func (d *responses) likelihood(a, b float64) (s summit) {
	for i, z := range d.z {
		eta, hits, misses := a+b*z, d.successes[i], d.trials[i]-d.successes[i]
		hit, hitSlope := logNormal(eta)
		miss, missSlope := logNormal(-eta)
		if hits > 0 {
			s.value += hits * hit
		}
		if misses > 0 {
			s.value += misses * miss
		}
		score := hits*hitSlope - misses*missSlope
		s.da, s.db = s.da+score, s.db+score*z
		// The second derivative of log Φ is −h (x + h), where h is the first.
		s.observed.add(hits*hitSlope*(hitSlope+eta)+misses*missSlope*(missSlope-eta), z)
		s.expected.add(d.trials[i]*hitSlope*missSlope, z) // φ²/(Φ(1−Φ))
	}
	return s
}

// logNormal returns log Φ(x) and its derivative φ(x)/Φ(x), without underflow.
func logNormal(x float64) (value, slope float64) {
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

// maximise finds the largest likelihood from a start, by Newton's method with halved steps. The
// likelihood is concave, and has a maximum where outcomes overlap (M. J. Silvapulle, J. Roy.
// Stat. Soc. B 43, 310–313, 1981). Fisher's scoring, with the expected curvature, goes to and
// fro for ever where a curve fits badly. If midpoint is not nil, a = −midpoint·b is kept.
func (d *responses) maximise(a, b float64, midpoint *float64) (float64, float64, error) {
	for range 200 {
		here := d.likelihood(a, b)
		c := here.observed
		var stepA, stepB float64
		if midpoint == nil {
			determinant := c.aa*c.bb - c.ab*c.ab
			stepA, stepB = (c.bb*here.da-c.ab*here.db)/determinant, (c.aa*here.db-c.ab*here.da)/determinant
		} else {
			m := *midpoint
			stepB = (here.db - m*here.da) / (m*m*c.aa - 2*m*c.ab + c.bb)
			stepA = -m * stepB
		}
		gain := stepA*here.da + stepB*here.db // twice what the step should bring
		if math.IsNaN(gain) || math.IsInf(gain, 0) {
			break
		}
		if gain < 1e-18 {
			return a + stepA, b + stepB, nil
		}
		share := 1.0
		for gain > 1e-10*(1+math.Abs(here.value)) && share > 1e-12 { // below, rounding decides
			if d.likelihood(a+share*stepA, b+share*stepB).value >= here.value+share*gain/100 {
				break
			}
			share /= 2
		}
		a, b = a+share*stepA, b+share*stepB
	}
	return 0, 0, errors.New("probit regression: Newton's method does not converge")
}

// flat is the a of the best fit with b = 0.
func (d *responses) flat() float64 {
	total, hits := 0.0, 0.0
	for i := range d.z {
		total, hits = total+d.trials[i], hits+d.successes[i]
	}
	return distuv.UnitNormal.Quantile(hits / total)
}

// pearson returns χ² with the trials at the same z taken together, and its degrees of freedom.
func (d *responses) pearson(a, b float64) (chiSquared float64, degrees int) {
	hits, trials := map[float64]float64{}, map[float64]float64{}
	var order []float64
	for i, z := range d.z {
		if _, known := trials[z]; !known {
			order = append(order, z)
		}
		hits[z], trials[z] = hits[z]+d.successes[i], trials[z]+d.trials[i]
	}
	for _, z := range order {
		p, q := distuv.UnitNormal.CDF(a+b*z), distuv.UnitNormal.CDF(-a-b*z)
		if deviation := hits[z] - trials[z]*p; deviation != 0 {
			chiSquared += deviation * deviation / (trials[z] * p * q)
		}
	}
	return chiSquared, len(order) - 2
}
