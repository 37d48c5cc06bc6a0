package model

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"time"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// A SimulateQuestion asks for one simulated network, as a message of kind "simulate".
type SimulateQuestion struct {
	Network bnn.Network `json:"network"`
	N       int         `json:"n"` // the size, 1 to 20,000
	Seed    uint64      `json:"seed"`
	To      float64     `json:"to"`
	Every   float64     `json:"every"`
}

// A Batch are some of the rows of a simulation, in order.
type Batch struct {
	Rows []Row `json:"rows"`
	// Sample holds the potentials of the first neurons of each population, at most 2000,
	// at the last of the rows. It belongs to the simulation, which goes on changing it.
	Sample [][]float64 `json:"-"`
}

// A Row holds the empirical moments of each population at one time, those of
// simulate.MomentRecorder.
type Row struct {
	Time     float64   `json:"t"`
	Mean     []float64 `json:"mean"`
	Variance []float64 `json:"variance"`
	Rate     []float64 `json:"rate"`
}

// A SimulateAnswer tells how a simulation ended.
type SimulateAnswer struct {
	Method  string   `json:"method,omitempty"` // "exact" or "leap"
	Stopped bool     `json:"stopped"`          // by the context
	Problem *Problem `json:"problem"`
}

const (
	mostNeurons      = 20_000
	mostExactNeurons = 1000
	sampleSize       = 2000
)

// Simulate answers the JSON text of a SimulateQuestion by that of a SimulateAnswer, after
// having shown all rows in batches: the first row at once, then what has come together
// once the given time has passed, and what is left at the end. The context ends it.
func Simulate(ctx context.Context, question []byte, interval time.Duration, show func(Batch)) []byte {
	return respond(question, func(q SimulateQuestion) (*SimulateAnswer, error) { return q.Answer(ctx, interval, show) })
}

// Answer simulates the network and shows its rows, as Simulate does. They are those of the
// first replica of a simulate.Ensemble. The error is a *bnn.InputError, a *theory.NotBalancedError
// or *theory.BalanceLostError where the start cannot be projected, or tells that potentials are no longer finite.
func (q SimulateQuestion) Answer(ctx context.Context, interval time.Duration, show func(Batch)) (*SimulateAnswer, error) {
	times, err := rowTimes(q.To, q.Every)
	if err != nil {
		return nil, err
	}
	if q.N < 1 || q.N > mostNeurons {
		return nil, &bnn.InputError{Path: "n", Value: fmt.Sprint(q.N), Allowed: fmt.Sprintf("a whole number from 1 to %d", mostNeurons)}
	}
	answer := &SimulateAnswer{}
	var method simulate.Method
	answer.Method, method = methodFor(&q.Network, q.N)
	ensemble := simulate.Ensemble{Network: &q.Network, N: q.N, Replicas: 1, Seed: q.Seed, Workers: 1, Method: method}
	recorder := &batchRecorder{interval: interval, show: show}
	err = ensemble.Replica(ctx, 0, times, recorder)
	switch {
	case err != nil && ctx.Err() != nil:
		answer.Stopped = true
		return answer, nil
	case err != nil:
		return nil, err
	}
	return answer, recorder.err
}

// methodFor is the exact method while it is quick enough to watch. The step of the leap is
// a fixed part of the shortest time constant, because choosing one takes longer than the
// first rows may: it is the shortest of those that simulate.Leap chooses for the networks
// of the project, to keep means and variances within 1e-3.
func methodFor(network *bnn.Network, n int) (string, simulate.Method) {
	if n <= mostExactNeurons {
		return "exact", simulate.Exact{}
	}
	shortest := math.Inf(1)
	for _, population := range network.Populations {
		shortest = math.Min(shortest, population.Tau)
	}
	return "leap", simulate.Leap{Step: shortest / 128}
}

// A batchRecorder shows the rows of a simulate.MomentRecorder while a simulation runs.
type batchRecorder struct {
	simulate.MomentRecorder
	interval time.Duration
	show     func(Batch)
	rows     []Row
	shown    time.Time // when the last batch was
	err      error     // after which no row is shown
}

// Record implements simulate.Recorder. The clock decides about batches only, not about rows.
func (r *batchRecorder) Record(row int, state *simulate.State) {
	r.MomentRecorder.Record(row, state)
	for a := range r.Populations {
		if !isFinite(r.Mean[row][a]) || !isFinite(r.Variance[row][a]) { // rates are bounded
			r.err = cmp.Or(r.err, fmt.Errorf("at time %g the potentials of %s are too large for numbers", state.Time, r.Populations[a]))
		}
	}
	if r.err != nil {
		return
	}
	r.rows = append(r.rows, Row{state.Time, r.Mean[row], r.Variance[row], r.Rate[row]})
	if now := time.Now(); now.Sub(r.shown) >= r.interval || row == len(r.Times)-1 {
		batch := Batch{Rows: r.rows}
		for _, potentials := range state.Potentials {
			batch.Sample = append(batch.Sample, potentials[:min(len(potentials), sampleSize)])
		}
		r.show(batch)
		r.rows, r.shown = nil, now
	}
}
