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
// compacts), or the *InputError of Validate.
func (network Network) MarshalJSON() ([]byte, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	labels := jsonObject{{"name", network.Name}, {"note", network.Note}}
	var text bytes.Buffer
	layoutJSON(&text, append(labels, network.dynamics()...), "")
	text.WriteByte('\n')
	return text.Bytes(), nil
}

// dynamics is the JSON tree of all but the labels, in a fixed order of keys and
// with defaults written out.
func (network *Network) dynamics() jsonObject {
	populations := []any{}
	for _, population := range network.Populations {
		populations = append(populations, jsonObject{
			{"name", population.Name},
			{"tau", population.Tau},
			{"size", population.Size},
			{"noise", population.Noise},
			{"rate", kindTree(population.Rate, rateKinds)},
			{"stimulus", kindTree(population.External(), stimulusKinds)},
		})
	}
	weights := []any{}
	for _, row := range network.Weights {
		weights = append(weights, numbersTree(row))
	}
	feedforward := []any{}
	for _, source := range network.Feedforward {
		feedforward = append(feedforward, jsonObject{
			{"name", source.Name},
			{"size", source.Size},
			{"rate", kindTree(source.Rate, stimulusKinds)},
			{"weights", numbersTree(source.Weights)},
		})
	}
	return jsonObject{
		{"populations", populations},
		{"weights", weights},
		{"feedforward", feedforward},
		{"initial", jsonObject{
			{"mean", numbersTree(network.Initial.Mean)},
			{"variance", numbersTree(network.Initial.Variance)},
			{"project", network.Initial.OnManifold},
		}},
	}
}

func kindTree[T any](value T, kinds []parametricKind[T]) jsonObject {
	kind, values, _ := parametersOf(value, kinds)
	tree := jsonObject{{"kind", kind.name}}
	for i, parameter := range kind.parameters {
		tree = append(tree, jsonMember{parameter.key, values[i]})
	}
	return tree
}

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
