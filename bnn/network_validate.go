package bnn

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"balanced/bnn/internal/numbers"
)

// Validate returns nil for a network that can be simulated, and otherwise an
// *InputError for the first key that breaks a rule. A network from a file has
// passed it. It costs a pass over the weights.
func (network *Network) Validate() error {
	checks := []func() error{
		func() error { return checkText("name", network.Name, true) },
		func() error { return checkText("note", network.Note, false) },
		network.checkPopulations,
		network.checkWeights,
		network.checkFeedforward,
		network.checkInitial,
	}
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// checkText refuses text that JSON cannot hold, and blank text where it is required.
func checkText(path, text string, required bool) error {
	if !utf8.ValidString(text) {
		return &InputError{path, quoteShort(text), "valid UTF-8 text"}
	}
	if required && strings.TrimSpace(text) == "" {
		return &InputError{path, quoteShort(text), "a text that is not blank"}
	}
	return nil
}

func checkPopulationCount(count int) error {
	if count < 1 || count > MaxPopulations {
		return &InputError{"populations", fmt.Sprintf("a list of %d", count),
			fmt.Sprintf("a list of 1 to %d populations", MaxPopulations)}
	}
	return nil
}

func (network *Network) checkPopulations() error {
	if err := checkPopulationCount(len(network.Populations)); err != nil {
		return err
	}
	owners := make(map[string]string)
	for a, population := range network.Populations {
		path := IndexPath("populations", a)
		if !isPlainName(population.Name) {
			return &InputError{path + ".name", quoteShort(population.Name),
				"one or more ASCII letters, digits, '-' and '_'"}
		}
		if err := checkUnique(path+".name", population.Name, owners); err != nil {
			return err
		}
		if err := PositiveNumber.Check(path+".tau", population.Tau); err != nil {
			return err
		}
		if err := PositiveNumber.Check(path+".size", population.Size); err != nil {
			return err
		}
		if err := NonNegativeNumber.Check(path+".noise", population.Noise); err != nil {
			return err
		}
		if err := checkKind(path+".rate", population.Rate, rateKinds); err != nil {
			return err
		}
		if err := checkStimulus(path+".stimulus", population.External(), math.Inf(-1)); err != nil {
			return err
		}
	}
	return nil
}

func checkUnique(path, name string, owners map[string]string) error {
	if owner, taken := owners[name]; taken {
		return &InputError{path, quoteShort(name), "unlike " + owner}
	}
	owners[name] = path
	return nil
}

// checkStimulus checks a stimulus that never falls below lowest.
func checkStimulus(path string, stimulus Stimulus, lowest float64) error {
	if err := checkKind(path, stimulus, stimulusKinds); err != nil {
		return err
	}
	low, high := stimulus.Range()
	if numbers.Finite(low) && numbers.Finite(high) && low >= lowest {
		return nil
	}
	allowed := "such that the sum with the baseline is a finite number"
	if numbers.Finite(low) && numbers.Finite(high) {
		allowed = fmt.Sprintf("such that the rate is ≥ %v at all times (it falls to %v)", lowest, low)
	}
	// The value at rest comes first among the parameters of every kind, the
	// departure from it second.
	kind, values, _ := parametersOf(stimulus, stimulusKinds)
	culprit := 0
	if stimulus.Rest() >= lowest {
		culprit = 1
	}
	return &InputError{keyPath(path, kind.parameters[culprit].key), numbers.Text(values[culprit]), allowed}
}

func (network *Network) checkWeights() error {
	if len(network.Weights) != len(network.Populations) {
		return &InputError{"weights", fmt.Sprintf("a list of %d", len(network.Weights)),
			fmt.Sprintf("a list of %d rows, one a population", len(network.Populations))}
	}
	for a, row := range network.Weights {
		if err := AnyNumber.CheckAll(IndexPath("weights", a), row, len(network.Populations)); err != nil {
			return err
		}
	}
	for b := range network.Populations {
		if err := network.checkOneSign(b); err != nil {
			return err
		}
	}
	return nil
}

// checkOneSign holds a column of the weights to Dale's law.
func (network *Network) checkOneSign(column int) error {
	cell := func(row int) string {
		return IndexPath(IndexPath("weights", row), column)
	}
	first := -1
	for a, row := range network.Weights {
		weight := row[column]
		switch {
		case weight == 0:
		case first < 0:
			first = a
		case (weight > 0) != (network.Weights[first][column] > 0):
			return &InputError{cell(a), numbers.Text(weight),
				fmt.Sprintf("of the sign of %s, which is %s: one column has one sign (Dale's law)",
					cell(first), numbers.Text(network.Weights[first][column]))}
		}
	}
	return nil
}

func (network *Network) checkFeedforward() error {
	owners := make(map[string]string)
	for x, source := range network.Feedforward {
		path := IndexPath("feedforward", x)
		if err := checkText(path+".name", source.Name, true); err != nil {
			return err
		}
		if err := checkUnique(path+".name", source.Name, owners); err != nil {
			return err
		}
		if err := PositiveNumber.Check(path+".size", source.Size); err != nil {
			return err
		}
		if err := checkStimulus(path+".rate", source.Rate, 0); err != nil {
			return err
		}
		if err := AnyNumber.CheckAll(path+".weights", source.Weights, len(network.Populations)); err != nil {
			return err
		}
	}
	return nil
}

func (network *Network) checkInitial() error {
	if err := AnyNumber.CheckAll("initial.mean", network.Initial.Mean, len(network.Populations)); err != nil {
		return err
	}
	return NonNegativeNumber.CheckAll("initial.variance", network.Initial.Variance, len(network.Populations))
}
