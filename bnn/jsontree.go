package bnn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A JSON text as a tree: a value is a jsonObject, a []any, a json.Number or
// float64, a string, a bool or nil. Unlike json.Unmarshal into a map, it keeps
// the order of the keys and refuses a key given twice.
type jsonObject []jsonMember

type jsonMember struct {
	key   string
	value any
}

// maxNesting is more than any network file needs.
const maxNesting = 16

type jsonReader struct {
	text    []byte
	decoder *json.Decoder
}

// readJSON reads a text that is one JSON value. Its errors are *InputError, with
// the path of the key at which the text could not be read further.
func readJSON(text []byte) (any, error) {
	r := jsonReader{text, json.NewDecoder(bytes.NewReader(text))}
	r.decoder.UseNumber()
	if !utf8.Valid(text) {
		at := 0
		for {
			c, size := utf8.DecodeRune(text[at:])
			if c == utf8.RuneError && size <= 1 {
				break
			}
			at += size
		}
		return nil, &InputError{"", "a byte " + r.position(at), "UTF-8 text"}
	}
	value, err := r.value("", 0)
	if err != nil {
		return nil, err
	}
	end := r.nextToken()
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, &InputError{"", "more text " + r.position(end), "one JSON object with nothing after it"}
	}
	return value, nil
}

func (r jsonReader) value(path string, depth int) (any, error) {
	token, err := r.decoder.Token()
	if err != nil {
		return nil, r.syntaxError(path, err)
	}
	delimiter, nested := token.(json.Delim)
	if !nested {
		// The decoder sees only at its next step that 01 is no number: too late to
		// name the key.
		if offset := int(r.decoder.InputOffset()); offset < len(r.text) && isWord(rune(r.text[offset])) {
			return nil, r.syntaxError(path, nil)
		}
		return token, nil
	}
	if depth == maxNesting {
		return nil, &InputError{path, fmt.Sprintf("a value nested more than %d deep", maxNesting), "nested less"}
	}
	if delimiter == '{' {
		return r.object(path, depth+1)
	}
	return r.list(path, depth+1)
}

func (r jsonReader) object(path string, depth int) (any, error) {
	object := jsonObject{}
	seen := make(map[string]bool)
	for r.decoder.More() {
		start := r.nextToken()
		token, err := r.decoder.Token()
		if err != nil {
			return nil, r.syntaxError(path, err)
		}
		key := token.(string) // the decoder accepts nothing else here
		keyed := keyPath(path, key)
		if seen[key] {
			return nil, &InputError{keyed, "a second value " + r.position(start), "given once"}
		}
		seen[key] = true
		value, err := r.value(keyed, depth)
		if err != nil {
			return nil, err
		}
		object = append(object, jsonMember{key, value})
	}
	return object, r.closing(path)
}

func (r jsonReader) list(path string, depth int) (any, error) {
	list := []any{}
	for r.decoder.More() {
		value, err := r.value(IndexPath(path, len(list)), depth)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	return list, r.closing(path)
}

func (r jsonReader) closing(path string) error {
	if _, err := r.decoder.Token(); err != nil {
		return r.syntaxError(path, err)
	}
	return nil
}

// nextToken is the offset of the next token, past white space and separators.
func (r jsonReader) nextToken() int {
	offset := int(r.decoder.InputOffset())
	return len(r.text) - len(bytes.TrimLeft(r.text[offset:], " \t\r\n,:"))
}

// syntaxError reports the text at which the decoder failed with err.
func (r jsonReader) syntaxError(path string, err error) error {
	offset := int(r.decoder.InputOffset())
	offset = len(r.text) - len(bytes.TrimLeft(r.text[offset:], " \t\r\n"))
	if offset == len(r.text) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &InputError{path, "the end of the text " + r.position(len(r.text)), "complete JSON"}
	}
	_, size := utf8.DecodeRune(r.text[offset:])
	start, end := offset, offset+size
	if isWord(rune(r.text[offset])) {
		for start > 0 && isWord(rune(r.text[start-1])) {
			start--
		}
		for end < len(r.text) && isWord(rune(r.text[end])) {
			end++
		}
	}
	word := string(r.text[start:end])
	switch strings.ToLower(strings.TrimLeft(word, "+-")) {
	case "nan", "inf", "infinity":
		return &InputError{path, word, AnyNumber.allowed}
	}
	return &InputError{path, quoteShort(word) + " " + r.position(start), "valid JSON"}
}

// isWord tells whether an ASCII character can be of a number or a bare word.
func isWord(c rune) bool {
	return isPlainName(string(c)) || c == '+' || c == '.'
}

// position names the place of a byte in the text, counted in lines and characters.
func (r jsonReader) position(offset int) string {
	before := r.text[:offset]
	line := bytes.Count(before, []byte("\n"))
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fmt.Sprintf("at line %d, column %d", line+1, column+1)
}
