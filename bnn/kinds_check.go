package bnn

import (
	"fmt"
	"math"
	"reflect"

	"balanced/bnn/internal/numbers"
)

// checkKind holds the parameters of a rate or stimulus to their rules; found is false for one
// that is of none of the kinds.
func checkKind[T any](path string, value T, kinds []parametricKind[T]) (found bool, err error) {
	kind, values, found := parametersOf(value, kinds)
	for i, parameter := range kind.parameters {
		at := keyPath(path, parameter.key)
		for j, number := range values[i] {
			if parameter.rule.accepts(number) {
				continue
			}
			if parameter.list {
				at = IndexPath(at, j)
			}
			return true, parameter.rule.Check(at, number)
		}
	}
	if kind.check != nil {
		return true, kind.check(path, value)
	}
	return found, nil
}

// checkByValue refuses a pointer to one of the kinds, which would not be known as it.
func checkByValue[T any](path string, value T, kinds []parametricKind[T]) error {
	v := reflect.ValueOf(value)
	if v.Kind() != reflect.Pointer {
		return nil
	}
	pointed, is := v.Elem().Interface().(T)
	if !is {
		return nil
	}
	if _, _, found := parametersOf(pointed, kinds); found {
		return &InputError{path, fmt.Sprintf("a %T", value), fmt.Sprintf("by value, a %T", pointed)}
	}
	return nil
}

// isMissing tells whether an interface holds nothing, or a nil pointer.
func isMissing(value any) bool {
	if value == nil {
		return true
	}
	return reflect.ValueOf(value).Kind() == reflect.Pointer && reflect.ValueOf(value).IsNil()
}

// checkRate refuses a rate that no population may have.
func checkRate(path string, rate Rate) error {
	if isMissing(rate) {
		return &InputError{path, missing, kindNames(rateKinds) + ", or a rate of your own"}
	}
	if found, err := checkKind(path, rate, rateKinds); found || err != nil {
		return err
	}
	if err := checkByValue(path, rate, rateKinds); err != nil {
		return err
	}
	return checkOwnRate(path, rate)
}

// checkOwnRate holds a rate that a caller brings to what it promises, at potentials of all
// sizes: a promise that is broken elsewhere is not found.
func checkOwnRate(path string, rate Rate) error {
	if err := checkText(path+".Key()", rate.Key(), true); err != nil {
		return err
	}
	bound := rate.Bound()
	if err := PositiveNumber.Check(path+".Bound()", bound); err != nil {
		return err
	}
	const many, reach = 256, 1e6
	for i := -many; i <= many; i++ {
		// Evenly over some units about 0, and then in ever greater steps.
		v := math.Sinh(math.Asinh(reach) * float64(i) / many)
		if value := rate.At(v); !(value >= 0 && value <= bound) {
			return &InputError{fmt.Sprintf("%s.At(%.6g)", path, v), numbers.Text(value),
				"from 0 to Bound(), which is " + numbers.Text(bound)}
		}
	}
	return nil
}

func checkTable(path string, rate Rate) error {
	table := rate.(TableRate)
	if table.rateTable == nil {
		return &InputError{path, "a TableRate without points", "made by NewTableRate"}
	}
	return below(path, table.err)
}

// below puts the path of an *InputError, or nil, under another one.
func below(path string, err error) error {
	if input, is := err.(*InputError); is {
		return &InputError{path + "." + input.Path, input.Value, input.Allowed}
	}
	return err
}

func checkSteps(path string, stimulus Stimulus) error {
	s := stimulus.(Steps)
	if len(s.Values) != len(s.Times)+1 {
		return &InputError{path + ".values", fmt.Sprintf("a list of %d", len(s.Values)),
			fmt.Sprintf("a list of %d numbers, one more than times", len(s.Times)+1)}
	}
	for i := 1; i < len(s.Times); i++ {
		if s.Times[i] <= s.Times[i-1] {
			return &InputError{IndexPath(path+".times", i), numbers.Text(s.Times[i]),
				"such that times increase: greater than " + numbers.Text(s.Times[i-1])}
		}
	}
	return nil
}

func checkSamples(path string, stimulus Stimulus) error {
	s := stimulus.(Samples)
	if len(s.Values) == 0 {
		return &InputError{path + ".values", "a list of 0", "a list of 1 or more numbers"}
	}
	last := s.time(len(s.Values) - 1)
	if !numbers.Finite(last) || len(s.Values) > 1 && !(s.Start+s.Step > s.Start && last > s.time(len(s.Values)-2)) {
		return &InputError{path + ".step", numbers.Text(s.Step), "such that the times of the values are finite numbers that increase"}
	}
	for i := 1; i < len(s.Values); i++ {
		if !numbers.Finite((s.Values[i] - s.Values[i-1]) / s.Step) {
			return &InputError{IndexPath(path+".values", i), numbers.Text(s.Values[i]), "such that the slope from the value before is a finite number"}
		}
	}
	return nil
}

// checkStimulus checks a stimulus that never falls below lowest.
func checkStimulus(path string, stimulus Stimulus, lowest float64) error {
	if err := checkStimulusKind(path, stimulus, 0); err != nil {
		return err
	}
	low, high := stimulus.Range()
	if numbers.Finite(low, high) && low >= lowest {
		return nil
	}
	allowed := "such that the sum with the baseline is a finite number"
	if numbers.Finite(low, high) {
		allowed = fmt.Sprintf("such that the rate is ≥ %v at all times (it falls to %v)", lowest, low)
	}
	path, value := culprit(path, stimulus, lowest)
	return &InputError{path, value, allowed}
}

// culprit is the number of a stimulus by which its range is not allowed.
func culprit(path string, stimulus Stimulus, lowest float64) (at, value string) {
	kind, values, found := parametersOf(stimulus, stimulusKinds)
	if !found {
		low, high := stimulus.Range()
		return path, fmt.Sprintf("a stimulus from %s to %s", numbers.Text(low), numbers.Text(high))
	}
	for i, parameter := range kind.parameters {
		for j, number := range values[i] {
			if parameter.list && parameter.key == "values" && number < lowest {
				return IndexPath(keyPath(path, parameter.key), j), numbers.Text(number)
			}
		}
	}
	// The first parameter of all other kinds is a value, the second a departure from it.
	i := 0
	if values[0][0] >= lowest {
		i = 1
	}
	return keyPath(path, kind.parameters[i].key), numbers.Text(values[i][0])
}

// checkStimulusKind checks the parameters of a stimulus inside of so many sums.
func checkStimulusKind(path string, stimulus Stimulus, depth int) error {
	names := kindNames(stimulusKinds, "sum")
	if isMissing(stimulus) {
		return &InputError{path, missing, names + ", or a stimulus of your own"}
	}
	if found, err := checkKind(path, stimulus, stimulusKinds); found || err != nil {
		return err
	}
	sum, is := stimulus.(Sum)
	if !is {
		if err := checkByValue(path, stimulus, stimulusKinds); err != nil {
			return err
		}
		return checkOwnStimulus(path, stimulus)
	}
	if depth == MaxSumDepth {
		return &InputError{path, fmt.Sprintf("a sum inside of %d sums", depth), fmt.Sprintf("nested at most %d deep", MaxSumDepth)}
	}
	if len(sum.Of) < 1 || len(sum.Of) > MaxSummands {
		return &InputError{path + ".of", fmt.Sprintf("a list of %d", len(sum.Of)), fmt.Sprintf("a list of 1 to %d stimuli", MaxSummands)}
	}
	for i, summand := range sum.Of {
		at := IndexPath(path+".of", i)
		if err := checkStimulusKind(at, summand, depth+1); err != nil {
			return err
		}
		if low, high := summand.Range(); !numbers.Finite(low, high) {
			return checkStimulus(at, summand, math.Inf(-1))
		}
	}
	return nil
}

// checkOwnStimulus holds a stimulus that a caller brings to what it promises, at times of all
// sizes: a promise that is broken elsewhere is not found.
func checkOwnStimulus(path string, stimulus Stimulus) error {
	if err := checkText(path+".Key()", stimulus.Key(), true); err != nil {
		return err
	}
	if err := AnyNumber.Check(path+".Rest()", stimulus.Rest()); err != nil {
		return err
	}
	jumps := stimulus.Jumps()
	for i, t := range jumps {
		if !(t > 0) || i > 0 && t <= jumps[i-1] {
			return &InputError{fmt.Sprintf("%s.Jumps()[%d]", path, i), numbers.Text(t), "a time > 0, later than the one before"}
		}
	}
	low, high := stimulus.Range()
	const many, reach = 256, 1e4
	for i := range many + 1 {
		t := math.Sinh(math.Asinh(reach) * float64(i) / many)
		if value := stimulus.At(t); !(value >= low && value <= high) {
			return &InputError{fmt.Sprintf("%s.At(%.6g)", path, t), numbers.Text(value),
				fmt.Sprintf("in Range(), from %s to %s", numbers.Text(low), numbers.Text(high))}
		}
	}
	return nil
}
