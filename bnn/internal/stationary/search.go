package stationary

import (
	"context"
	"iter"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/numbers"
)

// A Search solves for stationary states of a network at rest. Its unknowns
// are ψ (rank) and the variances (one a population).
type Search struct {
	*manifold.Manifold
	drive           []float64  // b
	input           []float64  // I
	least, greatest []float64  // the variances possible
	reach           float64    // a scale of potentials
	gains           *mat.Dense // ∂F_b by the c-th ψ, populations × rank
	responses       []response // of each population
}

// NewSearch prepares for a search on the manifold of a network at rest.
func NewSearch(m *manifold.Manifold) *Search {
	s := &Search{Manifold: m, drive: m.Drive(0), gains: mat.NewDense(len(m.Network.Populations), max(m.Rank, 1), nil)}
	silent := make([]bnn.Expectation, len(m.Network.Populations))
	loud := make([]bnn.Expectation, len(silent))
	for a, population := range m.Network.Populations {
		s.input = append(s.input, population.External().At(0))
		s.responses = append(s.responses, newResponse(population.Rate))
		loud[a].Value = population.Rate.Bound()
	}
	s.least, s.greatest = s.stationaryVariance(silent), s.stationaryVariance(loud)
	for a, population := range m.Network.Populations {
		s.reach = math.Max(s.reach, 1+math.Abs(population.Tau*s.input[a])+math.Abs(m.Network.Initial.Mean[a])+2*math.Sqrt(s.greatest[a]))
	}
	return s
}

// stationaryVariance returns (τ/2)(Σ_b q_b J_ab² F_b + Σ_x q_x J_ax² ν_x + D²).
func (s *Search) stationaryVariance(e []bnn.Expectation) []float64 {
	variance := make([]float64, len(e))
	s.AddNoise(variance, 0, func(b int) float64 { return e[b].Value })
	for a, population := range s.Network.Populations {
		variance[a] *= population.Tau / 2
	}
	return variance
}

// Starts are the starting points for Newton's method. Where the rates lie on a line they are
// one next to each state, after a few of the many that are needed elsewhere: these find the
// states of most networks, to the last bit those that simulations were started from.
func (s *Search) Starts() iter.Seq[[]float64] {
	line, applies := s.rateLine()
	if !applies {
		return s.Anywhere()
	}
	const few = 3
	var starts [][]float64
	if line != nil {
		for start := range s.Scattered() {
			if starts = append(starts, start); len(starts) == few {
				break
			}
		}
		starts = append(starts, line.starts()...)
	}
	return slices.Values(starts)
}

// Anywhere are the scattered points, and where a rate is no sigmoid as many again with the means
// where rates change: a rate of the caller's own may do so far from where potentials start, and
// in a narrow range.
func (s *Search) Anywhere() iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		for x := range s.Scattered() {
			if !yield(x) {
				return
			}
		}
		if s.Rank == 0 || !slices.ContainsFunc(s.responses, func(r response) bool { return r.low < r.high }) {
			return
		}
		p := len(s.input)
		golden := goldenRatio(2 * p)
		for i := range mostPoints {
			part := func(c int) float64 {
				_, fraction := math.Modf(0.5 + float64(i+1)*math.Pow(golden, -float64(c+1)))
				return fraction
			}
			drift, variance := make([]float64, p), make([]float64, p)
			for a, population := range s.Network.Populations {
				r, deviation := s.responses[a], math.Sqrt(s.greatest[a])
				low, high := r.low-deviation, r.high+deviation
				if r.low == r.high {
					low, high = r.center-s.reach, r.center+s.reach
				}
				drift[a] = (low+part(a)*(high-low))/population.Tau - s.input[a]
				variance[a] = s.least[a] + part(p+a)*(s.greatest[a]-s.least[a])
			}
			if !yield(append(s.Coordinates(drift), variance...)) {
				return
			}
		}
	}
}

// mostPoints are those that Scattered has.
const mostPoints = 400

// goldenRatio returns the generalised golden ratio of a dimension.
func goldenRatio(dimension int) float64 {
	golden := 1.5
	for range 60 {
		golden = math.Pow(1+golden, 1/float64(dimension+1))
	}
	return golden
}

// Scattered are 400 points of an additive recurrence, which fills the box of possible
// unknowns evenly (Roberts' R sequence, the generalised golden ratio), on five scales of the
// potentials in turn. Without weights one is enough.
func (s *Search) Scattered() iter.Seq[[]float64] {
	points := mostPoints
	if s.Rank == 0 {
		points = 1
	}
	p := len(s.input)
	dimension := s.Rank + p
	golden := goldenRatio(dimension)
	return func(yield func([]float64) bool) {
		for i := range points {
			x := make([]float64, dimension)
			for c := range x {
				_, x[c] = math.Modf(0.5 + float64(i+1)*math.Pow(golden, -float64(c+1)))
			}
			scale := s.reach * math.Pow(2, float64(i%5)-2)
			for c := range s.Rank {
				x[c] = scale * (2*x[c] - 1)
			}
			for a := range p {
				x[s.Rank+a] = s.least[a] + x[s.Rank+a]*(s.greatest[a]-s.least[a])
			}
			if !yield(x) {
				return
			}
		}
	}
}

// Means returns τ(I + Uψ).
func (s *Search) Means(psi []float64) []float64 {
	mean := s.Along(psi)
	for a, population := range s.Network.Populations {
		mean[a] = population.Tau * (s.input[a] + mean[a])
	}
	return mean
}

// equations returns the left-hand sides W F + β and K − (τ/2)(…), and F.
func (s *Search) equations(x []float64) ([]float64, []bnn.Expectation) {
	variance := x[s.Rank:]
	e := s.Expectations(s.Means(x[:s.Rank]), variance)
	value := s.Imbalance(e, s.drive)
	for a, stationary := range s.stationaryVariance(e) {
		value = append(value, variance[a]-stationary)
	}
	return value, e
}

// Solve runs Newton's method with halved steps from x. Variances may not leave the
// interval of possible ones. The error is the cause of the context.
func (s *Search) Solve(ctx context.Context, x []float64) (mean, variance []float64, ok bool, err error) {
	const iterations, halvings = 60, 12
	value, e := s.equations(x)
	for range iterations {
		step := mat.NewVecDense(len(x), append([]float64(nil), value...))
		solved, err := linear.Patiently(ctx, len(x), func() bool {
			var lu mat.LU
			lu.Factorize(s.jacobian(e))
			return lu.SolveVecTo(step, false, step) == nil && numbers.Finite(step.RawVector().Data...)
		})
		if err != nil || !solved {
			return nil, nil, false, err
		}
		next := make([]float64, len(x))
		length, accepted := 1.0, false
		for range halvings {
			for c := range x {
				next[c] = x[c] - length*step.AtVec(c)
			}
			for a := range s.least {
				next[s.Rank+a] = math.Min(math.Max(next[s.Rank+a], s.least[a]), s.greatest[a])
			}
			nextValue, nextE := s.equations(next)
			if linear.Norm(nextValue) < linear.Norm(value) || linear.Norm(nextValue) < 1e-14 {
				value, e, accepted = nextValue, nextE, true
				break
			}
			length /= 2
		}
		size := linear.Norm(step.RawVector().Data)
		if size <= 1e-11*(1+linear.Norm(x)) {
			return s.Means(x[:s.Rank]), append([]float64(nil), x[s.Rank:]...), true, nil
		}
		if !accepted {
			return nil, nil, false, nil
		}
		x = next
	}
	return nil, nil, false, nil
}

func (s *Search) jacobian(e []bnn.Expectation) *mat.Dense {
	p, r := len(e), s.Rank
	jacobian := mat.NewDense(r+p, r+p, nil)
	// add adds factor·∂F_b to a row, of which ψ changes all F_b and a variance its own.
	add := func(row []float64, b int, factor float64) {
		for c := range r {
			row[c] += factor * s.gains.At(b, c)
		}
		row[r+b] += factor * (e[b].Second / 2)
	}
	for b, population := range s.Network.Populations {
		for c := range r {
			s.gains.Set(b, c, e[b].First*population.Tau*s.U.At(b, c))
		}
	}
	for i := range r {
		for b := range p {
			add(jacobian.RawRowView(i), b, s.W.At(i, b))
		}
	}
	for a, population := range s.Network.Populations {
		row := jacobian.RawRowView(r + a)
		for b, source := range s.Network.Populations {
			weight := s.Network.Weights[a][b]
			add(row, b, -(population.Tau / 2 * source.Size * weight * weight))
		}
		row[r+a] = 1 + row[r+a]
	}
	return jacobian
}
