package stationary

import (
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
)

// Stationary states by their rates. W F + β = 0 leaves of all rates F a set of P − r
// dimensions. Rates give the variances, K = (τ/2)(Σ_b q_b J_ab² F_b + …), and with them the
// means, as F_a rises with m_a; what remains to be solved is that (m/τ − I) lies in the range
// of U, P − r equations. For P = r the state is known at once, and for P = r + 1 the rates lie
// on a line, on which one function changes sign.

// A rateLine is the rates between two ends, with those of every population within its bounds.
type rateLine struct {
	*Search
	from, to []float64 // rates at the ends; equal if balance leaves no choice
	guess    []float64 // the means found last
}

// A ratePoint is a point of a line, and its starting point for Newton's method.
type ratePoint struct {
	position  float64 // the logarithm of the odds: −∞ and ∞ at the ends
	imbalance float64 // what (m/τ − I) has across the range of U
	start     []float64
}

// rateLine returns the line of a network for which balance leaves one choice or none, if its
// rates tell the means: not those of a population that does not listen. Without a line there
// are no such rates.
func (s *Search) rateLine() (line *rateLine, applies bool) {
	p := len(s.input)
	if s.Rank == 0 || p-s.Rank > 1 {
		return nil, false
	}
	if slices.ContainsFunc(s.responses, func(r response) bool { return !r.invertible }) {
		return nil, false
	}
	// The rows of W are orthogonal, so that projections on them are simple.
	rates, direction := make([]float64, p), make([]float64, p)
	beta := s.Coordinates(s.drive)
	for i := range s.Rank {
		row := s.W.RawRowView(i)
		for b, entry := range row {
			rates[b] -= beta[i] * entry / linear.Dot(row, row)
		}
	}
	if s.Rank < p {
		for k := range p {
			across := make([]float64, p)
			across[k] = 1
			for i := range s.Rank {
				row := s.W.RawRowView(i)
				part := row[k] / linear.Dot(row, row)
				for b, entry := range row {
					across[b] -= part * entry
				}
			}
			if linear.Norm(across) > linear.Norm(direction) {
				direction = across
			}
		}
	}
	least, greatest := math.Inf(-1), math.Inf(1)
	const rounding = 1e-14
	size := linear.Norm(direction)
	for b, r := range s.responses {
		if math.Abs(direction[b]) <= rounding*size {
			if !(rates[b] > r.least && rates[b] < r.greatest) {
				return nil, true
			}
			continue
		}
		low, high := (r.least-rates[b])/direction[b], (r.greatest-rates[b])/direction[b]
		least, greatest = math.Max(least, math.Min(low, high)), math.Min(greatest, math.Max(low, high))
	}
	line = &rateLine{Search: s, from: rates, to: rates}
	if s.Rank < p {
		if !(least < greatest) {
			return nil, true
		}
		line.from, line.to = make([]float64, p), make([]float64, p)
		for b, r := range s.responses {
			at := func(t float64) float64 { // an end is met exactly, or by rounding missed
				rate := rates[b] + t*direction[b]
				if math.Abs(rate-r.least) <= 4e-15*r.greatest {
					return r.least
				} else if math.Abs(rate-r.greatest) <= 4e-15*r.greatest {
					return r.greatest
				}
				return rate
			}
			line.from[b], line.to[b] = at(least), at(greatest)
		}
	}
	for _, r := range s.responses {
		line.guess = append(line.guess, r.center)
	}
	return line, true
}

// at returns the point of a line at a position. Rates near a bound are as exact as those in the
// middle, relative to their distance from it.
func (l *rateLine) at(position float64) ratePoint {
	p := len(l.from)
	forward, backward := 1/(1+math.Exp(-position)), 1/(1+math.Exp(position))
	e := make([]bnn.Expectation, p)
	for b := range e {
		e[b].Value = backward*l.from[b] + forward*l.to[b]
	}
	variance := l.stationaryVariance(e)
	drift := make([]float64, p)
	for b, population := range l.Network.Populations {
		r := l.responses[b]
		below := backward*(r.greatest-l.from[b]) + forward*(r.greatest-l.to[b])
		l.guess[b] = r.meanOf(e[b].Value, below, variance[b]+population.Spread*population.Spread, l.guess[b])
		drift[b] = l.guess[b]/population.Tau - l.input[b]
	}
	point := ratePoint{position: position, start: append(l.Coordinates(drift), variance...)}
	if l.Rank < p {
		for b := range drift {
			point.imbalance += l.Complement.At(b, 0) * drift[b]
		}
	}
	return point
}

// starts returns starting points for Newton's method, one next to each stationary state: where
// the imbalance changes its sign, and where it hardly does not.
func (l *rateLine) starts() [][]float64 {
	if l.Rank == len(l.from) {
		return [][]float64{l.at(0).start}
	}
	far := 700.0 // beyond, rates are below the smallest numbers
	if slices.ContainsFunc(l.responses, func(r response) bool { return !r.sigmoid }) {
		far = 18 // beyond, they are within the error of rates that are integrated
	}
	const (
		near   = 12.0
		step   = 0.25 // potentials change by a small part of what rates respond to
		growth = 1.15 // of steps in the tails, where all is nearly linear
	)
	var starts [][]float64
	var points [3]ratePoint
	count := 0
	for x, h := -far, 0.0; x <= far; x += h {
		points[0], points[1], points[2] = points[1], points[2], l.at(x)
		h = math.Max(step, (growth-1)*(math.Abs(x)-near)+step)
		if x < -near {
			h = math.Min(h, -near-x+step)
		}
		if count++; count > 1 && points[1].imbalance*points[2].imbalance <= 0 {
			starts = append(starts, l.zero(points[1], points[2]).start)
		} else if count > 2 && closer(points[1], points[0]) && closer(points[1], points[2]) {
			starts = append(starts, l.touch(points)...)
		}
	}
	return starts
}

// closer tells whether a is nearer to a zero than b, on the same side.
func closer(a, b ratePoint) bool {
	return a.imbalance*b.imbalance > 0 && math.Abs(a.imbalance) <= math.Abs(b.imbalance)
}

// zero narrows a change of sign by the Illinois method, for Newton's to begin at.
func (l *rateLine) zero(low, high ratePoint) ratePoint {
	const narrow, most = 1e-6, 40
	below, above := low.imbalance, high.imbalance
	for range most {
		if high.position-low.position <= narrow || below == above {
			break
		}
		x := low.position - below*(high.position-low.position)/(above-below)
		if !(x > low.position && x < high.position) {
			x = (low.position + high.position) / 2
		}
		middle := l.at(x)
		if math.Abs(middle.imbalance) <= narrow*math.Abs(below-above) {
			return middle
		}
		if middle.imbalance*high.imbalance > 0 {
			high, above, below = middle, middle.imbalance, below/2
		} else {
			low, below, above = middle, middle.imbalance, above/2
		}
	}
	return high
}

// touch looks between three points, of which the middle one is nearest to a zero, for two
// changes of sign; without any it returns where the imbalance is least.
func (l *rateLine) touch(points [3]ratePoint) [][]float64 {
	const narrowings = 12
	low, middle, high := points[0], points[1], points[2]
	for range narrowings {
		left := l.at((low.position + middle.position) / 2)
		right := l.at((middle.position + high.position) / 2)
		for _, point := range []ratePoint{left, right} {
			if point.imbalance*low.imbalance <= 0 {
				return [][]float64{l.zero(low, point).start, l.zero(point, high).start}
			}
		}
		switch {
		case closer(left, middle):
			middle, high = left, middle
		case closer(right, middle):
			low, middle = middle, right
		default:
			low, high = left, right
		}
	}
	return [][]float64{middle.start}
}
