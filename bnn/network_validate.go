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
		network.checkUnit,
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
		if err := checkRate(path+".rate", population.Rate); err != nil {
			return err
		}
		if err := checkSpread(path+".spread", population); err != nil {
			return err
		}
		if err := checkStimulus(path+".stimulus", population.External(), math.Inf(-1)); err != nil {
			return err
		}
	}
	return nil
}

func checkSpread(path string, population Population) error {
	if err := NonNegativeNumber.Check(path, population.Spread); err != nil {
		return err
	}
	if _, constant := population.Rate.(ConstantRate); constant && population.Spread > 0 {
		return &InputError{path, numbers.Text(population.Spread), "0 with a constant rate, which has no threshold"}
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
	initial := network.Initial
	if err := AnyNumber.CheckAll("initial.mean", initial.Mean, len(network.Populations)); err != nil {
		return err
	}
	if initial.Components == nil {
		return NonNegativeNumber.CheckAll("initial.variance", initial.Variance, len(network.Populations))
	}
	if initial.Variance != nil {
		return &InputError{"initial.variance", fmt.Sprintf("a list of %d", len(initial.Variance)), "left out with initial.components, from which it follows"}
	}
	if len(initial.Components) != len(network.Populations) {
		return &InputError{"initial.components", fmt.Sprintf("a list of %d", len(initial.Components)),
			fmt.Sprintf("a list of %d lists, one a population", len(network.Populations))}
	}
	for a, components := range initial.Components {
		if err := checkComponents(IndexPath("initial.components", a), components); err != nil {
			return err
		}
	}
	return nil
}

// checkComponents holds a mixture to what makes it one, about its mean.
func checkComponents(path string, components []Component) error {
	if len(components) == 0 {
		return &InputError{path, "a list of 0", "a list of 1 or more components"}
	}
	weights, offsets := 0.0, 0.0
	for i, c := range components {
		at := IndexPath(path, i)
		if err := PositiveNumber.Check(at+".weight", c.Weight); err != nil {
			return err
		}
		if err := AnyNumber.Check(at+".offset", c.Offset); err != nil {
			return err
		}
		if err := NonNegativeNumber.Check(at+".variance", c.Variance); err != nil {
			return err
		}
		weights += c.Weight
		offsets += c.Weight * c.Offset
	}
	const rounding = 1e-9
	if !(math.Abs(weights-1) <= rounding) {
		return &InputError{path, "a sum of weights of " + numbers.Text(weights), "such that the weights add up to 1"}
	}
	if !(math.Abs(offsets) <= rounding) {
		return &InputError{path, "a weighted sum of offsets of " + numbers.Text(offsets), "such that the offsets, times their weights, add up to 0"}
	}
	return nil
}

// checkUnit refuses units that are none; 0 is one that is not said.
func (network *Network) checkUnit() error {
	if err := NonNegativeNumber.Check("unit.time_ms", network.Unit.TimeMS); err != nil {
		return err
	}
	return NonNegativeNumber.Check("unit.potential_mV", network.Unit.PotentialMV)
}
