package flags

import (
	"context"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/internal/table"
	"balanced/internal/table/results"

	"github.com/spf13/cobra"
)

// Fluctuations are what bnn spectrum is asked for: a size, frequencies or lags, and units.
type Fluctuations struct {
	n           int
	omega, lags List
	physical    Physical
}

// Add gives the choices to a command.
func (f *Fluctuations) Add(command *cobra.Command) {
	set := command.Flags()
	AddSize(command, &f.n)
	set.Var(&f.omega, "omega", "angular frequencies per synaptic time constant: numbers or FROM:TO:COUNT, with commas between them")
	set.Var(&f.lags, "lags", "lags in synaptic time constants, likewise")
	f.physical.Add(command)
	command.MarkFlagsOneRequired("omega", "lags")
	command.MarkFlagsMutuallyExclusive("omega", "lags")
}

// N is the size, 0 for the limit.
func (f *Fluctuations) N() int { return f.n }

// Of computes the table, and what draws it, in the units that were chosen.
func (f *Fluctuations) Of(ctx context.Context, network *bnn.Network) (*table.Table, func() (*figure.Figure, error), error) {
	if err := f.physical.Check(network); err != nil {
		return nil, nil, err
	}
	t, drawn, err := f.of(ctx, network)
	if err != nil {
		return nil, nil, err
	}
	if f.physical {
		results.FluctuationsToUnit(t, network.Unit)
	}
	return t, f.physical.Figure(network, drawn), nil
}

func (f *Fluctuations) of(ctx context.Context, network *bnn.Network) (*table.Table, func() (*figure.Figure, error), error) {
	if len(f.omega.Values) > 0 {
		spectrum, err := f.spectrum(ctx, network)
		if err != nil {
			return nil, nil, err
		}
		return results.Spectrum(spectrum), func() (*figure.Figure, error) { return figure.Spectrum(spectrum) }, nil
	}
	covariances, err := f.covariances(ctx, network)
	if err != nil {
		return nil, nil, err
	}
	return results.Covariances(covariances), func() (*figure.Figure, error) { return figure.Covariances(covariances) }, nil
}

func (f *Fluctuations) spectrum(ctx context.Context, network *bnn.Network) (*theory.CrossSpectrum, error) {
	if f.n == 0 {
		return theory.SpectrumLimit(ctx, network, f.omega.Values)
	}
	return theory.Spectrum(ctx, network, f.n, f.omega.Values)
}

func (f *Fluctuations) covariances(ctx context.Context, network *bnn.Network) (*theory.Covariances, error) {
	if f.n == 0 {
		return theory.LaggedCovariancesLimit(ctx, network, f.lags.Values)
	}
	return theory.LaggedCovariances(ctx, network, f.n, f.lags.Values)
}
