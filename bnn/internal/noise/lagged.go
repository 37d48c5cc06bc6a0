package noise

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Means are the mean potentials of the populations, by the states.
func (q *System) Means() *mat.Dense {
	means := mat.DenseCopyOf(q.x)
	for i, part := range q.parts {
		if part.order == 1 {
			a := part.population
			means.Set(a, q.slow+i, means.At(a, q.slow+i)+math.Sqrt(q.Variance[a]))
		}
	}
	return means
}

// Rates are the rates of the populations.
func (q *System) Rates() *mat.Dense { return mat.DenseCopyOf(q.rate) }

// Averages are the averages of a function f over the neurons of each population, of which
// coefficients[a][k−1] are E f He_k/√k! at the law of its potentials: by Stein's identity E f′
// and E f″ are the first, over √K, and √2 times the second, over K. Private and common parts of a
// potential are not told apart here, so that shared sources are not for it.
func (q *System) Averages(coefficients [][]float64) *mat.Dense {
	p, d := q.x.Dims()
	averages := mat.NewDense(p, d, nil)
	for a := range p {
		first := coefficients[a][0] / math.Sqrt(q.Variance[a])
		second := math.Sqrt2 * coefficients[a][1] / q.Variance[a]
		for j := range d {
			averages.Set(a, j, first*q.x.At(a, j)+second/2*q.y.At(a, j))
		}
	}
	for i, part := range q.parts {
		if part.order > 0 {
			a := part.population
			averages.Set(a, q.slow+i, averages.At(a, q.slow+i)+coefficients[a][part.order-1])
		}
	}
	return averages
}

// Lagged returns n Cov(f_a(t+lag), g_b(t)) of two lists of functions of the states. It is for one goroutine at a
// time.
func (q *System) Lagged(f, g *mat.Dense, lag float64) [][]float64 {
	if lag < 0 {
		return transposed(q.Lagged(g, f, -lag))
	}
	if lag == 0 {
		return q.between(f, g)
	}
	if q.forward == nil || q.lag != lag { // most of the time, for the functions that are asked for at the same lag
		q.lag, q.forward = lag, new(mat.Dense)
		q.forward.Scale(lag, q.drift)
		q.forward.Exp(q.forward)
	}
	var ahead mat.Dense
	ahead.Mul(f, q.forward)
	return q.between(&ahead, g)
}

// between returns f · covariances · gᵀ.
func (q *System) between(f, g *mat.Dense) [][]float64 {
	var right, all mat.Dense
	right.Mul(q.moments, g.T())
	all.Mul(f, &right)
	rows, columns := all.Dims()
	result := make([][]float64, rows)
	for a := range result {
		result[a] = make([]float64, columns)
		for b := range result[a] {
			result[a][b] = all.At(a, b)
		}
	}
	return result
}

func transposed(a [][]float64) [][]float64 {
	result := make([][]float64, len(a[0]))
	for i := range result {
		for j := range a {
			result[i] = append(result[i], a[j][i])
		}
	}
	return result
}

// Counts returns n times the covariances of the numbers of spikes in a window: of the averages of
// the neurons of two populations, one train a neuron (without the Poisson noise of the trains), and
// of two different neurons, which have all but what one neuron shares with itself. The window is
// > 0.
func (q *System) Counts(window float64) (populations, pairs [][]float64) {
	// ∫_0^T (T−s) e^{As} ds is a corner of the exponential of a larger matrix (C. F. Van Loan,
	// IEEE Trans. Automat. Contr. 23, 395–404, 1978).
	d, _ := q.drift.Dims()
	big := mat.NewDense(3*d, 3*d, nil)
	for i := range d {
		big.Set(i, d+i, window)
		big.Set(d+i, 2*d+i, window)
		for j := range d {
			big.Set(2*d+i, 2*d+j, window*q.drift.At(i, j))
		}
	}
	var exponential mat.Dense
	exponential.Exp(big)
	integral := mat.DenseCopyOf(exponential.Slice(0, d, 2*d, 3*d))
	var integrated mat.Dense
	integrated.Mul(q.rate, integral)
	half := q.between(&integrated, q.rate)
	p := len(half)
	populations, pairs = make([][]float64, p), make([][]float64, p)
	for a := range p {
		for b := range p {
			sum := half[a][b] + half[b][a]
			populations[a] = append(populations[a], sum)
			if a == b {
				sum -= q.ownCounts(a, window)
			}
			pairs[a] = append(pairs[a], sum)
		}
	}
	return populations, pairs
}

// ownCounts is the double integral over a window of the covariance that the rate of a neuron has with
// itself.
func (q *System) ownCounts(a int, window float64) float64 {
	population := q.Network.Populations[a]
	modes := q.modes[a]
	sum := 0.0
	add := func(variance, decay float64) {
		if y := decay * window; variance > 0 {
			sum += 2 * variance / (population.Size * decay) * window * (1 + math.Expm1(-y)/y)
		}
	}
	for k, c := range modes.coefficients {
		add(c*c+modes.residual[k], float64(k+1)/population.Tau)
	}
	add(modes.tail, modes.decay/population.Tau)
	return sum
}

// Own returns the covariance at a lag of two functions of one neuron of a population, by their
// coefficients, over its size.
func (q *System) Own(a int, f, g []float64, lag float64) float64 {
	population := q.Network.Populations[a]
	sum := 0.0
	for k := range f {
		sum += f[k] * g[k] * math.Exp(-float64(k+1)*math.Abs(lag)/population.Tau)
	}
	return sum / population.Size
}
