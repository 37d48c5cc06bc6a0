package noise

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

// A System is the same theory over time: a linear one for what all neurons of a population have in
// common of their potentials, x, and of the variances, y, driven by what is sampled, z, whose
// parts forget at rates of their own,
//
//	x′ = −x/τ + √n B Λ̂ + shared noise,   y′ = −2y/τ + Q Λ̂,   Λ̂ = F′ x + ½ F″ y + Σ_k a_k z_k .
//
// In the limit x follows at once in the range of U, so that W Λ̂ = 0, and only its part in the
// complement is a state.
type System struct {
	*State
	slow    int        // states of x and y
	drift   *mat.Dense // of all states
	x, y    *mat.Dense // P rows, by the states
	rate    *mat.Dense
	parts   []part
	moments *mat.Dense // covariances of the states

	lag     float64    // the last that was asked for,
	forward *mat.Dense // and what it does to states
}

// A part of what is sampled: a population, the order k of its Hermite function, or 0 for what only
// the rate has, its coefficient in the rate, and its rate of forgetting.
type part struct {
	population, order  int
	coefficient, decay float64
}

// ErrShared refuses shared sources in the limit, where their noise is white.
var ErrShared = errors.New("the covariances of shared sources are infinite in the limit at lag 0")

// NewSystem solves for the covariances of a state that is stable.
func (s *State) NewSystem() (*System, error) {
	shared := s.sharedNoise()
	if s.InverseRootN == 0 && shared != nil {
		return nil, ErrShared
	}
	q := &System{State: s}
	q.list()
	q.lay()
	return q, q.solve(shared)
}

// list names the parts.
func (q *System) list() {
	for a, population := range q.Network.Populations {
		modes, rate := q.modes[a], 1/population.Tau
		for k, c := range modes.coefficients {
			// Also those that the rate does not hear: other functions of the potential have them.
			q.parts = append(q.parts, part{a, k + 1, c, float64(k+1) * rate})
			if residual := modes.residual[k]; residual > 0 {
				q.parts = append(q.parts, part{a, 0, math.Sqrt(residual), float64(k+1) * rate})
			}
		}
		if modes.tail > 0 {
			q.parts = append(q.parts, part{a, 0, math.Sqrt(modes.tail), modes.decay * rate})
		}
	}
}

// lay writes x, y, rate and drift.
func (q *System) lay() {
	p, r := len(q.Expectations), q.Rank
	free := p
	if q.InverseRootN == 0 {
		free = p - r
	}
	q.slow = free + p
	d := q.slow + len(q.parts)
	q.x, q.y, q.rate = mat.NewDense(p, d, nil), mat.NewDense(p, d, nil), mat.NewDense(p, d, nil)
	for a := range p {
		q.y.Set(a, free+a, 1)
		q.rate.Set(a, free+a, q.Expectations[a].Second/2)
		for c := range free {
			if free == p {
				q.x.Set(a, a, 1)
			} else {
				q.x.Set(a, c, q.Complement.At(a, c))
			}
		}
	}
	for i, part := range q.parts {
		q.rate.Set(part.population, q.slow+i, part.coefficient)
	}
	q.addToRate()
	if free < p && r > 0 { // s = −S⁻¹ W (what the rates are without it)
		var w, inner mat.Dense
		w.Mul(q.W, q.rate)
		if inner.Solve(q.Sensitivity(q.Expectations), &w) == nil {
			var follow mat.Dense
			follow.Mul(q.U, &inner)
			for a := range p {
				for j := range d {
					q.x.Set(a, j, q.x.At(a, j)-follow.At(a, j))
					q.rate.Set(a, j, q.rate.At(a, j)-q.Expectations[a].First*follow.At(a, j))
				}
			}
		}
	}
	q.drift = mat.NewDense(d, d, nil)
	for j := range d {
		for a, population := range q.Network.Populations {
			leak := -q.x.At(a, j) / population.Tau
			if free == p {
				for b := range p {
					leak += q.B.At(a, b) * q.rate.At(b, j) / q.InverseRootN
				}
				q.drift.Set(a, j, leak)
			} else {
				for c := range free {
					q.drift.Set(c, j, q.drift.At(c, j)+q.Complement.At(a, c)*leak)
				}
			}
			sum := -2 * q.y.At(a, j) / population.Tau
			for b := range p {
				sum += q.Squares.At(a, b) * q.rate.At(b, j)
			}
			q.drift.Set(free+a, j, sum)
		}
	}
	for i, part := range q.parts {
		q.drift.Set(q.slow+i, q.slow+i, -part.decay)
	}
}

// addToRate adds F′ x.
func (q *System) addToRate() {
	p, d := q.x.Dims()
	for a := range p {
		for j := range d {
			q.rate.Set(a, j, q.rate.At(a, j)+q.Expectations[a].First*q.x.At(a, j))
		}
	}
}

// solve finds the covariances of all states: those of x and y with each part, and then among
// themselves, from A C + C Aᵀ + G = 0 as one linear system.
func (q *System) solve(shared [][]float64) error {
	d, s := len(q.parts)+q.slow, q.slow
	q.moments = mat.NewDense(d, d, nil)
	a := mat.DenseCopyOf(q.drift.Slice(0, s, 0, s))
	forcing := mat.NewDense(s, s, nil)
	for i, part := range q.parts {
		variance := 1 / q.Network.Populations[part.population].Size
		q.moments.Set(s+i, s+i, variance)
		left, right := mat.NewDense(s, s, nil), mat.NewVecDense(s, nil)
		for j := range s {
			for k := range s {
				left.Set(j, k, -a.At(j, k))
			}
			left.Set(j, j, left.At(j, j)+part.decay)
			right.SetVec(j, q.drift.At(j, s+i)*variance)
		}
		var with mat.VecDense
		if err := with.SolveVec(left, right); err != nil {
			return err
		}
		for j := range s {
			q.moments.Set(j, s+i, with.AtVec(j))
			q.moments.Set(s+i, j, with.AtVec(j))
			for k := range s {
				both := q.drift.At(k, s+i) * with.AtVec(j)
				forcing.Set(j, k, forcing.At(j, k)+both)
				forcing.Set(k, j, forcing.At(k, j)+both)
			}
		}
	}
	for i := range shared { // white noise of n times the weights' covariance, in x
		for j := range shared {
			for b := range q.Expectations {
				for c := range q.Expectations {
					forcing.Set(b, c, forcing.At(b, c)+q.U.At(b, i)*shared[i][j]*q.U.At(c, j)/(q.InverseRootN*q.InverseRootN))
				}
			}
		}
	}
	// Of what is symmetric the half is solved for.
	at := func(j, k int) int { return max(j, k)*(max(j, k)+1)/2 + min(j, k) }
	half := s * (s + 1) / 2
	big, right := mat.NewDense(half, half, nil), mat.NewVecDense(half, nil)
	for j := range s {
		for k := range j + 1 {
			row := at(j, k)
			right.SetVec(row, -forcing.At(j, k))
			for l := range s {
				big.Set(row, at(l, k), big.At(row, at(l, k))+a.At(j, l))
				big.Set(row, at(j, l), big.At(row, at(j, l))+a.At(k, l))
			}
		}
	}
	var solved mat.VecDense
	if err := solved.SolveVec(big, right); err != nil {
		return err
	}
	for j := range s {
		for k := range s {
			q.moments.Set(j, k, solved.AtVec(at(j, k)))
		}
	}
	return nil
}
