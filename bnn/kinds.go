package bnn

import (
	"fmt"
	"strings"
)

// A parametricKind describes one kind of rate or stimulus: the name and the keys
// it has in network files, the numbers each key may hold, and the way to and from
// the Go value. Reading, writing and checking all follow these tables.
type parametricKind[T any] struct {
	name       string
	parameters []parameter
	build      func(values []float64) T
	values     func(T) (values []float64, is bool)
}

type parameter struct {
	key  string
	rule NumberRule
}

var sigmoidParameters = []parameter{
	{"max", PositiveNumber}, {"slope", NonNegativeNumber}, {"threshold", AnyNumber},
}

var rateKinds = []parametricKind[Rate]{
	{
		"logistic", sigmoidParameters,
		func(v []float64) Rate { return Logistic{Max: v[0], Slope: v[1], Threshold: v[2]} },
		func(rate Rate) ([]float64, bool) {
			r, is := rate.(Logistic)
			return []float64{r.Max, r.Slope, r.Threshold}, is
		},
	},
	{
		"probit", sigmoidParameters,
		func(v []float64) Rate { return Probit{Max: v[0], Slope: v[1], Threshold: v[2]} },
		func(rate Rate) ([]float64, bool) {
			r, is := rate.(Probit)
			return []float64{r.Max, r.Slope, r.Threshold}, is
		},
	},
	{
		"constant", []parameter{{"value", NonNegativeNumber}},
		func(v []float64) Rate { return ConstantRate{Value: v[0]} },
		func(rate Rate) ([]float64, bool) {
			r, is := rate.(ConstantRate)
			return []float64{r.Value}, is
		},
	},
}

var stimulusKinds = []parametricKind[Stimulus]{
	{
		"constant", []parameter{{"value", AnyNumber}},
		func(v []float64) Stimulus { return ConstantStimulus{Value: v[0]} },
		func(stimulus Stimulus) ([]float64, bool) {
			s, is := stimulus.(ConstantStimulus)
			return []float64{s.Value}, is
		},
	},
	{
		"pulse", []parameter{
			{"baseline", AnyNumber}, {"amplitude", AnyNumber}, {"start", AnyNumber}, {"duration", NonNegativeNumber},
		},
		func(v []float64) Stimulus {
			return Pulse{Baseline: v[0], Amplitude: v[1], Start: v[2], Duration: v[3]}
		},
		func(stimulus Stimulus) ([]float64, bool) {
			s, is := stimulus.(Pulse)
			return []float64{s.Baseline, s.Amplitude, s.Start, s.Duration}, is
		},
	},
	{
		"sine", []parameter{
			{"baseline", AnyNumber}, {"amplitude", AnyNumber}, {"period", PositiveNumber}, {"phase", AnyNumber},
		},
		func(v []float64) Stimulus {
			return Sine{Baseline: v[0], Amplitude: v[1], Period: v[2], Phase: v[3]}
		},
		func(stimulus Stimulus) ([]float64, bool) {
			s, is := stimulus.(Sine)
			return []float64{s.Baseline, s.Amplitude, s.Period, s.Phase}, is
		},
	},
}

// parametersOf finds the kind of a rate or stimulus and the values of its parameters.
func parametersOf[T any](value T, kinds []parametricKind[T]) (kind parametricKind[T], values []float64, found bool) {
	for _, kind := range kinds {
		if values, is := kind.values(value); is {
			return kind, values, true
		}
	}
	return kind, nil, false
}

// checkKind holds the parameters of a rate or stimulus to their rules.
func checkKind[T any](path string, value T, kinds []parametricKind[T]) error {
	kind, values, found := parametersOf(value, kinds)
	if !found {
		what := missing
		if any(value) != nil {
			what = fmt.Sprintf("a %T", value)
		}
		return &InputError{path, what, "by value " + kindNames(kinds)}
	}
	for i, parameter := range kind.parameters {
		if err := parameter.rule.Check(keyPath(path, parameter.key), values[i]); err != nil {
			return err
		}
	}
	return nil
}

// missing is the Value of an InputError about a key that is not there.
const missing = "a missing value"

func kindNames[T any](kinds []parametricKind[T]) string {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = kind.name
	}
	return "one of the kinds " + strings.Join(names, ", ")
}
