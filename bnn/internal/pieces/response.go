package pieces

import (
	"math"
	"sort"

	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
)

// A Response follows the response g of a membrane to a stimulus, g′ = −g/τ + I from g(0) = 0, as
// time goes on. Where bnn.Response goes over all that was, this costs the same at any time: g is
// kept as cubics on pieces of time, which take its values and slopes at their ends and are so
// short that they are right to 1e-12 of τ times the greatest value of the stimulus.
type Response struct {
	stimulus  bnn.Stimulus
	tau       float64
	jumps     []float64
	tolerance float64

	start, end float64
	cubic      [4]float64 // of the time since start
	value      float64    // g(end)
	length     float64    // to try next
}

// NewResponse begins at time 0.
func NewResponse(stimulus bnn.Stimulus, tau float64) *Response {
	least, greatest := stimulus.Range()
	return &Response{stimulus: stimulus, tau: tau, jumps: stimulus.Jumps(), length: tau / 64,
		tolerance: 1e-12 * tau * math.Max(math.Abs(least), math.Abs(greatest))}
}

// At returns g(t). The times it is asked for do not fall below the start of the piece that
// holds the last of them.
func (r *Response) At(t float64) float64 {
	r.reach(t)
	since := t - r.start
	return r.cubic[0] + since*(r.cubic[1]+since*(r.cubic[2]+since*r.cubic[3]))
}

// Cubic returns the Taylor coefficients of g about t, of t⁰ to t³, and until when they hold.
func (r *Response) Cubic(t float64) (cubic [4]float64, end float64) {
	r.reach(t)
	s, c := t-r.start, r.cubic
	return [4]float64{c[0] + s*(c[1]+s*(c[2]+s*c[3])), c[1] + s*(2*c[2]+3*s*c[3]), c[2] + 3*s*c[3], c[3]}, r.end
}

// reach goes on to the piece that holds t, the later one of two that meet there.
func (r *Response) reach(t float64) {
	for t >= r.end {
		r.advance()
	}
}

// shortest is how much of τ a piece lasts at least, lest a jump that a stimulus does not tell be
// searched for ever.
const shortest = 1e-8

// advance makes the next piece.
func (r *Response) advance() {
	start, from := r.end, r.value
	room := math.Inf(1)
	if next := sort.Search(len(r.jumps), func(i int) bool { return r.jumps[i] > start }); next < len(r.jumps) {
		room = r.jumps[next] - start
	}
	// The rule of Gauss on each half needs pieces over which the leak is smooth.
	h := math.Min(math.Min(r.length, r.tau/4), room)
	least := math.Max(shortest*r.tau, start*0x1p-50)
	for {
		end := start + h
		if h >= room {
			end = start + room
		}
		half := from*math.Exp(-h/2/r.tau) + r.gauss(start, h/2)
		to := half*math.Exp(-h/2/r.tau) + r.gauss(start+h/2, h/2)
		left := h * (r.stimulus.At(start) - from/r.tau)
		right := h * (r.stimulus.At(math.Nextafter(end, 0)) - to/r.tau)
		c2, c3 := 3*(to-from)-2*left-right, left+right-2*(to-from)
		miss := math.Abs(from + left/2 + c2/4 + c3/8 - half)
		if miss <= r.tolerance || h <= least {
			r.start, r.end, r.value = start, end, to
			r.cubic = [4]float64{from, left / h, c2 / (h * h), c3 / (h * h * h)}
			r.length = h * math.Min(2, 0.9*math.Sqrt(math.Sqrt(r.tolerance/math.Max(miss, r.tolerance/1e4))))
			return
		}
		h = math.Max(least, h*math.Max(0.1, math.Min(0.5, 0.9*math.Sqrt(math.Sqrt(r.tolerance/miss)))))
	}
}

// The rule of Gauss with 5 nodes.
var (
	gaussNodes   = [5]float64{0.046910077030668, 0.23076534494715845, 0.5, 0.7692346550528415, 0.953089922969332}
	gaussWeights = [5]float64{0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454}
)

// gauss returns ∫ e^{−(h−u)/τ} I(start+u) du over 0 ≤ u ≤ h.
func (r *Response) gauss(start, h float64) float64 {
	sum := 0.0
	for i, node := range gaussNodes {
		sum += gaussWeights[i] * math.Exp((node-1)*h/r.tau) * r.stimulus.At(start+node*h)
	}
	return h * sum
}

// Checkpoint shows the coder the piece that is reached.
func (r *Response) Checkpoint(c *checkpoint.Coder) {
	c.Number(&r.start)
	c.Number(&r.end)
	c.Numbers(r.cubic[:])
	c.Number(&r.value)
	c.Number(&r.length)
}
