package pieces

import (
	"math"
	"sort"

	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
)

// A Response follows the response g of a membrane to a stimulus, g′ = −g/τ + I from g(0) = 0, as
// time goes on. Where bnn.Response goes over all that was, this costs the same at any time: g is
// kept as a polynomial of degree 5 on a piece of time, which takes its values and slopes at the
// ends and in the middle, and the piece is so short that it is right to 1e-12 of τ times the
// greatest value of the stimulus.
type Response struct {
	stimulus  bnn.Stimulus
	tau       float64
	jumps     []float64
	tolerance float64

	start, end float64
	curve      [6]float64 // of the time since start, over the length of the piece
	value      float64    // g(end)
	length     float64    // to try next
}

// NewResponse begins at time 0.
func NewResponse(stimulus bnn.Stimulus, tau float64) *Response {
	least, greatest := stimulus.Range()
	return &Response{stimulus: stimulus, tau: tau, jumps: stimulus.Jumps(), length: tau / 64,
		tolerance: math.Max(1e-12*tau*math.Max(math.Abs(least), math.Abs(greatest)), math.SmallestNonzeroFloat64*0x1p50)}
}

// At returns g(t). The times it is asked for do not fall below the start of the piece that
// holds the last of them.
func (r *Response) At(t float64) float64 {
	r.reach(t)
	c := &r.curve
	x := (t - r.start) / (r.end - r.start)
	return c[0] + x*(c[1]+x*(c[2]+x*(c[3]+x*(c[4]+x*c[5]))))
}

// Cubic returns the Taylor coefficients of g about t, of order 0 to 3, and until when those that it
// leaves out are within the error of g.
func (r *Response) Cubic(t float64) (cubic [4]float64, end float64) {
	r.reach(t)
	c, h := r.curve, r.end-r.start
	x := (t - r.start) / h
	for k := range c { // Horner's scheme, again and again, moves the origin to x.
		for i := len(c) - 2; i >= k; i-- {
			c[i] += x * c[i+1]
		}
	}
	cubic = [4]float64{c[0], c[1] / h, c[2] / (h * h), c[3] / (h * h * h)}
	left := math.Abs(c[4]) + math.Abs(c[5])
	if left <= r.tolerance {
		return cubic, r.end
	}
	return cubic, math.Min(r.end, t+h*math.Sqrt(math.Sqrt(r.tolerance/left)))
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
		quarter := r.on(from, start, h/4)
		half := r.on(quarter, start+h/4, h/4)
		to := r.on(half, start+h/2, h/2)
		slope := func(at, value float64) float64 { return h * (r.stimulus.At(at) - value/r.tau) }
		left := slope(start, from)
		rise, change := to-from-left, slope(math.Nextafter(end, 0), to)-left
		middle, bend := 4*(half-from-left/2), slope(start+h/2, half)-left
		curve := [6]float64{from, left, 7*rise - change + 4*middle - 8*bend, -34*rise + 5*change - 8*middle + 32*bend,
			52*rise - 8*change + 4*middle - 40*bend, -24*rise + 4*change + 16*bend}
		// Near a quarter the polynomial is off the most.
		at := from + (left+(curve[2]+(curve[3]+(curve[4]+curve[5]/4)/4)/4)/4)/4
		miss := math.Abs(at - quarter)
		if miss <= r.tolerance || h <= least {
			r.start, r.end, r.value, r.curve = start, end, to, curve
			r.length = h * math.Min(2, 0.9*math.Pow(r.tolerance/math.Max(miss, r.tolerance/1e3), 1./6))
			return
		}
		h = math.Max(least, h*math.Max(0.1, 0.9*math.Pow(r.tolerance/miss, 1./6)))
	}
}

// on returns g a time h after it had a value.
func (r *Response) on(value, start, h float64) float64 {
	return value*math.Exp(-h/r.tau) + r.gauss(start, h)
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
	c.Numbers(r.curve[:])
	c.Number(&r.value)
	c.Number(&r.length)
}
