package theory

import (
	"context"
	"errors"

	"balanced/bnn"
	"balanced/bnn/internal/noise"
)

// Covariances hold, by lag, P rows of P columns of n Cov(x_a(t+lag), x_b(t)).
type Covariances struct {
	Populations []string
	Lags        []float64     // in synaptic time constants, of any sign
	Mean        [][][]float64 // of the mean potentials of the populations
	Rate        [][][]float64 // of the population rates
}

// LaggedCovariances returns the covariances of the fluctuations over time, of a network of size n in
// the state of Spectrum, whose inverse transform they are: here by the exponential of the matrix of
// the same linear equations, with 64 Hermite modes a population one by one and one mode for all
// higher orders, which keeps their variance and their integral (theory.md §15).
//
// Errors are those of Spectrum. Besides its cost there is an exponential of a matrix of some 70 P
// rows a lag, and a linear system of 4P² unknowns once: one lag takes 0.03 s for two populations
// and 0.3 s for eight, with other work on the machine.
func LaggedCovariances(ctx context.Context, network *bnn.Network, n int, lags []float64) (*Covariances, error) {
	if _, err := network.AtSize(n); err != nil {
		return nil, err
	}
	return lagged(ctx, network, n, lags)
}

// LaggedCovariancesLimit returns what n times the covariances come to as n grows. Shared sources
// are an *InputError: what all neurons hear at once is cancelled in a time that vanishes, so that
// these covariances are infinite at lag 0. Other errors are those of SpectrumLimit.
func LaggedCovariancesLimit(ctx context.Context, network *bnn.Network, lags []float64) (*Covariances, error) {
	return lagged(ctx, network, 0, lags)
}

func lagged(ctx context.Context, network *bnn.Network, n int, lags []float64) (*Covariances, error) {
	if err := checkList("lags", lags); err != nil {
		return nil, err
	}
	system, err := systemAt(ctx, network, n)
	if err != nil {
		return nil, err
	}
	means, rates := system.Means(), system.Rates()
	result := &Covariances{Populations: network.PopulationNames(), Lags: lags}
	for _, lag := range lags {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		result.Mean = append(result.Mean, system.Lagged(means, means, lag))
		result.Rate = append(result.Rate, system.Lagged(rates, rates, lag))
	}
	return result, nil
}

// systemAt is the theory over time at a state.
func systemAt(ctx context.Context, network *bnn.Network, n int) (*noise.System, error) {
	state, err := fluctuationsAt(ctx, network, n)
	if err != nil {
		return nil, err
	}
	system, err := state.NewSystem()
	if errors.Is(err, noise.ErrShared) {
		for x, source := range network.Feedforward {
			if source.Shared {
				return nil, &bnn.InputError{Path: bnn.IndexPath("feedforward", x) + ".shared", Value: "true", Allowed: "false for covariances over time in the limit, which are infinite at lag 0"}
			}
		}
	}
	if err != nil {
		return nil, &UnstableError{err.Error()}
	}
	return system, nil
}

// CountCovariances are covariances of numbers of spikes in a window, P rows of P columns.
type CountCovariances struct {
	Populations []string
	Window      float64
	// Pairs are of two different neurons, one of each population, with one train each.
	Pairs [][]float64
	// Averages are of the mean numbers of spikes of a neuron of each population, without the
	// part of the Poisson noise of the trains, F T/N on the diagonal.
	Averages [][]float64
}

// CountCovariance returns the covariances of spike counts in a window > 0, of a network of size n in
// the state of Spectrum (theory.md §15, "Counts"):
//
//	Cov(N_i, N_j) = n⁻¹ ∫∫ [n C_ab(s−s′) − δ_ab C_own(s−s′)] ds ds′   over the window,
//
// where C are the lagged covariances of the rates and C_own = (1/q) Σ_k a_k² e^{−k|s|/τ} is what one
// neuron shares with itself. The second term is the sampling noise of the population, which two
// different neurons of it do not have; it makes them anticorrelated where no source is shared.
// Errors and cost are those of LaggedCovariances.
func CountCovariance(ctx context.Context, network *bnn.Network, n int, window float64) (*CountCovariances, error) {
	if _, err := network.AtSize(n); err != nil {
		return nil, err
	}
	if err := bnn.PositiveNumber.Check("window", window); err != nil {
		return nil, err
	}
	system, err := systemAt(ctx, network, n)
	if err != nil {
		return nil, err
	}
	averages, pairs := system.Counts(window)
	for _, table := range [][][]float64{averages, pairs} {
		for _, row := range table {
			for b := range row {
				row[b] /= float64(n)
			}
		}
	}
	return &CountCovariances{Populations: network.PopulationNames(), Window: window, Pairs: pairs, Averages: averages}, nil
}
