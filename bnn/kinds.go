package bnn

import "strings"

// A parametricKind describes one kind of rate or stimulus: the name and the keys
// it has in network files, the numbers each key may hold, and the way to and from
// the Go value. Reading, writing and checking all follow these tables. A Sum, whose
// parts are stimuli, is not among them.
type parametricKind[T any] struct {
	name       string
	parameters []parameter
	// build takes the numbers of each parameter, one unless it is a list.
	build  func(values [][]float64) T
	values func(T) (values [][]float64, is bool)
	// check holds parameters to rules between them; nil where there are none.
	check func(path string, value T) error
}

type parameter struct {
	key  string
	rule NumberRule
	list bool
}

// plainKind is a kind whose parameters are numbers.
func plainKind[T any](name string, parameters []parameter, build func(v []float64) T, values func(T) ([]float64, bool)) parametricKind[T] {
	return parametricKind[T]{name: name, parameters: parameters,
		build: func(lists [][]float64) T {
			v := make([]float64, len(lists))
			for i, list := range lists {
				v[i] = list[0]
			}
			return build(v)
		},
		values: func(value T) (lists [][]float64, is bool) {
			v, is := values(value)
			for i := range v {
				lists = append(lists, v[i:i+1:i+1])
			}
			return lists, is
		}}
}

func number(key string, rule NumberRule) parameter { return parameter{key: key, rule: rule} }

func numberList(key string, rule NumberRule) parameter { return parameter{key, rule, true} }

var sigmoidParameters = []parameter{
	number("max", PositiveNumber), number("slope", NonNegativeNumber), number("threshold", AnyNumber),
}

var rateKinds = []parametricKind[Rate]{
	plainKind("logistic", sigmoidParameters,
		func(v []float64) Rate { return Logistic{Max: v[0], Slope: v[1], Threshold: v[2]} },
		func(rate Rate) ([]float64, bool) {
			r, is := rate.(Logistic)
			return []float64{r.Max, r.Slope, r.Threshold}, is
		}),
	plainKind("probit", sigmoidParameters,
		func(v []float64) Rate { return Probit{Max: v[0], Slope: v[1], Threshold: v[2]} },
		func(rate Rate) ([]float64, bool) {
			r, is := rate.(Probit)
			return []float64{r.Max, r.Slope, r.Threshold}, is
		}),
	plainKind("constant", []parameter{number("value", NonNegativeNumber)},
		func(v []float64) Rate { return ConstantRate{Value: v[0]} },
		func(rate Rate) ([]float64, bool) {
			r, is := rate.(ConstantRate)
			return []float64{r.Value}, is
		}),
	plainKind("power", []parameter{
		number("max", PositiveNumber), number("gain", PositiveNumber), number("exponent", atLeastOne), number("threshold", AnyNumber),
	},
		func(v []float64) Rate { return PowerRate{Max: v[0], Gain: v[1], Exponent: v[2], Threshold: v[3]} },
		func(rate Rate) ([]float64, bool) {
			r, is := rate.(PowerRate)
			return []float64{r.Max, r.Gain, r.Exponent, r.Threshold}, is
		}),
	{
		"table", []parameter{numberList("v", AnyNumber), numberList("rate", NonNegativeNumber)},
		func(v [][]float64) Rate { return tableOf(v[0], v[1]) },
		func(rate Rate) ([][]float64, bool) {
			r, is := rate.(TableRate)
			if !is || r.rateTable == nil {
				return [][]float64{nil, nil}, is
			}
			return [][]float64{r.v, r.rate}, is
		},
		checkTable,
	},
}

// atLeastOne is the rule of exponents: below 1 the slope at the threshold is infinite.
var atLeastOne = NumberRule{"a finite number ≥ 1", func(x float64) bool { return x >= 1 }}

var stimulusKinds = []parametricKind[Stimulus]{
	plainKind("constant", []parameter{number("value", AnyNumber)},
		func(v []float64) Stimulus { return ConstantStimulus{Value: v[0]} },
		func(stimulus Stimulus) ([]float64, bool) {
			s, is := stimulus.(ConstantStimulus)
			return []float64{s.Value}, is
		}),
	plainKind("pulse", []parameter{
		number("baseline", AnyNumber), number("amplitude", AnyNumber), number("start", AnyNumber), number("duration", NonNegativeNumber),
	},
		func(v []float64) Stimulus {
			return Pulse{Baseline: v[0], Amplitude: v[1], Start: v[2], Duration: v[3]}
		},
		func(stimulus Stimulus) ([]float64, bool) {
			s, is := stimulus.(Pulse)
			return []float64{s.Baseline, s.Amplitude, s.Start, s.Duration}, is
		}),
	plainKind("sine", []parameter{
		number("baseline", AnyNumber), number("amplitude", AnyNumber), number("period", PositiveNumber), number("phase", AnyNumber),
	},
		func(v []float64) Stimulus {
			return Sine{Baseline: v[0], Amplitude: v[1], Period: v[2], Phase: v[3]}
		},
		func(stimulus Stimulus) ([]float64, bool) {
			s, is := stimulus.(Sine)
			return []float64{s.Baseline, s.Amplitude, s.Period, s.Phase}, is
		}),
	{
		"steps", []parameter{numberList("times", AnyNumber), numberList("values", AnyNumber)},
		func(v [][]float64) Stimulus { return Steps{Times: v[0], Values: v[1]} },
		func(stimulus Stimulus) ([][]float64, bool) {
			s, is := stimulus.(Steps)
			return [][]float64{s.Times, s.Values}, is
		},
		checkSteps,
	},
	{
		"samples", []parameter{number("start", AnyNumber), number("step", PositiveNumber), numberList("values", AnyNumber)},
		func(v [][]float64) Stimulus { return Samples{Start: v[0][0], Step: v[1][0], Values: v[2]} },
		func(stimulus Stimulus) ([][]float64, bool) {
			s, is := stimulus.(Samples)
			return [][]float64{{s.Start}, {s.Step}, s.Values}, is
		},
		checkSamples,
	},
	plainKind("ramp", []parameter{
		number("from", AnyNumber), number("to", AnyNumber), number("start", AnyNumber), number("duration", NonNegativeNumber),
	},
		func(v []float64) Stimulus { return Ramp{From: v[0], To: v[1], Start: v[2], Duration: v[3]} },
		func(stimulus Stimulus) ([]float64, bool) {
			s, is := stimulus.(Ramp)
			return []float64{s.From, s.To, s.Start, s.Duration}, is
		}),
}

// parametersOf finds the kind of a rate or stimulus and the values of its parameters.
func parametersOf[T any](value T, kinds []parametricKind[T]) (kind parametricKind[T], values [][]float64, found bool) {
	for _, kind := range kinds {
		if values, is := kind.values(value); is {
			return kind, values, true
		}
	}
	return kind, nil, false
}

// missing is the Value of an InputError about a key that is not there.
const missing = "a missing value"

func kindNames[T any](kinds []parametricKind[T], more ...string) string {
	var names []string
	for _, kind := range kinds {
		names = append(names, kind.name)
	}
	return "one of the kinds " + strings.Join(append(names, more...), ", ")
}

// kindTree is a rate or stimulus of one of the kinds as a JSON tree; found is false for one
// of none.
func kindTree[T any](value T, kinds []parametricKind[T]) (tree jsonObject, found bool) {
	kind, values, found := parametersOf(value, kinds)
	tree = jsonObject{{"kind", kind.name}}
	for i, parameter := range kind.parameters {
		if parameter.list {
			tree = append(tree, jsonMember{parameter.key, numbersTree(values[i])})
		} else {
			tree = append(tree, jsonMember{parameter.key, values[i][0]})
		}
	}
	return tree, found
}

// kindKey is that tree as text.
func kindKey[T any](value T, kinds []parametricKind[T]) string {
	tree, _ := kindTree(value, kinds)
	return compactJSON(tree)
}
