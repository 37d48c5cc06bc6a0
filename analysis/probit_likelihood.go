package analysis

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// outcomes are successes of trials at z = (x − centre)/unit.
type outcomes struct {
	centre, unit float64
	z            []float64
	successes    []float64
	trials       []float64
}

// likelihood returns the logarithm of the likelihood of p = Φ(a + b z), its derivatives and
// the Fisher information.
func (d *outcomes) likelihood(a, b float64) (l, da, db, aa, ab, bb float64) {
	for i, z := range d.z {
		eta, hits, misses := a+b*z, d.successes[i], d.trials[i]-d.successes[i]
		hit, hitSlope := logNormal(eta)
		miss, missSlope := logNormal(-eta)
		if hits > 0 {
			l += hits * hit
		}
		if misses > 0 {
			l += misses * miss
		}
		score := hits*hitSlope - misses*missSlope
		da, db = da+score, db+score*z
		information := d.trials[i] * hitSlope * missSlope // φ²/(Φ(1−Φ))
		aa, ab, bb = aa+information, ab+information*z, bb+information*z*z
	}
	return l, da, db, aa, ab, bb
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

// maximise finds the largest likelihood from a start, by Fisher's scoring with halved steps.
// The likelihood is concave, and has a maximum where outcomes overlap (M. J. Silvapulle,
// J. Roy. Stat. Soc. B 43, 310–313, 1981). If midpoint is not nil, a = −midpoint·b is kept.
func (d *outcomes) maximise(a, b float64, midpoint *float64) (float64, float64, error) {
	for range 200 {
		l, da, db, aa, ab, bb := d.likelihood(a, b)
		var stepA, stepB float64
		if midpoint == nil {
			determinant := aa*bb - ab*ab
			stepA, stepB = (bb*da-ab*db)/determinant, (aa*db-ab*da)/determinant
		} else {
			m := *midpoint
			stepB = (db - m*da) / (m*m*aa - 2*m*ab + bb)
			stepA = -m * stepB
		}
		gain := stepA*da + stepB*db // twice what the step should bring, in logarithms of likelihood
		if math.IsNaN(gain) || math.IsInf(gain, 0) {
			break
		}
		if gain < 1e-20 {
			return a + stepA, b + stepB, nil
		}
		share := 1.0
		for ; share > 1e-12; share /= 2 {
			if next, _, _, _, _, _ := d.likelihood(a+share*stepA, b+share*stepB); next >= l-1e-13*math.Abs(l) {
				break
			}
		}
		a, b = a+share*stepA, b+share*stepB
	}
	return 0, 0, errors.New("probit regression: Fisher's scoring does not converge")
}

// flat is the a of the best fit with b = 0.
func (d *outcomes) flat() float64 {
	total, hits := 0.0, 0.0
	for i := range d.z {
		total, hits = total+d.trials[i], hits+d.successes[i]
	}
	return distuv.UnitNormal.Quantile(hits / total)
}

// pearson returns χ² with the trials at the same z taken together, and its degrees of freedom.
func (d *outcomes) pearson(a, b float64) (chiSquared float64, degrees int) {
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
