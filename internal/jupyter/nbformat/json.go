package nbformat

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// decodeJSON keeps numbers as they are written, so that what is not
// understood comes out as it went in.
func decodeJSON(data []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more text after the JSON value")
	}
	return value, nil
}

// encodeJSON writes JSON as Python's json.dumps(indent=1, sort_keys=True,
// ensure_ascii=False) does, with a final newline. The standard library's
// encoder cannot: it always escapes U+2028 and U+2029.
func encodeJSON(value any) ([]byte, error) {
	var out bytes.Buffer
	if err := writeJSON(&out, value, "\n"); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// writeJSON writes one value; newline is a line feed and the indent in force.
func writeJSON(out *bytes.Buffer, value any, newline string) error {
	switch value := value.(type) {
	case nil:
		out.WriteString("null")
	case bool:
		out.WriteString(strconv.FormatBool(value))
	case int:
		out.WriteString(strconv.Itoa(value))
	case json.Number:
		out.WriteString(value.String())
	case string:
		writeString(out, value)
	case []any:
		inner, separator := newline+" ", "["
		for _, element := range value {
			out.WriteString(separator + inner)
			if err := writeJSON(out, element, inner); err != nil {
				return err
			}
			separator = ","
		}
		closeContainer(out, len(value), "[", newline+"]")
	case map[string]any:
		inner, separator := newline+" ", "{"
		for _, key := range slices.Sorted(maps.Keys(value)) {
			out.WriteString(separator + inner)
			writeString(out, key)
			out.WriteString(": ")
			if err := writeJSON(out, value[key], inner); err != nil {
				return err
			}
			separator = ","
		}
		closeContainer(out, len(value), "{", newline+"}")
	default:
		// Any other Go type is reduced to the types above first.
		data, err := json.Marshal(value)
		if err != nil {
			return fmt.Errorf("value of type %T has no JSON form: %w", value, err)
		}
		plain, err := decodeJSON(data)
		if err != nil {
			return err
		}
		return writeJSON(out, plain, newline)
	}
	return nil
}

func closeContainer(out *bytes.Buffer, length int, opening, closing string) {
	if length == 0 {
		out.WriteString(opening)
		closing = closing[len(closing)-1:]
	}
	out.WriteString(closing)
}

var escapes = map[rune]string{
	'"': `\"`, '\\': `\\`, '\n': `\n`, '\r': `\r`, '\t': `\t`, '\b': `\b`, '\f': `\f`,
}

func writeString(out *bytes.Buffer, text string) {
	out.WriteByte('"')
	for _, r := range strings.ToValidUTF8(text, "\uFFFD") {
		if escape, found := escapes[r]; found {
			out.WriteString(escape)
		} else if r < ' ' {
			fmt.Fprintf(out, `\u%04x`, r)
		} else {
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
}
