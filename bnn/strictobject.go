package bnn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// A StrictObject is an object of a JSON file that is no network and is read as strictly as
// networks are: a key that is unknown, missing or given twice, a value of the wrong type,
// NaN, infinity and null are errors that name the path. All objects of one file share its
// first error, Err, after which what they give means nothing.
type StrictObject struct{ object decodedObject }

// ParseStrict reads a text of at most 1 MiB that is one JSON object with no other keys than
// the given ones. A byte order mark before it is left out.
func ParseStrict(text []byte, keys ...string) StrictObject {
	decoder := &networkDecoder{err: checkTextLength(len(text))}
	var tree any
	if decoder.err == nil {
		tree, decoder.err = readJSON(bytes.TrimPrefix(text, []byte(byteOrderMark)))
	}
	return StrictObject{decoder.object("", tree, keys...)}
}

// Err is the first error of the file, an *InputError, or nil.
func (o StrictObject) Err() error { return o.object.decoder.err }

// Path is the path of a key of the object, as errors name it.
func (o StrictObject) Path(key string) string { return keyPath(o.object.path, key) }

// Refuse makes a value that stands under a key the error of the file, unless it has one.
func (o StrictObject) Refuse(key, value, allowed string) {
	o.object.decoder.refuse(o.Path(key), value, allowed)
}

// RefuseText is Refuse for a text, which is quoted and, if it is long, cut.
func (o StrictObject) RefuseText(key, text, allowed string) { o.Refuse(key, quoteShort(text), allowed) }

// Fail makes an error that something below a key has the error of the file: the path of an
// *InputError is continued, another error only told.
func (o StrictObject) Fail(key string, err error) {
	var input *InputError
	switch {
	case err == nil:
	case !errors.As(err, &input):
		o.Refuse(key, err.Error(), "what can be read")
	case input.Path == "":
		o.Refuse(key, input.Value, input.Allowed)
	default:
		o.object.decoder.refuse(o.Path(key)+"."+input.Path, input.Value, input.Allowed)
	}
}

// Allow refuses all keys but these, where a value tells which ones there may be.
func (o StrictObject) Allow(keys ...string) { o.object.allow(keys) }

// Has tells whether a key is given.
func (o StrictObject) Has(key string) bool { return o.object.has(key) }

// Number is a finite number; the key is required.
func (o StrictObject) Number(key string) float64 { return o.object.number(key) }

// Numbers is a list of finite numbers; the key is required.
func (o StrictObject) Numbers(key string) []float64 { return o.object.numbers(key) }

// Whole is a whole number from least to most, which may be spelled 1000, 1e3 or 1000.0; the
// key is required.
func (o StrictObject) Whole(key string, least, most int) int {
	allowed := fmt.Sprintf("a whole number from %d to %d", least, most)
	value := o.object.value(key, allowed)
	number, is := value.(json.Number)
	if !is {
		o.Refuse(key, describeJSON(value), allowed)
		return least
	}
	whole, err := strconv.Atoi(number.String())
	if err != nil {
		float, err := number.Float64()
		if err != nil || float != math.Trunc(float) || math.Abs(float) > MaxSize {
			o.Refuse(key, shorten(number.String()), allowed)
			return least
		}
		whole = int(float)
	}
	if whole < least || whole > most {
		o.Refuse(key, shorten(number.String()), allowed)
		return least
	}
	return whole
}

// Seed is a whole number from 0 to 2⁶⁴−1, spelled like Whole; the key is required.
func (o StrictObject) Seed(key string) uint64 {
	value := o.object.value(key, "a whole number")
	if number, is := value.(json.Number); is {
		if seed, err := strconv.ParseUint(number.String(), 10, 64); err == nil {
			return seed
		}
	}
	return uint64(o.Whole(key, 0, MaxSize))
}

// Text is a text; the key is required.
func (o StrictObject) Text(key string) string { return o.object.text(key) }

// Truth is true or false; the key is required.
func (o StrictObject) Truth(key string) bool { return o.object.truth(key) }

// Texts is a list of texts; the key is required.
func (o StrictObject) Texts(key string) []string {
	var texts []string
	for i, value := range o.object.list(key) {
		text, is := value.(string)
		if !is {
			o.object.decoder.refuse(IndexPath(o.Path(key), i), describeJSON(value), "a text")
			return nil
		}
		texts = append(texts, text)
	}
	return texts
}

// Objects is a list of objects, whose keys Allow is to check; the key is required.
func (o StrictObject) Objects(key string) []StrictObject {
	var objects []StrictObject
	for i, value := range o.object.list(key) {
		objects = append(objects, StrictObject{o.object.decoder.object(IndexPath(o.Path(key), i), value)})
	}
	return objects
}

// Network is a network as in network files or, if a text stands there, nil and that text:
// the path of such a file. The key is required.
func (o StrictObject) Network(key string) (network *Network, path string) {
	value := o.object.value(key, "a network, or the path of its file")
	if path, is := value.(string); is {
		return nil, path
	}
	if _, is := value.(jsonObject); !is {
		o.Refuse(key, describeJSON(value), "a network, or the path of its file")
		return nil, ""
	}
	var decoder networkDecoder
	network = decoder.network(value)
	if decoder.err == nil {
		decoder.err = network.Validate()
	}
	o.Fail(key, decoder.err)
	return network, ""
}
