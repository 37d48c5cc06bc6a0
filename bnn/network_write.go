package bnn

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"balanced/internal/files"
)

// WriteNetwork writes a network to a JSON file from which ReadNetwork reads an
// equal one: numbers are exact, but −0 becomes 0 and a nil stimulus the constant
// 0. The file says everything, defaults too, on lines a person can edit (each row
// of a matrix on one line). A network that Validate refuses, or that takes more
// than 1 MiB, is not written.
func WriteNetwork(path string, network *Network) error {
	text, err := network.MarshalJSON()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := checkTextLength(len(text)); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := files.Replace(path, text); err != nil {
		return fmt.Errorf("writing a network: %w", err)
	}
	return nil
}

// MarshalJSON returns the text that WriteNetwork writes (which json.Marshal
// compacts), or the *InputError of Validate. A rate or stimulus of a type of your own has no
// place in files, and is an *InputError too: see Tabulate.
func (network Network) MarshalJSON() ([]byte, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if err := network.checkKinds(); err != nil {
		return nil, err
	}
	return network.Describe()
}

// Describe returns the same text, in which a rate or stimulus of a type of your own stands by its
// Key: for people to read, and to be kept beside results. It cannot be read back then.
func (network *Network) Describe() ([]byte, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	tree := jsonObject{{"name", network.Name}, {"note", network.Note}}
	if unit := network.Unit.tree(); len(unit) > 0 {
		tree = append(tree, jsonMember{"unit", unit})
	}
	var text bytes.Buffer
	layoutJSON(&text, append(tree, network.dynamics()...), "")
	text.WriteByte('\n')
	return text.Bytes(), nil
}

// checkKinds refuses what network files have no kind for.
func (network *Network) checkKinds() error {
	for a, population := range network.Populations {
		path := IndexPath("populations", a)
		if _, _, found := parametersOf(population.Rate, rateKinds); !found {
			return &InputError{path + ".rate", fmt.Sprintf("a %T", population.Rate), "for a file " + kindNames(rateKinds) + ": Tabulate makes a table of it"}
		}
		if !inFiles(population.External()) {
			return &InputError{path + ".stimulus", fmt.Sprintf("a %T", population.External()), "for a file " + kindNames(stimulusKinds, "sum")}
		}
	}
	for x, source := range network.Feedforward {
		if !inFiles(source.Rate) {
			return &InputError{IndexPath("feedforward", x) + ".rate", fmt.Sprintf("a %T", source.Rate), "for a file " + kindNames(stimulusKinds, "sum")}
		}
	}
	return nil
}

// inFiles tells whether network files have a kind for a stimulus, and for all parts of a sum.
func inFiles(stimulus Stimulus) bool {
	if sum, is := stimulus.(Sum); is {
		return !slices.ContainsFunc(sum.Of, func(summand Stimulus) bool { return !inFiles(summand) })
	}
	_, _, found := parametersOf(stimulus, stimulusKinds)
	return found
}

// dynamics is the JSON tree of all but the labels, in a fixed order of keys and
// with defaults written out. Keys that came later are left out where they say nothing, so that
// a network keeps its fingerprint. What is of no kind stands there by its key.
func (network *Network) dynamics() jsonObject {
	populations := []any{}
	for _, population := range network.Populations {
		rate, found := kindTree(population.Rate, rateKinds)
		if !found {
			rate = ownTree(population.Rate.Key())
		}
		tree := jsonObject{
			{"name", population.Name},
			{"tau", population.Tau},
			{"size", population.Size},
			{"noise", population.Noise},
			{"rate", rate},
			{"stimulus", stimulusTree(population.External())},
		}
		if population.Spread != 0 {
			tree = append(tree, jsonMember{"spread", population.Spread})
		}
		populations = append(populations, tree)
	}
	weights := []any{}
	for _, row := range network.Weights {
		weights = append(weights, numbersTree(row))
	}
	feedforward := []any{}
	for _, source := range network.Feedforward {
		tree := jsonObject{
			{"name", source.Name},
			{"size", source.Size},
			{"rate", stimulusTree(source.Rate)},
			{"weights", numbersTree(source.Weights)},
		}
		if source.Shared {
			tree = append(tree, jsonMember{"shared", true})
		}
		feedforward = append(feedforward, tree)
	}
	return jsonObject{
		{"populations", populations},
		{"weights", weights},
		{"feedforward", feedforward},
		{"initial", network.Initial.tree()},
	}
}

func (initial Initial) tree() jsonObject {
	spread := jsonMember{"variance", numbersTree(initial.Variance)}
	if initial.Components != nil {
		lists := []any{}
		for _, components := range initial.Components {
			list := []any{}
			for _, c := range components {
				list = append(list, jsonObject{{"weight", c.Weight}, {"offset", c.Offset}, {"variance", c.Variance}})
			}
			lists = append(lists, list)
		}
		spread = jsonMember{"components", lists}
	}
	return jsonObject{{"mean", numbersTree(initial.Mean)}, spread, {"project", initial.OnManifold}}
}

// tree holds the units that are said.
func (unit Unit) tree() (tree jsonObject) {
	if unit.TimeMS > 0 {
		tree = append(tree, jsonMember{"time_ms", unit.TimeMS})
	}
	if unit.PotentialMV > 0 {
		tree = append(tree, jsonMember{"potential_mV", unit.PotentialMV})
	}
	return tree
}

func stimulusTree(stimulus Stimulus) jsonObject {
	if sum, is := stimulus.(Sum); is {
		parts := make([]any, len(sum.Of))
		for i, summand := range sum.Of {
			parts[i] = stimulusTree(summand)
		}
		return jsonObject{{"kind", "sum"}, {"of", parts}}
	}
	if tree, found := kindTree(stimulus, stimulusKinds); found {
		return tree
	}
	return ownTree(stimulus.Key())
}

func ownTree(key string) jsonObject { return jsonObject{{"kind", "own"}, {"key", key}} }

func numbersTree(numbers []float64) []any {
	tree := make([]any, len(numbers))
	for i, number := range numbers {
		tree[i] = number
	}
	return tree
}

// layoutJSON writes a tree of finite numbers: a list or object of plain values
// on one line, any other with one member a line.
func layoutJSON(text *bytes.Buffer, value any, indent string) {
	var brackets string
	var members jsonObject
	switch value := value.(type) {
	case jsonObject:
		brackets, members = "{}", value
	case []any:
		brackets = "[]"
		for _, element := range value {
			members = append(members, jsonMember{value: element})
		}
	default:
		text.Write(plainJSON(value))
		return
	}
	start, separator, end, inner := "", ", ", "", indent
	if slices.ContainsFunc(members, func(m jsonMember) bool { return !isPlainJSON(m.value) }) {
		inner = indent + "  "
		start, separator, end = "\n"+inner, ",\n"+inner, "\n"+indent
	}
	text.WriteByte(brackets[0])
	text.WriteString(start)
	for i, member := range members {
		if i > 0 {
			text.WriteString(separator)
		}
		if brackets == "{}" {
			text.Write(plainJSON(member.key))
			text.WriteString(": ")
		}
		layoutJSON(text, member.value, inner)
	}
	text.WriteString(end)
	text.WriteByte(brackets[1])
}

// compactJSON is a tree without white space.
func compactJSON(tree jsonObject) string {
	var text, compact bytes.Buffer
	layoutJSON(&text, tree, "")
	if err := json.Compact(&compact, text.Bytes()); err != nil {
		return text.String()
	}
	return compact.String()
}

func isPlainJSON(value any) bool {
	switch value.(type) {
	case jsonObject, []any:
		return false
	}
	return true
}

// plainJSON writes a text, a bool or a finite number, the shortest way that reads
// back as the same number.
func plainJSON(value any) []byte {
	if value == 0.0 {
		value = 0.0 // for −0, which equals 0
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	// Of these types, only a number that is not finite could fail.
	_ = encoder.Encode(value)
	return bytes.TrimSuffix(text.Bytes(), []byte("\n"))
}
