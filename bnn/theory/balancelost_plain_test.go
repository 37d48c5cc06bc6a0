package theory

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// A plain limit solves the limit equations by Runge's and Kutta's method of order 4 with
// fixed steps, written for the test from theory.md §3 with its own U and W.
type plainLimit struct {
	network *bnn.Network
	u, w    *mat.Dense
}

// slope returns the derivatives of means and variances, and S.
func (l plainLimit) slope(t float64, y []float64) (dy []float64, s *mat.Dense) {
	n := l.network
	p := len(n.Populations)
	_, r := l.u.Dims()
	dy = make([]float64, 2*p)
	gain, curve := mat.NewDiagDense(p, nil), make([]float64, p)
	drift := mat.NewVecDense(p, nil)
	bSlope := mat.NewVecDense(p, nil)
	for a, population := range n.Populations {
		e := population.Expectation(y[a], y[p+a])
		gain.SetDiag(a, e.First)
		curve[a] = e.Second
		dy[a] = -y[a]/population.Tau + population.External().At(t)
		dy[p+a] = -2*y[p+a]/population.Tau + population.Noise*population.Noise
		for b, source := range n.Populations {
			dy[p+a] += source.Size * n.Weights[a][b] * n.Weights[a][b] * source.Expectation(y[b], y[p+b]).Value
		}
		for _, x := range n.Feedforward {
			dy[p+a] += x.Size * x.Weights[a] * x.Weights[a] * x.Rate.At(t)
			bSlope.SetVec(a, bSlope.AtVec(a)+x.Size*x.Weights[a]*bnn.Slope(x.Rate, t))
		}
	}
	for a := range p {
		drift.SetVec(a, gain.At(a, a)*dy[a]+curve[a]*dy[p+a]/2)
	}
	s = mat.NewDense(r, r, nil)
	var gained mat.Dense
	gained.Mul(gain, l.u)
	s.Mul(l.w, &gained)
	right, beta, psi, input := mat.NewVecDense(r, nil), mat.NewVecDense(r, nil), mat.NewVecDense(r, nil), mat.NewVecDense(p, nil)
	right.MulVec(l.w, drift)
	if err := beta.SolveVec(l.u, bSlope); err != nil { // least squares: b lies in the range
		panic(err)
	}
	right.AddVec(right, beta)
	if err := psi.SolveVec(s, right); err != nil {
		panic(err)
	}
	input.MulVec(l.u, psi)
	for a := range p {
		dy[a] -= input.AtVec(a)
	}
	return dy, s
}

// step advances y by h.
func (l plainLimit) step(t, h float64, y []float64) []float64 {
	plus := func(f float64, d []float64) []float64 {
		z := slices.Clone(y)
		for i := range z {
			z[i] += f * d[i]
		}
		return z
	}
	k1, _ := l.slope(t, y)
	k2, _ := l.slope(t+h/2, plus(h/2, k1))
	k3, _ := l.slope(t+h/2, plus(h/2, k2))
	k4, _ := l.slope(t+h, plus(h, k3))
	z := slices.Clone(y)
	for i := range z {
		z[i] += h / 6 * (k1[i] + 2*k2[i] + 2*k3[i] + k4[i])
	}
	return z
}

// crossing follows the solution from a balanced state until a pair of eigenvalues of S has
// crossed the axis, and halves the last step until the time is known to 1e-11.
func (l plainLimit) crossing(y []float64, h, end float64) (at, frequency float64) {
	for t := 0.0; t < end; {
		next := l.step(t, h, y)
		_, s := l.slope(t+h, next)
		if leading := linear.LeadingEigenvalue(s); real(leading) > 0 {
			if h < 1e-11 {
				return t, imag(leading)
			}
			h /= 2
			continue
		}
		t, y = t+h, next
	}
	return math.Inf(1), 0
}

// classFactors returns U and W of weights in which the columns of all excitatory
// populations are multiples of the first, and those of the inhibitory ones of the last.
func classFactors(n *bnn.Network) (u, w *mat.Dense) {
	p := len(n.Populations)
	u, w = mat.NewDense(p, 2, nil), mat.NewDense(2, p, nil)
	for a := range p {
		u.Set(a, 0, n.Weights[a][0])
		u.Set(a, 1, n.Weights[a][p-1])
	}
	for b, source := range n.Populations {
		class, like := 0, 0
		if n.Weights[0][b] < 0 {
			class, like = 1, p-1
		}
		w.Set(class, b, source.Size*n.Weights[0][b]/n.Weights[0][like])
	}
	return u, w
}

// fullFactors returns U = 1 and W = B.
func fullFactors(n *bnn.Network) (u, w *mat.Dense) {
	p := len(n.Populations)
	u, w = mat.NewDense(p, p, nil), mat.NewDense(p, p, nil)
	for a := range p {
		u.Set(a, a, 1)
		for b, source := range n.Populations {
			w.Set(a, b, source.Size*n.Weights[a][b])
		}
	}
	return u, w
}

// Moment and frequency agree with those of another method with other factors of B, which
// has looked at the eigenvalues on a fine grid.
func TestOscillationsOfUnseenNetworks(t *testing.T) {
	verification.Long(t)
	for name, factors := range map[string]func(*bnn.Network) (u, w *mat.Dense){
		"fast-hopf": fullFactors, "two-slow-sine": fullFactors, "two-fast-sine": fullFactors, "three-of-rank-3": fullFactors,
		"three-of-rank-2": classFactors, "four-without-a-drive-that-moves": classFactors,
	} {
		t.Run(name, func(t *testing.T) {
			network := networktest.LosesBalance(t, name)
			limit, lost := lossOf(t, network, bnn.Every(0.01, 6))
			if last := limit.Times[len(limit.Times)-1]; lost.Time-last > 0.01 || last >= lost.Time || slices.Max(limit.Stability) >= 0 {
				t.Errorf("rows to %g with stability up to %g, loss at %g", last, slices.Max(limit.Stability), lost.Time)
			}
			u, w := factors(network)
			at, frequency := plainLimit{network, u, w}.crossing(slices.Concat(limit.Mean[0], limit.Variance[0]), 0.002, 6)
			if lost.Kind != Oscillation || math.Abs(at-lost.Time) > 1e-8 || math.Abs(frequency-lost.Frequency) > 1e-8 {
				t.Errorf("%v, by the other method at %.10g with %.10g", lost, at, frequency)
			}
		})
	}
}
