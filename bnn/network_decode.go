package bnn

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A networkDecoder makes a Network of a JSON tree. It answers for the shape only:
// which keys there are and of which type; Validate answers for the values. It
// keeps the first error and goes on with zero values.
type networkDecoder struct{ err error }

func (d *networkDecoder) refuse(path, value, allowed string) {
	if d.err == nil {
		d.err = &InputError{path, value, allowed}
	}
}

func (d *networkDecoder) network(value any) *Network {
	file := d.object("", value, "name", "note", "unit", "populations", "weights", "feedforward", "initial")
	network := &Network{Name: file.text("name"), Note: file.textOr("note", "")}

	populations := file.list("populations")
	if d.err == nil {
		// Before anything is said about the ten-thousandth population.
		d.err = checkPopulationCount(len(populations))
	}
	for a, value := range populations {
		network.Populations = append(network.Populations, d.population(IndexPath("populations", a), value))
	}
	for a, row := range file.list("weights") {
		network.Weights = append(network.Weights, d.numbers(IndexPath("weights", a), row))
	}
	if file.has("feedforward") {
		for x, value := range file.list("feedforward") {
			network.Feedforward = append(network.Feedforward, d.source(IndexPath("feedforward", x), value))
		}
	}
	network.Initial = d.initial(file.value("initial", "an object"))
	if file.has("unit") {
		network.Unit = d.unit(file.value("unit", "an object"))
	}
	return network
}

func (d *networkDecoder) initial(value any) Initial {
	o := d.object("initial", value, "mean", "variance", "components", "project")
	initial := Initial{Mean: o.numbers("mean"), OnManifold: o.truth("project")}
	switch {
	case !o.has("components"):
		initial.Variance = o.numbers("variance")
		return initial
	case o.has("variance"):
		d.refuse("initial.variance", describeJSON(o.value("variance", "")), "left out with initial.components, from which it follows")
	}
	initial.Components = [][]Component{}
	for a, value := range o.list("components") {
		path := IndexPath("initial.components", a)
		list, is := value.([]any)
		if !is {
			d.refuse(path, describeJSON(value), "a list of components")
		}
		components := []Component{}
		for i, value := range list {
			c := d.object(IndexPath(path, i), value, "weight", "offset", "variance")
			components = append(components, Component{Weight: c.number("weight"), Offset: c.number("offset"), Variance: c.number("variance")})
		}
		initial.Components = append(initial.Components, components)
	}
	return initial
}

// unit decodes units, of which each may be left out but none be 0.
func (d *networkDecoder) unit(value any) Unit {
	o := d.object("unit", value, "time_ms", "potential_mV")
	positive := func(key string) float64 {
		if !o.has(key) {
			return 0
		}
		number := o.number(key)
		if err := PositiveNumber.Check(keyPath("unit", key), number); err != nil && d.err == nil {
			d.err = err
		}
		return number
	}
	return Unit{TimeMS: positive("time_ms"), PotentialMV: positive("potential_mV")}
}

func (d *networkDecoder) population(path string, value any) Population {
	o := d.object(path, value, "name", "tau", "size", "noise", "rate", "spread", "stimulus")
	population := Population{
		Name:     o.text("name"),
		Tau:      o.number("tau"),
		Size:     o.numberOr("size", 1),
		Noise:    o.numberOr("noise", 0),
		Rate:     decodeKind(o, "rate", rateKinds),
		Spread:   o.numberOr("spread", 0),
		Stimulus: ConstantStimulus{},
	}
	if o.has("stimulus") {
		population.Stimulus = decodeStimulus(o, "stimulus")
	}
	return population
}

func (d *networkDecoder) source(path string, value any) Source {
	o := d.object(path, value, "name", "size", "rate", "weights", "shared")
	return Source{
		Name:    o.text("name"),
		Size:    o.numberOr("size", 1),
		Rate:    decodeStimulus(o, "rate"),
		Weights: o.numbers("weights"),
		Shared:  o.has("shared") && o.truth("shared"),
	}
}

// decodeStimulus decodes the stimulus under a key.
func decodeStimulus(parent decodedObject, key string) Stimulus {
	return parent.decoder.stimulus(keyPath(parent.path, key), parent.value(key, "an object with the key kind"), 0)
}

// stimulus decodes a stimulus inside of so many sums.
func (d *networkDecoder) stimulus(path string, value any, depth int) Stimulus {
	o := d.object(path, value)
	if name := o.text("kind"); name != "sum" || d.err != nil {
		return kindOf(o, name, stimulusKinds, "sum")
	}
	if o.allow([]string{"kind", "of"}); depth == MaxSumDepth {
		d.refuse(path, fmt.Sprintf("a sum inside of %d sums", depth), fmt.Sprintf("nested at most %d deep", MaxSumDepth))
	}
	sum := Sum{}
	for i, value := range o.list("of") {
		if d.err != nil {
			break
		}
		sum.Of = append(sum.Of, d.stimulus(IndexPath(keyPath(path, "of"), i), value, depth+1))
	}
	return sum
}

// decodeKind decodes the rate under a key.
func decodeKind[T any](parent decodedObject, key string, kinds []parametricKind[T]) T {
	o := parent.decoder.object(keyPath(parent.path, key), parent.value(key, "an object with the key kind"))
	return kindOf(o, o.text("kind"), kinds)
}

// kindOf decodes an object of a kind, which says which keys it has.
func kindOf[T any](o decodedObject, name string, kinds []parametricKind[T], more ...string) T {
	var none T
	if o.decoder.err != nil {
		return none
	}
	at := slices.IndexFunc(kinds, func(kind parametricKind[T]) bool { return kind.name == name })
	if at < 0 {
		o.decoder.refuse(keyPath(o.path, "kind"), quoteShort(name), kindNames(kinds, more...))
		return none
	}
	keys := []string{"kind"}
	for _, parameter := range kinds[at].parameters {
		keys = append(keys, parameter.key)
	}
	o.allow(keys)
	var values [][]float64
	for _, parameter := range kinds[at].parameters {
		if parameter.list {
			values = append(values, o.numbers(parameter.key))
		} else {
			values = append(values, []float64{o.number(parameter.key)})
		}
	}
	return kinds[at].build(values)
}

func (d *networkDecoder) number(path string, value any) float64 {
	number, is := value.(json.Number)
	if !is {
		d.refuse(path, describeJSON(value), "a number")
		return 0
	}
	result, err := number.Float64()
	if err != nil {
		d.refuse(path, shorten(number.String()), AnyNumber.allowed)
	}
	return result
}

func (d *networkDecoder) numbers(path string, value any) []float64 {
	list, is := value.([]any)
	if !is {
		d.refuse(path, describeJSON(value), "a list of numbers")
	}
	numbers := make([]float64, len(list))
	for i, value := range list {
		if numbers[i] = d.number(IndexPath(path, i), value); d.err != nil {
			return nil
		}
	}
	return numbers
}

// describeJSON names a value in an error message.
func describeJSON(value any) string {
	switch value := value.(type) {
	case jsonObject:
		return "an object"
	case []any:
		return "a list"
	case string:
		return "the text " + quoteShort(value)
	case json.Number:
		return "the number " + shorten(value.String())
	case nil:
		return "null"
	default:
		return fmt.Sprint(value)
	}
}

// A decodedObject gives the members of a JSON object by key. A key asked for
// without a default is required.
type decodedObject struct {
	decoder *networkDecoder
	path    string
	members jsonObject
}

// object decodes an object with no other keys than the given ones; with none
// given, allow is to be called later.
func (d *networkDecoder) object(path string, value any, keys ...string) decodedObject {
	members, is := value.(jsonObject)
	if !is {
		d.refuse(path, describeJSON(value), "an object")
	}
	o := decodedObject{d, path, members}
	if len(keys) > 0 {
		o.allow(keys)
	}
	return o
}

func (o decodedObject) allow(keys []string) {
	for _, member := range o.members {
		if !slices.Contains(keys, member.key) {
			o.decoder.refuse(keyPath(o.path, member.key), "an unknown key",
				"one of the keys "+strings.Join(keys, ", "))
		}
	}
}

func (o decodedObject) find(key string) int {
	return slices.IndexFunc(o.members, func(member jsonMember) bool { return member.key == key })
}

func (o decodedObject) has(key string) bool { return o.find(key) >= 0 }

func (o decodedObject) value(key, allowed string) any {
	at := o.find(key)
	if at < 0 {
		o.decoder.refuse(keyPath(o.path, key), missing, allowed+"; the key is required")
		return nil
	}
	return o.members[at].value
}

func (o decodedObject) number(key string) float64 {
	return o.decoder.number(keyPath(o.path, key), o.value(key, "a number"))
}

func (o decodedObject) numberOr(key string, otherwise float64) float64 {
	if !o.has(key) {
		return otherwise
	}
	return o.number(key)
}

func (o decodedObject) numbers(key string) []float64 {
	return o.decoder.numbers(keyPath(o.path, key), o.value(key, "a list of numbers"))
}

func (o decodedObject) text(key string) string { return member[string](o, key, "a text") }

func (o decodedObject) textOr(key, otherwise string) string {
	if !o.has(key) {
		return otherwise
	}
	return o.text(key)
}

func (o decodedObject) truth(key string) bool { return member[bool](o, key, "true or false") }

func (o decodedObject) list(key string) []any { return member[[]any](o, key, "a list") }

// member returns a member that needs no further decoding.
func member[T any](o decodedObject, key, allowed string) T {
	value := o.value(key, allowed)
	result, is := value.(T)
	if !is {
		o.decoder.refuse(keyPath(o.path, key), describeJSON(value), allowed)
	}
	return result
}
