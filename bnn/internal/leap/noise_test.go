package leap

import (
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/random"
)

// cumulants are the first five of a polynomial of a normal, by sums on a fine grid, which converge
// exponentially.
func (p polynomial) cumulants() (mean, variance, third, fourth, fifth float64) {
	const h = 0.05
	var m [6]float64
	for k := -300; k <= 300; k++ {
		z := float64(k) * h
		weight := h * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		x := p.constant + z*(p.linear+z*(p.square+z*p.cube))
		power := weight
		for i := range m {
			m[i] += power
			power *= x
		}
	}
	return m[1], m[2], m[3], m[4] - 3*m[2]*m[2], m[5] - 10*m[2]*m[3]
}

// The polynomial of third degree has the cumulants it is asked for, up to the largest kurtosis: that of one
// Poisson count of 5, and of sums of jumps of both signs. What it misses of the fifth, κ₅/5! in units of the
// deviation, is less than what the quadratic one may miss of the fourth, κ₄/4!.
func TestFourCumulants(t *testing.T) {
	for _, jumps := range [][]float64{{1}, {-1}, {1, -1}, {1, -1.5}, {3, 1, -0.1}, {1, 1, 1, -1}} {
		for _, times := range []float64{1, 3, 100} {
			var sums [6]float64
			for _, jump := range jumps {
				for k := range sums {
					sums[k] += math.Pow(jump, float64(k))
				}
			}
			mean := times * sums[4] / (flattest * sums[2] * sums[2])
			zero, second, third, fourth, fifth := fourCumulants(mean*sums[2], mean*sums[3], mean*sums[4]).cumulants()
			got, deviation := [3]float64{second, third, fourth}, math.Sqrt(mean*sums[2])
			for i := range got {
				if want := mean * sums[i+2]; math.Abs(zero) > 1e-12*deviation || math.Abs(got[i]-want) > 1e-11*math.Pow(deviation, float64(i+2)) {
					t.Errorf("jumps %g, mean %g: mean %g, cumulants %.12g, want %.12g for the %dth", jumps, mean, zero, got, want, i+2)
				}
			}
			if missed := math.Abs(fifth-mean*sums[5]) / math.Pow(deviation, 5) / 120; missed > 1./random.LargestTabulatedMean/24 {
				t.Errorf("jumps %g, mean %g: the fifth cumulant is off by %g", jumps, mean, missed)
			}
		}
	}
}

// The compound has the law of a Poisson count for each pathway: mean and variance with jumps that tell
// pathways apart, and the own pathway without what a neuron hears from itself, whose lack is seen.
func TestCompound(t *testing.T) {
	const draws, own = 1 << 14, 2
	for _, scale := range []float64{0.1, 1, 12} {
		var means []float64
		var pathways, all []Pathway
		for _, mean := range []float64{0.5, 0, 2, 0.25, 1.25, 0.01} {
			means = append(means, mean*scale)
			pathways = append(pathways, Pathway{Mean: mean * scale})
		}
		all = append(all, pathways...)
		pathways[own].Mean *= 0.8
		var c compound
		c.set(means)
		c.set(means) // as each step does
		largest := func(drawn []Pathway) (largest float64) {
			for i := range pathways {
				for k := range pathways {
					pathways[k].Jump, drawn[k].Jump = 0, 0
				}
				k := (i + 1) % len(pathways)
				pathways[i].Jump, pathways[k].Jump, drawn[i].Jump, drawn[k].Jump = 1, -3, 1, -3
				source := random.NewFast(random.New(1, "", i, 0))
				var scratch compoundSpace
				values := make([]float64, draws)
				c.add(&source, values, own, drawn, means, &scratch)
				mean, square, variance, fourth := 0.0, 0.0, 0.0, 0.0
				for _, x := range values {
					mean += x / draws
					square += x * x / draws
				}
				for _, pathway := range pathways {
					jump := pathway.Jump * pathway.Jump
					variance += pathway.Mean * jump
					fourth += pathway.Mean * jump * jump
				}
				largest = max(largest, math.Abs(mean)/math.Sqrt(variance/draws), math.Abs(square-variance)/math.Sqrt((fourth+2*variance*variance)/draws))
			}
			return largest
		}
		if z := largest(pathways); z > 5 {
			t.Errorf("scale %g: |z| = %.1f", scale, z)
		}
		if z := largest(all); z < 5 {
			t.Errorf("scale %g: neurons that hear themselves go unseen, |z| = %.1f", scale, z)
		}
	}
	var c compound
	if c.set([]float64{40, 40}); c.rounds <= mostRounds {
		t.Errorf("a mean of 80 in %d rounds", c.rounds)
	}
}

// Few rounds suffice where a matrix is a sum of few products, and none where it is not; a system is
// solved as by the full matrix.
func TestCoupling(t *testing.T) {
	const count = 12
	network := bnn.Network{}
	for a := range count {
		row := make([]float64, count)
		for b := range row {
			row[b] = float64(1-2*(b%2)) * (1 + 0.3*math.Cos(2*math.Pi*float64(a-b)/count))
		}
		network.Weights = append(network.Weights, row)
	}
	sized := Network{Network: &network, N: 100, Counts: make([]int, count)}
	sums, right := make([]RateSum, count), make([]float64, count)
	for a := range count {
		sized.Counts[a] = 10 + a
		sums[a] = RateSum{0.1 + 0.01*float64(a), 0.3 - 0.02*float64(a)}
		right[a] = math.Sin(float64(a))
	}
	low := newCoupling(sized)
	if len(low.factors) != 3 {
		t.Fatalf("%d factors, want 3", len(low.factors))
	}
	full := newCoupling(sized)
	full.factors = nil
	for _, scale := range []float64{1, 1e3} {
		for a := range count {
			low.diagonal[a], full.diagonal[a] = scale*(1+float64(a)), scale*(1+float64(a))
		}
		x, y := append([]float64(nil), right...), append([]float64(nil), right...)
		if !low.solve(sums, x, true) || !full.solve(sums, y, true) {
			t.Fatal("singular")
		}
		driven, want := make([]float64, count), make([]float64, count)
		low.drive(sums, driven)
		full.drive(sums, want)
		for a := range count {
			if math.Abs(x[a]-y[a]) > 1e-12/scale || math.Abs(driven[a]-want[a]) > 1e-13*10 {
				t.Errorf("%g and %g, driven %g and %g", x[a], y[a], driven[a], want[a])
			}
		}
	}
	network.Weights[3][4] += 0.1
	network.Weights[5][7] += 0.1
	if c := newCoupling(sized); c.factors != nil {
		t.Errorf("%d factors of a matrix of rank 5", len(c.factors))
	}
}
