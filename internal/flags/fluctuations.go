package flags

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/internal/table"
	"balanced/internal/table/results"

	"github.com/spf13/cobra"
)

// Fluctuations are what bnn spectrum is asked for: a size, and frequencies or lags.
type Fluctuations struct {
	n           sizeValue
	omega, lags listValue
}

// Add gives the choices to a command.
func (f *Fluctuations) Add(command *cobra.Command) {
	set := command.Flags()
	set.Var(&f.n, "n", "size of the network, or inf for the limit (required)")
	set.Var(&f.omega, "omega", "angular frequencies per synaptic time constant: numbers with commas between them, or FROM:TO:COUNT")
	set.Var(&f.lags, "lags", "lags in synaptic time constants, likewise")
	Require(command, "n")
	command.MarkFlagsOneRequired("omega", "lags")
	command.MarkFlagsMutuallyExclusive("omega", "lags")
}

// N is the size, 0 for the limit.
func (f *Fluctuations) N() int { return f.n.n }

// Of computes the table, and what draws it.
func (f *Fluctuations) Of(ctx context.Context, network *bnn.Network) (*table.Table, func() (*figure.Figure, error), error) {
	if len(f.omega) > 0 {
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
	if f.n.n == 0 {
		return theory.SpectrumLimit(ctx, network, f.omega)
	}
	return theory.Spectrum(ctx, network, f.n.n, f.omega)
}

func (f *Fluctuations) covariances(ctx context.Context, network *bnn.Network) (*theory.Covariances, error) {
	if f.n.n == 0 {
		return theory.LaggedCovariancesLimit(ctx, network, f.lags)
	}
	return theory.LaggedCovariances(ctx, network, f.n.n, f.lags)
}

// A sizeValue is a size, or the limit, for which n is 0.
type sizeValue struct{ n int }

func (v *sizeValue) String() string {
	if v.n == 0 {
		return "inf"
	}
	return strconv.Itoa(v.n)
}

func (v *sizeValue) Type() string { return "int|inf" }

func (v *sizeValue) allowed() string { return "a whole number ≥ 1, such as 1000 or 1e3, or inf" }

func (v *sizeValue) Set(text string) error {
	if text == "inf" {
		v.n = 0
		return nil
	}
	if Count(&v.n, 1).Set(text) != nil {
		return errors.New(v.allowed())
	}
	return nil
}

// A listValue is a list of numbers, or FROM:TO:COUNT for evenly spaced ones.
type listValue []float64

// mostInList is more than anybody looks at.
const mostInList = 1_000_000

func (v *listValue) String() string {
	texts := make([]string, len(*v))
	for i, x := range *v {
		texts[i] = strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strings.Join(texts, ",")
}

func (v *listValue) Type() string { return "list" }

func (v *listValue) allowed() string {
	return fmt.Sprintf("finite numbers with commas between them, such as 0.1,1,10, or FROM:TO:COUNT with a COUNT from 2 to %d", mostInList)
}

func (v *listValue) Set(text string) error {
	malformed := errors.New(v.allowed())
	*v = nil
	if parts := strings.Split(text, ":"); len(parts) == 3 {
		var from, to float64
		var count int
		if AnyNumber(&from).Set(parts[0]) != nil || AnyNumber(&to).Set(parts[1]) != nil || Count(&count, 2).Set(parts[2]) != nil || count > mostInList || math.IsInf(to-from, 0) {
			return malformed
		}
		for i := range count {
			*v = append(*v, from+(to-from)*float64(i)/float64(count-1))
		}
		return nil
	}
	for _, part := range strings.Split(text, ",") {
		var x float64
		if AnyNumber(&x).Set(strings.TrimSpace(part)) != nil || len(*v) == mostInList {
			return malformed
		}
		*v = append(*v, x)
	}
	return nil
}
