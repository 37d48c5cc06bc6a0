package manifold

import "math"

// A linePoint is a place s on the line of a fast flow of rank 1: the force along the direction
// in which the flow moves, and the first three derivatives of the force by the way gone.
type linePoint struct {
	s     float64
	force [4]float64
}

// linePoint looks at a place, for a flow towards larger s (1) or smaller (−1).
func (f *FastFlow) linePoint(s, towards float64) linePoint {
	slope := make([]float64, 1)
	f.slope([]float64{s}, slope)
	point := linePoint{s: s, force: [4]float64{towards * slope[0]}}
	for b, weight := range f.W.RawRowView(0) {
		move := f.U.At(b, 0)
		point.force[1] += weight * f.there[b].First * move
		point.force[2] += towards * weight * f.there[b].Second * move * move
		point.force[3] += weight * f.there[b].Third * move * move * move
	}
	return point
}

// taylor is the k-th derivative of the force at a distance, negative for one behind.
func (p linePoint) taylor(k int, distance float64) float64 {
	sum, power := 0.0, 1.0
	for i := 0; k+i < len(p.force); i++ {
		sum += p.force[k+i] * power
		power *= distance / float64(i+1)
	}
	return sum
}

// keeps tells whether the k-th derivative of the force, times sign, is at least so large
// everywhere between two points: as far as the cubics of both tell, each on its half of the way,
// and by much more than they disagree in the middle.
func keeps(k int, from, to linePoint, sign, least float64) bool {
	const parts, clearly = 4, 4
	half := math.Abs(to.s-from.s) / 2
	apart := math.Abs(from.taylor(k, half) - to.taylor(k, -half))
	for i := range parts + 1 {
		share := float64(i) / parts
		off := clearly * apart * math.Pow(share, float64(4-k)) // as the error of a cubic grows
		if sign*from.taylor(k, share*half) < least+off || sign*to.taylor(k, -share*half) < least+off {
			return false
		}
	}
	return true
}

// nextZero finds where a flow of rank 1 comes to rest: at the next zero of the force on its
// line, since it moves in one direction until then. Steps towards it are as long as F and
// three derivatives leave no doubt about the sign of the force between their ends; in the last
// one the force falls all the way, and the balance is stable. It returns false where there is
// doubt, as with no zero near or a force that becomes small without one: then the flow has to be
// followed.
func (f *FastFlow) nextZero(start float64) (s float64, found bool) {
	const (
		most  = 16  // places, of which most flows need half
		clear = 100 // times what counts as settled
		flat  = 1e-9
	)
	towards := 1.0
	at := f.linePoint(start, towards)
	if at.force[0] < 0 {
		towards = -1
		at = f.linePoint(start, towards) // which is remembered
	}
	least := clear * f.Settled * f.scale
	length := 0.0
	for a, variance := range f.variance {
		length = math.Max(length, math.Sqrt(math.Max(variance, 0))+math.Abs(f.mean[a])/16)
	}
	for range most {
		if at.force[0] < least || math.Abs(at.force[1]) < flat*f.scale {
			return 0, false
		}
		next := f.linePoint(at.s+towards*length, towards)
		switch {
		case next.force[0] < 0 && keeps(1, at, next, -1, math.Min(-at.force[1], -next.force[1])/8):
			return f.within(at, next, towards), true
		case next.force[0] > 0 && keeps(0, at, next, 1, least):
			at = next
			length *= 2
		default:
			length /= 2
		}
	}
	return 0, false
}

// within closes in on the zero between two points, between which the force falls, until it
// counts as settled.
func (f *FastFlow) within(from, to linePoint, towards float64) float64 {
	const most = 20
	at := from
	if -to.force[0] < from.force[0] {
		at = to
	}
	for range most {
		s := at.s - towards*at.force[0]/at.force[1]
		if (s-from.s)*(s-to.s) >= 0 {
			s = (from.s + to.s) / 2
		}
		at = f.linePoint(s, towards)
		if math.Abs(at.force[0]) <= f.Settled*f.scale {
			break
		}
		if at.force[0] > 0 {
			from = at
		} else {
			to = at
		}
	}
	return at.s
}
