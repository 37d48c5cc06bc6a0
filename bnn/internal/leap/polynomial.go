package leap

import (
	"math"

	"balanced/bnn/internal/random"
)

// A polynomial of a standard normal z, of mean 0: noise whose first cumulants are given.
type polynomial struct{ constant, linear, square, cube float64 }

// skewedNormal returns the polynomial of second degree with the given variance and third cumulant.
// The normalised (z + c(z²−1))/√(1+2c²) has the skewness (6c + 8c³)/(1+2c²)^{3/2},
// which is solved for c by Newton's method. Means of Poisson counts above
// random.LargestTabulatedMean keep the skewness below 0.18, so that c is nearly a sixth of it.
func skewedNormal(variance, third float64) polynomial {
	if variance <= 0 {
		return polynomial{}
	}
	deviation := math.Sqrt(variance)
	skewness := third / (variance * deviation)
	c := skewness / 6
	for range 4 {
		root := math.Sqrt(1 + 2*c*c)
		c -= ((6+8*c*c)*c - skewness*root*root*root) / (6 + 24*c*c - 6*skewness*c*root)
	}
	linear := deviation / math.Sqrt(1+2*c*c)
	return polynomial{-c * linear, linear, c * linear, 0}
}

// fourCumulants returns the polynomial of third degree with the given variance and third and fourth
// cumulants (A. I. Fleishman, Psychometrika 43, 521–532, 1978): b z + c (z²−1) + d z³ of unit variance has
//
//	1 = b² + 6bd + 2c² + 15d²,  skewness 2c(b² + 24bd + 105d² + 2),
//	excess kurtosis 24(bd + c²(1 + b² + 28bd) + d²(12 + 48bd + 141c² + 225d²)),
//
// solved one after the other until nothing changes; for an excess of at most flattest each time brings
// a digit at least.
func fourCumulants(variance, third, fourth float64) polynomial {
	if variance <= 0 {
		return polynomial{}
	}
	deviation := math.Sqrt(variance)
	skewness, excess := third/(variance*deviation), fourth/(variance*variance)
	b, c, d := 1.0, 0.0, 0.0
	for range 40 {
		bd := b * d
		c = skewness / (2 * (b*b + 24*bd + 105*d*d + 2))
		next := (excess/24 - c*c*(1+b*b+28*bd)) / (b + d*(12+48*bd+141*c*c+225*d*d))
		done := math.Abs(next-d) < 1e-13
		d = next
		b = math.Sqrt(1-6*d*d-2*c*c) - 3*d
		if done {
			break
		}
	}
	return polynomial{-c * deviation, b * deviation, c * deviation, d * deviation}
}

// add adds the polynomial of an independent normal to each value; scratch is of as many at least.
func (p *polynomial) add(source *random.Fast, values []float64, words []uint64, scratch []float64) {
	if p.linear == 0 {
		return
	}
	if p.cube == 0 {
		source.AddSkewed(values, words, p.constant, p.linear, p.square)
		return
	}
	normals := scratch[:len(values)]
	clear(normals)
	source.AddSkewed(normals, words, 0, 1, 0)
	constant, linear, square, cube := p.constant, p.linear, p.square, p.cube
	for j, z := range normals {
		values[j] += constant + z*(linear+z*(square+z*cube))
	}
}
