package response

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A Harmonic is the part of a series that goes with a period: Level + Sine sin ωt + Cosine cos ωt, with
// ω = 2π/period.
type Harmonic struct{ Level, Sine, Cosine float64 }

// Lag is the tangent of the phase by which the series lags behind sin ωt.
func (h Harmonic) Lag() float64 { return -h.Cosine / h.Sine }

// HarmonicOf finds the part of a series that goes with a period, by averages over the whole periods that end with the series: the
// least-squares fit. Times are evenly spaced with 3 or more in a period, and a whole number of them; the series covers a period.
// What breaks this is a *bnn.InputError.
func HarmonicOf(times, series []float64, period float64) (Harmonic, error) {
	if len(times) < 2 || len(series) != len(times) {
		return Harmonic{}, &bnn.InputError{Path: "times, series", Value: fmt.Sprintf("%d and %d values", len(times), len(series)), Allowed: "as many of both, 2 or more"}
	}
	step := (times[len(times)-1] - times[0]) / float64(len(times)-1)
	for i, t := range times {
		if !(math.Abs(t-times[0]-float64(i)*step) <= 1e-9*math.Max(1, math.Abs(t))) || !(step > 0) {
			return Harmonic{}, &bnn.InputError{Path: fmt.Sprintf("times[%d]", i), Value: fmt.Sprint(t), Allowed: "evenly spaced times that increase"}
		}
	}
	each := math.Round(period / step)
	if !(each >= 3) || math.Abs(each*step-period) > 1e-9*period || float64(len(times)) < each {
		return Harmonic{}, &bnn.InputError{Path: "period", Value: fmt.Sprint(period), Allowed: fmt.Sprintf("3 steps of %g or more, a whole number of them, and no longer than the series", step)}
	}
	count := int(each) * (len(times) / int(each))
	var h Harmonic
	for i := len(times) - count; i < len(times); i++ {
		sine, cosine := math.Sincos(2 * math.Pi * times[i] / period)
		h.Level += series[i] / float64(count)
		h.Sine += 2 * series[i] * sine / float64(count)
		h.Cosine += 2 * series[i] * cosine / float64(count)
	}
	return h, nil
}

// LagConstants returns C_a, one a population: as n grows the rate of population a lags behind a drive ∝ sin ωt by
// a phase of tangent C_a/√n, since F = −B⁻¹b + n^{-1/2} B⁻¹ψ + O(1/n). The network has weights of full rank and starts on its periodic orbit
// (OnOrbit). The lag is that of the harmonic of the period alone. A singular B is a *bnn.InputError; other errors are those of
// theory.Limit.
func LagConstants(ctx context.Context, network *bnn.Network, period float64) ([]float64, error) {
	p := len(network.Populations)
	if rank, err := theory.Rank(network); err != nil || rank < p {
		if err != nil {
			return nil, err
		}
		return nil, &bnn.InputError{Path: "weights", Value: fmt.Sprint("rank ", rank), Allowed: fmt.Sprintf("full rank, %d: the drive alone then decides all rates", p)}
	}
	const steps = 200
	times := make([]float64, steps+1)
	for i := range times {
		times[i] = float64(i) * period / steps
	}
	limit, err := theory.Limit(ctx, network, times)
	if err != nil {
		return nil, err
	}
	weights, quadrature := mat.NewDense(p, p, nil), mat.NewVecDense(p, nil)
	rates := make([]Harmonic, p)
	for a, population := range network.Populations {
		for b, weight := range network.Weights[a] {
			weights.Set(a, b, network.Populations[b].Size*weight)
		}
		input, err := harmonicOf(limit.Input, a, times, period)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", population.Name, err)
		}
		quadrature.SetVec(a, input.Cosine)
		if rates[a], err = harmonicOf(limit.Rate, a, times, period); err != nil {
			return nil, fmt.Errorf("%s: %w", population.Name, err)
		}
	}
	if err := quadrature.SolveVec(weights, quadrature); err != nil {
		return nil, fmt.Errorf("the weights cannot be inverted: %w", err)
	}
	constants := make([]float64, p)
	for a := range constants {
		constants[a] = -quadrature.AtVec(a) / rates[a].Sine
	}
	return constants, nil
}

// harmonicOf is HarmonicOf for a column of a table.
func harmonicOf(table [][]float64, column int, times []float64, period float64) (Harmonic, error) {
	series := make([]float64, len(table))
	for i, row := range table {
		series[i] = row[column]
	}
	return HarmonicOf(times, series, period)
}
